"""What a person does next on the road of city money: one read per kind of thing, whatever their number."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Assignment, Objection, Panel, PanelPurpose
from challenges.queries.objections import handled_by
from challenges.queries.programming import programme_of
from challenges.states import AssignmentState, ObjectionState, SheetState
from funding.models import Decision, Project, Round, TaskBook, TaskBookSignature, TaskParty
from funding.queries.reach import of_bureau, of_district
from funding.queries.rounds import agreements_to_apply_with, open_now
from funding.states import ProjectState, TaskBookState
from portal.faces import Todo
from portal.models import Role
from portal.permissions import holds, is_draw_clerk
from portal.queries.people import powers_of
from portal.show import in_english

P = ProjectState
MOST = 60


def todo_of(user, now: datetime) -> Iterator[Todo]:
    """Every act on rounds, projects, decisions, task books and objections that waits for this person."""
    for kind in (_agreements, _projects, _panels, _seats, _rounds, _decisions, _taskbooks, _objections):
        yield from kind(user, now)


def _agreements(user, now: datetime) -> Iterator[Todo]:
    """Signed agreements on which the poster may apply while a round is open."""
    if not powers_of(user).edits:
        return
    opened = open_now(now).first()
    for agreement in agreements_to_apply_with(user)[:MOST] if opened else ():
        words = _("Apply for city money for “%(title)s”") % {"title": agreement.bid.challenge.title}
        url = reverse("project-start", args=[agreement.pk])
        yield Todo(words, url, _("Apply"), opened.closes_at, agreement.bid.lead.name)


def _projects(user, now: datetime) -> Iterator[Todo]:
    """Applications to finish, to submit, to recommend, to check; approved ones without a task book."""
    powers = powers_of(user)
    book = TaskBook.objects.filter(project=OuterRef("pk")).exclude(state=TaskBookState.REPLACED)
    waits = Q(poster__in=powers.edits, state__in=P.editable())
    waits |= Q(poster__in=powers.edits, state=P.APPROVED) & ~Exists(book)
    if Role.DISTRICT in powers.roles:
        waits |= Q(state=P.SUBMITTED) & of_district(user)
    if Role.OFFICER in powers.roles:
        waits |= Q(state=P.RECOMMENDED) & of_bureau(user, Role.OFFICER)
    elif not powers.edits and Role.DISTRICT not in powers.roles:
        return
    for project in Project.objects.filter(waits).select_related("poster", "round").order_by("created_at")[:MOST]:
        title = {"title": project.title}
        page, decide = reverse("project", args=[project.pk]), reverse("project-decide", args=[project.pk])
        if project.state in P.editable():
            due, url = project.round.closes_at, reverse("project-edit", args=[project.pk])
            yield Todo(_("Finish the application for “%(title)s”") % title, url, _("Write"), due, project.poster.name)
        elif project.state == P.SUBMITTED:
            yield Todo(_("Review the application “%(title)s” for the district") % title, decide, _("Review"), None, project.poster.name)
        elif project.state == P.RECOMMENDED:
            yield Todo(_("Check the application “%(title)s”") % title, decide, _("Check"), None, project.poster.name)
        else:
            yield Todo(_("Draft the task book of “%(title)s”") % title, page, _("Draft"), None, project.number or "")


def _panels(user, now: datetime) -> Iterator[Todo]:
    """Panels on applications: experts to be named, and all sheets in."""
    deciding = (Role.DRAW_CLERK, Role.OFFICER, Role.DIVISION_HEAD)
    if not holds(user, *deciding):
        return
    accepted = Q(assignments__state=AssignmentState.ACCEPTED)
    panels = Panel.objects.filter(of_bureau(user, *deciding), locked_at__isnull=True, purpose=PanelPurpose.PROJECT_REVIEW).annotate(
        seats=Count("assignments", filter=accepted, distinct=True),
        invited=Count("assignments", filter=Q(assignments__state=AssignmentState.INVITED), distinct=True),
        sheets_in=Count("assignments__sheets", filter=accepted & Q(assignments__sheets__state=SheetState.SUBMITTED), distinct=True),
        sheets_all=F("seats") * Count("candidates", distinct=True),
        title=Round.objects.filter(projects__candidacies__candidate__panel=OuterRef("pk")).values(_title())[:1],
    )  # fmt: skip
    for panel in panels.order_by("due_at")[:MOST]:
        title = {"title": panel.title}
        if panel.named_at is None and is_draw_clerk(user, programme_of(panel)) and panel.convened_by_id != user.pk:
            url = reverse("panel-experts", args=[panel.pk])
            yield Todo(_("Name the experts for “%(title)s”") % title, url, _("Name experts"), panel.due_at)
        elif panel.seats and not panel.invited and panel.sheets_in == panel.sheets_all and _locks(user, panel):
            yield Todo(_("Lock the scores for “%(title)s”") % title, reverse("project-panel", args=[panel.pk]), _("Lock"), panel.due_at)


def _locks(user, panel: Panel) -> bool:
    return holds(user, Role.OFFICER, Role.DIVISION_HEAD, programme_id=programme_of(panel))


def _seats(user, now: datetime) -> Iterator[Todo]:
    """An expert's invitations and sheets on applications."""
    if Role.EXPERT not in powers_of(user).roles:
        return
    seats = Assignment.objects.filter(
        expert_id=user.pk, panel__locked_at__isnull=True, state__in=AssignmentState.live(),
        panel__purpose=PanelPurpose.PROJECT_REVIEW,
    ).select_related("panel").annotate(
        title=Round.objects.filter(projects__candidacies__candidate__panel=OuterRef("panel")).values(_title())[:1],
        sheets_in=Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED), distinct=True),
        sheets_all=Count("panel__candidates", distinct=True),
    )  # fmt: skip
    for seat in seats.order_by("answer_by")[:MOST]:
        url, title = reverse("review", args=[seat.pk]), {"title": seat.title}
        if seat.state == AssignmentState.INVITED:
            yield Todo(_("Answer the invitation to review “%(title)s”") % title, url, _("Answer"), seat.answer_by)
        elif seat.sheets_in < seat.sheets_all:
            detail = _("%(done)s of %(all)s sheets handed in") % {"done": seat.sheets_in, "all": seat.sheets_all}
            yield Todo(_("Score the applications of “%(title)s”") % title, url, _("Score"), seat.panel.due_at, detail)


def _rounds(user, now: datetime) -> Iterator[Todo]:
    """Rounds in which a panel is to be convened, awards to be proposed, or notice to be given."""
    if Role.OFFICER not in powers_of(user).roles:
        return
    counts = {state: Count("projects", filter=Q(projects__state=state), distinct=True) for state in (P.CHECKED, P.REVIEWED, P.PROPOSED)}
    scored = Q(projects__state=P.CHECKED, projects__candidacies__candidate__panel__locked_at__isnull=True)
    scored &= Q(projects__candidacies__isnull=False)
    rounds = Round.objects.filter(of_bureau(user, Role.OFFICER)).annotate(**{f"n_{state}": count for state, count in counts.items()})
    rounds = rounds.annotate(n_scored=Count("projects", filter=scored, distinct=True))
    rounds = rounds.filter(Q(n_checked__gt=F("n_scored")) | Q(n_reviewed__gt=0) | Q(n_proposed__gt=0))
    for each in rounds.order_by("closes_at")[:MOST]:
        title = {"title": each.title_en if in_english() else each.title}
        if each.n_checked > each.n_scored and now > each.closes_at:
            yield Todo(_("Convene the panel for “%(title)s”") % title, reverse("project-panel-convene", args=[each.pk]), _("Convene"))
        if each.n_reviewed:
            yield Todo(_("Propose the awards of “%(title)s”") % title, reverse("awards-propose", args=[each.pk]), _("Propose"))
        if each.n_proposed:
            url = reverse("award-notice-give", args=[each.pk])
            yield Todo(_("Give public notice of the awards of “%(title)s”") % title, url, _("Give notice"))


def _decisions(user, now: datetime) -> Iterator[Todo]:
    """Recorded decisions that wait for a second person."""
    if Role.DIVISION_HEAD not in powers_of(user).roles:
        return
    waiting = Decision.objects.filter(of_bureau(user, Role.DIVISION_HEAD, path="round__"), confirmed_at__isnull=True).exclude(recorded_by_id=user.pk)
    for decision in waiting.order_by("recorded_at")[:MOST]:
        words = _("Confirm the decision %(number)s") % {"number": decision.document_number}
        yield Todo(words, reverse("decision", args=[decision.pk]), _("Confirm"), None, decision.get_kind_display())


def _taskbooks(user, now: datetime) -> Iterator[Todo]:
    """Task books to finish and to sign."""
    powers = powers_of(user)
    sides = {
        TaskParty.POSTER: Q(project__poster__in=powers.administers),
        TaskParty.BIDDER: Q(project__bidder__in=powers.administers),
    }
    if Role.DISTRICT in powers.roles:
        sides[TaskParty.DISTRICT] = of_district(user, "project__")
    if Role.DIVISION_HEAD in powers.roles:
        sides[TaskParty.BUREAU] = of_bureau(user, Role.DIVISION_HEAD, path="project__")
    elif not powers.edits and Role.DISTRICT not in powers.roles:
        return
    waits = Q(project__poster__in=powers.edits, state=TaskBookState.DRAFT)
    for party, whose in sides.items():
        signed = TaskBookSignature.objects.filter(taskbook=OuterRef("pk"), party=party, digest=OuterRef("digest"))
        waits |= Q(whose, state=TaskBookState.SIGNING) & ~Exists(signed)
    live = TaskBook.objects.filter(waits).exclude(project__state=ProjectState.GIVEN_UP)
    for taskbook in live.select_related("project").order_by("due_at")[:MOST]:
        url, title = reverse("taskbook", args=[taskbook.pk]), {"title": taskbook.project.title}
        number = taskbook.project.number or ""
        if taskbook.state == TaskBookState.DRAFT:
            yield Todo(_("Finish the task book of “%(title)s”") % title, url, _("Write"), taskbook.due_at, number)
        else:
            yield Todo(_("Sign the task book of “%(title)s”") % title, url, _("Sign"), taskbook.due_at, number)


def _objections(user, now: datetime) -> Iterator[Todo]:
    """Objections to decide on."""
    if Role.DISCIPLINE not in powers_of(user).roles:
        return
    waiting = Objection.objects.filter(handled_by(user), state__in=ObjectionState.open()).exclude(filed_by_id=user.pk).select_related("notice")
    for objection in waiting.order_by("answer_due_on")[:MOST]:
        detail = objection.notice.get_kind_display()
        yield Todo(_("Decide on an objection"), reverse("objection", args=[objection.pk]), _("Decide"), None, detail)


def _title() -> str:
    return "title_en" if in_english() else "title"
