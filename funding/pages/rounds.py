"""Pages of appropriations and rounds: what is there, and the bureau's steps from the panel to the notice."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.queries.notices import visible_to as notices_visible_to
from funding.actions import deciding, opening_rounds
from funding.forms.rounds import AppropriationForm, AwardsForm, NoticeForm, RoundForm
from funding.permissions.approving import may_record_decision
from funding.permissions.deciding import may_give_award_notice, may_propose_awards
from funding.permissions.opening_rounds import may_open_round, may_record_appropriation
from funding.permissions.reviewing_projects import may_convene_project_panel
from funding.policy.caps import largest_award
from funding.queries import project_panels, projects, rounds
from funding.states import ProjectState
from portal.clock import china_date, portal_now
from portal.kernel.verdict import require
from portal.permissions import reads_cases
from portal.web import find, page

PAGE = 25


@page("funding/appropriations.html")
def appropriations(request):
    """Appropriations with what the ledger has left of each; recording one."""
    now = portal_now()
    rows = rounds.appropriations_visible_to(request.user)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    verdict = may_record_appropriation(request.user)
    if not verdict and not reads_cases(request.user) and not rows.exists():
        require(verdict)
    form = AppropriationForm(request.POST or None, initial={"budget_year": china_date(now).year})
    if verdict and form.is_valid():
        opening_rounds.record_appropriation(**form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("The appropriation is recorded."))
        return redirect("appropriations")
    if request.method == "POST":
        require(verdict)
    lefts = rounds.lefts_of(shown)
    return {"page": shown, "lines": [(each, lefts.get(each.pk, 0)) for each in shown], "form": form, "verdict": verdict}


@page("funding/rounds.html")
def index(request):
    """Rounds of applications, the latest first."""
    rows = rounds.listed(rounds.visible_to(request.user))
    return {
        "now": portal_now(),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "verdict": may_open_round(request.user),
        "reads_cases": reads_cases(request.user),
    }


@page("funding/round_open.html")
def open_one(request):
    """Open a round."""
    now = portal_now()
    require(may_open_round(request.user))
    rows = list(rounds.appropriations_visible_to(request.user))
    form = RoundForm(
        request.POST or None, rules=rounds.rules_to_choose(now), appropriations=rows, lefts=rounds.lefts_of(rows)
    )
    if form.is_valid():
        typed = dict(form.cleaned_data)
        opened = opening_rounds.open_round(
            UUID(typed.pop("rules")), UUID(typed.pop("appropriation")), **typed, by=request.user, now=now
        )
        messages.success(request, _("The round is open for applications."))
        return redirect("round", pk=opened.pk)
    return {"now": now, "form": form}


@page("funding/round.html")
def show(request, pk: UUID):
    """A round: its applications by state, its panel, notice and decisions, and the next step."""
    now = portal_now()
    opened = find(rounds.visible_to(request.user), pk=pk)
    seen = projects.visible_to(request.user).filter(round=opened)
    rows = list(projects.listed(seen)[:200])
    by_state = {state: [each for each in rows if each.state == state] for state in ProjectState.values}
    bureau = reads_cases(request.user, opened.rules.programme_id)
    return {
        "now": now,
        "round": opened,
        "rows": rows,
        "lines": _lines(rows, scored=bureau),
        "left_fen": rounds.left_of(opened.appropriation_id) if bureau else None,
        "pending_fen": rounds.pending_in(opened) if bureau else None,
        "panels": list(project_panels.of_round(opened)) if bureau else [],
        "decisions": list(opened.decisions.select_related("recorded_by", "confirmed_by").order_by("-recorded_at")) if bureau else [],
        "may_convene": may_convene_project_panel(request.user, by_state[ProjectState.CHECKED]),
        "may_propose": may_propose_awards(request.user, by_state[ProjectState.REVIEWED]),
        "may_notice": may_give_award_notice(request.user, by_state[ProjectState.PROPOSED]),
        "may_record": may_record_decision(request.user),
        "checked": by_state[ProjectState.CHECKED],
        "reviewed": by_state[ProjectState.REVIEWED],
        "proposed": by_state[ProjectState.PROPOSED],
        "in_notice": by_state[ProjectState.IN_NOTICE],
        "agreements": rounds.agreements_to_apply_with(request.user),
        "open": opened.opens_at <= now <= opened.closes_at,
        "reads_cases": bureau,
    }


def _lines(rows: list, *, scored: bool) -> list[tuple]:
    scores = project_panels.scores_of(rows) if scored else {}
    lines = [(each, scores.get(each.pk)) for each in rows]
    return sorted(lines, key=lambda line: (line[1] is None, line[1].rank if line[1] else 0))


@page("funding/awards_propose.html")
def propose(request, pk: UUID):
    """Propose an amount for each project that shall be funded."""
    now = portal_now()
    opened = find(rounds.visible_to(request.user), pk=pk)
    reviewed = list(projects.visible_to(request.user).filter(round=opened, state=ProjectState.REVIEWED).order_by("created_at"))
    require(may_propose_awards(request.user, reviewed))
    scores = project_panels.scores_of(reviewed)
    reviewed.sort(key=lambda project: scores[project.pk].rank)
    left_fen = rounds.left_of(opened.appropriation_id) - rounds.pending_in(opened)
    passed = [project for project in reviewed if scores[project.pk].passed]
    mosts = {project.pk: _most(project) for project in passed}
    form = AwardsForm(request.POST or None, projects=passed, mosts=mosts)
    if form.is_valid():
        deciding.propose_awards(pk, awards=form.amounts, by=request.user, now=now)
        messages.success(request, _("The awards are proposed. Give public notice of them next."))
        return redirect("round", pk=pk)
    lines = [(project, scores[project.pk], mosts.get(project.pk)) for project in reviewed]
    return {"now": now, "round": opened, "form": form, "lines": lines, "left_fen": left_fen}


@page("funding/award_notice_give.html")
def give_notice(request, pk: UUID):
    """Give public notice of proposed awards."""
    now = portal_now()
    opened = find(rounds.visible_to(request.user), pk=pk)
    proposed = list(projects.visible_to(request.user).filter(round=opened, state=ProjectState.PROPOSED).order_by("created_at"))
    require(may_give_award_notice(request.user, proposed))
    initial = {"starts_on": china_date(now), "projects": [str(each.pk) for each in proposed]}
    form = NoticeForm(request.POST or None, projects=proposed, initial=initial)
    if form.is_valid():
        notice = deciding.give_award_notice(
            pk, form.ids, starts_on=form.cleaned_data["starts_on"], by=request.user, now=now
        )
        messages.success(request, _("The public notice is given."))
        known = notices_visible_to(request.user, now=now).filter(pk=notice.pk).exists()
        return redirect("notice", pk=notice.pk) if known else redirect("round", pk=pk)
    return {"now": now, "round": opened, "form": form, "proposed": proposed}


def _most(project) -> int:
    return largest_award(
        total_fen=project.total_fen, requested_fen=project.city_fen, cap_fen=project.cap_fen,
        most_percent=project.most_percent, budget_left_fen=project.city_fen,
    )  # fmt: skip
