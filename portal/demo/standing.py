"""The demo's looks at the credit sites, its affiliations, and one dishonesty that was repaired."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from challenges.actions import finding
from challenges.models import Bid, Rules
from challenges.queries.credit import organisations_of_bid
from challenges.queries.ties import ties_of
from portal.actions import affiliations, declared_ties, employments, standing
from portal.actions.affiliations import Side
from portal.clock import china_date, portal_now
from portal.models import Organisation, User
from portal.queries.standing import credits_of

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)
FRESH = timedelta(days=60)


def look_up(organisation_ids: list[UUID], rules: Rules, *, by: User) -> None:
    """Look organisations up where their last check is older than two months."""
    now = portal_now()
    for pk, credit in credits_of(organisation_ids, china_date(now)).items():
        for site in rules.credit_sites:
            last = credit.checks.get(site["code"])
            if last is None or last.checked_on + FRESH < credit.on:
                standing.record_credit_check(
                    pk, site=site["code"], checked_on=credit.on, result="clean",
                    screenshot=(f"{site['name']}.png", PICTURE), by=by, now=now,
                )  # fmt: skip


def look_up_bidders(bid: Bid, *, by: User) -> None:
    """Look up everybody behind a bid."""
    look_up(organisations_of_bid(bid), bid.challenge.rules, by=by)


def worked_before(expert: User, employer: Organisation) -> None:
    """An expert declares an employment that ended within three years."""
    now = portal_now()
    first, last = date(2019, 9, 1), date(2024, 12, 31)
    employments.enter_employment(expert.pk, organisation_id=employer.pk, from_on=first, until_on=last, by=expert, now=now)
    employments.declare_employments(by=expert, now=now)


def declare_of(person: User, firm: Organisation, *, post: str, by: User, denied: str = "") -> None:
    """An organisation declares that a person holds an office of it; the person denies it, or has not answered yet."""
    now = portal_now()
    tie = affiliations.enter_affiliation(
        firm.pk, kind="officer", post=post, other=Side(name=person.name, email=person.email), from_on=date(2023, 3, 1),
        source="declared", source_on=china_date(now), by=by, now=now,
    )  # fmt: skip
    if denied:
        declared_ties.answer_tie(tie.questions.get().pk, is_so=False, words=denied, by=person, now=now)


def exclude_for_a_share(bid: Bid, *, percent: int, why: str, by: User) -> None:
    """The poster's share of a bidder is entered from the public register, and a person decides against the bid."""
    now, poster = portal_now(), Organisation.objects.get(pk=bid.challenge.poster_id)
    affiliations.enter_affiliation(
        poster.pk, kind="share", other=Side(organisation_id=bid.lead_id), holds=True, percent=Decimal(percent),
        from_on=date(2024, 5, 6), source="register", source_on=china_date(now), source_note="国家企业信用信息公示系统", by=by, now=now,
    )  # fmt: skip
    tied = next(each for each in ties_of(bid, china_date(now)) if each.party.pk == bid.lead_id)
    finding.decide_affiliation(bid.pk, bid.lead_id, digest=tied.digest, decision="blocked", why=why, by=by, now=now)
