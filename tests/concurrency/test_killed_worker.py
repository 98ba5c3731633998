"""A worker is killed between making a payment list and its commit: the outcome is that of one clean run."""

import os
import signal
import sys

import psycopg
import pytest

from funding.actions.bookkeeping import TREASURY_OWNER
from funding.invariants import CHECKS
from funding.models import Account, LedgerEntry, PaymentList
from portal.celery import app
from portal.local import servers
from portal.local.children import start

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
CLEARING = "SELECT 1 FROM funding_account WHERE kind = 'clearing' FOR UPDATE"


def poll() -> None:
    """What beat sends every minute."""
    app.send_task("funding.send_due_payments", queue="clock")


def test_killed_between_list_and_commit_the_next_poll_sends_once(make, clock, worker, tmp_path):
    clock.china(2026, 7, 3)
    Account.objects.get_or_create(kind="clearing", owner=TREASURY_OWNER)
    project = make.project_under_way(clock)
    payment = make.approve(make.prepared_payment(clock, project), 1)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute(CLEARING)  # the list is written, the booking has to wait here
        make.approve(payment, 2)
        poll()
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as looking:
            worker.wait_for(lambda: looking.execute(WAITING).fetchone()[0])
        os.killpg(worker.worker.process.pid, signal.SIGKILL)
        worker.worker.process.wait(timeout=10)
        owner.rollback()

    assert make.fresh_payment(payment).state == "approved"
    assert (PaymentList.objects.count(), LedgerEntry.objects.filter(kind="payment_sent").count()) == (0, 0)

    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    worker.worker = start("second worker", [sys.executable, "-m", *servers.WORKER], log=tmp_path / "second.log", env=env)
    try:
        poll()
        worker.wait_for(lambda: make.fresh_payment(payment).state == "sent", seconds=60)
        poll()
    finally:
        worker.worker.ask()
        worker.worker.stop()

    assert PaymentList.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="payment_sent").count() == 1
    assert [fault for _title, check in CHECKS for fault in check()] == []
