"""What the bureau marked on an entry and how it was answered; what a verified organisation asks to change."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from portal.models import Organisation, OrganisationChange, OrganisationRemark
from portal.profile_items import ITEMS, Item
from portal.queries.profiles import names_for, show_value
from portal.states import OrganisationChangeState


@dataclass(frozen=True)
class Marked:
    """One remark as it reads: the item, what stood there, what stands there now, and the answer."""

    item: Item
    remark: str
    old: str
    new: str
    row: OrganisationRemark

    @property
    def changed(self) -> bool:
        """Whether the item was changed, or only answered."""
        return self.row.corrected != self.row.value


@dataclass(frozen=True)
class Asked:
    """One change of a verified item as it reads."""

    item: Item
    old: str
    new: str
    row: OrganisationChange


def open_remarks(organisation: Organisation) -> QuerySet[OrganisationRemark]:
    """The remarks that wait for an answer."""
    return OrganisationRemark.objects.filter(organisation=organisation, answered_at__isnull=True)


def marked_of(organisation: Organisation) -> list[Marked]:
    """The open remarks, in the order of the items."""
    return _read(list(open_remarks(organisation)))


def answered_of(organisation: Organisation) -> list[Marked]:
    """The remarks of the last return as they were answered, for the next look of the bureau."""
    rows = OrganisationRemark.objects.filter(organisation=organisation, answered_at__isnull=False)
    last = rows.order_by("-made_at").values_list("made_at", flat=True).first()
    return _read(list(rows.filter(made_at=last).select_related("answered_by"))) if last else []


def changes_of(organisation: Organisation) -> list[Asked]:
    """Every change an organisation asked for, those that wait first, then the newest."""
    rows = OrganisationChange.objects.filter(organisation=organisation).select_related("file", "asked_by", "decided_by")
    found = sorted(rows.order_by("-asked_at", "pk"), key=lambda row: row.state != OrganisationChangeState.WAITING)
    words = _words((row.item, value) for row in found for value in (row.old, row.new))
    return [
        Asked(ITEMS[row.item], show_value(ITEMS[row.item], row.old, words), show_value(ITEMS[row.item], row.new, words), row)
        for row in found
    ]


def _read(rows: list[OrganisationRemark]) -> list[Marked]:
    order = list(ITEMS)
    words = _words((row.item, value) for row in rows for value in (row.value, row.corrected))
    return [
        Marked(
            ITEMS[row.item], row.remark, show_value(ITEMS[row.item], row.value, words),
            show_value(ITEMS[row.item], row.corrected, words), row,
        )
        for row in sorted(rows, key=lambda row: order.index(row.item))
    ]  # fmt: skip


def _words(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    ids = [value for code, value in values if value and ITEMS[code].kind in ("district", "organisation")]
    return names_for(ids) if ids else {}
