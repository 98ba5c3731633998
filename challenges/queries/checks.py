"""What a need has and what it lacks before it can be submitted, as a list of conditions."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import RulesClass
from challenges.policy.completeness import missing_fields
from challenges.policy.eligibility import check_money, check_period, largest_city_money
from portal.faces import Check
from portal.kernel.errors import Refused
from portal.kernel.money import share_ceiling
from portal.show import show_amount
from portal.words import sentence

PARTS = (
    (gettext_lazy("Title and field"), ("title", "field")),
    (gettext_lazy("What is difficult, and the research content"), ("background", "content")),
    (gettext_lazy("Indicators with value and test method"), ("indicators",)),
    (gettext_lazy("Ownership of results"), ("ip_choice",)),
    (gettext_lazy("Conditions for bidders and contact"), ("bidder_conditions", "contact")),
    (gettext_lazy("Both declarations"), ("declared_unclassified", "declared_commitment")),
)
"""Groups of fields that have to be filled in, as the list words them."""

LABELS = {
    "title": gettext_lazy("title"),
    "field": gettext_lazy("field of technology"),
    "background": gettext_lazy("what is difficult, and why"),
    "content": gettext_lazy("research content"),
    "indicators": gettext_lazy("at least one indicator"),
    "bidder_conditions": gettext_lazy("conditions for bidders"),
    "ip_choice": gettext_lazy("ownership of results"),
    "contact": gettext_lazy("contact"),
    "months": gettext_lazy("length in months"),
    "total_fen": gettext_lazy("total investment"),
    "own_fen": gettext_lazy("own funds"),
    "declared_unclassified": gettext_lazy("nothing classified"),
    "declared_commitment": gettext_lazy("self-check commitment"),
}
"""What a missing field is called."""


def checks_of(filled: Mapping[str, object], terms: RulesClass) -> list[Check]:
    """Each condition of a need: fields that are there, the period, and the money rules with the city's most."""
    missing = set(missing_fields(filled))
    found = [_filled(word, [name for name in names if name in missing]) for word, names in PARTS]
    found.append(_rule(_("Length of the project"), lambda: check_period(filled["months"], most_months=terms.months_most)))
    return [*found, *_money(filled, terms)]


def is_ready(checks: list[Check]) -> bool:
    """Whether nothing is missing."""
    return all(check.state == "met" for check in checks)


def _filled(word: object, missing: list[str]) -> Check:
    if not missing:
        return Check(word)
    named = [str(LABELS[name]) for name in missing]
    return Check(word, "missing", _("Still empty: %(names)s.") % {"names": ", ".join(named)})


def _rule(word: str, check: Callable[[], None], end: str = "") -> Check:
    try:
        check()
    except Refused as refusal:
        return Check(word, "missing", sentence(refusal))
    return Check(word, end=end)


def _money(filled: Mapping[str, object], terms: RulesClass) -> list[Check]:
    """The money rules in one line each; the last one names the largest possible city money."""
    total_fen = filled["total_fen"]
    refused = _refusal(filled, terms)
    if refused and refused.code in ("total_not_positive", "sources_do_not_add_up", "negative_amount"):
        return [Check(_("The sources add up to the total"), "missing", sentence(refused))]
    least_fen = share_ceiling(total_fen, terms.least_percent)
    room_fen = max(0, total_fen - filled["other_fen"] - least_fen)
    most_fen = min(room_fen, largest_city_money(total_fen, terms.cap_fen, terms.most_percent))
    own, city = _("The poster carries at least %(least)s") % {"least": show_amount(least_fen, places=0, unit=True)}, _(
        "The city gives at most %(most)s here"
    ) % {"most": show_amount(most_fen, places=0, unit=True)}
    if refused and refused.code == "own_share_too_small":
        return [Check(_("The sources add up to the total")), Check(own, "missing", sentence(refused)), _city(city, filled, most_fen)]
    if refused:
        return [Check(_("The sources add up to the total")), Check(own), Check(city, "missing", sentence(refused))]
    return [Check(_("The sources add up to the total")), Check(own), Check(city)]


def _city(word: str, filled: Mapping[str, object], most_fen: int) -> Check:
    return Check(word, "met" if filled["city_fen"] <= most_fen else "missing")


def _refusal(filled: Mapping[str, object], terms: RulesClass) -> Refused | None:
    names = ("total_fen", "own_fen", "city_fen", "other_fen")
    try:
        check_money(
            **{name: filled[name] for name in names},
            cap_fen=terms.cap_fen, most_percent=terms.most_percent, least_percent=terms.least_percent,
        )  # fmt: skip
    except Refused as refusal:
        return refusal
    return None
