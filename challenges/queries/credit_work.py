"""Whose credit has to be looked up: organisations before a step that their rules close without it.

A bid appears here once its box is open and never before.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Bid, BidParty, Challenge, Rules
from challenges.states import BidState, ChallengeState
from portal.clock import CHINA, china_date
from portal.faces import Todo
from portal.models import Organisation, Role
from portal.permissions_on_standing import may_confirm_dishonesty, may_pass_record, may_record_credit
from portal.queries.people import powers_of
from portal.queries.settings import setting
from portal.queries.standing import Credit, credits_of, found_records, unconfirmed
from portal.show import in_english, listed, show_day

MOST = 60
Step = tuple[UUID, str, UUID]
"""An organisation before a step under a version of the rules: its id, the gate, the id of the rules."""
AHEAD = {
    ChallengeState.SUBMITTED: "recommend_need",
    ChallengeState.POOLED: "publish_board",
    ChallengeState.IN_NOTICE: "publish_board",
}
"""The gate that a need comes to next."""
LATER: list[Callable[[], Iterable[Step]]] = []
"""What later stages add; this app does not know them."""


@dataclass(frozen=True)
class LookUp:
    """An organisation whose check is missing, ran out, or runs out within days: where, and the last day that is left.

    ``last_on`` is None where a check is missing or no longer counts; ``checks`` are those that still count.
    """

    organisation: Organisation
    sites: tuple[str, ...]
    last_on: date | None
    checks: tuple[UUID, ...]


def also(steps: Callable[[], Iterable[Step]]) -> None:
    """Let a later stage of the road add its steps."""
    if steps not in LATER:
        LATER.append(steps)


def to_look_up(on: date, *, ahead: int | None = None, programmes: frozenset[UUID] | None = None) -> list[LookUp]:
    """Every organisation to look up on a day or within ``ahead`` days, what is urgent first; of these programmes or of all.

    ``ahead`` is the city's setting unless it is given.
    """
    ahead = setting("credit_soon_days") if ahead is None else ahead
    steps = [step for kind in (_needs, _bids, *LATER) for step in kind()]
    rules = Rules.objects.in_bulk({rules_id for _organisation, _gate, rules_id in steps})
    asked: dict[UUID, set[UUID]] = {}
    for organisation_id, gate, rules_id in steps:
        binding = rules[rules_id]
        if gate in binding.credit_gates and (programmes is None or binding.programme_id in programmes):
            asked.setdefault(organisation_id, set()).add(rules_id)
    known = credits_of(asked, on)
    found = [_look_up(known[pk], [rules[each] for each in sorted(ids)], on, ahead) for pk, ids in asked.items()]
    return sorted(filter(None, found), key=lambda each: (each.last_on or date.min, each.organisation.name))


def todo_of(user, now: datetime) -> Iterator[Todo]:
    """What was found and waits for a second person; and whose credit this person looks up, in their programmes or district."""
    powers = powers_of(user)
    yield from _to_decide(user)
    if not powers.roles & {Role.OFFICER, Role.DISTRICT}:
        return
    programmes = powers.programmes_of(Role.OFFICER, Role.DISTRICT)
    mine = [each for each in to_look_up(china_date(now), programmes=programmes) if may_record_credit(user, each.organisation)]
    for each in mine[:MOST]:
        url = reverse("organisation-credit", args=[each.organisation.pk])
        due_at = datetime.combine(each.last_on, time.max, CHINA) if each.last_on else None
        yield Todo(_("Look up the credit of %(name)s") % {"name": each.organisation.name}, url, _("Look up"), due_at, _words(each))


def _to_decide(user) -> Iterator[Todo]:
    """Dishonesty that somebody else entered, and records that somebody else found."""
    roles = powers_of(user).roles
    entered = unconfirmed().exclude(recorded_by_id=user.pk)[:MOST] if roles & {Role.OFFICER, Role.DIVISION_HEAD} else ()
    for each in entered:
        if may_confirm_dishonesty(user, each):
            url, words = reverse("organisation-credit", args=[each.organisation_id]), {"name": each.organisation.name}
            yield Todo(_("Decide on the dishonesty entered for %(name)s") % words, url, _("Decide"), None, each.document_number)
    for check in found_records()[:MOST] if Role.OFFICER in roles else ():
        if may_pass_record(user, check):
            url, words = reverse("organisation-credit", args=[check.organisation_id]), {"name": check.organisation.name}
            yield Todo(_("Weigh the record found of %(name)s") % words, url, _("Weigh"), None, str(check.site))


def _words(each: LookUp) -> str:
    sites = {"sites": listed(each.sites)}
    if each.last_on is None:
        return _("Not looked up, or no longer counting: %(sites)s") % sites
    return _("Counts until %(day)s: %(sites)s") % {**sites, "day": show_day(each.last_on)}


def _needs() -> Iterator[Step]:
    rows = Challenge.objects.filter(state__in=AHEAD).values_list("poster_id", "state", "rules_id")
    return ((poster, AHEAD[state], rules) for poster, state, rules in rows)


def _bids() -> Iterator[Step]:
    opened = Bid.objects.filter(state=BidState.OPENED, challenge__opened_at__isnull=False)
    parties = BidParty.objects.filter(bid__in=opened, organisation__isnull=False)
    rows = [*opened.values_list("lead_id", "challenge__rules_id"), *parties.values_list("organisation_id", "bid__challenge__rules_id")]
    return ((organisation, "qualify_bid", rules) for organisation, rules in rows)


def _look_up(credit: Credit, bound: list[Rules], on: date, ahead: int) -> LookUp | None:
    """What is to be looked up of one organisation, under the strictest of the rules that bind its cases."""
    names: dict[str, str] = {}
    left: dict[str, list[date | None]] = {}
    for rules in bound:
        for site in rules.credit_sites:
            day = credit.last_day(site["code"], rules.credit_check_days)
            if day is None or day - on <= timedelta(days=ahead):
                names[site["code"]] = site["name_en"] if in_english() else site["name"]
                left.setdefault(site["code"], []).append(day if day and day >= on else None)
    if not left:
        return None
    gone = [code for code, days in left.items() if None in days]
    last_on = None if gone else min(day for days in left.values() for day in days if day)
    counting = tuple(credit.checks[code].pk for code in left if code not in gone)
    return LookUp(credit.organisation, tuple(names[code] for code in gone or left), last_on, counting)
