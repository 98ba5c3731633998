"""The portal app."""

from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Names the app, and makes its Celery app known."""

    name = "portal"

    def ready(self) -> None:
        """Make the portal's Celery app the current one, wherever Django is, and fill the bar at the top."""
        import_module("portal.celery")
        import_module("portal.checks")
        from portal import context
        from portal.queries.messages import unread
        from portal.queries.people import description_of

        context.describe(description_of)
        context.count_unread(unread)
