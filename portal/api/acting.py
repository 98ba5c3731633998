"""Operations on delegations and on looks for support. A look itself is for pages, never for a program's token."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from portal.actions import delegating, supporting
from portal.api.views import Asked, acts, reads
from portal.kernel.verdict import require
from portal.models import Delegation, SupportView
from portal.permissions_acting import may_watch_over_roles
from portal.queries import acting
from portal.queries import supporting as views
from portal.states import DelegationState, SupportState
from portal.web import find


class DelegationOut(serializers.ModelSerializer):
    """A delegation: whose power, lent to whom, for which days."""

    principal = serializers.CharField(source="principal.name")
    delegate = serializers.CharField(source="delegate.name")
    state = serializers.ChoiceField(choices=DelegationState)
    power = serializers.CharField(help_text="The role or the membership, in words.")

    class Meta:
        model = Delegation
        fields = ["id", "principal", "delegate", "power", "starts_on", "ends_on", "reason", "state", "offered_at", "answered_at", "ended_at"]


class DelegationIn(serializers.Serializer):
    """A role or a membership of one's own, by its id, and the address of whoever takes it over."""

    power = serializers.UUIDField()
    delegate = serializers.EmailField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    reason = serializers.CharField(max_length=400)


class PowerOut(serializers.Serializer):
    """What one holds and may delegate."""

    id = serializers.UUIDField(source="pk")
    power = serializers.SerializerMethodField()

    def get_power(self, power: acting.Power) -> str:
        """The role or the membership, in words."""
        return acting.worded(power)


class SupportViewOut(serializers.ModelSerializer):
    """A look of support at one's pages: by whom, why, when."""

    supporter = serializers.CharField(source="supporter.name")
    state = serializers.ChoiceField(choices=SupportState)

    class Meta:
        model = SupportView
        fields = ["id", "supporter", "reason", "state", "asked_at", "answered_at", "started_at", "until_at", "ended_at"]


class WatchedDelegationOut(DelegationOut):
    """A delegation as those read it who watch over roles: without the reason, which is the two people's own."""

    ended_by = serializers.CharField(source="ended_by.name", default=None, allow_null=True)

    class Meta:
        model = Delegation
        fields = [
            "id", "principal", "delegate", "power", "starts_on", "ends_on", "state", "offered_at", "answered_at", "ended_at",
            "ended_by",
        ]  # fmt: skip


class WatchedSupportViewOut(SupportViewOut):
    """A look of support with the person whose pages it is at."""

    person = serializers.CharField(source="person.name")
    ended_by = serializers.CharField(source="ended_by.name", default=None, allow_null=True)

    class Meta:
        model = SupportView
        fields = ["person", *SupportViewOut.Meta.fields, "ended_by"]


@reads(DelegationOut, many=True)
def list_delegations(asked: Asked) -> QuerySet[Delegation]:
    """The delegations you have given or were offered. Send ``Acting-For: <id>`` to act under one."""
    return acting.visible_to(asked.by)


@acts(DelegationIn, gives=DelegationOut, status=201)
def offer_delegation(asked: Asked) -> Delegation:
    """Offer a power of yours to somebody for some days."""
    return delegating.offer_delegation(**asked.given, by=asked.by, now=asked.now)


@reads(PowerOut, many=True)
def list_own_powers(asked: Asked) -> list:
    """What you hold today and may delegate."""
    return acting.own_powers(asked.by)


@acts(gives=DelegationOut)
def accept_delegation(asked: Asked, pk: UUID) -> Delegation:
    """Take over what was offered to you."""
    return delegating.accept_delegation(_one(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=DelegationOut)
def decline_delegation(asked: Asked, pk: UUID) -> Delegation:
    """Do not take over what was offered to you."""
    return delegating.decline_delegation(_one(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=DelegationOut)
def end_delegation(asked: Asked, pk: UUID) -> Delegation:
    """Take back what you gave, or give back what you hold."""
    return delegating.end_delegation(_one(asked, pk).pk, by=asked.by, now=asked.now)


@reads(WatchedDelegationOut, many=True)
def list_all_delegations(asked: Asked) -> QuerySet[Delegation]:
    """Every delegation, the latest first: for division heads, discipline inspection and auditors."""
    require(may_watch_over_roles(asked.by))
    return acting.watched_by(asked.by)


@reads(WatchedSupportViewOut, many=True)
def list_all_support_views(asked: Asked) -> QuerySet[SupportView]:
    """Every look of support, the latest first: for division heads, discipline inspection and auditors."""
    require(may_watch_over_roles(asked.by))
    return views.watched_by(asked.by)


@reads(SupportViewOut, many=True)
def list_support_views(asked: Asked) -> QuerySet[SupportView]:
    """Who of support asked to look at your pages, who looked, when and why."""
    return views.visible_to(asked.by).filter(person_id=asked.by.pk)


@acts(gives=SupportViewOut)
def agree_to_support_view(asked: Asked, pk: UUID) -> SupportView:
    """Let support look at your pages once."""
    return supporting.agree_to_support_view(_look(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=SupportViewOut)
def refuse_support_view(asked: Asked, pk: UUID) -> SupportView:
    """Do not let support look at your pages."""
    return supporting.refuse_support_view(_look(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=SupportViewOut)
def end_support_view(asked: Asked, pk: UUID) -> SupportView:
    """End a look, or take an agreement back."""
    return supporting.end_support_view(_look(asked, pk).pk, by=asked.by, now=asked.now)


def _one(asked: Asked, pk: UUID) -> Delegation:
    return find(acting.visible_to(asked.by), pk=pk)


def _look(asked: Asked, pk: UUID) -> SupportView:
    return find(views.visible_to(asked.by).filter(person_id=asked.by.pk), pk=pk)
