"""Panels as they are drawn: what stands against the lock, the pool's rows, the result as plot and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from challenges.models import Panel
from challenges.pages.scores import plotted, tie_words
from challenges.queries import drawing as panels
from challenges.queries.drawing import CONFLICT_WORDS, PoolExpert, Seat
from challenges.queries.ranking import Line, Progress
from challenges.queries.stages import Standing
from challenges.states import AssignmentState
from portal.faces import Check
from portal.kernel.verdict import Verdict, no
from portal.show import listed, show_moment, show_number


@dataclass(frozen=True)
class PoolRow:
    """An expert of the pool in words: class, fields, and why this person cannot be named."""

    person: PoolExpert
    class_name: str
    field_names: str
    why_not: str
    ticked: bool


@dataclass(frozen=True)
class Cell:
    """One sheet's total in the table of sheets."""

    total: str
    dropped: bool


@dataclass(frozen=True)
class ResultRow:
    """A candidate's line in the table of sheets."""

    line: Line
    cells: Sequence[Cell]
    technical: str


@dataclass(frozen=True)
class Fingerprint:
    """A sheet with its expert and its digest."""

    seat: Seat
    label: str
    total: str
    digest: str


def pool_rows(found: Sequence[PoolExpert], panel: Panel, ticked: set[str]) -> list[PoolRow]:
    """The rows of the expert pool."""
    classes, fields = panels.class_names(panel), panels.field_names(panel)
    return [
        PoolRow(
            person,
            classes.get(person.expert.expert_class, person.expert.expert_class),
            listed(fields.get(code, code) for code in person.expert.fields),
            _why_not(person),
            str(person.expert.pk) in ticked,
        )
        for person in found
    ]


def standing_of(panel: Panel, progress: Progress, vacancies: int) -> Standing:
    """The status line of a panel: who acts now, by when, and what comes then."""
    due = _("until %(moment)s") % {"moment": show_moment(panel.due_at)}
    if panel.locked_at:
        return Standing(_("Scores locked"), _("The poster"), "", _("Selection and agreement"))
    if vacancies:
        return Standing(_("Experts are named"), _("The draw clerk"), "", _("Experts declare and score"))
    if progress.complete:
        return Standing(_("All sheets are in"), _("Officer or division head"), "", _("The scores are locked"))
    if progress.invited:
        return Standing(_("Experts answer"), _("The invited experts"), "", _("Experts score"))
    return Standing(_("Experts score"), _("The experts"), due, _("The scores are locked"))


def lock_checks(panel: Panel, progress: Progress) -> list[Check]:
    """What has to be there before the scores can be locked."""
    least = panel.rules.panel_least
    enough = progress.accepted >= least
    seated = _("%(accepted)s of at least %(least)s") % {"accepted": progress.accepted, "least": least}
    handed_in = _("%(sheets_in)s of %(sheets_due)s") % {"sheets_in": progress.sheets_in, "sheets_due": progress.sheets_due}
    invited = Check(_("No invitation is unanswered"), "met" if not progress.invited else "pending", end=_count(progress.invited))
    waits = panels.waiting_ties_of(panel)
    settled = Check(
        _("Every affiliation declared by the organisations behind the candidates is settled"), "met" if not waits else "missing",
        _("The people say whether it is so, or an officer settles it."), end=_count(waits),
    )  # fmt: skip
    return [
        settled,
        Check(_("Enough experts hold a seat"), "met" if enough else "missing", end=seated),
        invited,
        Check(_("Every sheet is handed in"), "met" if progress.complete else "pending", end=handed_in),
    ]


def lock_verdict(verdict: Verdict, checks: Sequence[Check]) -> Verdict:
    """The permission to lock, or that something on the checklist is missing."""
    if verdict and any(check.state != "met" for check in checks):
        return no("", "not_ready")
    return verdict


def result_context(panel: Panel, lines: list[Line], seats: Sequence[Seat]) -> dict:
    """The locked result as plot, table of sheets, and fingerprints."""
    seats = [seat for seat in seats if seat.state == AssignmentState.ACCEPTED]
    by_id = {seat.id: seat for seat in seats}
    scored = [line for line in lines if line.score]
    return {
        "panel": panel,
        "plot": plotted(lines),
        "seats": seats,
        "rows": [_result_row(line, seats) for line in scored],
        "fingerprints": [
            Fingerprint(by_id[sheet.assignment_id], line.candidate.label, plain(sheet.total), sheet.digest)
            for line in scored
            for sheet in line.sheets
        ],
        "ties": tie_words(panel.rules.tie_chain),
        "any_tie": any(line.score.tied for line in scored),
        "sheets": sum(len(line.sheets) for line in scored),
        "rule": rule_words(panel),
    }


def rule_words(panel: Panel) -> str:
    """How the official score is made, in one line."""
    facts = {"trim_from": panel.rules.trim_from}
    return _("From %(trim_from)s sheets on the highest and the lowest are dropped; mean, rounded half up") % facts


def plain(total: Decimal) -> str:
    """A total without idle zeros."""
    return show_number(total)


def _result_row(line: Line, seats: Sequence[Seat]) -> ResultRow:
    totals: Mapping = {sheet.assignment_id: sheet for sheet in line.sheets}
    cells = [
        Cell(plain(totals[seat.id].total), totals[seat.id].pk in line.score.dropped) if seat.id in totals else Cell("–", False)
        for seat in seats
    ]
    return ResultRow(line, cells, plain(line.score.technical))


def _why_not(person: PoolExpert) -> str:
    if person.seat is not None:
        return _("already on this panel: %(state)s") % {"state": person.seat.get_state_display()}
    if person.conflicts:
        return listed(CONFLICT_WORDS[code] for code in dict.fromkeys(conflict.code for conflict in person.conflicts))
    return ""


def _count(number: int) -> str:
    return str(number) if number else ""
