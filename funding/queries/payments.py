"""Payments: who may know of them, what approvers sign, and what waits for whom."""

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When

from funding.gateways.treasury import Order
from funding.models import Approval, BankAccount, FundingRules, Instalment, Payment, PaymentList
from funding.policy.paying import approvers_needed
from funding.queries.evidence import files_of, last_claim, other_names, verification_of
from funding.queries.reach import FINANCE, of_officials
from funding.states import PaymentState
from portal.kernel.canonical import digest
from portal.permissions import holds_everywhere
from portal.queries.people import READERS, powers_of

ORDER = {PaymentState.PREPARED: 0, PaymentState.APPROVED: 1, PaymentState.SENT: 2}


def visible_to(user) -> QuerySet[Payment]:
    """Payments this person may know about: finance, the bureau, and the poster its own."""
    payments = Payment.objects.select_related(
        "instalment__project__poster", "instalment__project__challenge", "account", "prepared_by"
    )
    own = Q(instalment__project__poster__in=powers_of(user).views)
    return payments.filter(own | of_officials(user, "instalment__project__"))


def listed(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Payments for a list: what waits first, then the latest; with how many have approved."""
    waits = Case(*(When(state=state, then=place) for state, place in ORDER.items()), default=9)
    counted = payments.annotate(approved_by=Count("approvals"), waits=waits)
    return counted.select_related("instalment__project__rules__funding").order_by("waits", "-prepared_at", "-reference")


def with_approvals(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Payments with their approvals and everything that is signed at hand."""
    return payments.select_related(
        "instalment__milestone",
        "instalment__project__bidder",
        "instalment__project__agreement",
        "instalment__project__round__appropriation",
        "instalment__project__rules__funding",
        "account__entered_by",
        "account__confirmed_by",
        "line__payment_list",
    ).prefetch_related(Prefetch("approvals", Approval.objects.select_related("by").order_by("at")), "confirmations")


def live_payment(instalment: Instalment) -> Payment | None:
    """The one payment of an instalment that is prepared, approved, sent or confirmed."""
    return Payment.objects.filter(instalment_id=instalment.pk, state__in=PaymentState.live()).first()


def approved_payments() -> QuerySet[Payment]:
    """Payments that wait to be sent."""
    return Payment.objects.filter(state=PaymentState.APPROVED)


def needed_for(payment: Payment) -> int:
    """How many people must approve a payment, by the rules of its project."""
    rules = payment.instalment.project.rules.funding
    return approvers_needed(
        payment.amount_fen, two_from_fen=rules.two_approvers_from_fen, three_from_fen=rules.three_approvers_from_fen
    )


def newest_account(organisation_id) -> BankAccount | None:
    """The last version of an organisation's account, confirmed or not."""
    accounts = BankAccount.objects.select_related("entered_by", "confirmed_by")
    return accounts.filter(organisation_id=organisation_id).order_by("-version").first()


def digest_of(payment: Payment) -> str:
    """The SHA-256 of what approvers sign: amount, payee, account and evidence, in one fixed spelling.

    Where receipt or account is in a former name or a successor's, that and its day are signed with the rest.
    """
    instalment, account = payment.instalment, payment.account
    project, claim, checked = instalment.project, last_claim(instalment), verification_of(instalment)
    appropriation, names = project.round.appropriation, other_names(payment, claim)
    return digest(
        {
            "v": 1,
            "payment": payment.reference,
            "amount_fen": payment.amount_fen,
            "project": {"id": str(project.pk), "number": project.number, "award_fen": project.award_fen},
            "instalment": {
                "id": str(instalment.pk),
                "position": instalment.position,
                "trigger": str(instalment.trigger),
                "planned_fen": instalment.planned_fen,
            },
            "payee": {"uscc": project.poster.uscc, "holder": account.holder},
            "account": {"id": str(account.pk), "bank": account.bank, "number": account.number},
            "appropriation": {
                "document_number": appropriation.document_number,
                "budget_year": appropriation.budget_year,
                "function_code": appropriation.function_code,
                "economic_code": appropriation.economic_code,
            },
            "evidence": {
                "claim": str(claim.pk) if claim else None,
                "files": list(files_of(instalment, claim)),
                "verified": str(checked.pk) if checked else None,
                **({"names": names} if names else {}),
            },
        }
    )


def lists_visible_to(user) -> QuerySet[PaymentList]:
    """Payment lists, which hold the payments of every programme: finance and the bureau, unless a grant names one."""
    if not holds_everywhere(user, *FINANCE, *READERS):
        return PaymentList.objects.none()
    counted = PaymentList.objects.select_related("file", "made_by").annotate(
        count=Count("lines"), open=Count("lines", filter=Q(lines__payment__state=PaymentState.SENT))
    )
    return counted.order_by("-made_at", "-number")


def accounts_on(made: PaymentList) -> QuerySet[BankAccount]:
    """The accounts that a payment list names."""
    named = made.lines.values("payment__account_id")
    return BankAccount.objects.filter(pk__in=named).select_related("organisation").order_by("pk")


def order_of(payment: Payment) -> Order:
    """A payment as the treasury is asked for it."""
    project, account = payment.instalment.project, payment.account
    appropriation = project.round.appropriation
    return Order(
        reference=payment.reference,
        payee=account.holder,
        account=account.number,
        bank=account.bank,
        amount_fen=payment.amount_fen,
        budget_year=appropriation.budget_year,
        document_number=appropriation.document_number,
        function_code=appropriation.function_code,
        economic_code=appropriation.economic_code,
        purpose=f"{project.number} {payment.instalment.position}",
    )


def confirmation_columns() -> list[dict[str, str]]:
    """Every mapping of confirmation columns that some version of the rules names, the newest rules first."""
    mappings = list(FundingRules.objects.order_by("-rules__valid_from", "-rules_id").values_list("confirmation_columns", flat=True))
    return [mapping for number, mapping in enumerate(mappings) if mapping not in mappings[:number]]
