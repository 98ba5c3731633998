"""What somebody typed into a need beside what somebody else saved meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from challenges.models import Challenge, IpChoice
from challenges.queries.checks import LABELS
from portal.show import show_amount, show_number


@dataclass(frozen=True)
class Difference:
    """One field that differs: its name, what is saved, what was typed."""

    word: object
    saved: str
    typed: str


def differences(
    challenge: Challenge, typed: Mapping[str, object], indicators: Sequence[Mapping[str, object]]
) -> list[Difference]:
    """The fields whose typed value is not the saved one, the indicators as lines of text."""
    found = []
    for name, value in typed.items():
        saved = getattr(challenge, name)
        if saved != value:
            word = LABELS.get(name) or Challenge._meta.get_field(name).verbose_name
            found.append(Difference(word, _shown(name, saved), _shown(name, value)))
    rows = [indicator_line(row) for row in indicators]
    kept = [indicator_line(row) for row in challenge.indicators.all().values()]
    if rows != kept:
        found.append(Difference(LABELS["indicators"], "\n".join(kept), "\n".join(rows)))
    return found


def indicator_line(row: Mapping[str, object]) -> str:
    """An indicator in one line: name, comparison, value, unit, test method."""
    sign = {"<=": "≤", ">=": "≥"}.get(str(row["comparator"]), "=")
    return " ".join(
        filter(None, (row["name"], sign, show_number(row["value"]), row.get("unit", ""), f"({row['test_method']})"))
    )


def _shown(name: str, value: object) -> str:
    if name.endswith("_fen"):
        return show_amount(value, unit=True)
    if name == "ip_choice":
        return str(IpChoice(value).label) if value else ""
    if isinstance(value, bool):
        return "✓" if value else ""
    return str(value)
