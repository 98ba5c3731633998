"""Convening a panel on the qualified bids, and naming its experts."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_bids, lock_challenge, lock_panel
from challenges.messages import panels as messages
from challenges.models import (
    Assignment,
    Bid,
    BidCandidate,
    BidParty,
    Candidate,
    CandidateParty,
    Challenge,
    Panel,
    PanelPurpose,
)
from challenges.permissions.drawing import may_convene_panel, may_name_experts
from challenges.policy.labels import label
from challenges.queries.drawing import (
    PoolExpert,
    challenge_id_of,
    draw_waits_for,
    has_unlocked_panel,
    pool_for,
    vacancies_of,
)
from challenges.queries.places import cases_of
from challenges.states import BidState
from portal.actions.duties import take_duty
from portal.apart import apart
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import Organisation, User
from portal.queries.same_organisation import whole_of_all
from portal.record import record
from portal.tell import tell

LARGEST_PANEL = 99


@transaction.atomic
def convene_panel(challenge_id: UUID, *, size: int, due_at: datetime, by: User, now: datetime) -> Panel:
    """Convene a panel of ``size`` experts on the qualified bids, which get letters in a random order.

    Each candidate freezes its parties (poster, lead, members of the consortium that the portal
    knows by credit code, bidders out of the running) and the fingerprints of its documents. Raises NotAllowed, WrongState,
    Clash ``panel_convened``, Refused ``bids_undecided``, ``no_qualified_bid``, ``panel_too_small``,
    ``panel_too_large``, ``due_in_the_past``.
    """
    challenge = lock_challenge(challenge_id)
    require(may_convene_panel(by, challenge))
    take_duty(Duty.CONVENES_PANEL, Scope.CASE.of(challenge.pk), by=by, now=now)
    bids = lock_bids(challenge.pk, BidState.OPENED, BidState.QUALIFIED)
    _check_panel(challenge, bids, size, due_at, now)
    panel = Panel.objects.create(
        purpose=PanelPurpose.BID_REVIEW,
        rules=challenge.rules,
        rubric=challenge.rules.rubrics.get(purpose=PanelPurpose.BID_REVIEW),
        size=size,
        due_at=due_at,
        convened_by=by,
        convened_at=now,
    )
    secrets.SystemRandom().shuffle(bids)
    rivals = _out_of_the_running(challenge, bids)
    candidates = [_stand(panel, place, bid, challenge, rivals) for place, bid in enumerate(bids)]
    facts = {"size": size, "candidates": {candidate.label: str(candidate.of_bid.bid_id) for candidate in candidates}}
    event = record("panel.convened", panel, by=by, facts=facts, case_id=challenge.pk)
    tell(messages.PANEL_CONVENED, panel, because=event)
    return panel


@transaction.atomic
def name_experts(panel_id: UUID, *, experts: list[UUID], by: User, now: datetime) -> list[Assignment]:
    """Offer the free seats of a panel to experts of the pool; each is invited and has some days to answer.

    Nobody with a conflict of interest can be named; the database refuses it too. Raises NotAllowed
    ``named_by_the_convener``, WrongState, NotFound for somebody outside the pool, Clash
    ``expert_named_before``, Refused ``no_expert_named``, ``more_experts_than_seats``,
    ``expert_in_conflict``, ``own_panel``; ``ties_waiting`` where an organisation behind a candidate declared a tie
    with somebody who could be named, and neither the person nor the bureau has said that it is so.
    """
    case = challenge_id_of(panel_id)
    if case:
        lock_challenge(case)
    panel = lock_panel(panel_id)
    require(may_name_experts(by, panel))
    take_duty(Duty.NAMES_EXPERTS, *cases_of(panel), by=by, now=now)
    if count := draw_waits_for(panel, on=china_date(now)):
        raise Refused("ties_waiting", count=count)
    chosen = list(dict.fromkeys(experts))
    people = {person.expert.pk: person for person in pool_for(panel, on=china_date(now), only=chosen)}
    _check_naming(panel, chosen, people, by)
    panel.named_by, panel.named_at = by, now
    panel.save(update_fields=["named_by", "named_at"])
    first = panel.assignments.count() + 1
    seats = [_invite(panel, first + place, people[pk], now) for place, pk in enumerate(chosen)]
    _refuse_conflicts_of_the_database()
    for seat in seats:
        facts = {"panel": str(panel.pk), "expert": str(seat.expert_id), "seat": seat.seat}
        event = record("assignment.invited", seat, by=by, facts=facts, case_id=case)
        tell(messages.SEAT_OFFERED, seat, because=event)
    return seats


def _check_panel(challenge: Challenge, bids: list[Bid], size: int, due_at: datetime, now: datetime) -> None:
    if has_unlocked_panel(challenge):
        raise Clash("panel_convened", _("A panel already reviews the bids of this board. See the list of panels."))
    if undecided := sum(bid.state == BidState.OPENED for bid in bids):
        raise Refused("bids_undecided", count=undecided)
    if not bids:
        raise Refused("no_qualified_bid")
    if size < challenge.rules.panel_least:
        raise Refused("panel_too_small", size=size, least=challenge.rules.panel_least, field="size")
    if size > LARGEST_PANEL:
        raise Refused("panel_too_large", size=size, most=LARGEST_PANEL, field="size")
    if due_at <= now:
        raise Refused("due_in_the_past", due_at=due_at, field="due_at")


def _stand(panel: Panel, place: int, bid: Bid, challenge: Challenge, rivals: list[UUID]) -> Candidate:
    candidate = Candidate.objects.create(
        panel=panel, label=label(place), title=bid.lead.name, documents=_documents(bid)
    )
    BidCandidate.objects.create(candidate=candidate, bid=bid)
    members = list(bid.parties.filter(lead=False).values_list("organisation_id", "uscc"))
    known = Organisation.objects.filter(uscc__in=[uscc for _id, uscc in members]).values_list("pk", flat=True)
    parts = dict.fromkeys(rivals, "rival") | dict.fromkeys((*known, *(pk for pk, _uscc in members if pk)), "member")
    parts |= {challenge.poster_id: "poster", bid.lead_id: "lead"}
    parts = dict.fromkeys(whole_of_all(parts), "same") | parts
    CandidateParty.objects.bulk_create(
        CandidateParty(candidate=candidate, organisation_id=organisation, part=part)
        for organisation, part in parts.items()
    )
    return candidate


def _out_of_the_running(challenge: Challenge, bids: list[Bid]) -> list[UUID]:
    """The organisations behind opened bids that no panel scores: their people have an interest all the same."""
    others = BidParty.objects.filter(bid__challenge=challenge, organisation__isnull=False).exclude(bid__in=bids)
    return list(others.values_list("organisation_id", flat=True))


def _documents(bid: Bid) -> dict[str, object]:
    seal = bid.seals.order_by("-version").first()
    files = bid.files.select_related("file").order_by("pk")
    return {
        "commitment": seal.commitment if seal else None,
        "files": [{"id": str(held.file_id), "sha256": held.file.sha256} for held in files],
    }


def _check_naming(panel: Panel, chosen: list[UUID], people: dict[UUID, PoolExpert], by: User) -> None:
    free = vacancies_of(panel)
    if not chosen:
        raise Refused("no_expert_named", _("Nobody is chosen yet. Choose experts for the free seats."), field="experts")
    if len(chosen) > free:
        raise Refused("more_experts_than_seats", chosen=len(chosen), free=free, field="experts")
    for pk in chosen:
        if pk not in people:
            raise NotFound("expert_unknown", _("One of the chosen people is not in the expert pool any more."))
        person = people[pk]
        if not apart(person.expert.user, Duty.SCORES, *cases_of(panel)):
            raise Refused("own_panel", name=person.expert.user.name, field="experts")
        if person.seat is not None:
            raise Clash("expert_named_before", name=person.expert.user.name, field="experts")
        if person.conflicts:
            reason = person.conflicts[0].code
            raise Refused("expert_in_conflict", name=person.expert.user.name, reason=reason, field="experts")


def _invite(panel: Panel, seat: int, person: PoolExpert, now: datetime) -> Assignment:
    return Assignment.objects.create(
        panel=panel,
        expert=person.expert,
        seat=seat,
        expert_class=person.expert.expert_class,
        invited_at=now,
        answer_by=now + timedelta(days=panel.rules.invitation_days),
    )


def _refuse_conflicts_of_the_database() -> None:
    """Let the deferred conflict guard look now, so that its refusal becomes a sentence."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name not in ("assignment_without_conflict", "assignment_without_waiting_tie"):
            raise
        raise Refused("expert_in_conflict_now", field="experts") from error
