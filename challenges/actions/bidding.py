"""Working on a bid: start it, save the draft, add files, ask for sign-off, withdraw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import hold_bid, share_challenge
from challenges.messages import bids as messages
from challenges.models import Bid, BidDraft, DraftFile
from challenges.permissions.bidding import (
    may_ask_sign_off,
    may_save_draft,
    may_send_back,
    may_start_bid,
    may_withdraw_bid,
)
from challenges.policy.shape import BID_FIELDS, empty_bid_document, shape_problems
from challenges.queries.bidding import Draft, opened, problems_of, with_everything
from challenges.states import BidState
from portal import vault
from portal.enqueue import enqueue
from portal.kernel.canonical import canonical
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import Organisation, User
from portal.permissions import is_member
from portal.queries.doers import named
from portal.record import record
from portal.tell import tell
from portal.transition import move

DESTROY_DRAFT_KEY = "challenges.destroy_draft_key"


@transaction.atomic
def start_bid(challenge_id: UUID, lead_id: UUID, *, by: User, now: datetime) -> Bid:
    """Begin a bid of an organisation on an open board, with an empty draft under a key of its own.

    Raises NotFound, NotAllowed (``own_board``, ``organisation_not_verified``, ``bidding_not_open``,
    ``deadline_passed``), or Clash ``bid_exists`` when the organisation has a live bid here.
    """
    challenge = share_challenge(challenge_id)
    lead = Organisation.objects.filter(pk=lead_id).first()
    if lead is None or not is_member(by, lead.pk):
        raise NotFound()  # an organisation of others answers as one that is not there
    require(may_start_bid(by, challenge, lead, now=now))
    bid = Bid(challenge=challenge, lead=lead, created_at=now, created_by=by)
    try:
        with transaction.atomic():
            bid.save(force_insert=True)
    except IntegrityError as error:
        if not any(rule in str(error) for rule in ("bid_one_live_per_lead", "bid_one_live_per_organisation")):
            raise
        raise Clash(
            "bid_exists",
            _(
                "Your organisation has a bid on this board already; head office, branches and merged organisations "
                "have one together. Open it from “My bids”."
            ),
        ) from None
    draft = BidDraft(id=uuid4(), bid=bid, saved_at=now, saved_by=by)
    draft.ciphertext = _encrypted(draft, empty_bid_document(), {}, key=vault.new_draft_key(draft.pk))
    draft.save(force_insert=True)
    record("bid.draft", bid, by=by, facts={"lead": str(lead.pk)}, sealed=True)
    return bid


@transaction.atomic
def save_draft(bid_id: UUID, *, document: Mapping[str, object], version: int, by: User, now: datetime) -> BidDraft:
    """Keep what was written; ``document`` holds the fields to change, all or some of them.

    ``version`` is the save that the writer started from. Where somebody else has changed one of
    these fields since, nothing is kept and Clash ``draft_clash`` tells ``fields``, ``name``, ``at``
    and the present ``version``: saving again with that version puts the new text in place. Files
    are changed by :func:`add_file` and :func:`remove_file` only. Empty fields are fine here; what
    cannot be stored is Refused ``draft_malformed`` (facts ``field``, ``problems``).
    """
    hold_bid(bid_id)
    bid = with_everything(bid_id)
    require(may_save_draft(by, bid, now=now))
    draft = opened(bid.draft)
    written = {name: document[name] for name in document if name not in ("files", "version")}
    _check_shape(written)
    changed = [name for name in written if written[name] != draft.document[name]]
    _check_clash(draft, changed, version)
    if not changed:
        return bid.draft
    touched = {name: {"version": draft.version + 1, "name": by.name, "for": _for_whom(by), "at": now.isoformat()} for name in changed}
    return _write(bid, replace(draft, document={**draft.document, **written}), {**draft.touched, **touched}, by, now)


@transaction.atomic
def add_file(bid_id: UUID, *, name: str, content: bytes, by: User, now: datetime) -> UUID:
    """Take a file into a bid, encrypted to the board's box as it arrives; its name stays in the draft.

    Returns the file's id. Raises Refused ``too_many_files`` (fact ``most``), ``file_there_already``,
    or what :func:`portal.vault.kind_of` refuses.
    """
    hold_bid(bid_id)
    bid = with_everything(bid_id)
    require(may_save_draft(by, bid, now=now))
    rules = bid.challenge.rules
    kind = vault.kind_of(content, name=name, kinds=rules.file_kinds, most_mib=rules.file_most_mib)
    draft = opened(bid.draft)
    files = draft.document["files"]
    if len(files) >= rules.files_most:
        raise Refused(
            "too_many_files",
            _("A bid has at most %(most)s files. Remove one before you add another."),
            field="content",
            most=rules.files_most,
        )
    stored = vault.store_sealed(content, kind=kind, recipient=bid.challenge.box.recipient, by=by, now=now)
    if any(file["sha256"] == stored.sha256 for file in files):
        raise Refused("file_there_already", _("This file is there already."), field="content")
    DraftFile.objects.create(bid=bid, file=stored)
    listed = {"id": str(stored.pk), "name": name.strip()[-200:] or "-", "size": stored.size_bytes, "sha256": stored.sha256}
    _write(bid, replace(draft, document={**draft.document, "files": [*files, listed]}), draft.touched, by, now)
    return stored.pk


@transaction.atomic
def remove_file(bid_id: UUID, file_id: UUID, *, by: User, now: datetime) -> None:
    """Take a file out of a draft again. Raises NotFound when it is not there."""
    hold_bid(bid_id)
    bid = with_everything(bid_id)
    require(may_save_draft(by, bid, now=now))
    draft = opened(bid.draft)
    kept = [file for file in draft.document["files"] if file["id"] != str(file_id)]
    if len(kept) == len(draft.document["files"]):
        raise NotFound()
    DraftFile.objects.filter(bid=bid, file_id=file_id).delete()
    _write(bid, replace(draft, document={**draft.document, "files": kept}), draft.touched, by, now)


@transaction.atomic
def ask_sign_off(bid_id: UUID, *, by: User, now: datetime) -> Bid:
    """Lay a complete bid before the lead's administrators; it cannot be changed while it waits.

    Raises Incomplete ``bid_document_unsound`` (facts ``missing``, ``count``, ``problems``).
    """
    hold_bid(bid_id)
    bid = with_everything(bid_id)
    require(may_ask_sign_off(by, bid, now=now))
    check_complete(bid, opened(bid.draft).document)
    event = move(bid, to=BidState.SIGNING_OFF, by=by, facts={"version": bid.draft.version}, sealed=True)
    tell(messages.BID_TO_SIGN, bid, because=event)
    return bid


@transaction.atomic
def send_back(bid_id: UUID, *, by: User, now: datetime) -> Bid:
    """Give a bid that waits for sign-off back to its team for changes."""
    hold_bid(bid_id)
    bid = with_everything(bid_id)
    require(may_send_back(by, bid, now=now))
    event = move(bid, to=BidState.DRAFT, by=by, sealed=True)
    tell(messages.BID_SENT_BACK, bid, because=event)
    return bid


@transaction.atomic
def withdraw_bid(bid_id: UUID, *, why: str = "", by: User, now: datetime) -> Bid:
    """Take a bid back: freely before the deadline, with a reason once it is open.

    Raises NotAllowed (``box_closed`` between deadline and opening, ``agreement_in_hand``),
    Incomplete ``reason_missing``, WrongState on a second click.
    """
    hold_bid(bid_id)
    bid = with_everything(bid_id)
    require(may_withdraw_bid(by, bid, now=now))
    was_open = bid.state in BidState.after_opening()
    if was_open and not why.strip():
        raise Incomplete(
            "reason_missing", _("A bid that has been opened is withdrawn with a reason. Write it down."), field="why"
        )
    drop_draft(bid)
    event = move(bid, to=BidState.WITHDRAWN, by=by, why=why.strip(), sealed=not was_open)
    tell(messages.BID_WITHDRAWN, bid, because=event)
    if was_open:
        tell(messages.BID_GIVEN_UP, bid, because=event)
    return bid


def check_complete(bid: Bid, document: Mapping[str, object]) -> None:
    """Raise Incomplete ``bid_document_unsound`` unless the document can be sealed as it is."""
    if problems := problems_of(document, bid):
        missing = list(dict.fromkeys(problem.field for problem in problems))
        raise Incomplete("bid_document_unsound", missing=missing, count=len(problems), problems=problems)


def drop_draft(bid: Bid) -> None:
    """Delete a bid's draft and promise that its key is destroyed; within the caller's transaction."""
    draft = BidDraft.objects.filter(bid_id=bid.pk).only("pk").first()
    if draft is not None:
        BidDraft.objects.filter(pk=draft.pk).delete()
        enqueue(DESTROY_DRAFT_KEY, draft.pk)


def _check_shape(written: Mapping[str, object]) -> None:
    whole = {**empty_bid_document(), **written}
    wrong = [problem for problem in shape_problems(whole) if problem.code != "field_missing"]
    if wrong:
        raise Refused(
            "draft_malformed",
            _("%(field)s holds something that cannot be saved. Correct it, then save again."),
            field=wrong[0].field,
            problems=wrong,
        )


def _check_clash(draft: Draft, changed: list[str], version: int) -> None:
    newer = {name: draft.touched[name] for name in changed if draft.touched.get(name, {}).get("version", 0) > version}
    if version > draft.version:
        raise Refused("unknown_draft_version", _("There is no such version of the draft. Reload the page."), version=version)
    if newer:
        last = max(newer.values(), key=lambda touch: touch["version"])
        raise Clash(
            "draft_clash",
            _(
                "%(name)s saved other text here while you were writing. Nothing is lost: yours is still in the form, "
                "theirs is shown beside it. Save again to put yours in its place."
            ),
            fields=sorted(newer, key=BID_FIELDS.index),
            name=named(last["name"], last.get("for", "")),
            at=datetime.fromisoformat(last["at"]),
            version=draft.version,
        )


def _write(bid: Bid, draft: Draft, touched: Mapping[str, object], by: User, now: datetime) -> BidDraft:
    row = bid.draft
    row.ciphertext = _encrypted(row, draft.document, touched, saved_for=_for_whom(by))
    row.version, row.saved_at, row.saved_by = draft.version + 1, now, by
    row.save(update_fields=["ciphertext", "version", "saved_at", "saved_by"])
    return row


def _encrypted(
    draft: BidDraft, document: Mapping[str, object], touched: Mapping[str, object], key: bytes | None = None, saved_for: str = ""
) -> bytes:
    content = {"document": dict(document), "touched": dict(touched), "saved_for": saved_for}
    return vault.encrypt_draft(draft.pk, canonical(content), key)


def _for_whom(by: User) -> str:
    """A save writes no event, so the draft itself keeps for whom it was saved."""
    return by.acting_for.name if by.acting_for else ""
