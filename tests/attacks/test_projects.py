"""Projects, decisions, task books and objections under attack: raw SQL as the web role, with real commits."""

import pytest

from funding.states import ProjectState

pytestmark = pytest.mark.django_db(transaction=True)

SET = "UPDATE funding_project SET {} WHERE id = %(id)s"


def test_money_rules_and_steps_of_a_project_are_the_databases(attack, make, clock):
    draft = make.application(clock)
    submit = SET.format("state = 'submitted'")

    assert attack(SET.format("state = 'approved'"), id=draft.pk) == "project_flow"
    for money, rule in {
        "total_fen = 2400000000, own_fen = 1400000000, city_fen = 1000000000": "project_city_share_kept",
        "total_fen = 2400000000, own_fen = 1400000000, city_fen = 900000000, other_fen = 100000000": "project_own_share_kept",
        "total_fen = 3000000000, own_fen = 1800000000, city_fen = 1200000000": "project_class_cap_kept",
        "own_fen = own_fen + 1": "project_sources_add_up",
        "city_fen = -1": "project_no_negative_money",
    }.items():
        assert attack(SET.format(money), submit, id=draft.pk) == rule
    for terms in ("cap_fen = cap_fen + 1", "most_percent = 100", "least_percent = 0"):
        assert attack(SET.format(terms), id=draft.pk) == "project_terms_of_its_class"
    assert make.fresh_project(draft).state == ProjectState.DRAFT


def test_a_submitted_application_and_its_rows_stand_still(attack, make, clock):
    project = make.application(clock, ProjectState.SUBMITTED)

    assert attack(SET.format("title = 'x'"), id=project.pk) == "project_frozen"
    assert attack("UPDATE funding_projectcost SET amount_fen = 1 WHERE project_id = %(id)s", id=project.pk) == "project_rows_frozen"
    assert attack("DELETE FROM funding_projectindicator WHERE project_id = %(id)s", id=project.pk) == "project_rows_frozen"
    assert attack("UPDATE funding_projectvetting SET reason = 'x'") == "denied"


def test_an_award_stays_within_request_and_is_given_once(attack, make, clock):
    project = make.approved_project(clock)

    assert attack(SET.format("award_fen = award_fen - 1"), id=project.pk) == "project_award_frozen"
    assert attack(SET.format("number = 'x'"), id=project.pk) == "project_award_frozen"
    assert attack(SET.format("proposed_fen = city_fen + 1"), id=project.pk) == "project_proposed_within_request"


def test_a_decision_is_confirmed_by_another_person_and_then_stands(attack, make, clock):
    project = make.noticed_project(clock)
    decision = make.decision(project)
    alone = "UPDATE funding_decision SET confirmed_by_id = recorded_by_id, confirmed_at = now() WHERE id = %(id)s"

    assert attack(alone, id=decision.pk) == "decision_confirmed_by_another"
    assert attack("UPDATE funding_decision SET document_number = 'x' WHERE id = %(id)s", id=decision.pk) == "decision_frozen"
    assert attack("UPDATE funding_decisionitem SET amount_fen = 1") == "denied"


def test_a_task_book_is_signed_by_four_on_one_text(attack, make, clock):
    taskbook = make.taskbook_to_sign(clock)
    signed = "UPDATE funding_taskbook SET state = 'signed' WHERE id = %(id)s"
    lower = "UPDATE funding_taskindicator SET value = value * 2 WHERE taskbook_id = %(id)s"

    assert attack(signed, id=taskbook.pk) == "taskbook_signed_by_four"
    assert attack("UPDATE funding_taskbook SET terms = 'x' WHERE id = %(id)s", id=taskbook.pk) == "taskbook_frozen"
    assert attack(lower, id=taskbook.pk) == "taskbook_rows_frozen"
    assert attack("UPDATE funding_taskinstalment SET amount_fen = 1 WHERE taskbook_id = %(id)s", id=taskbook.pk) == "taskbook_rows_frozen"
    forged = (
        "INSERT INTO funding_taskbooksignature (id, taskbook_id, party, digest, by_id, at) "
        "SELECT gen_random_uuid(), %(id)s, 'bureau', repeat('0', 64), id, now() FROM portal_user LIMIT 1"
    )
    assert attack(forged, id=taskbook.pk) == "taskbook_signature_of_the_text"


def test_a_draft_task_book_does_not_ask_for_less_nor_lose_a_fen(attack, make, clock):
    taskbook = make.taskbook(clock)
    error = taskbook.project.challenge.indicators.get(name="全温区误差").pk
    lower = "UPDATE funding_taskindicator SET value = value * 2 WHERE taskbook_id = %(id)s AND indicator_id = %(error)s"

    assert attack(lower, id=taskbook.pk, error=error) == "task_indicator_not_below"
    off = "UPDATE funding_taskinstalment SET amount_fen = amount_fen - 1 WHERE taskbook_id = %(id)s AND position = 1"
    assert attack(off, id=taskbook.pk) == "task_instalments_add_up"


def test_instalments_come_to_the_award_and_are_not_rewritten(attack, make, clock):
    project = make.project_under_way(clock)

    assert attack("UPDATE funding_instalment SET planned_fen = 1 WHERE project_id = %(id)s", id=project.pk) == "instalment_frozen"
    more = (
        "INSERT INTO funding_instalment (id, project_id, position, trigger, planned_fen, state) "
        "VALUES (gen_random_uuid(), %(id)s, 9, 'acceptance', 1, 'planned')"
    )
    assert attack(more, id=project.pk) == "instalments_add_up"


def test_an_objection_after_the_notice_or_decided_by_its_filer_is_refused(attack, make, clock):
    project = make.project_in_notice(clock)
    notice, person = make.award_notice(project), make.person()
    file = (
        "INSERT INTO challenges_objection (id, notice_id, item, state, filed_by_id, filed_at, ciphertext, answer_due_on, reply) "
        "VALUES (gen_random_uuid(), %(notice)s, %(item)s, 'filed', %(by)s, %(at)s, '', now(), '')"
    )
    values = {"notice": notice.pk, "item": project.pk, "by": person.pk, "at": clock.now()}
    assert attack(file, **values) == ""
    assert attack(file, **values) == "objection_one_open_per_person_and_item"
    decide = (
        "UPDATE challenges_objection SET state = 'refused', decided_by_id = filed_by_id, decided_at = now(), reply = 'x'"
    )
    assert attack(decide) == "objection_not_decided_by_its_filer"
    assert attack("UPDATE challenges_objection SET ciphertext = 'x'") == "objection_frozen"
    clock.set(notice.ends_at)
    assert attack(file, **{**values, "by": make.person().pk, "at": notice.published_at}) == "objection_within_its_notice"
