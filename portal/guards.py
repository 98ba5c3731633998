"""Rules that the database itself holds: flow tables and conditions compiled into triggers."""

from uuid import UUID

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func, UUIDField, Value
from django.db.models.functions import Coalesce

from portal.kernel.flow import Flow


def flow_guard(flow: Flow, table: str, column: str = "state") -> pgtrigger.Trigger:
    """A trigger that lets ``column`` be born only in the flow's first state and take only its steps.

    A refused step raises SQLSTATE 23514 with the constraint name ``<table>_flow``.
    """
    steps = sorted(f"{source}>{target}" for source, targets in flow.steps.items() for target in targets)
    allowed = ", ".join(f"'{step}'" for step in steps)
    refuse = raising(f"{table}_flow", f"{table}: this step is not in the flow table")
    return pgtrigger.Trigger(
        name=f"{table}_flow"[:43],
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(column),
        func=f"""
            IF TG_OP = 'INSERT' THEN
                IF NEW.{column} <> '{flow.born}' THEN {refuse} END IF;
            ELSIF NEW.{column} <> OLD.{column}
                AND (OLD.{column} || '>' || NEW.{column}) NOT IN ({allowed}) THEN {refuse}
            END IF;
            RETURN NEW;
        """,
    )


def guard(
    name: str,
    body: str,
    *,
    on: pgtrigger.Operation,
    deferred: bool = False,
    declare: list[tuple[str, str]] | None = None,
) -> pgtrigger.Trigger:
    """A row trigger whose PL/pgSQL ``body`` raises (see :func:`raising`) where the rule is broken.

    Before the change by default; ``deferred`` makes it a constraint trigger that looks at the end
    of the transaction.
    """
    ending = "RETURN COALESCE(NEW, OLD);"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After if deferred else pgtrigger.Before,
        timing=pgtrigger.Deferred if deferred else None,
        operation=on,
        func=f"{body}\n{ending}",
        declare=declare,
    )


def raising(constraint: str, words: str) -> str:
    """The PL/pgSQL statement that refuses with SQLSTATE 23514 under a constraint's name."""
    quoted = words.replace("'", "''")
    return f"RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = '{constraint}', MESSAGE = '{quoted}';"


def frozen(table: str, columns: list[str], once: str) -> pgtrigger.Trigger:
    """A trigger that refuses a change of ``columns`` where the SQL condition ``once`` holds for the old row."""
    before = ", ".join(f"OLD.{column}" for column in columns)
    after = ", ".join(f"NEW.{column}" for column in columns)
    refuse = raising(f"{table}_frozen", f"{table}: this may not change any more")
    return guard(
        f"{table}_frozen",
        f"IF ({once}) AND ROW({before}) IS DISTINCT FROM ROW({after}) THEN {refuse} END IF;",
        on=pgtrigger.Update,
    )


FORGOTTEN = "forgotten@erased.invalid"
"""What stands in place of a mail address whose time is over."""


def forgettable(table: str, once: str) -> pgtrigger.Trigger:
    """A trigger that lets the mail address of a row change in one way: to nobody's, where ``once`` holds for the old row.

    A refused change raises the constraint name ``<table>_frozen``, as the row's other columns do.
    """
    refuse = raising(f"{table}_frozen", f"{table}: this may not change any more")
    return guard(
        f"{table}_address",
        f"IF NEW.email <> OLD.email AND NOT (({once}) AND NEW.email = '{FORGOTTEN}') THEN {refuse} END IF;",
        on=pgtrigger.Update,
    )


class Days(Func):
    """A first and a last day as a range, both counted; without a last day it has no end."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, starts_on: str, ends_on: str) -> None:
        super().__init__(starts_on, ends_on, Value("[]"))


def or_none(column: str) -> Coalesce:
    """A column of ids for an exclusion constraint, in which two empty ones are equal."""
    return Coalesce(column, Value(UUID(int=0)), output_field=UUIDField())
