"""A score sheet as it is drawn: each criterion with its bands, the sum so far, and the way between candidates."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.forms.scoring import SheetForm
from challenges.models import Assignment, Candidate, Criterion, Sheet
from challenges.permissions.reviewing import may_score, may_submit_sheet
from challenges.policy.scoring import sum_of_points
from challenges.queries import reviewing as reviews
from challenges.queries.subjects import subject_of
from challenges.states import SheetState
from portal.faces import Tab
from portal.show import in_english, show_number


@dataclass(frozen=True)
class Band:
    """One band of a criterion: its words, and whether the points lie in it."""

    words: str
    on: bool


@dataclass(frozen=True)
class CriterionLine:
    """One criterion on the sheet: fields, most points and bands."""

    criterion: Criterion
    points: BoundField
    words: BoundField
    most: str
    given: Decimal | None
    said: str
    bands: Sequence[Band]


def sheet_context(seat: Assignment, stands: Candidate, sheet: Sheet | None, form: SheetForm, *, user) -> dict:
    """What the score page and its saved line show."""
    lines = [_line(*line) for line in form.lines]
    given = [line.given for line in lines if line.given is not None]
    closed = sheet is not None and sheet.state == SheetState.SUBMITTED
    return {
        "seat": seat,
        "panel": seat.panel,
        "subject": subject_of(seat.panel),
        "candidate": stands,
        "sheet": sheet,
        "form": form,
        "lines": lines,
        "total": show_number(sum_of_points(given)),
        "filled": len(given),
        "closed": closed,
        "tabs": _tabs(seat, stands),
        "verdict": may_submit_sheet(user, sheet) if sheet else may_score(user, seat),
    }


def _line(criterion: Criterion, points: BoundField, words: BoundField) -> CriterionLine:
    given = _number(points)
    bands = [Band(text, on) for text, on in bands_of(criterion, given)]
    most = show_number(criterion.weight_percent)
    return CriterionLine(criterion, points, words, most, given, words.value() or "", bands)


def bands_of(criterion: Criterion, given: Decimal | None) -> list[tuple[str, bool]]:
    """The bands of a criterion in words, best first, and which one the points lie in."""
    found, above = [], None
    for place, band in enumerate(criterion.bands):
        least = Decimal(band["least"])
        on = given is not None and given >= least and (above is None or given < above)
        facts = {
            "band": band["name_en"] if in_english() else band["name"],
            "points": show_number(least),
            "most": show_number(criterion.weight_percent),
        }
        text = _("%(band)s %(points)s–%(most)s") if not place else _("%(band)s from %(points)s")
        found.append((facts["band"] if not least else text % facts, on))
        above = least
    return found


def _number(points: BoundField) -> Decimal | None:
    """The points as they stand in the box, when they are some."""
    try:
        return points.field.clean(points.value())
    except ValidationError:
        return None


def _tabs(seat: Assignment, stands: Candidate) -> list[Tab]:
    """The candidates as tabs; a tick stands at what is handed in."""
    handed_in = {sheet.candidate_id for sheet in reviews.own_sheets(seat) if sheet.state == SheetState.SUBMITTED}
    return [
        Tab(
            f"{each.label} ✓" if each.pk in handed_in else each.label,
            reverse("score", args=[seat.pk, each.pk]),
            current=each.pk == stands.pk,
        )
        for each in reviews.candidates_to_score(seat.panel)
    ]
