"""The portal app."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Names the app, and makes its Celery app known."""

    name = "portal"

    def ready(self) -> None:
        """Make the portal's Celery app the current one, wherever Django is."""
        import_module("portal.celery")
