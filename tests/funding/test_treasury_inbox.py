"""The treasury's folder: each file taken over once by the clock, refused ones set aside with the sentence."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from funding.actions import disbursing
from funding.models import ConfirmationFile, LedgerEntry
from funding.tasks import fetch_confirmations
from portal.clock import CLOCK, portal_now
from portal.models import Event, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(settings, tmp_path):
    """The folder of this test."""
    settings.TREASURY_INBOX = tmp_path / "inbox"
    return settings.TREASURY_INBOX


def put(inbox, name: str, content: bytes) -> None:
    inbox.mkdir(exist_ok=True)
    (inbox / name).write_bytes(content)


def files(inbox) -> list[str]:
    return sorted(str(path.relative_to(inbox)) for path in inbox.rglob("*") if path.is_file())


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Message, LedgerEntry, ConfirmationFile))


def test_without_a_folder_nothing_is_fetched(settings):
    settings.TREASURY_INBOX = None

    fetch_confirmations()

    assert ConfirmationFile.objects.count() == 0


def test_the_sandbox_answers_into_the_folder_and_the_clock_takes_it_over(make, clock, inbox):
    payment = make.sent_payment(clock)
    call_command("treasury_sandbox", stdout=StringIO())
    name = f"{payment.line.payment_list.number}.csv"
    assert files(inbox) == [name]

    fetch_confirmations()

    assert make.fresh_payment(payment).state == "confirmed"
    assert ConfirmationFile.objects.get().imported_by is None
    assert files(inbox) == [f"done/{name}"]


def test_the_sandbox_wants_to_know_where_to(make, clock, settings):
    settings.TREASURY_INBOX = None

    with pytest.raises(CommandError):
        call_command("treasury_sandbox", stdout=StringIO())


def test_a_run_killed_between_import_and_move_is_finished_quietly_by_the_next(make, clock, inbox):
    payment = make.sent_payment(clock)
    content = make.answer_to(payment.line.payment_list)
    put(inbox, "a.csv", content)
    disbursing.import_confirmations(content, by=CLOCK, now=portal_now())
    before = counts()

    fetch_confirmations()

    assert counts() == before
    assert files(inbox) == ["done/a.csv"]


def test_the_same_file_again_changes_nothing(make, clock, inbox):
    payment = make.sent_payment(clock)
    content = make.answer_to(payment.line.payment_list)
    put(inbox, "a.csv", content)
    fetch_confirmations()
    before = counts()

    put(inbox, "a.csv", content)
    put(inbox, "b.csv", content)
    fetch_confirmations()
    fetch_confirmations()

    assert counts() == before
    assert files(inbox) == ["done/a.csv", "done/b.csv"]


def test_a_refused_file_is_set_aside_with_the_sentence_and_told_once(make, clock, inbox):
    payment = make.sent_payment(clock)
    whole = make.answer_to(payment.line.payment_list)
    cut = whole[: whole.index(b"#END")]
    put(inbox, "a.csv", cut)
    reconciler, before = make.reconciler(), LedgerEntry.objects.count()

    with translation.override("en"):  # what the worker read before does not count
        fetch_confirmations()

    assert files(inbox) == ["refused/a.csv", "refused/a.txt"]
    said = (inbox / "refused/a.txt").read_text()
    message = Message.objects.get(kind="confirmations_refused", to=reconciler)
    assert said.strip() == message.facts["reason_zh"] != message.facts["reason_en"]
    assert Event.objects.filter(kind="confirmations.refused", by=None).count() == 1
    assert (make.fresh_payment(payment).state, LedgerEntry.objects.count()) == ("sent", before)

    after = counts()
    put(inbox, "a.csv", cut)
    fetch_confirmations()
    assert counts() == after
    assert files(inbox) == ["refused/a.csv", "refused/a.txt"]


def test_a_refused_file_does_not_hold_up_the_next_nor_overwrite_an_older_one(make, clock, inbox):
    payment = make.sent_payment(clock)
    put(inbox, "a.csv", b"nonsense")
    put(inbox, "b.csv", make.answer_to(payment.line.payment_list))
    put(inbox, "c.csv.part", b"being written")
    fetch_confirmations()
    put(inbox, "a.csv", b"other nonsense")
    fetch_confirmations()

    assert make.fresh_payment(payment).state == "confirmed"
    kept = [name for name in files(inbox) if name.endswith(".csv")]
    assert (len(kept), "done/b.csv" in kept, "refused/a.csv" in kept) == (3, True, True)
    assert "c.csv.part" in files(inbox)
