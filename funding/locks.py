"""Rows held for a decision about money, outermost first: round, project, task book, milestone, instalment, payment, account."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model, QuerySet

from funding.models import Account, BankAccount, Decision, Instalment, Milestone, Payment, Project, Round, TaskBook
from portal.kernel.errors import NotFound


def share_round(round_id: UUID) -> Round:
    """A round with its rules; it never changes, so it is read and not held."""
    return _one(Round.objects.select_related("rules__funding", "appropriation"), round_id)


def lock_project(project_id: UUID) -> Project:
    """Hold a project against every other decision about it."""
    rows = Project.objects.select_for_update(of=("self",))
    return _one(rows.select_related("rules__funding", "round__appropriation", "poster", "bidder"), project_id)


def lock_projects(project_ids: Iterable[UUID]) -> list[Project]:
    """Hold several projects, in the order of their ids."""
    rows = Project.objects.select_for_update(of=("self",)).filter(pk__in=list(project_ids)).order_by("pk")
    return list(rows.select_related("rules__funding", "round__appropriation", "poster", "bidder"))


def lock_decision(decision_id: UUID) -> Decision:
    """Hold a recorded decision."""
    return _one(Decision.objects.select_for_update(of=("self",)).select_related("round"), decision_id)


def lock_taskbook(taskbook_id: UUID) -> TaskBook:
    """Hold a task book; its project is held first by the caller."""
    return _one(TaskBook.objects.select_for_update(of=("self",)), taskbook_id)


def lock_milestone(milestone_id: UUID) -> Milestone:
    """Hold a milestone; its project is held first by the caller."""
    return _one(Milestone.objects.select_for_update(of=("self",)).select_related("indicator"), milestone_id)


def lock_instalment(instalment_id: UUID) -> Instalment:
    """Hold an instalment; its project is held first by the caller."""
    return _one(Instalment.objects.select_for_update(of=("self",)).select_related("milestone"), instalment_id)


def lock_payment(payment_id: UUID) -> Payment:
    """Hold a payment; project and instalment are held first by the caller."""
    return _one(Payment.objects.select_for_update(of=("self",)).select_related("account"), payment_id)


def hold_instalment(instalment_id: UUID) -> Instalment:
    """Hold an instalment and, before it, its project."""
    project_id = Instalment.objects.filter(pk=instalment_id).values_list("project_id", flat=True).first()
    if project_id is None:
        raise NotFound()
    project = lock_project(project_id)
    instalment = lock_instalment(instalment_id)
    instalment.project = project
    return instalment


def hold_milestone(milestone_id: UUID) -> Milestone:
    """Hold a milestone and, before it, its project."""
    project_id = Milestone.objects.filter(pk=milestone_id).values_list("project_id", flat=True).first()
    if project_id is None:
        raise NotFound()
    project = lock_project(project_id)
    milestone = lock_milestone(milestone_id)
    milestone.project = project
    return milestone


def hold_payments(payments: QuerySet[Payment]) -> list[Payment]:
    """Hold payments and, before them, all their projects and then all their instalments; by reference."""
    found = list(payments.values_list("pk", "instalment_id", "instalment__project_id"))
    projects = {project.pk: project for project in lock_projects({row[2] for row in found})}
    instalments = Instalment.objects.select_for_update(of=("self",)).filter(pk__in=[row[1] for row in found])
    held = {instalment.pk: instalment for instalment in instalments.select_related("milestone").order_by("pk")}
    rows = Payment.objects.select_for_update(of=("self",)).filter(pk__in=[row[0] for row in found])
    locked = list(rows.select_related("account").order_by("reference"))
    for payment in locked:
        payment.instalment = held[payment.instalment_id]
        payment.instalment.project = projects[payment.instalment.project_id]
    return locked


def hold_payment(payment_id: UUID) -> Payment:
    """Hold a payment and, before it, its project and instalment."""
    for payment in hold_payments(Payment.objects.filter(pk=payment_id)):
        return payment
    raise NotFound()


def lock_bank_account(account_id: UUID) -> BankAccount:
    """Hold one version of an organisation's bank account."""
    return _one(BankAccount.objects.select_for_update(of=("self",)).select_related("organisation"), account_id)


def accounts_of(owners: Iterable[tuple[str, UUID]]) -> list[Account]:
    """The ledger accounts of (kind, owner), made where they are missing, in the order of their ids.

    Their rows are not locked here: the posting's trigger does it, in the order the postings come.
    """
    found = []
    for kind, owner in owners:
        account, _made = Account.objects.get_or_create(kind=kind, owner=owner)
        found.append(account)
    return found


def _one(rows: QuerySet, pk: UUID) -> Model:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row
