"""Two accounts of one person: the second becomes an alias of the first, and may be taken apart again."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from portal.guards import flow_guard, forgettable, frozen
from portal.states import MERGE_FLOW, MergeState


class AccountMerge(models.Model):
    """A person signed in to one account proves the other by a code mailed to it; then the other is an alias.

    A row is written for whatever address was typed, so that nobody learns which have an account:
    ``alias`` is empty where there is none. Of the code only a keyed digest is kept.
    """

    flow = MERGE_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kept = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="merges")
    email = models.EmailField()
    alias = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="merged_by")
    state = models.CharField(max_length=10, choices=MergeState, default=MergeState.ASKED)
    digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    merged_at = models.DateTimeField(null=True, blank=True)
    undo_until_on = models.DateField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(alias__isnull=True) | ~Q(alias=F("kept")), name="merge_of_two_accounts"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="merge_email_lower_case"),
            models.CheckConstraint(
                condition=~Q(state__in=["merged", "undone"])
                | Q(alias__isnull=False, merged_at__isnull=False, undo_until_on__isnull=False),
                name="merge_names_its_alias",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | (Q(undone_by__isnull=False) & ~Q(undone_by=F("kept"))),
                name="merge_undone_by_another",
            ),
            models.UniqueConstraint(fields=["alias"], condition=Q(state="merged"), name="merge_alias_once"),
        ]
        triggers = [
            flow_guard(MERGE_FLOW, "accountmerge"),
            forgettable("merge", once="OLD.state <> 'asked'"),
            frozen("merge", ["kept_id", "alias_id", "asked_at"], once="TRUE"),
            frozen("merge_result", ["merged_at", "undo_until_on", "digest", "tries"], once="OLD.state <> 'asked'"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MovedPower(models.Model):
    """A membership or grant that ended with the alias and began anew with the person. Append-only.

    ``membership`` and ``grant`` are empty where the person had the same power, or more, already;
    ``last_day`` is the one the old membership had before.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    merge = models.ForeignKey(AccountMerge, on_delete=models.PROTECT, related_name="moved")
    old_membership = models.ForeignKey("portal.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey("portal.Membership", on_delete=models.PROTECT, null=True, related_name="+")
    last_day = models.DateField(null=True)
    old_grant = models.ForeignKey("portal.Grant", on_delete=models.PROTECT, null=True, related_name="+")
    grant = models.ForeignKey("portal.Grant", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(old_membership__isnull=False, old_grant__isnull=True, grant__isnull=True)
                | Q(old_membership__isnull=True, old_grant__isnull=False, membership__isnull=True),
                name="moved_power_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
