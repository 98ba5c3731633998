"""Pages of panels: the list, convening, naming the experts, progress, lock and result."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.actions import drawing, ranking
from challenges.forms.panels import ConveneForm, NamingForm
from challenges.pages.panel_view import lock_checks, lock_verdict, pool_rows, result_context, standing_of
from challenges.permissions.drawing import may_convene_panel, may_name_experts
from challenges.permissions.opening import may_see_opened_bids
from challenges.permissions.ranking import may_lock_panel, may_read_sheets
from challenges.queries import boards
from challenges.queries import drawing as panels
from challenges.queries.ranking import progress_of, result_of
from challenges.queries.subjects import subject_of
from portal.clock import china_date, portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.models import Role
from portal.permissions import holds, reads_cases
from portal.web import find, page

PAGE = 25
POOL_PAGE = 50


@page("challenges/panels.html")
def index(request):
    """Panels, those that still score first; and the boards that wait for one."""
    if not panels.reads_panels(request.user):
        raise NotFound()
    now = portal_now()
    rows = Paginator(panels.listed(panels.of_boards(request.user)), PAGE).get_page(request.GET.get("page"))
    subjects = panels.subjects_of(rows)
    return {
        "now": now,
        "page": rows,
        "rows": [(panel, subjects[panel.pk]) for panel in rows],
        "waiting": panels.boards_without_panel(request.user) if reads_cases(request.user) else (),
    }


@page("challenges/panel_convene.html")
def convene(request, pk: UUID):
    """Convene a panel on a board's qualified bids."""
    now = portal_now()
    board = find(boards.visible_to(request.user).select_related("poster", "rules"), pk=pk)
    if not reads_cases(request.user, board.rules.programme_id):
        raise NotFound()
    form = ConveneForm(request.POST or None, rules=board.rules)
    if form.is_valid():
        panel = drawing.convene_panel(board.pk, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("The panel is convened. The draw clerk has been asked to name its experts."))
        return redirect("panel", pk=panel.pk)
    return {
        "now": now,
        "board": board,
        "bids": panels.bids_for_a_panel(board),
        "form": form,
        "verdict": may_convene_panel(request.user, board),
        "may_see_bids": may_see_opened_bids(request.user, board),
    }


@page("challenges/panel.html")
def show(request, pk: UUID):
    """One panel: its seats, how many sheets are in, and the lock."""
    now = portal_now()
    panel = find(panels.of_boards(request.user), pk=pk)
    board, progress = panels.challenge_of(panel), progress_of(panel)
    checks, vacancies = lock_checks(panel, progress), panels.vacancies_of(panel)
    knows = panels.experts_known_to(request.user).filter(pk=panel.pk).exists()
    conflicted = panels.seats_in_conflict(panel, on=china_date(now)) if knows and not panel.locked_at else []
    return {
        "now": now,
        "panel": panel,
        "board": board,
        "standing": standing_of(panel, progress, vacancies),
        "seats": panels.seats_of(panel, request.user),
        "knows": knows,
        "conflicted": {person.expert.pk for person in conflicted},
        "vacancies": vacancies,
        "progress": progress,
        "checks": checks,
        "names": panels.names_of_parties(panel),
        "may_name": may_name_experts(request.user, panel),
        "may_lock": lock_verdict(may_lock_panel(request.user, panel), checks),
        "may_read": may_read_sheets(request.user, panel),
    }


@page("challenges/panel_experts.html")
def experts(request, pk: UUID):
    """The draw clerk names experts of the pool for the free seats."""
    now = portal_now()
    panel = find(panels.experts_known_to(request.user), pk=pk)
    subject = subject_of(panel)
    chosen = {name: request.GET.get(name, "") for name in ("class", "field", "q")}
    pool = panels.pool_for(panel, on=china_date(now))
    form = NamingForm(request.POST or None, pool=pool)
    if form.is_valid():
        seats = drawing.name_experts(panel.pk, experts=form.cleaned_data["experts"], by=request.user, now=now)
        messages.success(request, _("%(count)s experts are invited.") % {"count": len(seats)})
        return redirect(subject.page, pk=panel.pk)
    found = [each for each in pool if panels.wanted(each, chosen)]
    shown = Paginator(found, POOL_PAGE).get_page(request.GET.get("page"))
    return {
        "now": now,
        "panel": panel,
        "subject": subject,
        "page": shown,
        "rows": pool_rows(shown.object_list, panel, form.chosen),
        "pool": len(pool),
        "free": sum(each.free for each in pool),
        "vacancies": panels.vacancies_of(panel),
        "ties_waiting": panels.draw_waits_for(panel, on=china_date(now)),
        "form": form,
        "chosen": chosen,
        "classes": panels.class_names(panel),
        "fields": panels.field_names(panel),
        "verdict": may_name_experts(request.user, panel),
        "enters_employments": holds(request.user, Role.OFFICER, Role.DRAW_CLERK),
    }


@require_POST
@page("challenges/panel.html")
def lock(request, pk: UUID):
    """Lock the scores: official scores and ranks are made."""
    panel = find(panels.of_boards(request.user), pk=pk)
    ranking.lock_panel(panel.pk, by=request.user, now=portal_now())
    messages.success(request, _("The scores are locked and the bids are ranked. Poster and bidders have been told."))
    return redirect("panel-result", pk=panel.pk)


@page("challenges/panel_result.html")
def result(request, pk: UUID):
    """The result with every sheet, for the bureau."""
    now = portal_now()
    panel = find(panels.of_boards(request.user), pk=pk)
    require(may_read_sheets(request.user, panel))
    context = result_context(panel, result_of(panel, with_sheets=True), panels.seats_of(panel, request.user))
    return {"now": now, "board": panels.challenge_of(panel), **context}
