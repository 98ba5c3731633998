"""Retention times: what is over goes, in batches, twice without harm, and never what an open case needs."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from challenges.models import Challenge
from portal import vault
from portal.actions import retaining
from portal.clock import portal_now
from portal.guards import FORGOTTEN
from portal.invariants import all_checks
from portal.models import (
    DataExport,
    Event,
    FileDestruction,
    IdempotentAnswer,
    Message,
    RetentionRun,
    SecurityEvent,
    SecurityKind,
    User,
)
from portal.record import record
from portal.security_log import note
from portal.tasks import apply_retention

pytestmark = pytest.mark.django_db
RULES = {rule.name: rule for rule in retaining.RULES}


def apply(name, *, now, batch=500):
    return retaining.apply_rule(RULES[name], now=now, batch=batch).count


def test_the_security_log_goes_after_its_time_and_not_before(make, clock):
    for _ in range(5):
        note(SecurityKind.SIGNED_IN, person=make.person())
    clock.forward(days=364)
    assert apply("security_log", now=clock.now()) == 0
    clock.forward(days=2)
    make.setting("security_log_days", 400)
    assert apply("security_log", now=clock.now()) == 0
    clock.forward(days=40)

    assert apply("security_log", now=clock.now(), batch=2) == 5
    assert apply("security_log", now=clock.now()) == 0
    assert SecurityEvent.objects.count() == 0


def test_messages_about_open_cases_stay(make, clock):
    firm = make.organisation()
    make.reviewer(firm)
    need = make.need("submitted", poster=firm)
    told = set(Message.objects.filter(event__case_id=need.pk).values_list("pk", flat=True))
    assert told
    other = set(Message.objects.exclude(pk__in=told).values_list("pk", flat=True))
    clock.forward(days=1096)

    assert apply("messages", now=clock.now()) == len(other)
    assert set(Message.objects.values_list("pk", flat=True)) == told
    need = Challenge.objects.get(pk=need.pk)
    assert need.state == "submitted"


def test_answers_and_addresses_go(make, clock):
    invitation = make.invitation(make.organisation())
    answer = IdempotentAnswer.objects.create(user=make.person(), route="r", key="k", request_sha256="", created_at=clock.now())
    open_one = make.invitation(make.organisation(), email="open@example.org")
    invitation.state, invitation.answered_at = "withdrawn", clock.now()
    invitation.save(update_fields=["state", "answered_at"])
    clock.forward(days=8)
    assert (apply("answers", now=clock.now()), apply("invitations", now=clock.now())) == (1, 0)
    clock.forward(days=360)

    assert (apply("answers", now=clock.now()), apply("invitations", now=clock.now())) == (0, 1)
    invitation.refresh_from_db()
    open_one.refresh_from_db()
    assert (invitation.email, open_one.email) == (FORGOTTEN, "open@example.org")
    assert not IdempotentAnswer.objects.filter(pk=answer.pk).exists()


def copy_of(person, now) -> DataExport:
    """A copy of somebody's own data, fetched until a week from now."""
    file = vault.store(b"{}", name="data.json", kind="application/json", by=None, now=now)
    return DataExport.objects.create(person=person, asked_at=now, file=file, ready_at=now, ends_at=now + timedelta(days=7))


def test_the_file_of_a_copy_goes_on_its_last_day_and_its_name_and_hash_stay(make, clock):
    export = copy_of(make.person(), clock.now())
    clock.forward(days=6)
    assert apply("exports", now=clock.now()) == 0
    clock.forward(days=1)

    assert apply("exports", now=clock.now()) == 1
    assert apply("exports", now=clock.now()) == 0
    assert not storages["vault"].exists(f"files/{export.file_id}")
    assert FileDestruction.objects.get().file.sha256 == export.file.sha256


def test_a_run_that_is_killed_in_the_middle_is_finished_by_the_next(make, clock, monkeypatch):
    exports = [copy_of(make.person(), clock.now()) for _ in range(5)]
    for _ in range(3):
        note(SecurityKind.SIGNED_IN, person=make.person())
    clock.forward(days=366)
    storage, deleted = storages["vault"], []
    right = storage.delete

    def dies_at_the_third(path):
        right(path)
        deleted.append(path)
        if len(deleted) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(storage, "delete", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            retaining.apply_retention(now=clock.now(), batch=2)
    assert FileDestruction.objects.count() == 2
    assert not RetentionRun.objects.filter(name="exports").exists()
    finished = set(RetentionRun.objects.values_list("name", flat=True))
    assert "security_log" in finished

    runs = retaining.apply_retention(now=clock.now(), batch=2)

    assert {run.name for run in runs} == set(RULES) - finished
    assert FileDestruction.objects.count() == len(exports)
    assert not any(storage.exists(f"files/{export.file_id}") for export in exports)
    assert retaining.apply_retention(now=clock.now()) == []


def test_an_unused_account_is_forgotten_and_one_with_a_role_or_an_open_request_is_not(make, clock):
    idle, official, member = make.person("闲置"), make.officer(), make.administrator(make.organisation())
    seen = make.person("来过")
    clock.forward(days=1000)
    seen.last_login = clock.now()
    seen.save(update_fields=["last_login"])
    clock.forward(days=96)

    apply("unused_accounts", now=clock.now())

    erased = {each.pk for each in User.objects.exclude(erased_at=None)}
    assert idle.pk in erased
    assert not erased & {official.pk, member.pk, seen.pk}
    assert Event.objects.get(kind="user.erased", subject_id=idle.pk).by is None


def test_the_job_runs_at_night_and_once_a_day(make, clock):
    clock.china(2026, 9, 14, 14)
    apply_retention()
    assert RetentionRun.objects.count() == 0
    clock.china(2026, 9, 15, 1)
    apply_retention()
    apply_retention()
    assert RetentionRun.objects.count() == len(RULES)
    clock.china(2026, 9, 16, 2)
    apply_retention()
    assert RetentionRun.objects.count() == 2 * len(RULES)


def test_the_check_says_what_would_be_done_and_does_nothing(make, clock):
    note(SecurityKind.SIGNED_IN, person=make.person())
    clock.forward(days=366)
    out = StringIO()

    call_command("retention", "--check", stdout=out)

    line = next(line for line in out.getvalue().splitlines() if line.startswith("security_log "))
    assert " 1 due" in line
    assert SecurityEvent.objects.count() == 1 and RetentionRun.objects.count() == 0
    call_command("retention", stdout=StringIO())
    assert SecurityEvent.objects.count() == 0


def test_everything_that_must_hold_still_holds_afterwards(make, clock):
    make.need("submitted")
    record("organisation.noted", make.organisation(), by=None)
    clock.forward(days=1200)
    retaining.apply_retention(now=clock.now())

    assert [sentence for _name, check in all_checks() for sentence in check()] == []


def test_the_health_address_says_when_it_ran(client, make):
    assert client.get("/readyz").json()["retention"] is None
    retaining.apply_retention(now=portal_now())

    assert client.get("/readyz").json()["retention"] is not None
