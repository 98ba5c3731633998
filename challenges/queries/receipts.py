"""Receipts: the file that a bidder keeps, and what anybody can check about one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from challenges.models import Receipt
from portal.kernel import merkle, signing
from portal.models import Checkpoint, Entry
from portal.record import read_node


@dataclass(frozen=True)
class Inclusion:
    """Where the sealing stands in the record, and the hashes that lead from it to a signed checkpoint."""

    number: int
    size: int
    path: tuple[str, ...]
    checkpoint: Mapping[str, object]
    signature: str
    holds: bool

    @property
    def as_json(self) -> str:
        """The proof for another program."""
        proof = {"index": self.number, "size": self.size, "path": list(self.path)}
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
    key = signing.public_key(settings.SIGNING_KEY)
    held = {"receipt": json.loads(receipt.body), "signature": receipt.signature, "public_key": key.hex()}
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
    entry = Entry.objects.filter(event_id=receipt.event_id).first()
    newest = Checkpoint.objects.order_by("-size").first()
    if entry is None or newest is None or entry.number >= newest.size:
        return None
    path = merkle.inclusion_from(entry.number, newest.size, read_node)
    body = json.loads(newest.body)
    holds = merkle.verify_inclusion(bytes.fromhex(leaf), entry.number, newest.size, path, bytes.fromhex(body["root"]))
    signed = signing.verify(body, newest.signature, signing.public_key(settings.SIGNING_KEY))
    return Inclusion(entry.number, newest.size, tuple(step.hex() for step in path), body, newest.signature, holds and signed)


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
