"""What must hold of city money, derived again from raw rows: balances, awards, instalments, payments, approvals."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from funding.models import (
    Account,
    AccountKind,
    Appropriation,
    Approval,
    BankAccount,
    Claim,
    Confirmation,
    Instalment,
    LedgerEntry,
    Payment,
    Posting,
    Project,
)
from funding.policy.paying import approvers_needed
from funding.queries.evidence import payable_of
from funding.states import InstalmentState, PaymentState, ProjectState

K, N, P = AccountKind, InstalmentState, PaymentState
OUTGOING = (P.APPROVED, P.SENT, P.CONFIRMED, P.FAILED, P.RETURNED)


def balances() -> Iterator[str]:
    """Every balance is the sum of its postings; no account is overdrawn."""
    for account in Account.objects.annotate(sum=Coalesce(Sum("postings__amount_fen"), 0)).iterator():
        if account.sum != account.balance_fen:
            yield f"Account {account} holds {account.balance_fen}, its postings come to {account.sum}."
        source = account.kind in K.sources()
        if account.sum > 0 if source else account.sum < 0:
            yield f"Account {account} stands on the wrong side: {account.sum}."


def entries() -> Iterator[str]:
    """Every entry has two legs or more and sums to zero."""
    legs = LedgerEntry.objects.annotate(legs=Count("postings"), sum=Coalesce(Sum("postings__amount_fen"), 0))
    for entry in legs.filter(Q(legs__lt=2) | ~Q(sum=0)):
        yield f"Entry {entry.key} has {entry.legs} legs, which come to {entry.sum}."


def appropriations() -> Iterator[str]:
    """What is left of an appropriation and what its projects hold come to its amount."""
    bound = _by_kind("entry__project__round__appropriation")
    left = dict(Account.objects.filter(kind=K.APPROPRIATION).values_list("owner", "balance_fen"))
    for one in Appropriation.objects.all():
        held = sum(bound.get(one.pk, {}).get(kind, 0) for kind in (K.COMMITTED, K.PAYABLE, K.CLEARING, K.PAID))
        if left.get(one.pk, 0) + held != one.amount_fen:
            yield f"Appropriation {one} of {one.amount_fen}: {left.get(one.pk, 0)} left and {held} bound."


def projects() -> Iterator[str]:
    """The city money of a project, wherever it stands, comes to its award, as entries and as instalments."""
    held = _by_kind("entry__project")
    for project in Project.objects.filter(award_fen__isnull=False):
        sums = held.get(project.pk, {})
        bound = sum(sums.get(kind, 0) for kind in (K.COMMITTED, K.PAYABLE, K.CLEARING, K.PAID))
        if project.state in ProjectState.awarded() and bound != project.award_fen:
            yield f"Project {project.pk} was awarded {project.award_fen}; the ledger binds {bound}."
        planned = project.instalments.aggregate(sum=Sum("planned_fen"))["sum"]
        if planned is not None and planned != project.award_fen:
            yield f"Project {project.pk}: its instalments come to {planned}, not to {project.award_fen}."


def instalments() -> Iterator[str]:
    """Each instalment's payable amount follows from its claim, and its accounts say where it stands."""
    newest = Claim.objects.filter(instalment=OuterRef("pk")).order_by("-at").values("pk")[:1]
    rows = Instalment.objects.select_related("project__rules__funding").annotate(claim=Subquery(newest))
    balances_of = dict(Account.objects.filter(kind=K.PAYABLE).values_list("owner", "balance_fen"))
    for one in rows.filter(state__in=[N.VERIFIED, N.PAID]):
        claim = Claim.objects.select_related("receipt").filter(pk=one.claim).first()
        if claim is None or payable_of(one, claim.receipt) != one.payable_fen:
            yield f"Instalment {one.pk} is payable with {one.payable_fen}, which its claim does not bear out."
        moving = Payment.objects.filter(instalment=one, state__in=[P.SENT, P.CONFIRMED]).exists()
        if balances_of.get(one.pk, 0) != (0 if moving else one.payable_fen):
            yield f"Instalment {one.pk}: its payable account holds {balances_of.get(one.pk, 0)}."
        paid = Payment.objects.filter(instalment=one, state=P.CONFIRMED).aggregate(sum=Sum("amount_fen"))["sum"] or 0
        if (one.state == N.PAID) != (paid == one.payable_fen):
            yield f"Instalment {one.pk} is {one.state}, and {paid} is confirmed."


def payments() -> Iterator[str]:
    """Enough different people approved each payment, none of them its preparer or who handled its account."""
    for payment in Payment.objects.filter(state__in=OUTGOING).select_related("account", "instalment__project__rules__funding"):
        rules = payment.instalment.project.rules.funding
        needed = approvers_needed(
            payment.amount_fen, two_from_fen=rules.two_approvers_from_fen, three_from_fen=rules.three_approvers_from_fen
        )
        approvals = Approval.objects.filter(payment=payment, digest=payment.digest)
        people = set(approvals.values_list("by_id", flat=True))
        account = payment.account
        if len(people) < needed or people & {payment.prepared_by_id, account.entered_by_id, account.confirmed_by_id}:
            yield f"Payment {payment} went on without {needed} approvals of other people."
    for payment in Payment.objects.filter(state__in=[P.SENT, P.CONFIRMED, P.FAILED], line__isnull=True):
        yield f"Payment {payment} is {payment.state} and in no list."
    clearing = Account.objects.filter(kind=K.CLEARING).aggregate(sum=Sum("balance_fen"))["sum"] or 0
    sent = Payment.objects.filter(state=P.SENT).aggregate(sum=Sum("amount_fen"))["sum"] or 0
    if clearing != sent:
        yield f"Clearing holds {clearing}; payments on their way come to {sent}."


def confirmations() -> Iterator[str]:
    """Every confirmation is of the amount that was sent, and every settled payment has its confirmation."""
    for one in Confirmation.objects.exclude(amount_fen=F("payment__amount_fen")):
        yield f"Confirmation {one} is of another amount than its payment."
    settled = Payment.objects.filter(state__in=[P.CONFIRMED, P.FAILED])
    for payment in settled.annotate(n=Count("confirmations")).filter(n=0):
        yield f"Payment {payment} is {payment.state} without a confirmation."


def bank_accounts() -> Iterator[str]:
    """Who entered an account did not confirm it."""
    for account in BankAccount.objects.filter(confirmed_by=F("entered_by")):
        yield f"Bank account {account.pk} was confirmed by who entered it."


def _by_kind(owner: str) -> dict:
    """Σ postings by owner and kind of account."""
    sums: dict = {}
    for row in Posting.objects.values(owner, "account__kind").annotate(sum=Sum("amount_fen")):
        sums.setdefault(row[owner], {})[row["account__kind"]] = row["sum"]
    return sums


CHECKS = [
    ("balances against postings", balances),
    ("entries sum to zero", entries),
    ("appropriations against projects", appropriations),
    ("awards against entries and instalments", projects),
    ("instalments against claims and payments", instalments),
    ("approvals and clearing", payments),
    ("confirmations against payments", confirmations),
    ("bank accounts", bank_accounts),
]
