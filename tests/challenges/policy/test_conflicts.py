"""Why an expert must stay away: employers now and in the last years, and the own team."""

from datetime import date

import pytest

from challenges.policy.conflicts import Conflict, Post, conflicts_with, years_before

TODAY = date(2026, 6, 15)


def reasons(*posts, people=(), parties=("A", "P"), years=3):
    return conflicts_with(
        person="expert", posts=posts, parties=set(parties), people=set(people), on=TODAY, window_years=years
    )


def test_nothing_in_common_is_no_conflict():
    assert reasons(Post("X"), Post("Y", until=date(2025, 1, 1)), people=["somebody"]) == []


def test_working_for_a_party_now_is_one():
    assert reasons(Post("A")) == [Conflict("same_organisation", "A")]
    assert reasons(Post("A", until=TODAY)) == [Conflict("same_organisation", "A")]


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (date(2026, 6, 14), True),
        (date(2023, 6, 15), True),
        (date(2023, 6, 14), False),
    ],
)
def test_having_left_counts_for_the_years_of_the_rules_to_the_day(until, found):
    expected = [Conflict("same_organisation_recently", "P", until)] if found else []

    assert reasons(Post("P", since=date(2000, 1, 1), until=until)) == expected


def test_a_post_that_begins_later_is_none_yet():
    assert reasons(Post("A", since=date(2026, 6, 16))) == []


def test_a_member_of_the_team_is_one_whoever_the_employer():
    assert reasons(people=["expert"]) == [Conflict("own_team", "expert")]


def test_all_reasons_come_once_and_in_a_fixed_order():
    posts = [Post("P", until=date(2025, 1, 1)), Post("A"), Post("A")]

    assert (
        reasons(*posts)
        == reasons(*posts[::-1])
        == [
            Conflict("same_organisation", "A"),
            Conflict("same_organisation_recently", "P", date(2025, 1, 1)),
        ]
    )


def test_the_last_of_february_has_a_counterpart_in_every_year():
    assert years_before(date(2024, 2, 29), 3) == date(2021, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
