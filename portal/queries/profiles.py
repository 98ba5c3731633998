"""What is known of an organisation today or at a moment, each value with its source and day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.models import District, FactSource, Organisation, OrganisationFact, OrganisationKind, StoredFile
from portal.profile_items import ITEMS, NATURES, Item, column_of, in_group
from portal.queries.doers import doer_of
from portal.show import NONE, show_amount, show_day, show_number, show_percent

YEARS_SHOWN = 3
IDENTITY = ("name", "uscc", "legal_representative", "address")
"""Items that say who an organisation is."""


@dataclass(frozen=True)
class Known:
    """One value as it reads today: what, how much, of which year, and who vouches for it since when."""

    item: Item
    shown: str
    value: object = None
    year: int | None = None
    source: str = ""
    source_word: object = ""
    note: str = ""
    as_of: date | None = None
    by: str = ""
    file: StoredFile | None = None
    fact_id: UUID | None = None

    @property
    def known(self) -> bool:
        """Whether there is a value at all."""
        return self.value not in (None, "")

    @property
    def trusted(self) -> bool:
        """Whether somebody other than the organisation vouches for it."""
        return self.source in (FactSource.BUREAU, FactSource.REGISTER)


@dataclass(frozen=True)
class Year:
    """The figures of one year, and the share of sales that went into R&D where both are known."""

    year: int
    figures: Mapping[str, Known] = field(default_factory=dict)

    @property
    def rd_intensity_percent(self) -> Decimal | None:
        """R&D spending by sales, in per cent with two digits; None where one is unknown or sales are nothing."""
        spent, sales = (self.figures[code].value if code in self.figures else None for code in ("rd_spend_fen", "sales_fen"))
        if spent is None or not sales:
            return None
        return (Decimal(spent) * 100 / Decimal(sales)).quantize(Decimal("0.01"))

    @property
    def rd_intensity(self) -> str:
        """The same in words, a dash where it is unknown."""
        share = self.rd_intensity_percent
        return NONE if share is None else show_percent(share)

    @property
    def rows(self) -> list[Known]:
        """Every figure of the year in the order of the items, unknown ones too."""
        return [self.figures.get(item.code) or Known(item, NONE, year=self.year) for item in in_group("figures")]


@dataclass(frozen=True)
class Profile:
    """An organisation as forms and pages show it; ``at`` is the moment it is read as of, None for today."""

    organisation: Organisation
    facts: Mapping[tuple[str, int | None], Known]
    at: datetime | None = None

    def rows(self, *groups: str) -> list[Known]:
        """The values of some groups in their order, unknown ones too."""
        return [self.facts.get((item.code, None)) or Known(item, NONE) for item in in_group(*groups) if not item.yearly]

    @property
    def entry(self) -> list[Known]:
        """Code, name, kind, district, legal representative, address, head office."""
        return [known for known in self.rows("entry") if known.known or known.item.code != "parent"]

    @property
    def about(self) -> list[Known]:
        """What the organisation is and does."""
        return self.rows("about")

    @property
    def contact(self) -> list[Known]:
        """Whom to ask."""
        return self.rows("contact")

    @property
    def years(self) -> Sequence[Year]:
        """The figures of the latest years, the newest first."""
        found = sorted({year for _code, year in self.facts if year}, reverse=True)[:YEARS_SHOWN]
        return [Year(year, {code: known for (code, of), known in self.facts.items() if of == year}) for year in found]

    @property
    def latest(self) -> Year | None:
        """The newest year for which there are figures."""
        return self.years[0] if self.years else None

    @property
    def contact_line(self) -> str:
        """Person, telephone and e-mail in one line, as a board shows it."""
        return " · ".join(known.shown for known in self.contact if known.known)

    @property
    def identity(self) -> list[Known]:
        """Who the organisation is: name, code, legal representative and address, as any other party may read."""
        return [known for known in self.entry if known.item.code in IDENTITY]

    @property
    def asked(self) -> list[Known]:
        """What forms would ask for: who the organisation is, its contact, and the latest figures."""
        return [*self.identity, *self.contact, *(self.latest.rows if self.latest else [])]


def sides(*organisations: Organisation) -> list[list[Known]]:
    """Who each of several parties is, for the forms that take it from the profile instead of asking."""
    return [profile_of(organisation).identity for organisation in organisations]


def profile_of(organisation: Organisation, *, at: datetime | None = None) -> Profile:
    """Everything known of an organisation now, or as it was known at a moment (when a form was handed in)."""
    facts = OrganisationFact.objects.filter(organisation=organisation)
    if at is not None:
        facts = facts.filter(entered_at__lte=at)
    newest = facts.order_by("item", "year", "-version").distinct("item", "year")
    rows = {(fact.item, fact.year): fact for fact in newest.select_related("entered_by", "file")}
    words = _names_of(organisation, rows.values())
    known = {key: shown_fact(fact, words) for key, fact in rows.items()}
    for item in in_group("entry"):
        if (item.code, None) not in known:
            known[item.code, None] = _from_row(organisation, item, words)
    return Profile(organisation, known, at)


def history_of(organisation: Organisation, code: str, year: int | None = None) -> list[Known]:
    """Every value an item ever had, the newest first."""
    facts = list(
        OrganisationFact.objects.filter(organisation=organisation, item=code, year=year)
        .select_related("entered_by", "file")
        .order_by("-version")
    )
    words = _names_of(organisation, facts)
    return [shown_fact(fact, words) for fact in facts]


def newest_fact(organisation_id: UUID, code: str, year: int | None = None) -> OrganisationFact | None:
    """The present row of an item, from which the next goes on."""
    rows = OrganisationFact.objects.filter(organisation=organisation_id, item=code, year=year)
    return rows.order_by("-version").first()


def newest_facts(organisation_id: UUID) -> dict[tuple[str, int | None], OrganisationFact]:
    """The present rows of every item, by item and year."""
    rows = OrganisationFact.objects.filter(organisation=organisation_id)
    rows = rows.order_by("item", "year", "-version").distinct("item", "year")
    return {(fact.item, fact.year): fact for fact in rows}


def files_of(organisation: Organisation) -> QuerySet[StoredFile]:
    """The documents on which an organisation's facts, changes and merges rest."""
    ids = [
        *organisation.facts.filter(file__isnull=False).values_list("file_id", flat=True),
        *organisation.changes.filter(file__isnull=False).values_list("file_id", flat=True),
        *organisation.merges_in.values_list("file_id", flat=True),
        *organisation.merges_away.values_list("file_id", flat=True),
    ]
    return StoredFile.objects.filter(pk__in=ids)


def shown_fact(fact: OrganisationFact, words: Mapping[str, str]) -> Known:
    """A row as it reads, in the reader's language."""
    item = ITEMS[fact.item]
    return Known(
        item,
        show_value(item, fact.value, words),
        fact.value,
        fact.year,
        fact.source,
        fact.get_source_display(),
        fact.source_note,
        fact.as_of,
        doer_of(fact.entered_by, fact.entered_at),
        fact.file,
        fact.pk,
    )


def show_value(item: Item, value: object, words: Mapping[str, str] | None = None) -> str:
    """A value of an item with its unit; ``words`` name districts and head offices by id."""
    if value in (None, ""):
        return NONE
    if item.kind == "money":
        return show_amount(int(value), unit=True)
    if item.kind == "count":
        people = int(value)
        return ngettext("%(count)s person", "%(count)s people", people) % {"count": show_number(people)}
    if item.kind == "day":
        return show_day(date.fromisoformat(str(value)))
    if item.kind == "choice":
        return str({**NATURES, **dict(OrganisationKind.choices)}.get(str(value), value))
    if item.kind in ("district", "organisation"):
        return (words or {}).get(str(value)) or str(_("unknown"))
    return str(value)


def names_for(ids: Iterable[object]) -> dict[str, str]:
    """The names of districts and head offices by id, for values that hold one."""
    wanted = [str(each) for each in ids if each]
    found = {str(district.pk): str(district) for district in District.objects.filter(pk__in=wanted)}
    return found | {str(pk): name for pk, name in Organisation.objects.filter(pk__in=wanted).values_list("pk", "name")}


def entry_value(organisation: Organisation, code: str) -> str:
    """What an organisation's own row says on an item of the entry, as text."""
    value = getattr(organisation, column_of(code))
    return "" if value is None else str(value)


def _names_of(organisation: Organisation, facts: Iterable[OrganisationFact]) -> dict[str, str]:
    known = {str(organisation.district_id): str(organisation.district)}
    if organisation.parent_id:
        known[str(organisation.parent_id)] = organisation.parent.name
    ids = {str(fact.value) for fact in facts if ITEMS[fact.item].kind in ("district", "organisation") and fact.value}
    return known | names_for(ids - set(known)) if ids - set(known) else known


def _from_row(organisation: Organisation, item: Item, words: Mapping[str, str]) -> Known:
    value = entry_value(organisation, item.code)
    verified = organisation.verified_at is not None
    source = FactSource.BUREAU if verified else FactSource.ORGANISATION
    when = organisation.verified_at or organisation.created_at
    return Known(item, show_value(item, value, words), value, None, source, source.label, as_of=when.date())
