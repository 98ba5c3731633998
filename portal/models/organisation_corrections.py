"""What the bureau asks an organisation to correct, and what a verified organisation asks to change."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, frozen
from portal.profile_items import CODES, VERIFIED
from portal.states import ORGANISATION_CHANGE_FLOW, OrganisationChangeState


class OrganisationRemark(models.Model):
    """The bureau's remark on one item of an entry, and how the item was answered.

    ``value`` is what stood there when it was marked; ``corrected`` what the organisation sent in
    instead, or the same with its ``answer``. Once answered the remark stands still.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="remarks")
    item = models.CharField(max_length=30, choices=CODES)
    remark = models.CharField(_("remark"), max_length=500)
    value = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    corrected = models.CharField(max_length=200, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(item__in=VERIFIED), name="remark_on_an_item_of_the_entry"),
            models.CheckConstraint(condition=~Q(remark=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & (~Q(corrected=F("value")) | ~Q(answer=""))),
                name="remark_corrected_or_answered",
            ),
            models.UniqueConstraint(
                fields=["organisation", "item"], condition=Q(answered_at__isnull=True), name="remark_one_open_per_item"
            ),
        ]
        triggers = [
            frozen("remark", ["organisation_id", "item", "remark", "value", "made_by_id", "made_at"], once="TRUE"),
            frozen(
                "remark_answered",
                ["corrected", "answer", "answered_by_id", "answered_at"],
                once="OLD.answered_at IS NOT NULL",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.remark}"


class OrganisationChange(models.Model):
    """A verified organisation asks to change one verified item; until the bureau confirms, the old value stands."""

    flow = ORGANISATION_CHANGE_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="changes")
    item = models.CharField(max_length=30, choices=CODES)
    state = models.CharField(max_length=10, choices=OrganisationChangeState, default=OrganisationChangeState.WAITING)
    old = models.CharField(max_length=200, blank=True)
    new = models.CharField(max_length=200, blank=True)
    since = models.DateField(_("holds since"))
    why = models.CharField(_("reason"), max_length=500)
    file = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__in=[code for code in VERIFIED if code != "uscc"]), name="change_of_a_verified_item"
            ),
            models.CheckConstraint(condition=~Q(new=F("old")), name="change_changes_something"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="change_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") | Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="change_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["organisation", "item"], condition=Q(state="waiting"), name="change_one_waiting_per_item"
            ),
        ]
        triggers = [
            flow_guard(ORGANISATION_CHANGE_FLOW, "organisationchange"),
            frozen(
                "change",
                ["organisation_id", "item", "old", "new", "since", "why", "file_id", "asked_by_id", "asked_at"],
                once="TRUE",
            ),
            frozen("change_decided", ["decided_by_id", "decided_at"], once="OLD.state <> 'waiting'"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.old} → {self.new}"
