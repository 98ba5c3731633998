"""Needs, notices and boards under attack: states, money, content and deadlines by raw SQL."""

from datetime import timedelta

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

SET = "UPDATE challenges_challenge SET {} WHERE id = %(id)s"


def test_a_need_is_not_born_published_and_skips_no_step(attack, make):
    draft, pooled = make.need("draft"), make.need("pooled")

    assert attack(SET.format("state = 'published'"), id=draft.pk) == "challenge_flow"
    assert attack(SET.format("state = 'pooled'"), id=draft.pk) == "challenge_flow"
    assert attack(SET.format("state = 'draft'"), id=pooled.pk) == "challenge_flow"
    assert attack.one("SELECT state FROM challenges_challenge WHERE id = %(id)s", id=draft.pk) == "draft"


def test_money_of_a_submitted_need_keeps_its_rules(attack, make):
    draft = make.need("draft")
    submit = SET.format("state = 'submitted'")

    for money, rule in {
        "total_fen = 2400000000, own_fen = 1400000000, city_fen = 1000000000": "challenge_city_share_kept",
        "total_fen = 2400000000, own_fen = 1400000000, city_fen = 900000000, other_fen = 100000000": (
            "challenge_own_share_kept"
        ),
        "total_fen = 3000000000, own_fen = 1800000000, city_fen = 1200000000": "challenge_class_cap_kept",
        "own_fen = own_fen + 1": "challenge_sources_add_up",
        "city_fen = -1": "challenge_no_negative_money",
    }.items():
        assert attack(SET.format(money), submit, id=draft.pk) == rule

    assert attack.one("SELECT state FROM challenges_challenge WHERE id = %(id)s", id=draft.pk) == "draft"


def test_the_terms_of_another_class_cannot_be_borrowed(attack, make):
    draft = make.need("draft")

    for terms in ("cap_fen = cap_fen + 1", "most_percent = 100", "least_percent = 0", "class_code = 'key'"):
        assert attack(SET.format(terms), id=draft.pk) == "challenge_terms_of_its_class"


def test_content_and_indicators_stand_still_after_submission(attack, make):
    need = make.need("submitted")

    assert attack(SET.format("title = 'x'"), id=need.pk) == "challenge_frozen"
    assert attack(SET.format("own_fen = own_fen + 1, total_fen = total_fen + 1"), id=need.pk) == "challenge_frozen"
    for change in (
        "UPDATE challenges_indicator SET value = value * 2 WHERE challenge_id = %(id)s",
        "DELETE FROM challenges_indicator WHERE challenge_id = %(id)s",
    ):
        assert attack(change, id=need.pk) == "indicator_frozen"


def test_a_notice_runs_its_full_time(attack, make):
    call = make.call(notice_before_publishing=True)
    need = make.need("in_notice", call=call)

    end = "UPDATE challenges_publicnotice SET ended_at = {} WHERE challenge_id = %(id)s"
    assert attack(end.format("now()"), id=need.pk) == "notice_ends_by_the_clock"
    assert attack(end.format("ends_at"), id=need.pk) == "notice_ends_by_the_clock"
    shorten = "UPDATE challenges_publicnotice SET ends_at = now() - interval '1 day' WHERE challenge_id = %(id)s"
    assert attack(shorten, id=need.pk) == "notice_frozen"
    publish = SET.format("state = 'published', number = 'X', opens_at = now(), closes_at = now() + interval '1 day',"
                         " published_at = now()")  # fmt: skip
    assert attack(SET.format("state = 'pooled'"), publish, id=need.pk) == "challenge_published_after_its_notice"


def test_the_deadline_of_a_published_board_stands_and_the_clock_closes_it(attack, make, clock):
    board = make.board()

    assert attack(SET.format("closes_at = closes_at + interval '1 hour'"), id=board.pk) == "challenge_deadline_kept"
    clock.set(board.closes_at)
    assert attack(SET.format("state = 'closed'"), id=board.pk) == "challenge_closed_by_the_clock"
    clock.set(board.closes_at + timedelta(microseconds=1))
    assert attack(SET.format("state = 'closed'"), id=board.pk) == ""


def test_a_deadline_lies_after_its_opening(attack, make):
    need = make.need("pooled")

    assert attack(SET.format("opens_at = now(), closes_at = now()"), id=need.pk) == "challenge_closes_after_it_opens"


def test_rules_once_adopted_do_not_change(attack, make):
    make.call()

    assert attack("UPDATE challenges_rules SET pass_mark = 0") == "denied"
    assert attack("UPDATE challenges_rulesclass SET cap_fen = cap_fen * 2") == "denied"
    assert attack("DELETE FROM challenges_criterion") == "denied"


def test_weights_of_a_rubric_sum_to_one_hundred(attack, make):
    make.call()

    assert (
        attack(
            "INSERT INTO challenges_criterion (id, rubric_id, position, name, name_en, weight_percent, technical, bands)"
            " SELECT gen_random_uuid(), id, 99, 'x', 'x', 5, false, '[]' FROM challenges_rubric LIMIT 1"
        )
        == "rubric_weights_sum_to_100"
    )


def test_number_and_opening_of_a_published_board_stand(attack, make):
    board = make.board()

    for change in ("number = 'HF-9999'", "opens_at = opens_at - interval '1 day'", "published_at = portal_now()"):
        assert attack(SET.format(change), id=board.pk) == "challenge_published_frozen"
