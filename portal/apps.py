"""The portal app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Names the app, and makes its Celery app known."""

    name = "portal"

    def ready(self) -> None:
        """Make the portal's Celery app the current one, wherever Django is, and fill the bar at the top."""
        import_module("portal.celery")
        import_module("portal.checks")
        from portal import context, masked, masked_kinds, own_sources, personal_data, personal_lines, security_log
        from portal.permissions import holds, reads_cases
        from portal.permissions_acting import is_support
        from portal.permissions_personal import may_read_corrections, may_read_looks
        from portal.permissions_sign_in import looks_after_accounts
        from portal.queries import own_data
        from portal.queries.messages import unread
        from portal.queries.people import description_of
        from portal.queries.security import WATCHERS
        from portal.rights import may_read_erasures, may_read_words

        security_log.listen()
        own_data.register(own_sources.SOURCES)
        personal_data.register(personal_lines.LINES, personal_lines.NOT_PERSONAL)
        masked.register(masked_kinds.MAIL, masked_kinds.PHONE, masked_kinds.INVITED, masked_kinds.APPOINTED)
        context.describe(description_of)
        context.count_unread(unread)
        context.navigate(_("Officials"), "officials", at=94, when=reads_cases, under=_("Portal"))
        context.navigate(_("Declared affiliations"), "declared-ties", at=103, when=reads_cases, under=_("Portal"))
        context.navigate(_("Settings"), "settings", at=96, when=reads_cases, under=_("Portal"))
        context.navigate(_("Look after an account"), "person-find", at=98, when=looks_after_accounts, under=_("Portal"))
        context.navigate(_("Legal texts"), "legal-texts", at=97, when=reads_cases, under=_("Portal"))
        context.navigate(_("Requests for corrections"), "corrections", at=93, when=may_read_corrections, under=_("Portal"))
        context.navigate(_("Looks at personal data"), "personal-data-looks", at=94, when=may_read_looks, under=_("Portal"))
        context.navigate(_("Retention times"), "retention", at=102, when=reads_cases, under=_("Portal"))
        context.navigate(_("Requests to be forgotten"), "erasures", at=100, when=may_read_erasures, under=_("Portal"))
        context.navigate(_("Destroy words"), "words", at=101, when=may_read_words, under=_("Portal"))
        context.navigate(_("Support"), "support", at=94, when=is_support)
        context.navigate(_("Security log"), "security-log", at=95, when=lambda user: holds(user, *WATCHERS))
