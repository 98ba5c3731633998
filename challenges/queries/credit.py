"""Whether the organisations of a case have their credit in order for a step, as the rules of the case ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from challenges.models import Bid, Rules
from challenges.policy.credit import Fault, Look, faults_of
from portal.faces import Check
from portal.models import CreditResult, Organisation
from portal.queries.settings import setting
from portal.queries.standing import Credit, credits_of
from portal.show import in_english, listed, show_day


@dataclass(frozen=True)
class Standing:
    """One organisation before a step: its credit, and what is wrong with it under the rules."""

    credit: Credit
    faults: tuple[Fault, ...]

    @property
    def organisation(self) -> Organisation:
        """Whose credit it is."""
        return self.credit.organisation


def standing_for(gate: str, rules: Rules, organisation_ids: Iterable[UUID], on: date) -> list[Standing]:
    """The organisations of a case before a step, in the order given; none where the rules leave the step open."""
    if gate not in rules.credit_gates:
        return []
    ids = list(dict.fromkeys(organisation_ids))
    credits = credits_of(ids, on)
    codes = [site["code"] for site in rules.credit_sites]
    return [Standing(credits[pk], tuple(_faults(credits[pk], rules, codes))) for pk in ids if pk in credits]


def organisations_of_bid(bid: Bid) -> list[UUID]:
    """The organisations behind a bid that the portal knows: its lead, then the others of the consortium."""
    others = bid.parties.filter(organisation__isnull=False).order_by("name").values_list("organisation_id", flat=True)
    return list(dict.fromkeys([bid.lead_id, *others]))


def sentences_of(standing: Standing, rules: Rules) -> list[str]:
    """What is wrong with one organisation's credit and what to do, a sentence for each kind of fault."""
    names, name = _site_names(rules), standing.organisation.name
    found: dict[tuple[str, date | None, str], list[str]] = {}
    for fault in standing.faults:
        found.setdefault((fault.code, fault.since_on, fault.subject), []).append(names.get(fault.site, fault.site))
    return [
        str(_sentence(code)) % {"name": name, "sites": listed(sites), "day": show_day(since) if since else "", "subject": subject}
        for (code, since, subject), sites in found.items()
    ]


def checks_of(standings: Iterable[Standing], rules: Rules, *, url_of=lambda organisation: "") -> list[Check]:
    """Each organisation and site as one condition of the step; ``url_of`` leads to where it is recorded."""
    names = _site_names(rules)
    rows = []
    for each in standings:
        url = url_of(each.organisation)
        at_site = {fault.site: fault for fault in each.faults if fault.site}
        for fault in each.faults:
            if not fault.site:
                words = _("Dishonesty of %(name)s, %(subject)s") % {"name": each.organisation.name, "subject": fault.subject}
                since = _("in force since %(day)s and not repaired") % {"day": show_day(fault.since_on)}
                rows.append(Check(words, "missing", since, url=url, act=_("Open") if url else ""))
        for code, site in names.items():
            words = f"{each.organisation.name} · {site}"
            if fault := at_site.get(code):
                rows.append(Check(words, "missing", _remedy(fault), url=url, act=_("Record") if url else ""))
            elif code in each.credit.checks:
                rows.append(_met(words, each.credit, code, rules))
    return rows


def _met(words: str, credit: Credit, code: str, rules: Rules) -> Check:
    """A check that counts, until which day; one that runs out soon is warned of."""
    last = credit.last_day(code, rules.credit_check_days)
    if last - credit.on <= timedelta(days=setting("credit_soon_days")):
        return Check(words, "warn", _("Counts for the last time on %(day)s.") % {"day": show_day(last)})
    return Check(words, end=_("until %(day)s") % {"day": show_day(last)})


def _faults(credit: Credit, rules: Rules, codes: list[str]) -> list[Fault]:
    looks = {
        site: Look(check.checked_on, check.result == CreditResult.RECORD and not hasattr(check, "ruling"))
        for site, check in credit.checks.items()
    }
    listed_ones = [(each.kind, each.document_number, each.from_on) for each in credit.dishonesties]
    return faults_of(
        sites=codes, looks=looks, days=rules.credit_check_days, on=credit.on, dishonesties=listed_ones, bars=rules.dishonesty_bars
    )


def _site_names(rules: Rules) -> dict[str, str]:
    return {site["code"]: site["name_en"] if in_english() else site["name"] for site in rules.credit_sites}


def _sentence(code: str) -> str:
    match code:
        case "dishonest":
            return _(
                "%(name)s stands on a dishonesty list since %(day)s (%(subject)s) and it is not repaired. "
                "This step is closed until an officer enters the repair."
            )
        case "credit_check_missing":
            return _("%(name)s has not been looked up at %(sites)s. Look it up, and record what the sites show on its page under Credit.")
        case "credit_check_expired":
            return _(
                "The check of %(name)s at %(sites)s ran out and has not counted since %(day)s. "
                "Look it up again, and record what the sites show on its page under Credit."
            )
        case _:
            return _(
                "The check of %(name)s at %(sites)s of %(day)s found a record. An officer enters it as dishonesty or lets it pass "
                "on its page under Credit."
            )


def _remedy(fault: Fault) -> str:
    match fault.code:
        case "credit_check_missing":
            return _("Not looked up yet. The district or an officer of the bureau looks it up and records it.")
        case "credit_check_expired":
            ran_out = _("Ran out; does not count since %(day)s. The district or an officer of the bureau looks it up again.")
            return ran_out % {"day": show_day(fault.since_on)}
        case _:
            return _("Found a record on %(day)s; an officer weighs it.") % {"day": show_day(fault.since_on)}
