"""Who hears of an agreement: both sides, and the bureau once it is signed."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.panels import of_board
from challenges.messages.responsible import officers_of
from challenges.models import Agreement, Side
from portal.models import MemberRole
from portal.queries.people import acting_for
from portal.tell import Kind


def signers(agreement: Agreement) -> Iterable[UUID]:
    """The administrators of the sides that have not signed yet."""
    signed = set(agreement.signatures.values_list("side", flat=True))
    sides = {Side.POSTER: agreement.bid.challenge.poster_id, Side.BIDDER: agreement.bid.lead_id}
    waiting = [organisation for side, organisation in sides.items() if side not in signed]
    return {person for organisation in waiting for person in acting_for(organisation, MemberRole.ADMINISTRATOR)}


def both_sides(agreement: Agreement) -> Iterable[UUID]:
    """Everybody who acts for the poster, the lead, or a member of the consortium that the portal knows."""
    organisations = {agreement.bid.challenge.poster_id, agreement.bid.lead_id}
    organisations |= set(agreement.bid.parties.filter(organisation__isnull=False).values_list("organisation_id", flat=True))
    return {person for organisation in organisations for person in acting_for(organisation)}


def sides_and_officers(agreement: Agreement) -> Iterable[UUID]:
    """Both sides, and the officers of the bureau."""
    return {*both_sides(agreement), *officers_of(agreement.bid.challenge)}


def poster_and_officers(agreement: Agreement) -> Iterable[UUID]:
    """Who goes on when an agreement ends: the poster, and the officers."""
    return {*acting_for(agreement.bid.challenge.poster_id), *officers_of(agreement.bid.challenge)}


def agreement_page(agreement: Agreement) -> str:
    """The page of the agreement."""
    return reverse("agreement", args=[agreement.pk])


def of_agreement(agreement: Agreement) -> Mapping[str, object]:
    """The board, both sides' names and the registration number."""
    challenge = agreement.bid.challenge
    return {
        **of_board(challenge),
        "poster": challenge.poster.name,
        "lead": agreement.bid.lead.name,
        "registration_number": agreement.registration_number,
    }


AGREEMENT_TO_SIGN = Kind("agreement_to_sign", to=signers, link=agreement_page, facts=of_agreement)
AGREEMENT_HALF_SIGNED = Kind("agreement_half_signed", to=signers, link=agreement_page, facts=of_agreement)
AGREEMENT_SIGNED = Kind("agreement_signed", to=sides_and_officers, link=agreement_page, facts=of_agreement)
AGREEMENT_REGISTERED = Kind("agreement_registered", to=both_sides, link=agreement_page, facts=of_agreement)
AGREEMENT_VOID = Kind("agreement_void", to=both_sides, link=agreement_page, facts=of_agreement)
RESERVE_MAY_BE_SELECTED = Kind(
    "reserve_may_be_selected",
    to=poster_and_officers,
    link=lambda agreement: reverse("results", args=[agreement.bid.challenge_id]),
    facts=of_agreement,
)
