"""What the page of a project shows: stages, status line, scores, notice, and what this person may do next."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import RulesClass
from challenges.queries.looks_after import looks_after
from challenges.queries.money import percent
from challenges.queries.programming import programme_of
from challenges.queries.stages import Standing
from funding.models import Project
from funding.permissions.applying import may_save_application, may_submit_application
from funding.permissions.deciding import may_end_award
from funding.permissions.tasking import may_draft_taskbook, may_give_up_award
from funding.permissions.vetting_projects import STAGE_OF, may_return_application
from funding.queries import rounds, taskbooks
from funding.queries.project_checks import checks_of, filled_in
from funding.queries.project_panels import scores_of
from funding.queries.projects import contracts_visible_to, offers_of, promises_of
from funding.states import ProjectState
from portal.faces import Mark, Part, Ruler, Stage
from portal.kernel.money import share_ceiling
from portal.permissions import is_member, reads_cases
from portal.show import show_amount, show_day, show_moment, show_number

P = ProjectState

ORDER = (
    (gettext_lazy("Application"), (P.DRAFT, P.RETURNED)),
    (gettext_lazy("District review"), (P.SUBMITTED,)),
    (gettext_lazy("Formal check"), (P.RECOMMENDED,)),
    (gettext_lazy("Panel scores"), (P.CHECKED,)),
    (gettext_lazy("Proposal"), (P.REVIEWED, P.PROPOSED)),
    (gettext_lazy("Public notice"), (P.IN_NOTICE,)),
    (gettext_lazy("Task book"), (P.APPROVED,)),
    (gettext_lazy("Under way"), (P.UNDER_WAY, P.SUSPENDED, P.ACCEPTANCE_APPLIED, P.REWORK)),
    (gettext_lazy("Acceptance and follow-up"), (P.ACCEPTED, P.FOLLOWED_UP, P.ARCHIVED)),
)
"""The stages of a project in their order, with the states in which each is going on."""

ENDED_AT = {P.REJECTED: 2, P.NOT_FUNDED: 4, P.GIVEN_UP: 6, P.TERMINATED: 7, P.CLOSED_WITHOUT_PASS: 8, P.REVOKED: 7}
"""At which stage a project stands that ended early."""


def context_of(project: Project, user, *, now: datetime) -> dict[str, object]:
    """Everything the page of a project needs."""
    writing = project.state in P.editable() and is_member(user, project.poster_id)
    notice = rounds.notice_of(project)
    official = scores_of([project]).get(project.pk)
    decided = project.state not in (P.CHECKED, P.REVIEWED) or reads_cases(user, programme_of(project))
    return {
        "now": now,
        "project": project,
        "terms": RulesClass.objects.get(rules_id=project.rules_id, code=project.class_code),
        "stages": stages_of(project),
        "standing": standing_of(project, notice),
        "ruler": ruler_of(project),
        "own_percent": percent(project.own_fen, project.total_fen),
        "city_percent": percent(project.city_fen, project.total_fen),
        "costs": list(project.costs.all()),
        "promises": promised(project),
        "vettings": list(project.vettings.select_related("by").order_by("-at")),
        "notice": notice,
        "held": rounds.held_items([project.pk]).get(project.pk, ""),
        "score": official if decided else None,
        "items": list(project.decision_items.select_related("decision__confirmed_by").order_by("-decision__recorded_at")),
        "taskbook": taskbooks.live_of(project),
        "milestones": list(project.milestones.select_related("indicator")),
        "instalments": list(project.instalments.select_related("milestone")),
        "writing": writing,
        "checks": checks_of(project, filled_in(project)) if writing else [],
        "may_save": may_save_application(user, project),
        "may_submit": may_submit_application(user, project, now=now),
        "may_decide": may_return_application(user, project) if project.state in STAGE_OF else None,
        "may_draft": may_draft_taskbook(user, project),
        "may_end": may_end_award(user, project),
        "may_give_up": may_give_up_award(user, project),
        "looks_after": looks_after(project.challenge_id, project, project.poster_id, user=user),
        "reads_cases": reads_cases(user, programme_of(project)),
        "reads_contract": contracts_visible_to(user).filter(pk=project.pk).exists(),
    }


def promised(project: Project) -> list[tuple]:
    """Every indicator of the board with what was agreed and what the application promises."""
    offers, promises = offers_of(project.agreement), promises_of(project)
    return [(each, offers.get(each.pk), promises.get(each.pk)) for each in project.challenge.indicators.order_by("position")]


def stages_of(project: Project) -> list[Stage]:
    """The stage ruler of a project."""
    ended = project.state in ENDED_AT
    at = ENDED_AT[project.state] if ended else next(n for n, (_word, states) in enumerate(ORDER) if project.state in states)
    stages = []
    for place, (word, _states) in enumerate(ORDER):
        state = "done" if place < at else ("now" if place == at else "")
        note = ""
        if place == at and ended:
            state, note = "ended", project.get_state_display()
        stages.append(Stage(word, note, state))
    return stages


def standing_of(project: Project, notice=None) -> Standing:
    """The status line of a project: who acts now, by when, and what comes then."""
    poster, officer = project.poster.name, _("The bureau's officer")
    district = _("Science department of %(district)s") % {"district": project.poster.district}
    rows = {
        P.DRAFT: (
            poster, _("submit by %(moment)s") % {"moment": show_moment(project.round.closes_at)}, _("Review by the district"),
        ),
        P.RETURNED: (poster, _("correct it and submit it again"), _("Review by the district")),
        P.SUBMITTED: (district, "", _("Formal check by the bureau")),
        P.RECOMMENDED: (officer, "", _("A panel of experts scores")),
        P.CHECKED: (officer, "", _("Proposal of the awards")),
        P.REVIEWED: (officer, "", _("Public notice")),
        P.PROPOSED: (officer, "", _("Public notice")),
        P.IN_NOTICE: (
            _("Everybody may object") if notice and notice.ended_at is None else officer,
            _("until the end of %(day)s") % {"day": show_day(notice.ends_on, weekday=True)} if notice else "",
            _("Approval of the city government"),
        ),
        P.APPROVED: (poster, "", _("Signatures of the four parties")),
        P.UNDER_WAY: (_("Poster and bidder"), "", _("Milestones and instalments")),
    }  # fmt: skip
    who, expected, then = rows.get(project.state, ("", "", ""))
    return Standing(project.get_state_display(), who, expected, then)


def ruler_of(project: Project) -> Ruler | None:
    """Total investment by source, with the poster's least share marked."""
    if project.total_fen <= 0:
        return None
    least_fen = share_ceiling(project.total_fen, project.least_percent)
    parts = [Part(_("Own funds"), project.own_fen, "a"), Part(_("City money"), project.city_fen, "b")]
    if project.other_fen:
        parts.append(Part(_("Other sources"), project.other_fen, "quiet"))
    least = _("own funds at least %(percent)s %% (%(amount)s)") % {
        "percent": show_number(project.least_percent), "amount": show_amount(least_fen, places=0),
    }  # fmt: skip
    finding = _("Own funds %(own)s (%(own_percent)s), city money %(city)s (%(city_percent)s)") % {
        "own": show_amount(project.own_fen, unit=True), "own_percent": percent(project.own_fen, project.total_fen),
        "city": show_amount(project.city_fen, unit=True), "city_percent": percent(project.city_fen, project.total_fen),
    }  # fmt: skip
    return Ruler(project.total_fen, parts, finding, [Mark(least_fen, least)])
