"""The security log: who came in, who was kept out, and from where; apart from the record of cases."""

import pgtrigger
from django.conf import settings
from django.db import models

from portal.guards import guard, raising

KEPT_DAYS_LEAST = 183
"""Network logs are kept at least six months (网络安全法, logging duty of network operators)."""


class SecurityKind(models.TextChoices):
    """What the security log notes."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    PASSWORD_CHANGED = "password_changed"
    SESSION_ENDED = "session_ended"
    TOKEN_REFUSED = "token_refused"
    LIMIT_REACHED = "limit_reached"
    VIEW_STARTED = "view_started"
    VIEW_ENDED = "view_ended"
    DATA_EXPORTED = "data_exported"
    DATA_SHOWN = "data_shown"


class SecurityEvent(models.Model):
    """One line of the log: ``facts`` hold ids, digests and numbers, never what somebody typed.

    Append-only, and no line goes before its six months are over, whoever asks.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=30)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="security_event_by_time"),
            models.Index(fields=["person", "at"], name="security_event_by_person"),
        ]
        triggers = [
            guard(
                "security_log_kept",
                f"""IF OLD.at > portal_now() - interval '{KEPT_DAYS_LEAST} days' THEN
                {raising("security_log_kept", "a line of the security log is kept at least six months")} END IF;""",
                on=pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def own_address(self) -> str | None:
        """The address as the person the line is about may read it: never that of an official who did it to them."""
        return None if self._by_another else self.address

    @property
    def own_agent(self) -> str:
        """The program in the same way."""
        return "" if self._by_another else self.agent

    @property
    def _by_another(self) -> bool:
        return self.facts.get("by", str(self.person_id)) != str(self.person_id)
