"""A confirmation file that the clock could not take over: kept, recorded and told, once."""

from datetime import datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import override

from funding.messages.payments import CONFIRMATIONS_REFUSED, RefusedFile
from funding.permissions.disbursing import may_import_confirmations
from portal import vault
from portal.clock import CLOCK
from portal.kernel.errors import Refused
from portal.kernel.verdict import require
from portal.models import StoredFile, User
from portal.record import record
from portal.tell import tell
from portal.words import sentence

CSV = "text/csv"
LONGEST_NAME = 200


@transaction.atomic
def refuse_confirmations(
    content: bytes, *, name: str, refusal: Refused, by: User | None = CLOCK, now: datetime
) -> StoredFile:
    """Keep a file that was refused as it came in, and tell the reconcilers why; the same bytes are told once.

    Raises NotAllowed.
    """
    fingerprint = sha256(content).hexdigest()
    pk = uuid5(NAMESPACE_URL, f"confirmations-refused:{fingerprint}")
    require(may_import_confirmations(by))
    if known := StoredFile.objects.filter(pk=pk).first():
        return known
    stored = vault.store(content, name=name[-LONGEST_NAME:], kind=CSV, by=by, now=now, pk=pk)
    facts = {"sha256": fingerprint, "code": refusal.code}
    event = record("confirmations.refused", stored, by=by, facts=facts, why=sentence(refusal))
    reasons = {}
    for language in ("zh-hans", "en"):
        with override(language):
            reasons[language] = sentence(refusal)
    tell(CONFIRMATIONS_REFUSED, RefusedFile(name, reasons["zh-hans"], reasons["en"]), because=event)
    return stored
