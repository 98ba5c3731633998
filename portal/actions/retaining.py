"""The clock applies the retention times: what a person's data was needed for is over, so it goes.

Every rule works in batches, each a transaction of its own, and finds nothing the second time. A run
is written down once its rule is through, so a job that was killed goes on where it stopped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.actions.erasing import forget, hold_with_organisations, write_last_word
from portal.clock import CLOCK
from portal.guards import FORGOTTEN
from portal.models import Delivery, FileDestruction, RetentionRun
from portal.queries import retaining
from portal.queries.erasing import obstacles
from portal.queries.settings import setting

log = structlog.get_logger(__name__)
BATCH = 500
LOCK = 0x6A69_6572  # one at a time, by advisory lock


@dataclass(frozen=True)
class Rule:
    """One retention time: the setting that names its days (none where a row says itself when its time is over),
    which rows are due before a moment, and what happens to a batch of them."""

    name: str
    what: object
    does: object
    kept: str
    due: Callable[[datetime], QuerySet]
    apply: Callable[[list, datetime], int]

    def before(self, now: datetime) -> datetime:
        """What is older than this moment is due."""
        return now - timedelta(days=setting(self.kept)) if self.kept else now


@dataclass(frozen=True)
class Due:
    """What a rule would do now."""

    rule: Rule
    before: datetime
    count: int


def apply_retention(*, now: datetime, again: bool = False, batch: int = BATCH) -> list[RetentionRun]:
    """Apply every retention time that was not applied today; ``again`` applies all. Returns the runs written."""
    done = set() if again else retaining.done_today(now)
    return [apply_rule(rule, now=now, batch=batch) for rule in RULES if rule.name not in done]


def apply_rule(rule: Rule, *, now: datetime, batch: int = BATCH) -> RetentionRun:
    """Apply one retention time to its end and write the run down."""
    before, count, last = rule.before(now), 0, None
    while True:
        last, applied = apply_batch(rule, before, after=last, now=now, size=batch)
        count += applied
        if last is None:
            break
    log.info("retention_applied", rule=rule.name, before=before.isoformat(), count=count)
    return RetentionRun.objects.create(name=rule.name, before=before, count=count, at=now)


@transaction.atomic
def apply_batch(rule: Rule, before: datetime, *, after: object, now: datetime, size: int) -> tuple[object, int]:
    """One batch in a transaction of its own: the last key it looked at (None at the end) and how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    rows = rule.due(before).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows[:size])
    if not found:
        return None, 0
    return found[-1].pk, rule.apply(found, now)


def due_now(*, now: datetime) -> list[Due]:
    """What each retention time would do now; nothing is changed."""
    return [Due(rule, rule.before(now), rule.due(rule.before(now)).count()) for rule in RULES]


def _delete(rows: list, now: datetime) -> int:
    model = type(rows[0])
    model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _delete_messages(rows: list, now: datetime) -> int:
    Delivery.objects.filter(message__in=rows).delete()
    return _delete(rows, now)


def _forget_address(rows: list, now: datetime) -> int:
    return type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).update(email=FORGOTTEN)


def _empty(rows: list, now: datetime) -> int:
    return type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).update(sealed=None, error="too late")


def _destroy_copies(rows: list, now: datetime) -> int:
    """The bytes go first: a run that is killed in between finds the row again and loses nothing."""
    for export in rows:
        storages["vault"].delete(f"files/{export.file_id}")
        FileDestruction.objects.create(file=export.file, because="export_over", at=now)
    return len(rows)


def _forget_people(rows: list, now: datetime) -> int:
    count = 0
    for found in rows:
        person = hold_with_organisations(found.pk)
        if person.erased_at is None and not obstacles(person, now=now):
            write_last_word(person)
            forget(person, by=CLOCK, now=now)
            count += 1
    return count


DELETED, EMPTIED, ANONYMISED = _("deleted"), _("emptied"), _("the person is forgotten")
RULES = (
    Rule("security_log", _("Security log"), DELETED, "security_log_days", retaining.security_lines, _delete),
    Rule("messages", _("Messages to people, but those about open cases"), DELETED, "message_days", retaining.messages,
         _delete_messages),
    Rule("answers", _("Answers to repeated requests of programs"), DELETED, "answer_days", retaining.answers, _delete),
    Rule("invitations", _("Addresses of ended invitations"), EMPTIED, "address_days", retaining.invitations, _forget_address),
    Rule("replacements", _("Addresses of appointed administrators"), EMPTIED, "address_days", retaining.replacements,
         _forget_address),
    Rule("merges", _("Addresses of merged accounts"), EMPTIED, "address_days", retaining.merges, _forget_address),
    Rule("exports", _("Copies of people's own data after their last day"), _("the file is destroyed"), "", retaining.exports,
         _destroy_copies),
    Rule("dispatches", _("Mails and text messages that were never sent"), EMPTIED, "", retaining.dispatches, _empty),
    Rule("sessions", _("Sessions that are over"), DELETED, "", retaining.sessions, _delete),
    Rule("session_traces", _("Address and program of ended sessions"), DELETED, "", retaining.traces_of_sessions, _delete),
    Rule("unused_accounts", _("Accounts without any role that nobody uses"), ANONYMISED, "unused_account_days",
         retaining.unused_accounts, _forget_people),
)  # fmt: skip
