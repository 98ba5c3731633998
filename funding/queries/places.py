"""Where duties about city money are taken: the cases of projects, the claim, the account, the payment."""

from collections.abc import Iterable
from uuid import UUID

from funding.models import Instalment, Payment, Project, ProjectCandidate
from funding.queries.payments import newest_account
from portal.duties import Place, Scope


def cases(projects: Iterable[Project]) -> list[Place]:
    """The cases that projects grew out of, each once."""
    return [Scope.CASE.of(pk) for pk in dict.fromkeys(project.challenge_id for project in projects)]


def cases_under_review(panel_id: UUID) -> Iterable[UUID]:
    """The challenges behind the applications that a panel reviews."""
    candidates = ProjectCandidate.objects.filter(candidate__panel_id=panel_id)
    return candidates.values_list("project__challenge_id", flat=True).distinct()


def places_of_claim(instalment: Instalment) -> list[Place]:
    """The case, and the claim that counts."""
    claim = instalment.claims.order_by("-at").values_list("pk", flat=True).first()
    return [*cases([instalment.project]), *([Scope.CLAIM.of(claim)] if claim else [])]


def places_to_pay(instalment: Instalment) -> list[Place]:
    """The case, the claim, and the account to which a payment would go."""
    account = newest_account(instalment.project.poster_id)
    return [*places_of_claim(instalment), *([Scope.ACCOUNT.of(account.pk)] if account else [])]


def places_of_payment(payment: Payment) -> list[Place]:
    """The payment itself, the account it goes to, the claim it rests on, and the case."""
    return [*places_of_claim(payment.instalment), Scope.ACCOUNT.of(payment.account_id), Scope.PAYMENT.of(payment.pk)]
