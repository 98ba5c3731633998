"""The box: closed by the clock after the deadline, then opened, and every bid compared with its commitment."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.actions.bidding import drop_draft
from challenges.actions.sealing import about
from challenges.actions.writing_out import write_out
from challenges.locks import lock_bids, lock_box, lock_challenge
from challenges.messages import bids as messages
from challenges.models import Bid, Box, Challenge, DraftFile, KeyUse, Seal
from challenges.permissions.opening import may_declare_failed
from challenges.policy.completeness import check_bid_document
from challenges.queries.opening import live_seals
from challenges.states import BidState, ChallengeState
from portal import vault
from portal.actions.duties import name_parties, take_duty, take_duty_if_free
from portal.clock import CLOCK, read_clock
from portal.duties import Duty, Scope
from portal.kernel import merkle
from portal.kernel.errors import Incomplete
from portal.kernel.sealing import Envelope, Unreadable, decrypt, encrypt, open_envelope, open_file
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record
from portal.tell import Kind, tell
from portal.transition import move

OPENING = "opening"
PROBE = b"does this key open this box"


@transaction.atomic
def close_box(challenge_id: UUID, *, by: User | None = CLOCK, now: datetime) -> bool:
    """Close a board's box once its deadline is past: no seal is added from here on, drafts lapse.

    The root over the commitments of all live seals is fixed. It stays out of public sight until
    the opening, because the root of no bids, or of one's own alone, would tell their number.
    Quiet (False) when there is nothing to do: too early, or closed before.
    """
    challenge = lock_challenge(challenge_id)
    box = lock_box(challenge_id)
    moment = read_clock()
    if challenge.state != ChallengeState.PUBLISHED or moment.at <= challenge.closes_at:
        return False
    box.closed_at = challenge.closed_at = moment.at
    box.root = merkle.root(sorted(bytes.fromhex(seal.commitment) for seal in live_seals(challenge_id)))
    box.save(update_fields=["closed_at", "root"])
    record("box.closed", box, by=by, facts={"root": box.root.hex()}, case_id=challenge.pk, sealed=True, moment=moment)
    let_lapse(challenge, by=by)
    move(challenge, to=ChallengeState.CLOSED, by=by, also=["closed_at"], moment=moment)
    return True


def open_box(challenge_id: UUID, *, by: User | None = CLOCK, now: datetime) -> bool:
    """Open a closed box: decrypt every live seal, hold it against its commitment, write it out into rows.

    The use of the key is committed to the record before the key is touched. A bid that does not open, or
    is not what was promised, becomes ``unreadable`` and the officers are told. With fewer live bids
    than the rules ask for, nothing is opened and the board has failed. Quiet (False) when the
    box is not closed, or was opened before. Raises Unreadable when the key is not this box's, and
    OSError when a stored file is not there: then nothing has changed, and the job comes again.
    """
    return _note_key_use(challenge_id, by) and _open(challenge_id, by)


@transaction.atomic
def declare_failed(challenge_id: UUID, *, why: str, by: User, now: datetime) -> Challenge:
    """Say that a board has no valid taker (流榜), with a reason. Raises NotAllowed, WrongState, Incomplete."""
    challenge = lock_challenge(challenge_id)
    require(may_declare_failed(by, challenge))
    take_duty(Duty.HANDLES_CASE, Scope.CASE.of(challenge.pk), by=by, now=now)
    if not why.strip():
        raise Incomplete("reason_missing", _("Write down why no bid can be taken; the poster reads it."), field="why")
    _fail(challenge, by, why=why.strip())
    return challenge


def let_lapse(challenge: Challenge, *, by: User | None, kind: Kind = messages.BID_LAPSED) -> None:
    """End the drafts of a board that closes or is withdrawn; their people are told. The caller holds the challenge."""
    for bid in lock_bids(challenge.pk, BidState.DRAFT, BidState.SIGNING_OFF):
        bid.challenge = challenge
        drop_draft(bid)
        tell(kind, bid, because=move(bid, to=BidState.LAPSED, by=by, sealed=True))


def leave_unopened(challenge: Challenge, *, by: User | None, kind: Kind = messages.BID_UNOPENED) -> None:
    """Put the sealed bids of a board away unopened; their people are told. The caller holds the challenge."""
    for bid in lock_bids(challenge.pk, BidState.SEALED):
        bid.challenge = challenge
        tell(kind, bid, because=move(bid, to=BidState.UNOPENED, by=by, sealed=True))


@transaction.atomic
def _note_key_use(challenge_id: UUID, by: User | None) -> bool:
    """Put the coming use of the key on the record, once; False when the box is not there to be opened."""
    challenge = lock_challenge(challenge_id)
    if challenge.state != ChallengeState.CLOSED:
        return False
    if _too_few(challenge):
        return True
    box = lock_box(challenge_id)
    if not box.key_uses.filter(purpose=OPENING).exists():
        moment = read_clock()
        take_duty(Duty.OPENS_BOX, Scope.CASE.of(challenge.pk), by=by, now=moment.at)
        use = KeyUse.objects.create(box=box, purpose=OPENING, by=by, at=moment.at)
        record("key.used", use, by=by, facts={"purpose": OPENING}, case_id=challenge.pk, sealed=True, moment=moment)
    return True


@transaction.atomic
def _open(challenge_id: UUID, by: User | None) -> bool:
    challenge = lock_challenge(challenge_id)
    if challenge.state != ChallengeState.CLOSED:
        return False
    if _too_few(challenge):
        leave_unopened(challenge, by=by)
        _fail(challenge, by)
        return True
    box, moment = lock_box(challenge_id), read_clock()
    identity = _key_of(box)
    bids = {bid.pk: bid for bid in lock_bids(challenge.pk, BidState.SEALED)}
    for seal in live_seals(challenge_id):
        bid = bids[seal.bid_id]
        bid.challenge = challenge
        _open_bid(bid, seal, identity, by, moment.at)
    box.opened_at = challenge.opened_at = moment.at
    box.save(update_fields=["opened_at"])
    facts = {"root": bytes(box.root).hex(), "bids": len(bids)}
    event = move(challenge, to=ChallengeState.OPENED, by=by, also=["opened_at"], facts=facts, moment=moment)
    tell(messages.BIDS_OPENED, challenge, because=event)
    return True


def _open_bid(bid: Bid, seal: Seal, identity: str, by: User | None, now: datetime) -> None:
    try:
        with transaction.atomic():
            envelope = open_envelope(bytes(seal.ciphertext), identity, seal.commitment)
            _hold_against(envelope, bid, seal)
            write_out(bid, envelope.document, _files(bid, envelope, identity, now), now)
    except Unreadable as reason:
        event = move(bid, to=BidState.UNREADABLE, by=by, facts={"seal": str(seal.pk), "what": reason.facts["what"]})
        tell(messages.BID_UNREADABLE, bid, because=event)
        tell(messages.OWN_BID_UNREADABLE, bid, because=event)
        return
    case = Scope.CASE.of(bid.challenge_id)
    name_parties(case, bid.parties.values_list("organisation_id", flat=True))
    take_duty_if_free(Duty.ACTS_FOR_A_PARTY, case, by=seal.sealed_by, now=now)
    facts = {"seal": str(seal.pk), "commitment": seal.commitment}
    tell(messages.BID_OPENED, bid, because=move(bid, to=BidState.OPENED, by=by, facts=facts))


def _hold_against(envelope: Envelope, bid: Bid, seal: Seal) -> None:
    """The envelope is about this bid, and its document can be written out."""
    if dict(envelope.about) != about(bid, seal.version):
        raise Unreadable(what="about")
    asked = {str(pk): name for pk, name in bid.challenge.indicators.values_list("pk", "name")}
    if check_bid_document(envelope.document, asked):
        raise Unreadable(what="document")


def _files(bid: Bid, envelope: Envelope, identity: str, now: datetime) -> Iterable[object]:
    """The files of a bid, opened, checked and kept under the vault's key, one after the other.

    Each gets an id that follows from the sealed one's, so that a second run writes the same files.
    """
    received = {str(row.file_id): row.file for row in DraftFile.objects.filter(bid=bid).select_related("file")}
    for listed in envelope.document.get("files") or []:
        sealed = received.get(listed["id"])
        if sealed is None:
            raise Unreadable(what="file")
        content = open_file(vault.read_ciphertext(sealed.pk), identity, listed["size"], listed["sha256"])
        yield vault.store(
            content, name=listed["name"], kind=sealed.kind, by=None, now=now, pk=uuid5(bid.pk, str(sealed.pk))
        )


def _key_of(box: Box) -> str:
    """The box's private key, tried on the box first: a wrong key must not make every bid unreadable."""
    identity = vault.unwrap_identity(box.wrapped_identity, box.challenge_id)
    decrypt(encrypt(PROBE, box.recipient), identity)
    return identity


def _too_few(challenge: Challenge) -> bool:
    return len(live_seals(challenge.pk)) < challenge.rules.bids_least


def _fail(challenge: Challenge, by: User | None, why: str = "") -> None:
    tell(messages.BOARD_FAILED, challenge, because=move(challenge, to=ChallengeState.FAILED, by=by, why=why))
