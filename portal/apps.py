"""The floor as a Django app; the Celery app is known wherever Django is, so that jobs find their broker."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The portal's own app."""

    name = "portal"

    def ready(self) -> None:
        """Make the portal's Celery app the current one."""
        import_module("portal.celery")
