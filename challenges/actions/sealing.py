"""Sealing: freeze a bid, encrypt it to the board's box, and hand back a signed receipt."""

import base64
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from challenges.actions.bidding import DESTROY_DRAFT_KEY, check_complete
from challenges.locks import hold_bid
from challenges.messages import bids as messages
from challenges.models import Bid, BidDraft, Receipt, Seal
from challenges.permissions.bidding import may_seal_bid
from challenges.policy.promises import PROMISES
from challenges.queries.bidding import opened, with_everything
from challenges.states import BidState
from portal.clock import Moment, read_clock
from portal.enqueue import enqueue
from portal.kernel import signing
from portal.kernel.canonical import canonical
from portal.kernel.sealing import commitment, new_nonce, seal_envelope
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.record import written
from portal.tell import tell
from portal.transition import move

VERSION = 1  # a bid is sealed once; who wants to change it withdraws it and starts anew
RECEIPT = "jiebang-receipt-1"
AN_INSTANT = timedelta(microseconds=1)


@transaction.atomic
def seal_bid(bid_id: UUID, *, by: User, now: datetime) -> Receipt:
    """Seal a signed-off bid, up to and including the deadline by the clock that is read under the lock.

    From the commit on the portal cannot read the bid before its box is opened: the draft is
    deleted here and its key destroyed by a job. Raises NotAllowed ``deadline_passed``, WrongState
    (``already_sealed`` on a second click, ``not_signed_off``), Incomplete ``bid_document_unsound``.
    """
    hold_bid(bid_id)
    moment, bid = read_clock(), with_everything(bid_id)
    require(may_seal_bid(by, bid, now=moment.at))
    document = opened(bid.draft).document
    check_complete(bid, document)
    seal = _seal(bid, document, by, moment)
    facts = {"seal": str(seal.pk), "version": VERSION, "commitment": seal.commitment}
    event = move(bid, to=BidState.SEALED, by=by, facts=facts, sealed=True, moment=moment)
    receipt = _receipt(seal, bid, event, moment)
    BidDraft.objects.filter(pk=bid.draft.pk).delete()
    enqueue(DESTROY_DRAFT_KEY, bid.draft.pk)
    tell(messages.BID_SEALED, bid, because=event)
    return receipt


def about(bid: Bid, version: int) -> dict[str, str]:
    """What an envelope is bound to, so that it cannot be passed off as another's."""
    return {"board": str(bid.challenge_id), "bid": str(bid.pk), "version": str(version)}


def _seal(bid: Bid, document: dict, by: User, moment: Moment) -> Seal:
    files = [(file["name"], file["size"], file["sha256"]) for file in document["files"]]
    frozen, promised = commitment(document, new_nonce(), files, about(bid, VERSION))
    seal = Seal(bid=bid, version=VERSION, commitment=promised, sealed_at=moment.at, sealed_by=by)
    seal.ciphertext = seal_envelope(frozen, bid.challenge.box.recipient)
    try:
        seal.save(force_insert=True)
    except IntegrityError as error:
        if "seal_in_time" not in str(error.__cause__.diag.constraint_name):
            raise
        # the clock went past the deadline between our reading and the database's own
        require(may_seal_bid(by, bid, now=max(moment.at, bid.challenge.closes_at + AN_INSTANT)))
    return seal


def _receipt(seal: Seal, bid: Bid, event: Event, moment: Moment) -> Receipt:
    board, public_key = bid.challenge, signing.public_key(settings.SIGNING_KEY)
    statement = {
        "v": 1,
        "kind": RECEIPT,
        "number": new_number(),
        "board": {"id": str(board.pk), "number": board.number},
        "bid": str(bid.pk),
        "version": seal.version,
        "organisation": {"uscc": bid.lead.uscc, "name": bid.lead.name},
        "commitment": seal.commitment,
        "sealed_at": written(seal.sealed_at),
        "deadline": written(board.closes_at),
        "leaf": bytes(event.leaf).hex(),
        "mode": board.box.mode,
        "promise": PROMISES[board.box.mode],
        "rehearsal": moment.rehearsal,
        "key": signing.key_id(public_key),
    }
    return Receipt.objects.create(
        seal=seal,
        event=event,
        number=statement["number"],
        body=canonical(statement).decode(),
        signature=signing.sign(statement, settings.SIGNING_KEY),
    )


def new_number() -> str:
    """A receipt's number: random, so that it tells neither order nor count."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))
