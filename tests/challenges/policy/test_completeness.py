"""Needs and bids: what is missing is listed, and a bid document's figures fit together."""

from copy import deepcopy
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.policy.completeness import (
    NEED_FIELDS,
    check_bid_document,
    missing_fields,
    require_bid_document,
    require_need,
)
from challenges.policy.shape import Problem, empty_bid_document
from portal.kernel.canonical import canonical
from portal.kernel.errors import Incomplete

WAN = 1_000_000
INDICATORS = {"i1": "Error", "i2": "Drift"}


def sound():
    """Team A's bid of the worked example."""
    return {
        "version": 1,
        "summary": "金刚石NV色心电流传感器",
        "route": "Two chips, one laser.",
        "risks": "The foundry may be late.",
        "ip_terms": "The poster owns the product, we keep the method.",
        "price_fen": 1200 * WAN,
        "months": 36,
        "team": [{"name": "Lin", "role": "lead", "title": "professor"}, {"name": "Wu", "role": "optics"}],
        "consortium": [
            {"uscc": "91350100M000100Y43", "name": "Institute", "share_percent": "65", "task": "Chip"},
            {"uscc": "91110000101623741K", "name": "University", "share_percent": "25", "task": "Theory"},
            {"uscc": "91340100MA0000000G", "name": "SME", "share_percent": "10", "task": "Housing"},
        ],
        "offers": [{"indicator": "i1", "value": "0.05", "note": "% FS"}, {"indicator": "i2", "value": "9"}],
        "milestones": [
            {"title": "Signing", "month": 1, "deliverable": "Plan", "amount_fen": 600 * WAN},
            {"title": "M2", "month": 18, "deliverable": "Prototype", "amount_fen": 360 * WAN},
            {"title": "Final", "month": 36, "deliverable": "100 prototypes", "amount_fen": 240 * WAN},
        ],
        "budget": [
            {"subject": "equipment", "amount_fen": 500 * WAN},
            {"subject": "business", "amount_fen": 300 * WAN},
            {"subject": "labour", "amount_fen": 300 * WAN},
            {"subject": "indirect", "amount_fen": 100 * WAN},
        ],
        "files": [{"id": "f1", "name": "route.pdf", "size": 12, "sha256": "0" * 64}],
    }


def changed(path, value):
    """The sound document with one place changed, or removed where ``value`` is ``...``."""
    document = place = deepcopy(sound())
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


def check(document, **limits):
    return check_bid_document(document, INDICATORS, **limits)


def test_the_worked_example_is_sound():
    assert check(sound(), most_price_fen=1200 * WAN, most_months=36, most_members=5) == []
    require_bid_document(sound(), INDICATORS)


def test_a_single_bidder_without_files_is_sound_too():
    document = changed("consortium", [])
    del document["files"]

    assert check(document) == []


def test_an_empty_document_names_every_field_that_must_be_filled():
    problems = check(empty_bid_document())

    assert [(problem.field, problem.code) for problem in problems] == [
        ("summary", "field_missing"),
        ("route", "field_missing"),
        ("risks", "field_missing"),
        ("ip_terms", "field_missing"),
        ("team", "field_missing"),
        ("offers", "offer_missing"),
        ("offers", "offer_missing"),
        ("milestones", "field_missing"),
        ("budget", "field_missing"),
        ("price_fen", "field_missing"),
        ("months", "field_missing"),
    ]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("summary", " \n", "field_missing"),
        ("summary", ..., "field_missing"),
        ("summary", 5, "wrong_kind"),
        ("summary", "x" * 5001, "too_long"),
        ("risks", "a\x00b", "unreadable_characters"),
        ("risks", "\ud800", "unreadable_characters"),
        ("team", [], "field_missing"),
        ("team", "Lin", "wrong_kind"),
        ("team.0", "Lin", "wrong_kind"),
        ("team.0.name", "", "field_missing"),
        ("team.1.phone", "1", "unknown_field"),
        ("team", [{"name": "Lin", "role": "lead"}] * 201, "too_many_rows"),
        ("version", 2, "unknown_version"),
        ("secret", "x", "unknown_field"),
        ("consortium.0.share_percent", "65.001", "too_many_places"),
        ("consortium.0.share_percent", "1e2", "not_a_number"),
        ("consortium.0.share_percent", 65, "not_a_number"),
        ("consortium.0.uscc", "9" * 19, "too_long"),
        ("offers.0.value", "about 3", "not_a_number"),
        ("offers.0.value", "NaN", "not_a_number"),
        ("offers.0.value", "", "field_missing"),
        ("offers.0.value", "0.0000001", "too_many_places"),
        ("milestones.0.month", "1", "not_a_whole_number"),
        ("milestones.0.month", True, "not_a_whole_number"),
        ("milestones.0.month", -1, "not_a_whole_number"),
        ("milestones.0.amount_fen", -1, "negative_amount"),
        ("milestones.0.amount_fen", 0.5, "not_whole_fen"),
        ("milestones.0.amount_fen", "600", "not_whole_fen"),
        ("budget.0.amount_fen", 2**53, "amount_too_large"),
        ("budget.0.amount_fen", ..., "field_missing"),
        ("price_fen", 1200.0, "not_whole_fen"),
        ("price_fen", -1, "negative_amount"),
        ("price_fen", True, "not_whole_fen"),
        ("months", 0, "field_missing"),
        ("months", 1.5, "not_a_whole_number"),
        ("files.0.name", None, "field_missing"),
    ],
)
def test_one_thing_out_of_shape_is_named_with_its_field(path, value, code):
    assert [(problem.field, problem.code) for problem in check(changed(path, value))] == [(path, code)]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (
            "milestones.2.amount_fen",
            239 * WAN,
            Problem(
                "milestones",
                "milestones_not_the_price",
                {"sum_fen": 1199 * WAN, "price_fen": 1200 * WAN, "difference_fen": WAN},
            ),
        ),
        (
            "budget.0.amount_fen",
            501 * WAN,
            Problem(
                "budget",
                "budget_not_the_price",
                {"sum_fen": 1201 * WAN, "price_fen": 1200 * WAN, "difference_fen": WAN},
            ),
        ),
        ("budget.0.subject", "travel", Problem("budget.0.subject", "unknown_subject", {"subject": "travel"})),
        ("budget.1.subject", "equipment", Problem("budget.1.subject", "subject_twice", {"subject": "equipment"})),
        (
            "consortium.2.share_percent",
            "9.99",
            Problem("consortium", "shares_not_100", {"sum_percent": Decimal("99.99")}),
        ),
        (
            "consortium.1.uscc",
            "91350100M000100Y43",
            Problem("consortium.1.uscc", "member_twice", {"uscc": "91350100M000100Y43"}),
        ),
        (
            "milestones.1.month",
            37,
            Problem("milestones.1.month", "milestone_outside_period", {"title": "M2", "month": 37, "months": 36}),
        ),
        (
            "milestones.1.month",
            0,
            Problem("milestones.1.month", "milestone_outside_period", {"title": "M2", "month": 0, "months": 36}),
        ),
        (
            "offers",
            [{"indicator": "i1", "value": "0.05"}],
            Problem("offers", "offer_missing", {"indicator": "Drift"}),
        ),
    ],
)
def test_figures_that_do_not_fit_together_are_named_with_the_difference(path, value, expected):
    assert check(changed(path, value)) == [expected]


def test_one_offer_per_indicator_of_this_board():
    twice = changed("offers.1.indicator", "i1")
    foreign = changed("offers.1.indicator", "i9")

    assert [problem.code for problem in check(twice)] == ["offer_twice", "offer_missing"]
    assert [problem.code for problem in check(foreign)] == ["unknown_indicator", "offer_missing"]


def test_a_share_of_nothing_is_refused_even_when_the_sum_is_right():
    document = changed("consortium.0.share_percent", "90")
    document["consortium"][1]["share_percent"] = "0"

    assert [(problem.field, problem.code) for problem in check(document)] == [
        ("consortium.1.share_percent", "share_not_positive")
    ]


def test_the_limits_of_board_and_rules():
    problems = check(sound(), most_price_fen=1199 * WAN, most_months=35, most_members=2)

    assert [(problem.field, problem.code, problem.facts) for problem in problems] == [
        ("consortium", "too_many_members", {"count": 3, "most": 2}),
        ("price_fen", "price_over_board", {"price_fen": 1200 * WAN, "most_price_fen": 1199 * WAN}),
        ("months", "period_too_long", {"months": 36, "most_months": 35}),
    ]


def test_what_cannot_be_sealed_says_how_much_is_wrong_and_where():
    document = changed("summary", "")
    document["milestones"][0]["amount_fen"] = 1

    with pytest.raises(Incomplete) as refusal:
        require_bid_document(document, INDICATORS)

    facts = refusal.value.facts
    assert refusal.value.code == "bid_document_unsound"
    assert (facts["missing"], facts["count"]) == (["summary", "milestones"], 2)
    assert [problem.code for problem in facts["problems"]] == ["field_missing", "milestones_not_the_price"]


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner), max_leaves=5
)
paths = st.sampled_from(
    [*sound(), "team.0", "team.0.name", "offers.0.value", "milestones.1", "milestones.1.month", "budget.0.amount_fen"]
)


@given(paths, anything)
def test_no_content_whatever_breaks_the_check_and_what_passes_can_be_sealed(path, value):
    document = changed(path, value)

    if not check(document):
        canonical(document)


def test_a_need_lists_what_is_not_filled_in():
    filled = dict.fromkeys(NEED_FIELDS, "x") | {"indicators": [], "title": " ", "months": 0, "own_fen": 1}

    assert missing_fields(filled) == ["title", "indicators", "months"]
    with pytest.raises(Incomplete) as refusal:
        require_need(filled)
    assert (refusal.value.code, refusal.value.facts["missing"]) == (
        "need_incomplete",
        ["title", "indicators", "months"],
    )


def test_a_need_that_says_everything_is_complete():
    require_need(dict.fromkeys(NEED_FIELDS, "x"))
    assert missing_fields({}, ["contact"]) == ["contact"]
