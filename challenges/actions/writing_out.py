"""Writing an opened bid out into rows: the document whole, and each part where it is asked for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import DataError, IntegrityError

from challenges.models import Bid, BidDocument, BidFile, BidMilestone, BidOffer, BidParty
from portal.kernel.sealing import Unreadable
from portal.models import Organisation, StoredFile

WHOLE = Decimal(100)


def write_out(bid: Bid, document: Mapping[str, object], files: Iterable[StoredFile], now: datetime) -> None:
    """Write the rows of an opened bid, within the caller's transaction.

    Raises Unreadable ``rows`` when they do not fit the board: then it is not what was checked at sealing.
    """
    try:
        BidDocument.objects.create(
            bid=bid,
            body=dict(document),
            summary=document["summary"],
            price_fen=document["price_fen"],
            months=document["months"],
            opened_at=now,
        )
        BidOffer.objects.bulk_create(
            BidOffer(bid=bid, indicator_id=row["indicator"], value=Decimal(row["value"]), note=row.get("note") or "")
            for row in document["offers"]
        )
        BidMilestone.objects.bulk_create(
            BidMilestone(bid=bid, position=position, **{name: row[name] for name in ("title", "month", "deliverable", "amount_fen")})
            for position, row in enumerate(document["milestones"], start=1)
        )
        BidParty.objects.bulk_create(_parties(bid, document["consortium"]))
        BidFile.objects.bulk_create([BidFile(bid=bid, file=file) for file in files])
    except (IntegrityError, DataError):
        raise Unreadable(what="rows") from None


def _parties(bid: Bid, members: list[Mapping[str, str]]) -> Iterable[BidParty]:
    """Who takes part, with shares; a bid without members is the lead's alone."""
    members = members or [{"uscc": bid.lead.uscc, "name": bid.lead.name, "share_percent": "100", "task": ""}]
    known = {one.uscc: one for one in Organisation.objects.filter(uscc__in=[member["uscc"] for member in members])}
    for member in members:
        yield BidParty(
            bid=bid,
            organisation=known.get(member["uscc"]),
            uscc=member["uscc"],
            name=member["name"],
            lead=member["uscc"] == bid.lead.uscc,
            share_percent=Decimal(member["share_percent"]) if member["share_percent"] else WHOLE,
            task=member["task"],
        )
