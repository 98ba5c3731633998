"""The ledger read: trial balance, appropriations with what draws on them, and a project's account, entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum

from funding.models import Account, AccountKind, Appropriation, LedgerEntry, Posting, Project
from funding.queries.reach import FINANCE, of_district, of_officials
from portal.permissions import holds_everywhere
from portal.queries.doers import named
from portal.queries.people import READERS, powers_of

K = AccountKind
CITY = (K.TREASURY, K.APPROPRIATION, K.COMMITTED, K.PAYABLE, K.CLEARING, K.PAID, K.RECOVERABLE, K.RECOVERED)
MEMO = (K.POSTER_SOURCE, K.POSTER_PAID)


@dataclass(frozen=True)
class BalanceLine:
    """One kind of account: how many there are and what they hold together (fen)."""

    kind: AccountKind
    accounts: int
    balance_fen: int

    @property
    def debit_fen(self) -> int | None:
        """What stands on the left: money that is somewhere."""
        return self.balance_fen if self.balance_fen > 0 else None

    @property
    def credit_fen(self) -> int | None:
        """What stands on the right: where money came from."""
        return -self.balance_fen if self.balance_fen < 0 else None


@dataclass(frozen=True)
class Purse:
    """What became of a sum (fen), by the accounts that hold it."""

    left_fen: int = 0
    committed_fen: int = 0
    payable_fen: int = 0
    clearing_fen: int = 0
    paid_fen: int = 0
    poster_paid_fen: int = 0

    @property
    def awarded_fen(self) -> int:
        """City money bound to projects, wherever it stands now."""
        return self.committed_fen + self.payable_fen + self.clearing_fen + self.paid_fen


@dataclass(frozen=True)
class Movement:
    """One entry as people read it: how much went from where to where, why, by whom."""

    at: datetime
    kind: str
    source: str
    target: str
    amount_fen: int
    by: str
    reason: str
    key: str


def reads_ledger(user) -> bool:
    """Who may read the whole ledger, which holds every programme: finance and the bureau, unless a grant names one."""
    return holds_everywhere(user, *FINANCE, *READERS)


def trial_balance() -> tuple[list[BalanceLine], list[BalanceLine]]:
    """Every kind of account with its balance: the city's side, and the memo side of the posters' own money."""
    sums = {
        row["kind"]: row
        for row in Account.objects.values("kind").annotate(accounts=Count("pk"), balance=Sum("balance_fen"))
    }

    def lines(kinds: tuple[AccountKind, ...]) -> list[BalanceLine]:
        found = ((kind, sums.get(kind, {})) for kind in kinds)
        return [BalanceLine(kind, row.get("accounts", 0), row.get("balance") or 0) for kind, row in found]

    return lines(CITY), lines(MEMO)


def appropriations() -> QuerySet[Appropriation]:
    """Every appropriation, the newest first."""
    return Appropriation.objects.order_by("-budget_year", "document_number")


def purses_of_appropriations(appropriation_ids: list[UUID]) -> Mapping[UUID, Purse]:
    """What became of each appropriation: left, and bound to the projects of its rounds."""
    left = dict(
        Account.objects.filter(kind=K.APPROPRIATION, owner__in=appropriation_ids).values_list("owner", "balance_fen")
    )
    bound = _sums(
        Posting.objects.filter(entry__project__round__appropriation__in=appropriation_ids),
        "entry__project__round__appropriation",
    )
    return {pk: _purse(bound.get(pk, {}), left.get(pk, 0)) for pk in appropriation_ids}


def purses_of_projects(project_ids: list[UUID]) -> Mapping[UUID, Purse]:
    """What became of each project's award, and what its poster paid."""
    bound = _sums(Posting.objects.filter(entry__project__in=project_ids), "entry__project")
    return {pk: _purse(bound.get(pk, {})) for pk in project_ids}


def projects_of(appropriation: Appropriation) -> QuerySet[Project]:
    """Projects to which an appropriation's money is bound."""
    bound = Project.objects.filter(round__appropriation=appropriation, award_fen__isnull=False)
    return bound.select_related("poster").order_by("number", "pk")


def projects_visible_to(user) -> QuerySet[Project]:
    """Projects whose account a person may read: both sides, the district, the bureau and finance."""
    projects = Project.objects.filter(award_fen__isnull=False)
    projects = projects.select_related("poster", "bidder", "challenge", "round__appropriation", "agreement")
    powers = powers_of(user)
    own = Q(poster__in=powers.views) | Q(bidder__in=powers.views)
    return projects.filter(own | of_district(user) | of_officials(user))


def entries_of(project: Project) -> QuerySet[LedgerEntry]:
    """The entries of a project, the latest first, with their legs."""
    return _with_legs(project.entries.all())


def all_entries() -> QuerySet[LedgerEntry]:
    """Every entry, the latest first, with its legs."""
    return _with_legs(LedgerEntry.objects.select_related("project"))


def movement_of(entry: LedgerEntry) -> Movement:
    """An entry as one movement: the accounts it took from, the accounts it gave to."""
    legs = list(entry.postings.all())
    away = [leg for leg in legs if leg.amount_fen < 0]
    there = [leg for leg in legs if leg.amount_fen > 0]
    return Movement(
        at=entry.at,
        kind=entry.kind,
        source=" · ".join(str(leg.account.get_kind_display()) for leg in away),
        target=" · ".join(str(leg.account.get_kind_display()) for leg in there),
        amount_fen=sum(leg.amount_fen for leg in there),
        by=named(entry.by.name, _for_whom(entry)) if entry.by else "",
        reason=entry.reason,
        key=entry.key,
    )


def _for_whom(entry: LedgerEntry) -> str:
    """For whom an entry was made, by its event: read along with the entries, so a page costs the same whoever acted."""
    return entry.event.on_behalf_of.name if entry.event and entry.event.on_behalf_of else ""


def _with_legs(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    legs = Prefetch("postings", Posting.objects.select_related("account").order_by("amount_fen", "pk"))
    ordered = entries.annotate(last_leg=Max("postings")).order_by("-at", "-last_leg")
    return ordered.select_related("by", "event__on_behalf_of").prefetch_related(legs)


def _sums(postings: QuerySet[Posting], owner: str) -> dict[UUID, dict[str, int]]:
    """Σ postings by owner and kind of account."""
    sums: dict[UUID, dict[str, int]] = {}
    for row in postings.values(owner, "account__kind").annotate(sum=Sum("amount_fen")):
        sums.setdefault(row[owner], {})[row["account__kind"]] = row["sum"]
    return sums


def _purse(sums: Mapping[str, int], left_fen: int = 0) -> Purse:
    return Purse(
        left_fen=left_fen,
        committed_fen=sums.get(K.COMMITTED, 0),
        payable_fen=sums.get(K.PAYABLE, 0),
        clearing_fen=sums.get(K.CLEARING, 0),
        paid_fen=sums.get(K.PAID, 0),
        poster_paid_fen=sums.get(K.POSTER_PAID, 0),
    )
