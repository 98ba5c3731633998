"""Sentences for refusals: facts read as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from portal import words
from portal.kernel.errors import Incomplete, NotAllowed, Refused, WrongState


@pytest.fixture(autouse=True)
def english():
    """English, and nobody else's sentences."""
    with translation.override("en"):
        yield


def test_the_message_of_the_error_comes_first():
    assert words.sentence(NotAllowed("late", "The deadline has passed.")) == "The deadline has passed."


def test_a_code_without_a_message_finds_its_words():
    assert words.sentence(WrongState()).startswith("The case has moved on")


def test_an_unknown_code_falls_back_on_the_kind_of_error():
    assert words.sentence(Refused("never_heard_of")) == "This breaks a rule, so nothing was changed."


@pytest.mark.parametrize(
    ("message", "facts", "sentence"),
    [
        ("%(most_fen)s", {"most_fen": 960_000_000}, "RMB 9.60 million"),
        ("%(closes_at)s", {"closes_at": datetime(2026, 6, 10, 9, tzinfo=UTC)}, "Wednesday 10 June 2026, 17:00"),
        ("%(ends_on)s", {"ends_on": date(2026, 5, 9)}, "9 May 2026"),
        ("%(least_percent)s", {"least_percent": 60}, "60 %"),
        ("%(most_percent)s", {"most_percent": Decimal("40.50")}, "40.5 %"),
        ("%(most_percent)s", {"most_percent": Decimal("60.00")}, "60 %"),
        ("%(names)s", {"names": ["a", "b"]}, "a, b"),
        ("%(nobody)s", {}, "–"),
        ("100 % of it", {"it": 1}, "100 % of it"),
    ],
)
def test_the_unit_at_the_end_of_a_fact_decides_how_it_reads(message, facts, sentence):
    assert words.sentence(Refused("x", message, **facts)) == sentence


def test_fields_that_are_missing_have_names(monkeypatch):
    monkeypatch.setattr(words, "NAMES", {})
    words.register({}, {"closes_at": "Deadline"})

    assert words.sentence(Incomplete(missing=["closes_at", "title"])) == "Something is still missing: Deadline, title."


def test_one_code_has_one_sentence(monkeypatch):
    monkeypatch.setattr(words, "WORDS", dict(words.WORDS))

    with pytest.raises(ValueError, match="not_found"):
        words.register({"not_found": "Gone."})
