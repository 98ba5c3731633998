"""The order of the candidates: ties are equal rounded scores, and the chain parts them in turn."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from challenges.policy.ranking import lower_money, rank, split_by_pass_mark, technical_first

SCORES = {"A": Decimal("88.80"), "B": Decimal("86.00"), "C": Decimal("77.40")}
names = st.sampled_from("ABCDEFGH")
some_scores = st.dictionaries(names, st.none() | st.decimals(80, 82, places=2), min_size=1)


def test_the_worked_example():
    ranking = rank(SCORES)

    assert ranking.places == {"A": 1, "B": 2, "C": 3}
    assert (ranking.order, ranking.ties, ranking.parted_by) == (["A", "B", "C"], (), {})


def test_equal_rounded_scores_are_a_tie_and_the_next_place_is_skipped():
    ranking = rank({"A": Decimal("80.004"), "B": Decimal("80.00"), "C": Decimal("79.99"), "D": None})

    assert ranking.places == {"A": 1, "B": 1, "C": 3}
    assert ranking.ties == (frozenset("AB"),)
    assert ranking.unscored == frozenset("D")


def test_the_technical_score_parts_first_and_the_lower_price_after_it():
    scores = dict.fromkeys("ABC", Decimal("80.00"))
    technical = technical_first({"A": Decimal(60), "B": Decimal(60), "C": Decimal(70)})
    price = lower_money({"A": 1200, "B": 1100, "C": 1300})

    ranking = rank(scores, [technical, price])

    assert ranking.places == {"C": 1, "B": 2, "A": 3}
    assert ranking.parted_by == {"C": "technical_score", "B": "lower_money", "A": "lower_money"}
    assert ranking.ties == ()


def test_a_key_that_lacks_a_value_is_passed_over():
    scores = dict.fromkeys("AB", Decimal("80.00"))

    ranking = rank(scores, [technical_first({"A": Decimal(60)}), lower_money({"A": 5, "B": 4})])

    assert ranking.places == {"B": 1, "A": 2}


def test_who_is_equal_in_everything_is_left_to_a_vote_or_a_draw():
    scores = dict.fromkeys("AB", Decimal("80.00"))

    assert rank(scores, [lower_money({"A": 5, "B": 5})]).ties == (frozenset("AB"),)


def test_a_key_never_overrules_a_score():
    assert rank(SCORES, [lower_money({"A": 9, "B": 5, "C": 1})]).places == {"A": 1, "B": 2, "C": 3}


@given(some_scores, st.dictionaries(names, st.integers(0, 2), min_size=8), st.randoms())
def test_the_order_of_the_bids_makes_no_difference(scores, money, chance):
    shuffled = list(scores)
    chance.shuffle(shuffled)

    assert rank({name: scores[name] for name in shuffled}, [lower_money(money)]) == rank(scores, [lower_money(money)])


@given(some_scores)
def test_a_place_is_one_more_than_the_number_of_better_candidates(scores):
    scored = {name: score for name, score in scores.items() if score is not None}
    places = rank(scores).places

    assert places == {name: 1 + sum(other > scored[name] for other in scored.values()) for name in scored}


def test_reaching_the_pass_mark_is_enough():
    scores = {"A": Decimal("69.995"), "B": Decimal("70.00"), "C": Decimal("69.99"), "D": None}

    passed, below, unscored = split_by_pass_mark(scores, Decimal(70))

    assert (passed, below, unscored) == (frozenset("AB"), frozenset("C"), frozenset("D"))
