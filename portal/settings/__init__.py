"""How the portal is set up: env.py lists every variable; base, then dev, test or prod on top of it."""
