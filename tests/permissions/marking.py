"""Writes a mark into every field of every row of a situation, so that whoever reads one can be told from the answer.

Words get a mark of their own, money and scores figures that stand nowhere else; keys, credit codes and hashes
are marks already. The rows are written over by the owner of the tables with the triggers held off, in the
test's own transaction: most of them may not be changed by anybody afterwards.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from challenges.models import Expert
from portal.models import Grant, Membership, Organisation, StoredFile, User
from tests.permissions.situations import Situation

APPS = ("portal", "challenges", "funding")
MARK = re.compile(r"qz[0-9a-z]{4}zq", re.IGNORECASE)
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WORD = re.compile(r"(?<![\w/-])[0-9A-Za-z]{16,64}(?![\w-])", re.ASCII)
FIGURE = re.compile(r"(?<![\w.,#%-])\d[\d,]*(?:\.\d+)?(?![\w%])", re.ASCII)
GROUPED = re.compile(r"\d{4}(?: \d{2,4}){2,}")
"""Account numbers as pages write them."""

AS_WRITTEN = {
    "portal.Event", "portal.EventText", "portal.Entry", "portal.TreeNode", "portal.Checkpoint", "portal.OutboxJob",
    "portal.IdempotentAnswer", "portal.District", "portal.CreditSite", "portal.Setting", "portal.PortalClock",
    "challenges.Seal", "challenges.Box", "challenges.Receipt", "challenges.BidDraft", "challenges.KeyUse",
    "challenges.Rules", "challenges.RulesClass", "challenges.Rubric", "challenges.Criterion", "funding.FundingRules",
}  # fmt: skip
"""Tables that hashes prove, or by which the portal reckons: nothing is written over there."""

LOOKED_UP = {
    "password", "language", "kind", "link", "scope", "class_code", "field", "expert_class", "item", "unit", "part", "side", "party",
    "secret", "key", "task", "source", "subject_type", "stage", "trigger", "label", "ciphertext", "body", "comparator",
}  # fmt: skip
"""Fields whose words the portal itself looks up."""


@dataclass(frozen=True)
class Marked:
    """A field of one row: of which object, and the roles to which the row belongs."""

    object: str
    field: str
    own: frozenset[str]


class Marks:
    """The marks of a situation; ``owners`` puts an object to the ways from its row to whose it is."""

    def __init__(self, situation: Situation, owners: dict[str, tuple[str, ...]]) -> None:
        self.situation, self.owners = situation, owners
        self.numbers, self.sums, self.points = count(1), count(20_001), count(1_001)
        self.at: dict[str, Marked] = {}

    def write(self) -> None:
        """Mark every row that there is by now; what is marked already stays."""
        names = [model._meta.db_table for model in tables() if model._meta.label not in AS_WRITTEN]
        as_owner("SET CONSTRAINTS ALL IMMEDIATE")
        as_owner(";".join(f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in names))
        self.people = self._people()
        for model in tables():
            self._table(model)
        as_owner(";".join(f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in names))
        as_owner("SET CONSTRAINTS ALL DEFERRED")
        for thing in (*self.situation.things.values(), *self.situation.roles.values()):
            if isinstance(thing, models.Model):
                thing.refresh_from_db()

    def found_in(self, text: str) -> set[Marked]:
        """The fields whose marks stand in a text."""
        words = {*map(str.lower, MARK.findall(text)), *KEY.findall(text), *WORD.findall(text)}
        words |= {figure.replace(",", "") for figure in FIGURE.findall(text)}
        words |= {grouped.replace(" ", "") for grouped in GROUPED.findall(text)}
        return {self.at[word] for word in words & self.at.keys()}

    def _table(self, model: type[models.Model]) -> None:
        kind = kinds_of(model)
        for row in model._base_manager.order_by("pk"):
            label = f"{model._meta.label}{kind(row)}"
            own = self._own(row, self.owners.get(label, ()))
            changed = {}
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if value in (None, "") or str(value).lower() in self.at or field.is_relation:
                    continue
                if natural(field, value):
                    self.at[str(value).lstrip("!")] = Marked(label, field.name, own)
                elif may_be_written_over(field) and (new := self._new(field, value)) is not None:
                    changed[field.name] = new
            for name in self._change(row, changed):
                for written in ways_to_write(changed[name]):
                    self.at[written] = Marked(label, name, own)

    def _new(self, field: models.Field, value: object) -> object:
        """A mark of the kind of a field, or None where it can carry none."""
        if isinstance(field, models.BigIntegerField) and field.name.endswith("_fen"):
            return next(n for n in self.sums if n % 10) * 10_000
        if isinstance(field, models.DecimalField) and field.decimal_places >= 2:
            return Decimal(next(n for n in self.points if n % 10)) / 100
        if not isinstance(field, models.CharField | models.TextField) or MARK.search(value):
            return None
        if field.name in ("number", "phone") and re.fullmatch(r"\+?\d{8,}", value):
            return f"{value[:-6]}{next(self.numbers):06d}"
        mark = f"qz{next(self.numbers):04d}zq"
        return f"{mark}@example.org" if isinstance(field, models.EmailField) else mark

    def _change(self, row: models.Model, changed: dict[str, object]) -> list[str]:
        """Write the marks over the row, all at once or, where a constraint refuses one, each alone; those that it took."""
        if not changed or _taken(row, changed):
            return list(changed)
        return [name for name, mark in changed.items() if _taken(row, {name: mark})]

    def _own(self, row: models.Model, ways: tuple[str, ...]) -> frozenset[str]:
        found: set[str] = set()
        for way in ways:
            end = row
            for step in way.split(".") if way != "self" else ():
                end = getattr(end, step, None)
            found |= self.people.get(getattr(end, "pk", end), set())
        return frozenset(found)

    def _people(self) -> dict[object, set[str]]:
        """The roles behind the key of each organisation, and of each person: themselves and who acts for the same one."""
        keys = {person.pk: role for role, person in self.situation.roles.items() if person}
        places = list(Membership.objects.values_list("user_id", "organisation_id"))
        roles: dict[object, set[str]] = {key: {role} for key, role in keys.items()}
        for person, organisation in places:
            roles.setdefault(organisation, set()).update({keys[person]} if person in keys else ())
        for person, organisation in places:
            roles.setdefault(person, set()).update(roles[organisation])
        return roles


def as_owner(statement: str, values: Sequence[object] = ()) -> int:
    """Run a statement by the owner's hand, which the fixture lends to this transaction; how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tests_as_owner(%s)", [cursor.mogrify(statement, values) if values else statement])
        return cursor.fetchone()[0]


def _taken(row: models.Model, changed: dict[str, object]) -> bool:
    fields = [row._meta.get_field(name) for name in changed]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    values = [field.get_db_prep_save(changed[field.name], connection) for field in fields]
    statement = f'UPDATE "{row._meta.db_table}" SET {columns} WHERE "{row._meta.pk.column}" = %s'
    try:
        with transaction.atomic():
            return as_owner(statement, [*values, row.pk]) == 1
    except DatabaseError:
        return False


def tables() -> list[type[models.Model]]:
    """The models of the three apps."""
    return [model for app in APPS for model in apps.get_app_config(app).get_models() if model._meta.managed]


def natural(field: models.Field, value: object) -> bool:
    """Whether a value is a mark already: a key, a hash, a credit code."""
    if isinstance(field, models.UUIDField):
        return field.primary_key
    return isinstance(field, models.CharField) and bool(WORD.fullmatch(value.lstrip("!"))) and any(map(str.isdigit, value)) and "qz" not in value


def may_be_written_over(field: models.Field) -> bool:
    """Whether nothing in the portal depends on the words of a field."""
    return not (field.model._meta.label in AS_WRITTEN or field.name in LOOKED_UP or field.choices or field.primary_key)


def ways_to_write(mark: object) -> list[str]:
    """How pages and API write a mark: money in 万元, yuan and fen, points with and without noughts."""
    if isinstance(mark, int):
        wan = Decimal(mark) / 1_000_000
        return [f"{wan:.2f}", str(mark), f"{mark // 100}", f"{mark / 100:.2f}"]
    if isinstance(mark, Decimal):
        return [f"{mark:.2f}", f"{mark:.3f}", f"{mark:.4f}", f"{mark.normalize():f}"]
    return list({str(mark), str(mark).lower().partition("@")[0]})


def kinds_of(model: type[models.Model]) -> Callable[[models.Model], str]:
    """What kind of its object a row is, where the table of fields tells several apart."""
    if model is User:
        experts = set(Expert.objects.values_list("pk", flat=True))
        officials = set(Grant.objects.values_list("user_id", flat=True))
        members = set(Membership.objects.values_list("user_id", flat=True))
        named = (("[expert]", experts), ("[official]", officials), ("[member]", members))
        return lambda row: next((name for name, held in named if row.pk in held), "[other]")
    if model is Organisation:
        employers = set(Expert.objects.values_list("employer_id", flat=True))
        return lambda row: "[employer]" if row.pk in employers else ""
    if model is StoredFile:
        return lambda row: f"[{use_of(row)}]"
    return lambda row: ""


def use_of(file: StoredFile) -> str:
    """What a file is kept for: the first model that refers to it."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and relation.related_model._base_manager.filter(**{relation.field.name: file.pk}).exists():
            return relation.related_model.__name__
    return "none"
