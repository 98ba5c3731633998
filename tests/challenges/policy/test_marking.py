"""What the sheets of one candidate come to."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from challenges.policy.labels import label
from challenges.policy.marking import Marked, marked, outcome
from challenges.policy.scoring import official_score

A = (91, 88, 90, 86, 93, 89, 84)
POINTS = st.decimals(min_value=0, max_value=100, places=2)


def sheets(totals, technical=0):
    return [Marked(f"sheet {seat}", seat, Decimal(total), Decimal(technical)) for seat, total in enumerate(totals, start=1)]


def test_the_worked_example_drops_93_and_84_and_comes_to_88_80():
    found = outcome(sheets(A), least=3, trim_from=5)

    assert (found.official, found.plain_mean) == (Decimal("88.80"), Decimal("88.71"))
    assert found.dropped == ("sheet 7", "sheet 5")
    assert found.sheets == 7


def test_below_the_least_number_of_sheets_there_is_no_score():
    found = outcome(sheets((90, 80)), least=3, trim_from=5)

    assert (found.official, found.plain_mean, found.dropped, found.sheets) == (None, None, (), 2)


def test_four_sheets_all_count():
    found = outcome(sheets((70, 80, 90, 100)), least=3, trim_from=5)

    assert (found.official, found.plain_mean, found.dropped) == (Decimal("85.00"), Decimal("85.00"), ())


def test_of_equal_extremes_the_first_seat_is_the_lowest_and_the_last_the_highest():
    found = outcome(sheets((80, 80, 80, 80, 80)), least=3, trim_from=5)

    assert found.dropped == ("sheet 1", "sheet 5")


def test_the_technical_part_is_the_mean_over_the_sheets_that_count():
    rows = [Marked(str(seat), seat, Decimal(80 + seat), Decimal(10 * seat)) for seat in range(1, 6)]

    assert outcome(rows, least=3, trim_from=5).technical == Decimal("30.0000")


def test_the_technical_part_is_rounded_half_up_to_four_digits():
    rows = [Marked(str(seat), seat, Decimal(80), Decimal(points)) for seat, points in enumerate(("1", "1", "0"), start=1)]

    assert outcome(rows, least=3, trim_from=5).technical == Decimal("0.6667")


def test_a_sheet_is_the_sum_of_its_points_and_of_its_technical_ones():
    sheet = marked("s", 1, {"fit": Decimal("22.5"), "team": Decimal("12.25")}, frozenset({"fit"}))

    assert (sheet.total, sheet.technical) == (Decimal("34.75"), Decimal("22.5"))


@given(st.lists(POINTS, min_size=3, max_size=12))
def test_the_outcome_agrees_with_the_official_score_and_drops_two_from_five_on(totals):
    found = outcome(sheets(totals), least=3, trim_from=5)

    assert found.official == official_score(totals)
    assert len(found.dropped) == (2 if len(totals) >= 5 else 0)
    assert len(set(found.dropped)) == len(found.dropped)


def test_labels_go_from_a_to_z_and_on():
    assert [label(place) for place in (0, 1, 25, 26, 27, 701, 702)] == ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]
