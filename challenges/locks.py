"""Rows held for a decision, always outermost first: challenge, bid, panel, seat, sheet, agreement."""

from uuid import UUID

from django.db.models import Model, QuerySet

from challenges.models import (
    Agreement,
    Assignment,
    Bid,
    Box,
    Challenge,
    NumberSeries,
    Objection,
    Panel,
    PublicNotice,
    Sheet,
)
from portal.kernel.errors import NotFound


def lock_challenge(challenge_id: UUID) -> Challenge:
    """Hold a challenge against every other decision about it."""
    return _one(Challenge.objects.select_for_update(of=("self",)).select_related("rules", "poster"), challenge_id)


def share_challenge(challenge_id: UUID) -> Challenge:
    """Hold a challenge so that others may share it but nobody may close or change it: for sealing."""
    found = Challenge.objects.raw("SELECT * FROM challenges_challenge WHERE id = %s FOR SHARE", [challenge_id])
    for challenge in found:
        return challenge
    raise NotFound()


def lock_bid(bid_id: UUID) -> Bid:
    """Hold a bid; its challenge is held first by the caller."""
    return _one(Bid.objects.select_for_update(of=("self",)).select_related("lead"), bid_id)


def hold_bid(bid_id: UUID) -> Bid:
    """Share a bid's challenge, then hold the bid: many teams may work at once, but none while the box is closed."""
    found = Bid.objects.raw(
        "SELECT b.* FROM challenges_challenge c JOIN challenges_bid b ON b.challenge_id = c.id"
        " WHERE b.id = %s FOR SHARE OF c FOR UPDATE OF b",
        [bid_id],
    )
    for bid in found:
        return bid
    raise NotFound()


def lock_case(bid_id: UUID) -> Bid:
    """Hold a bid's challenge and then the bid, against every other decision about either."""
    challenge_id = Bid.objects.filter(pk=bid_id).values_list("challenge_id", flat=True).first()
    if challenge_id is None:
        raise NotFound()
    challenge = lock_challenge(challenge_id)
    bid = lock_bid(bid_id)
    bid.challenge = challenge
    return bid


def lock_bids(challenge_id: UUID, *states: str) -> list[Bid]:
    """Hold a challenge's bids in these states, in the order of their ids."""
    bids = Bid.objects.filter(challenge_id=challenge_id, state__in=states)
    return list(bids.select_for_update(of=("self",)).select_related("lead").order_by("pk"))


def lock_box(challenge_id: UUID) -> Box:
    """Hold the box of a challenge."""
    box = Box.objects.select_for_update().filter(challenge_id=challenge_id).first()
    if box is None:
        raise NotFound()
    return box


def lock_notice(notice_id: UUID) -> PublicNotice:
    """Hold a public notice; its challenge is held first by the caller."""
    return _one(PublicNotice.objects.select_for_update(), notice_id)


def lock_objection(objection_id: UUID) -> Objection:
    """Hold an objection; its notice is held first by the caller."""
    return _one(Objection.objects.select_for_update(of=("self",)).select_related("filed_by"), objection_id)


def lock_panel(panel_id: UUID) -> Panel:
    """Hold a panel."""
    return _one(Panel.objects.select_for_update(of=("self",)).select_related("rules", "rubric"), panel_id)


def lock_assignment(assignment_id: UUID) -> Assignment:
    """Hold an expert's seat; its panel is held first by the caller where the panel matters."""
    return _one(Assignment.objects.select_for_update(of=("self",)).select_related("panel"), assignment_id)


def lock_sheet(sheet_id: UUID) -> Sheet:
    """Hold a score sheet."""
    return _one(
        Sheet.objects.select_for_update(of=("self",)).select_related("assignment__panel__rubric", "candidate"), sheet_id
    )


def lock_agreement(agreement_id: UUID) -> Agreement:
    """Hold an agreement."""
    return _one(
        Agreement.objects.select_for_update(of=("self",)).select_related("bid__challenge", "bid__lead"), agreement_id
    )


def next_number(prefix: str) -> int:
    """The next number of a series, from 1, given out once."""
    NumberSeries.objects.get_or_create(prefix=prefix)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def _one(rows: QuerySet, pk: UUID) -> Model:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row
