"""Organisations under attack: facts, verified items, remarks, merges and branches by raw SQL."""

import pytest

from portal.actions.changing_entries import ask_change
from portal.actions.correcting import return_organisation
from portal.actions.merging_organisations import confirm_merge, propose_merge
from portal.actions.profiling import state_facts
from portal.clock import china_date, portal_now

pytestmark = pytest.mark.django_db(transaction=True)
PDF = ("合并决定.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
COPY = """
INSERT INTO portal_organisationmerge (id, absorbed_id, into_id, state, from_on, document_number, file_id, proposed_by_id, proposed_at)
SELECT gen_random_uuid(), %(absorbed)s, %(into)s, 'proposed', from_on, document_number, file_id, proposed_by_id, proposed_at
FROM portal_organisationmerge WHERE id = %(merge)s
"""


def merged(make, absorbed, into):
    now = portal_now()
    terms = {"from_on": china_date(now), "document_number": "7号", "file": PDF, "now": now}
    return confirm_merge(propose_merge(absorbed.pk, into.pk, **terms, by=make.officer()).pk, by=make.officer(), now=now)


def test_a_verified_item_does_not_change_without_a_confirmed_request(attack, make):
    organisation = make.organisation()
    ask_change(
        organisation.pk, item="name", new="新名称", why="更名", by=make.administrator(organisation), now=portal_now()
    )

    change = "UPDATE portal_organisation SET {} WHERE id = %(id)s"
    for column in ("name = '新名称'", "legal_representative = '王'", "uscc = '91340100MA9999999X'", "kind = 'university'"):
        assert attack(change.format(column), id=organisation.pk) == "organisation_changes_by_consent"
    own = "UPDATE portal_organisationchange SET state = 'confirmed', decided_at = now(), decided_by_id = asked_by_id"
    assert attack(own) == "change_decided_by_another"
    assert attack("UPDATE portal_organisationchange SET new = '别名'") == "change_frozen"


def test_facts_are_not_rewritten_skip_no_version_and_rest_on_what_they_name(attack, make):
    organisation = make.organisation()
    by = make.administrator(organisation)
    state_facts(organisation.pk, values={"industry": "量子"}, by=by, now=portal_now())
    insert = (
        "INSERT INTO portal_organisationfact (id, organisation_id, item, year, value, unit, as_of, source, source_note,"
        " entered_by_id, entered_at, version) VALUES (gen_random_uuid(), %(id)s, {}, '\"x\"', '', now(), {}, '', %(by)s, now(), {})"
    )

    assert attack("UPDATE portal_organisationfact SET value = '1'") == "denied"
    assert attack("DELETE FROM portal_organisationfact") == "denied"
    for item, source, version, rule in [
        ("'industry', NULL", "'organisation'", 7, "fact_next_version"),
        ("'industry', NULL", "'document'", 2, "fact_document_has_its_file"),
        ("'industry', NULL", "'register'", 2, "fact_register_is_named"),
        ("'industry', 2024", "'organisation'", 1, "fact_year_with_yearly_items"),
        ("'staff', NULL", "'organisation'", 1, "fact_year_with_yearly_items"),
    ]:
        assert attack(insert.format(item, source, version), id=organisation.pk, by=by.pk) == rule


def test_a_remark_is_answered_once_and_by_a_correction_or_words(attack, make):
    organisation = make.organisation(verified=False)
    return_organisation(organisation.pk, items={"name": "不符"}, by=make.officer(), now=portal_now())
    answer = "UPDATE portal_organisationremark SET corrected = {}, answered_at = now(), answered_by_id = made_by_id"

    assert attack("UPDATE portal_organisationremark SET remark = ''") == "remark_frozen"
    assert attack(answer.format("value")) == "remark_corrected_or_answered"
    assert attack(answer.format("'改名'")) == ""
    assert attack(answer.format("'再改'")) == "remark_answered_frozen"


def test_merges_have_two_people_no_chain_no_second_and_do_not_move(attack, make):
    absorbed, into, third = make.organisation(), make.organisation(), make.organisation()
    merge = merged(make, absorbed, into)

    assert attack(COPY, absorbed=into.pk, into=third.pk, merge=merge.pk) == "merge_no_chain"
    assert attack(COPY, absorbed=third.pk, into=absorbed.pk, merge=merge.pk) == "merge_no_chain"
    assert attack(COPY, absorbed=absorbed.pk, into=third.pk, merge=merge.pk) == "merge_one_live_per_absorbed"
    assert attack(COPY, absorbed=third.pk, into=third.pk, merge=merge.pk) == "merge_of_two"
    assert attack("UPDATE portal_organisationmerge SET into_id = %(id)s", id=third.pk) == "merge_frozen"
    assert attack("UPDATE portal_organisationmerge SET state = 'ended'") == "merge_taken_back_with_day_and_person"
    assert attack("UPDATE portal_organisationmerge SET state = 'proposed'") == "organisationmerge_flow"
    early = "UPDATE portal_organisationmerge SET state = 'ended', until_on = from_on - 1, ended_at = now(), ended_by_id = proposed_by_id"
    assert attack(early) == "merge_ends_after_it_begins"
    assert attack("DELETE FROM portal_organisationmerge") == "denied"
    assert attack(COPY, absorbed=third.pk, into=into.pk, merge=merge.pk) == ""
    alone = "UPDATE portal_organisationmerge SET state = 'confirmed', decided_at = now(), decided_by_id = proposed_by_id WHERE state = 'proposed'"
    assert attack(alone) == "merge_decided_by_another"


def test_the_absorbed_and_the_branches_cannot_stand_beside_their_whole(attack, make):
    board, lead, part = make.board(), make.organisation(), make.organisation()
    merged(make, part, lead)
    insert = (
        "INSERT INTO challenges_bid (id, challenge_id, lead_id, state, created_at, created_by_id)"
        " SELECT gen_random_uuid(), %(board)s, %(lead)s, 'draft', now(), created_by_id FROM challenges_challenge LIMIT 1"
    )

    assert attack(insert, board=board.pk, lead=part.pk) == "bid_not_of_an_absorbed_lead"
    assert attack(insert, board=board.pk, lead=lead.pk) == ""
    assert attack(insert, board=board.pk, lead=part.pk) == "bid_one_live_per_organisation"
    merged(make, own := make.organisation(), board.poster)
    assert attack(insert, board=board.pk, lead=own.pk) == "bid_not_on_own_board"
    branch = "UPDATE portal_organisation SET parent_id = {} WHERE id = %(id)s"
    assert attack(branch.format("id"), id=make.organisation(verified=False).pk) in (
        "organisation_no_branch_of_itself", "organisation_branch_has_one_head",
    )  # fmt: skip
