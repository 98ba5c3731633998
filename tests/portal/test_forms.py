"""Fields: amounts are exact, moments know their zone."""

from datetime import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.clock import CHINA
from portal.forms import Form, MomentField, NumberField, WanField, rows_of

WAN = 1_000_000


class Indicator(Form):
    """A row."""

    name = NumberField(label="Number", required=True)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1200", 1200 * WAN),
        ("1,200.50", 1_200_500_000),
        ("１，２００", 1200 * WAN),
        ("960 万元", 960 * WAN),
        ("0.000001", 1),
        ("0", 0),
    ],
)
def test_an_amount_in_wan_is_read_to_the_fen(typed, fen):
    assert WanField().clean(typed) == fen


@pytest.mark.parametrize("typed", ["-1", "0.0000001", "ten", "1e400", "NaN", ""])
def test_what_is_no_amount_is_refused(typed):
    with translation.override("en"), pytest.raises(ValidationError):
        WanField().clean(typed)


def test_an_amount_has_its_limits():
    with pytest.raises(ValidationError) as over:
        WanField(most_fen=1000 * WAN).clean("1000.01")
    with pytest.raises(ValidationError) as nothing:
        WanField(zero=False).clean("0")

    assert (over.value.code, nothing.value.code) == ("largest", "positive")
    assert "1,000 万元" in over.value.messages[0]


@given(st.integers(min_value=0, max_value=2**53 - 1))
def test_an_amount_shown_and_sent_back_is_the_same_amount(fen):
    field = WanField()

    assert field.clean(field.prepare_value(fen)) == fen
    assert not field.has_changed(fen, field.prepare_value(fen))


def test_a_moment_is_in_china_and_survives_the_round_trip():
    field = MomentField()
    moment = datetime(2026, 6, 10, 17, 0, tzinfo=CHINA)

    assert field.clean("2026-06-10T17:00") == moment
    assert field.widget.format_value(field.prepare_value(moment)) == "2026-06-10T17:00"


def test_rows_leave_out_what_is_empty_or_removed():
    rows = rows_of(Indicator)(
        {
            "r-TOTAL_FORMS": "3", "r-INITIAL_FORMS": "0",
            "r-0-name": "1,5", "r-1-name": "", "r-2-name": "7", "r-2-DELETE": "on",
        },
        prefix="r",
    )  # fmt: skip

    assert rows.is_valid()
    assert rows.filled == [{"name": 15}]
