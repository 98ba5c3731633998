"""Receipts: the file that a bidder keeps, and what anybody can check about one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from challenges.models import Receipt
from portal import batches
from portal.faces import Check
from portal.kernel import merkle, signing
from portal.queries.proofs import batch_proof, entry_of, last_checkpoint
from portal.record import read_node


@dataclass(frozen=True)
class Inclusion:
    """Where the sealing stands in the record, and the hashes that lead from it to a signed checkpoint.

    The receipt's leaf leads through its ``batch`` (see :func:`portal.queries.proofs.batch_proof`),
    and ``path`` from the batch's own leaf to the checkpoint.
    """

    number: int
    size: int
    path: tuple[str, ...]
    batch: Mapping[str, object] | None
    checkpoint: Mapping[str, object]
    signature: str
    holds: bool

    @property
    def as_json(self) -> str:
        """The proof for another program."""
        proof = {"index": self.number, "size": self.size, "path": list(self.path), "batch": self.batch}
        return json.dumps(proof | {"checkpoint": self.checkpoint, "signature": self.signature}, indent=2)


@dataclass(frozen=True)
class Checked:
    """What was found about a receipt: was it read, is the signature ours, is the sealing in the record."""

    statement: Mapping[str, object] | None = None
    signed: bool = False
    known: bool = False
    inclusion: Inclusion | None = None


def file_of(receipt: Receipt) -> str:
    """The receipt as a file: statement, signature, and the public key with which it is checked."""
    held = {"receipt": json.loads(receipt.body), "signature": receipt.signature, "public_key": public_key()}
    return json.dumps(held, ensure_ascii=False, indent=2)


def check(text: str) -> Checked:
    """Check a receipt's signature, and once its sealing has its place in the record, prove that too.

    Nothing is told that the receipt does not say itself, whoever asks.
    """
    statement, signature = _parse(text)
    if statement is None:
        return Checked()
    if not signing.verify(statement, signature, signing.public_key(settings.SIGNING_KEY)):
        return Checked(statement)
    receipt = Receipt.objects.filter(number=str(statement.get("number", "")), signature=signature).first()
    if receipt is None:
        return Checked(statement, signed=True)
    return Checked(statement, signed=True, known=True, inclusion=inclusion_of(receipt, str(statement["leaf"])))


def inclusion_of(receipt: Receipt, leaf: str) -> Inclusion | None:
    """The proof against the newest checkpoint; None until the record has placed the event."""
    entry, place = entry_of(receipt.event)
    newest = last_checkpoint()
    if entry is None or newest is None or entry.number >= newest.size:
        return None
    hashed = bytes.fromhex(leaf)
    in_batch = place is None or batches.holds(hashed, place, bytes.fromhex(json.loads(place.batch.event.body)["facts"]["root"]))
    if place:
        hashed = merkle.leaf_hash(place.batch.event.body.encode())
    path = merkle.inclusion_from(entry.number, newest.size, read_node)
    body = json.loads(newest.body)
    in_record = merkle.verify_inclusion(hashed, entry.number, newest.size, path, bytes.fromhex(body["root"]))
    signed = signing.verify(body, newest.signature, signing.public_key(settings.SIGNING_KEY))
    return Inclusion(
        entry.number, newest.size, tuple(step.hex() for step in path), batch_proof(place) if place else None,
        body, newest.signature, in_batch and in_record and signed,
    )  # fmt: skip


def public_key() -> str:
    """The key with which receipts and checkpoints are checked, in hex."""
    return signing.public_key(settings.SIGNING_KEY).hex()


def findings(checked: Checked) -> list[Check]:
    """What was checked and what came out, line by line."""
    if checked.statement is None:
        return [Check(_("This is not a receipt"), "missing", _("Paste the whole JSON file as it was downloaded."))]
    if not checked.signed:
        remedy = _("The text was changed, or another portal signed it. Ask the holder for the file as it was downloaded.")
        return [Check(_("The signature does not fit this text"), "missing", remedy)]
    found = [Check(_("The signature is this portal's, and the text is unchanged"))]
    if checked.statement["sealed_at"] <= checked.statement["deadline"]:
        found.append(Check(_("The bid was sealed in time")))
    if checked.statement["rehearsal"]:
        found.append(Check(_("A rehearsal: made under a moved clock, it counts for nothing"), "warn"))
    return [*found, _place(checked)]


def _place(checked: Checked) -> Check:
    if not checked.known:
        return Check(_("This portal's database does not hold the receipt"), "missing", _("Keep the file, and tell the bureau."))
    if checked.inclusion is None:
        return Check(_("The sealing is not placed in the record yet"), "pending", _("Check again in a minute."))
    if not checked.inclusion.holds:
        return Check(_("The record does not prove the sealing"), "missing", _("Keep the file, and tell the bureau."))
    facts = {"number": checked.inclusion.number, "size": checked.inclusion.size}
    return Check(_("The sealing stands in the record: entry %(number)s, proved against the signed checkpoint of %(size)s entries") % facts)


def _parse(text: str) -> tuple[Mapping[str, object] | None, str]:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(held, dict):
        return None, ""
    statement, signature = held.get("receipt"), held.get("signature")
    if not isinstance(statement, dict) or not isinstance(signature, str):
        return None, ""
    return statement, signature
