"""A provider of identities of its own: a tiny project with django-oauth-toolkit, run as a process by the tests."""
