"""What an application has and what it lacks before it can be submitted, as a list of conditions."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from challenges.models import RulesClass
from challenges.policy.eligibility import check_money, check_period, largest_city_money
from funding.models import Project
from funding.policy.application import check_uses
from funding.policy.promises import falls_short
from funding.queries.projects import money_of, offers_of, promises_of
from portal.faces import Check
from portal.kernel.errors import PortalError, Refused
from portal.kernel.money import share_ceiling
from portal.show import show_amount
from portal.words import sentence


def filled_in(project: Project) -> dict[str, object]:
    """An application as its checks read it: its columns, the sum of its uses, and its promises."""
    return {
        **money_of(project),
        "title": project.title,
        "lead_person": project.lead_person,
        "months": project.months,
        "uses_fen": sum(cost.amount_fen for cost in project.costs.all()),
        "promises": promises_of(project),
    }


def checks_of(project: Project, filled: Mapping[str, object]) -> list[Check]:
    """Each condition in one line: both money rules, uses, lead with contract, period, indicators."""
    terms = RulesClass.objects.get(rules_id=project.rules_id, code=project.class_code)
    return [
        *_money(filled),
        _rule(_("The uses come to the total"), lambda: check_uses(total_fen=filled["total_fen"], uses_fen=filled["uses_fen"])),
        _there(_("Project lead named"), filled["lead_person"]),
        _there(_("Labour contract of the lead added"), project.labour_contract_id),
        _rule(_("Length of the project"), lambda: check_period(filled["months"], most_months=terms.months_most)),
        _promised(project, filled["promises"]),
    ]


def _there(word: str, value: object) -> Check:
    return Check(word) if value else Check(word, "missing", _("Still empty."))


def _rule(word: str, check: Callable[[], None]) -> Check:
    try:
        check()
    except PortalError as refusal:
        return Check(word, "missing", sentence(refusal))
    return Check(word)


def _promised(project: Project, promises: Mapping) -> Check:
    """Every indicator of the board is promised, none below what was agreed."""
    word, offers = _("Indicators as agreed or better"), offers_of(project.agreement)
    for indicator in project.challenge.indicators.order_by("position"):
        value = promises.get(indicator.pk)
        if value is None:
            return Check(word, "missing", _("“%(indicator)s” has no value.") % {"indicator": indicator.name})
        if falls_short(indicator.comparator, offers[indicator.pk], value):
            refusal = Refused(
                "project_indicator_below_bid", indicator=indicator.name,
                offered=f"{offers[indicator.pk].normalize():f}", value=f"{value.normalize():f}",
            )  # fmt: skip
            return Check(word, "missing", sentence(refusal))
    return Check(word)


def _money(filled: Mapping[str, object]) -> list[Check]:
    """The money rules in one line each; the last one names the largest possible city money."""
    add_up = _("The sources add up to the total")
    names = ("total_fen", "own_fen", "city_fen", "other_fen", "cap_fen", "most_percent", "least_percent")
    refused = None
    try:
        check_money(**{name: filled[name] for name in names})
    except Refused as refusal:
        refused = refusal
    if refused and refused.code in ("total_not_positive", "sources_do_not_add_up", "negative_amount"):
        return [Check(add_up, "missing", sentence(refused))]
    total_fen = filled["total_fen"]
    least_fen = share_ceiling(total_fen, filled["least_percent"])
    room_fen = max(0, total_fen - filled["other_fen"] - least_fen)
    most_fen = min(room_fen, largest_city_money(total_fen, filled["cap_fen"], filled["most_percent"]))
    own = _("The poster carries at least %(least)s") % {"least": show_amount(least_fen, places=0, unit=True)}
    city = _("The city gives at most %(most)s here") % {"most": show_amount(most_fen, places=0, unit=True)}
    if refused and refused.code == "own_share_too_small":
        return [Check(add_up), Check(own, "missing", sentence(refused)), Check(city, "met" if filled["city_fen"] <= most_fen else "missing")]
    return [Check(add_up), Check(own), Check(city, "missing", sentence(refused)) if refused else Check(city)]
