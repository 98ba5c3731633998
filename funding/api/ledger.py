"""Operations on the ledger: trial balance, a project's account and its entries (fen)."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from funding.models import AccountKind, LedgerEntry, Posting
from funding.queries import ledger
from portal.api.views import Asked, reads
from portal.kernel.errors import NotFound
from portal.web import find


class BalanceOut(serializers.Serializer):
    """One kind of account: how many there are and what they hold together."""

    kind = serializers.ChoiceField(choices=AccountKind)
    accounts = serializers.IntegerField()
    balance_fen = serializers.IntegerField()


class TrialBalanceOut(serializers.Serializer):
    """The city's side and the memo side; each sums to zero."""

    city = BalanceOut(many=True)
    memo = BalanceOut(many=True)


class PurseOut(serializers.Serializer):
    """What became of a project's award, and what its poster paid."""

    committed_fen = serializers.IntegerField()
    payable_fen = serializers.IntegerField()
    clearing_fen = serializers.IntegerField()
    paid_fen = serializers.IntegerField()
    poster_paid_fen = serializers.IntegerField()


class PostingOut(serializers.ModelSerializer):
    """One leg of an entry."""

    account = serializers.ChoiceField(choices=AccountKind, source="account.kind")
    owner = serializers.UUIDField(source="account.owner")

    class Meta:
        model = Posting
        fields = ["account", "owner", "amount_fen"]


class EntryOut(serializers.ModelSerializer):
    """One movement of money; its legs sum to zero."""

    by = serializers.CharField(source="by.name", default=None, allow_null=True, help_text="Null is the portal's clock.")
    acting_for = serializers.CharField(
        source="event.on_behalf_of.name", default=None, allow_null=True, help_text="For whom, under a delegation; null for oneself."
    )
    postings = PostingOut(many=True)

    class Meta:
        model = LedgerEntry
        fields = ["id", "key", "kind", "project_id", "reason", "by", "acting_for", "at", "postings"]


@reads(TrialBalanceOut)
def show_trial_balance(asked: Asked) -> Mapping[str, object]:
    """The trial balance of the whole ledger."""
    if not ledger.reads_ledger(asked.by):
        raise NotFound()
    city, memo = ledger.trial_balance()
    return {"city": city, "memo": memo}


@reads(PurseOut)
def show_project_account(asked: Asked, pk: UUID) -> ledger.Purse:
    """Where the money of a project stands."""
    project = find(ledger.projects_visible_to(asked.by), pk=pk)
    return ledger.purses_of_projects([project.pk])[project.pk]


@reads(EntryOut, many=True)
def list_project_entries(asked: Asked, pk: UUID) -> QuerySet[LedgerEntry]:
    """Every movement of a project's money, the latest first."""
    return ledger.entries_of(find(ledger.projects_visible_to(asked.by), pk=pk))
