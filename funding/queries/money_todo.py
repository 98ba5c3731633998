"""What a person does next about claims, payments, accounts and milestones: one read per kind of thing."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from funding.models import Approval, BankAccount, Instalment, Milestone, Payment, Trigger
from funding.queries.reach import of_bureau
from funding.states import InstalmentState, MilestoneState, PaymentState, ProjectState
from portal.clock import CHINA, china_date
from portal.faces import Todo
from portal.models import Role
from portal.queries.people import powers_of

N, M = InstalmentState, MilestoneState
MOST = 60
AHEAD = timedelta(days=60)
PROJECT = "instalment__project__"


def todo_of(user, now: datetime) -> Iterator[Todo]:
    """Every act on city money that waits for this person."""
    for kind in (_instalments, _payments, _accounts, _milestones):
        yield from kind(user, now)


def _instalments(user, now: datetime) -> Iterator[Todo]:
    """Instalments to claim, claims to check, payments to prepare."""
    powers = powers_of(user)
    due = Q(trigger=Trigger.FIRST_PAYMENT) | Q(trigger=Trigger.MILESTONE, milestone__state=M.ACCEPTED)
    own = Q(project__poster__in=powers.administers, project__state=ProjectState.UNDER_WAY)
    waits = own & (Q(due, state=N.PLANNED) | Q(state=N.RETURNED))
    if Role.OFFICER in powers.roles:
        waits |= Q(state=N.CLAIMED) & of_bureau(user, Role.OFFICER, path="project__")
    if Role.PREPARER in powers.roles:
        live = Payment.objects.filter(instalment=OuterRef("pk"), state__in=PaymentState.live())
        waits |= Q(state=N.VERIFIED) & ~Exists(live) & of_bureau(user, Role.PREPARER, path="project__")
    if not powers.administers and not powers.roles & {Role.OFFICER, Role.PREPARER}:
        return
    for each in Instalment.objects.filter(waits).select_related("project").order_by("project__number", "position")[:MOST]:
        words = {"position": each.position, "title": each.project.title}
        url, number = reverse("instalment", args=[each.pk]), each.project.number or ""
        if each.state == N.CLAIMED:
            yield Todo(_("Check the claim of instalment %(position)s of “%(title)s”") % words, url, _("Check"), None, number)
        elif each.state == N.VERIFIED:
            yield Todo(_("Prepare the payment of instalment %(position)s of “%(title)s”") % words, url, _("Prepare"), None, number)
        else:
            yield Todo(_("Claim instalment %(position)s of “%(title)s”") % words, url, _("Claim"), None, number)


def _payments(user, now: datetime) -> Iterator[Todo]:
    """Payments to approve, and payments on their way whose confirmation is awaited."""
    roles = powers_of(user).roles
    mine = Approval.objects.filter(payment=OuterRef("pk"), by_id=user.pk)
    waits = Q(pk__isnull=True)
    if Role.APPROVER in roles:
        waits |= of_bureau(user, Role.APPROVER, path=PROJECT) & Q(state=PaymentState.PREPARED) & ~Q(prepared_by_id=user.pk) & ~Exists(mine)
    if Role.RECONCILER in roles:
        waits |= Q(state=PaymentState.SENT) & of_bureau(user, Role.RECONCILER, path=PROJECT)
    elif Role.APPROVER not in roles:
        return
    rows = Payment.objects.filter(waits).select_related("instalment__project").order_by("prepared_at")
    for payment in rows[:MOST]:
        words, title = {"reference": payment.reference}, payment.instalment.project.title
        if payment.state == PaymentState.PREPARED:
            url = reverse("payment", args=[payment.pk])
            yield Todo(_("Decide on the payment %(reference)s") % words, url, _("Decide"), None, title)
        else:
            url = reverse("payment-lists")
            yield Todo(_("Take over the confirmation of %(reference)s") % words, url, _("Take over"), None, title)


def _accounts(user, now: datetime) -> Iterator[Todo]:
    """Bank accounts to confirm."""
    if Role.RECONCILER not in powers_of(user).roles:
        return
    waiting = BankAccount.objects.filter(confirmed_by__isnull=True).exclude(entered_by_id=user.pk)
    later = BankAccount.objects.filter(organisation=OuterRef("organisation"), version__gt=OuterRef("version"))
    for account in waiting.filter(~Exists(later)).select_related("organisation").order_by("entered_at")[:MOST]:
        words = _("Confirm the bank account of %(name)s") % {"name": account.organisation.name}
        yield Todo(words, reverse("bank-account", args=[account.organisation_id]), _("Confirm"))


def _milestones(user, now: datetime) -> Iterator[Todo]:
    """Milestones to report within two months, and reported ones to decide on."""
    powers = powers_of(user)
    sides = Q(project__poster__in=powers.edits) | Q(project__bidder__in=powers.edits)
    soon = Q(state=M.RETURNED) | Q(state=M.PLANNED, due_on__lte=china_date(now + AHEAD))
    waits = sides & soon & Q(project__state=ProjectState.UNDER_WAY)
    if Role.OFFICER in powers.roles:
        waits |= Q(state=M.REPORTED) & of_bureau(user, Role.OFFICER, path="project__")
    elif not powers.edits:
        return
    for each in Milestone.objects.filter(waits).select_related("project").order_by("due_on", "pk")[:MOST]:
        words, url = {"milestone": each.title}, reverse("milestone", args=[each.pk])
        due_at = datetime.combine(each.due_on, time(23, 59), tzinfo=CHINA)
        if each.state == M.REPORTED:
            yield Todo(_("Decide on the milestone “%(milestone)s”") % words, url, _("Decide"), None, each.project.title)
        else:
            yield Todo(_("Report the milestone “%(milestone)s”") % words, url, _("Report it"), due_at, each.project.title)
