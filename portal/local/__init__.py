"""The portal on one machine: PostgreSQL, Valkey, web, worker and beat, started and stopped by ``./dev``.

Nothing of the portal itself imports this, and this imports no Django: it works on
processes, folders and variables only.
"""
