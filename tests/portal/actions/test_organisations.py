"""Facts with their sources, corrections item by item, changes by consent, merges that can be taken back."""

from datetime import date, timedelta

import pytest

from challenges.actions.bidding import start_bid
from challenges.actions.drafting import start_need
from portal.actions.changing_entries import ask_change, confirm_change, refuse_change, withdraw_change
from portal.actions.correcting import correct_organisation, return_organisation
from portal.actions.merging_organisations import confirm_merge, end_merge, propose_merge
from portal.actions.naming_organisations import add_alias, ask_to_join, remove_alias
from portal.actions.profiling import state_facts, vouch_fact
from portal.actions.registering import register_organisation, verify_organisation
from portal.clock import china_date, portal_now
from portal.kernel.errors import Clash, NotAllowed, PortalError, Refused, WrongState
from portal.models import Message, OrganisationFact, OrganisationRemark
from portal.queries.corrections import answered_of
from portal.queries.likeness import alike
from portal.queries.profiles import history_of, profile_of
from portal.queries.same_organisation import whole_of
from portal.states import OrganisationMergeState, OrganisationState

pytestmark = pytest.mark.django_db
PDF = ("合并决定.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


def entry(organisation, **changed) -> dict:
    return {
        "uscc": organisation.uscc,
        "uscc_confirmed": False,
        "name": organisation.name,
        "kind": organisation.kind,
        "district_id": organisation.district_id,
        "legal_representative": organisation.legal_representative,
        "address": organisation.address,
        **changed,
    }


def merged(make, absorbed, into, **terms):
    now = portal_now()
    terms = {"from_on": china_date(now), "document_number": "合市监〔2026〕7号", "file": PDF, **terms}
    proposed = propose_merge(absorbed.pk, into.pk, **terms, by=make.officer(), now=now)
    return confirm_merge(proposed.pk, by=make.officer(), now=now)


def test_a_profile_says_of_each_value_who_stated_it_and_keeps_the_earlier_ones(make, clock):
    organisation = make.organisation()
    by, officer, now = make.administrator(organisation), make.officer(), clock.now()

    state_facts(organisation.pk, values={"sales_fen": 31_240_000_000, "rd_spend_fen": 2_871_000_000}, year=2025, by=by, now=now)
    state_facts(organisation.pk, values={"website": "https://jia.example", "industry": "量子"}, by=by, now=now)
    state_facts(organisation.pk, values={"industry": "量子测量"}, by=by, now=now)
    again = state_facts(organisation.pk, values={"industry": "量子测量"}, by=by, now=now)
    vouch_fact(organisation.pk, item="sales_fen", year=2025, by=officer, now=now)

    profile = profile_of(organisation)
    assert again == []
    assert profile.facts["industry", None].value == "量子测量"
    assert [known.value for known in history_of(organisation, "industry")] == ["量子测量", "量子"]
    assert (profile.facts["sales_fen", 2025].source, profile.facts["rd_spend_fen", 2025].source) == ("bureau", "organisation")
    assert str(profile.latest.rd_intensity_percent) == "9.19"


@pytest.mark.parametrize(
    ("values", "year", "field"),
    [
        ({"sales_fen": 5}, None, "sales_fen"),
        ({"sales_fen": -5}, 2024, "sales_fen"),
        ({"staff": 3, "rd_staff": 4}, 2024, "rd_staff"),
        ({"staff": 3}, 2999, "year"),
        ({"website": "javascript:alert(1)"}, None, "website"),
        ({"founded_on": "2999-01-01"}, None, "founded_on"),
        ({"name": "另名"}, None, "name"),
    ],
)
def test_a_value_that_an_item_cannot_have_is_refused_at_its_field(make, clock, values, year, field):
    organisation = make.organisation()

    with pytest.raises(Refused) as refusal:
        state_facts(organisation.pk, values=values, year=year, by=make.administrator(organisation), now=clock.now())

    assert (refusal.value.code, refusal.value.facts["field"]) == ("fact_malformed", field)
    assert OrganisationFact.objects.filter(item__in=values).count() == 0


def test_what_was_known_at_a_moment_is_read_as_of_that_moment(make, clock):
    organisation = make.organisation()
    by, then = make.administrator(organisation), clock.now()
    state_facts(organisation.pk, values={"industry": "量子"}, by=by, now=then)

    state_facts(organisation.pk, values={"industry": "芯片"}, by=by, now=then + timedelta(days=1))

    assert profile_of(organisation, at=then).facts["industry", None].value == "量子"


def test_only_the_marked_items_are_corrected_and_the_next_look_shows_old_and_new(make, clock):
    organisation, officer = make.organisation("甲仪器", verified=False), make.officer()
    by, now, representative = make.administrator(organisation), clock.now(), organisation.legal_representative
    return_organisation(organisation.pk, items={"legal_representative": "与执照不符。", "address": "缺门牌号。"}, by=officer, now=now)

    with pytest.raises(Refused) as unasked:
        correct_organisation(organisation.pk, **entry(organisation, name="乙仪器", legal_representative="王强"), by=by, now=now)
    with pytest.raises(Refused) as same:
        correct_organisation(organisation.pk, **entry(organisation, legal_representative="王强"), by=by, now=now)
    correct_organisation(
        organisation.pk, **entry(organisation, legal_representative="王强"), answers={"address": "执照上没有门牌号。"}, by=by, now=now
    )

    assert (unasked.value.code, unasked.value.facts["field"]) == ("not_asked_to_correct", "name")
    assert (same.value.code, same.value.facts["field"]) == ("still_as_before", "address")
    found = [(each.item.code, each.old, each.new, each.row.answer) for each in answered_of(organisation)]
    assert found == [("legal_representative", representative, "王强", ""), ("address", "–", "–", "执照上没有门牌号。")]
    organisation.refresh_from_db()
    assert (organisation.state, organisation.name) == (OrganisationState.REGISTERED, "甲仪器")


def test_an_entry_is_not_returned_without_saying_what_is_wrong_nor_at_no_item(make, clock):
    organisation, officer = make.organisation(verified=False), make.officer()

    with pytest.raises(Refused) as empty:
        return_organisation(organisation.pk, items={"name": "  "}, by=officer, now=clock.now())
    with pytest.raises(Refused) as unknown:
        return_organisation(organisation.pk, items={"website": "错"}, by=officer, now=clock.now())

    assert (empty.value.code, unknown.value.code) == ("reason_missing", "unknown_item")
    assert OrganisationRemark.objects.count() == 0


def test_a_verified_name_stands_until_the_bureau_confirms_the_change_and_stays_as_former_name(make, clock):
    organisation, officer = make.organisation("甲仪器有限公司"), make.officer()
    by, now = make.administrator(organisation), clock.now()

    change = ask_change(organisation.pk, item="name", new="甲量子仪器股份有限公司", why="更名", since=date(2026, 1, 5), by=by, now=now)
    organisation.refresh_from_db()
    before = organisation.name
    confirm_change(change.pk, by=officer, now=now)
    organisation.refresh_from_db()

    assert (before, organisation.name) == ("甲仪器有限公司", "甲量子仪器股份有限公司")
    assert list(organisation.aliases.values_list("name", "kind", "ends_on")) == [("甲仪器有限公司", "former", date(2026, 1, 4))]
    assert Message.objects.filter(kind="organisation_change_confirmed", to=by).count() == 1
    assert [each.organisation for each in alike(name="甲 仪器（有限公司）")] == [organisation]
    with pytest.raises(WrongState):
        confirm_change(change.pk, by=officer, now=now)


def test_a_change_waits_once_is_refused_with_a_reason_or_taken_back(make, clock):
    organisation, officer, now = make.organisation(), make.officer(), clock.now()
    by, before = make.administrator(organisation), organisation.legal_representative
    asked = {"item": "legal_representative", "new": "王强", "why": "换任", "by": by, "now": now}
    change = ask_change(organisation.pk, **asked)

    with pytest.raises(Clash):
        ask_change(organisation.pk, **asked)
    with pytest.raises(Refused):
        refuse_change(change.pk, why=" ", by=officer, now=now)
    refuse_change(change.pk, why="缺工商变更通知书。", by=officer, now=now)
    withdraw_change(ask_change(organisation.pk, **asked).pk, by=by, now=now)

    organisation.refresh_from_db()
    assert organisation.legal_representative == before
    assert sorted(organisation.changes.values_list("state", flat=True)) == ["refused", "withdrawn"]


def test_likely_the_same_is_found_by_name_short_name_and_organisation_code_and_others_are_not(make, clock):
    organisation = make.organisation("合肥甲量子仪器股份有限公司")
    make.organisation("丁芯科技有限公司")
    add_alias(organisation.pk, name="甲量子", kind="short", by=make.officer(), now=clock.now())

    def found(name, uscc=""):
        return [each.organisation.pk for each in alike(name=name, uscc=uscc)]

    assert found("合肥甲量子仪器有限责任公司") == [organisation.pk]
    assert found("合肥甲量子仪器股份有限公司蜀山分公司") == [organisation.pk]
    assert found("甲量子") == [organisation.pk]
    assert found("无关的名字", "12" + "340100" + organisation.uscc[8:17] + "X") == [organisation.pk]
    assert found("辰光医疗科技有限公司") == []


def test_a_name_taken_out_again_is_no_longer_found(make, clock):
    organisation, by, now = make.organisation("合肥甲量子仪器"), make.officer(), clock.now()
    alias = add_alias(organisation.pk, name="小金砖", kind="short", by=by, now=now)

    remove_alias(alias.pk, by=by, now=now)

    assert alike(name="小金砖") == []
    with pytest.raises(WrongState):
        remove_alias(alias.pk, by=by, now=now)


def test_who_asks_to_be_let_in_is_told_to_the_administrators_once_a_day(make, clock):
    organisation, person, now = make.organisation(), make.person("新人"), clock.now()

    ask_to_join(organisation.pk, by=person, now=now)
    with pytest.raises(Clash) as again:
        ask_to_join(organisation.pk, by=person, now=now)

    assert again.value.code == "asked_today"
    assert list(Message.objects.filter(kind="join_asked").values_list("to", flat=True)) == [make.administrator(organisation).pk]


def test_a_merge_is_proposed_by_one_confirmed_by_another_and_taken_back(make, clock):
    absorbed, into, other = make.organisation(), make.organisation(), make.organisation()
    officer, now = make.officer(), clock.now()
    today = china_date(now)
    terms = {"from_on": today, "document_number": "合市监〔2026〕7号", "file": PDF, "now": now}
    proposed = propose_merge(absorbed.pk, into.pk, **terms, by=officer)

    with pytest.raises(NotAllowed) as own:
        confirm_merge(proposed.pk, by=officer, now=now)
    assert whole_of(absorbed.pk) == {absorbed.pk}
    confirm_merge(proposed.pk, by=make.officer(), now=now)
    with pytest.raises(Clash) as chain:
        propose_merge(into.pk, other.pk, **terms, by=officer)
    assert whole_of(absorbed.pk) == whole_of(into.pk) == {absorbed.pk, into.pk}
    assert whole_of(into.pk, on=today - timedelta(days=1)) == {into.pk}
    ended = end_merge(proposed.pk, why="登记撤销。", until_on=today, by=officer, now=now)

    assert (own.value.code, chain.value.code) == ("own_proposal", "merge_in_a_chain")
    assert ended.state == OrganisationMergeState.ENDED
    assert whole_of(absorbed.pk) == {absorbed.pk}
    with pytest.raises(WrongState):
        end_merge(proposed.pk, why="再次。", by=officer, now=now)


def test_branches_count_as_their_head_office_and_head_offices_are_no_branches(make, clock):
    head, person, now = make.organisation("甲公司"), make.person(), clock.now()
    fields = entry(head, uscc=make.code(900), name="甲公司蜀山分公司")

    branch = register_organisation(**fields, parent_uscc=head.uscc, by=person, now=now)
    verify_organisation(branch.pk, by=make.officer(), now=now)
    with pytest.raises(Refused) as below:
        register_organisation(**{**fields, "uscc": make.code(901)}, parent_uscc=branch.uscc, by=person, now=now)
    with pytest.raises(Refused) as unknown:
        register_organisation(**{**fields, "uscc": make.code(902)}, parent_uscc=make.code(903), by=person, now=now)

    assert whole_of(branch.pk) == whole_of(head.pk) == {head.pk, branch.pk}
    assert (below.value.code, unknown.value.code) == ("head_office_is_branch", "head_office_unknown")


def test_the_absorbed_begins_nothing_new_and_no_part_of_the_poster_bids(make, clock):
    board, call = make.board(), None
    poster, part = board.poster, make.organisation()
    merged(make, part, poster)
    call, by, now = board.call, make.administrator(part), portal_now()

    with pytest.raises(NotAllowed) as need:
        start_need(call.pk, part.pk, class_code=board.class_code, title="题目", by=by, now=now)
    with pytest.raises(PortalError) as bid:
        start_bid(board.pk, part.pk, by=by, now=now)

    assert need.value.code == "organisation_absorbed"
    assert bid.value.code in ("own_board", "organisation_absorbed")


def test_head_office_and_branch_have_one_bid_together(make, clock):
    board, head, now = make.board(), make.organisation("乙研究院"), portal_now()
    branch = register_organisation(
        **entry(head, uscc=make.code(910), name="乙研究院分院"), parent_uscc=head.uscc, by=make.person(), now=now
    )
    verify_organisation(branch.pk, by=make.officer(), now=now)
    start_bid(board.pk, head.pk, by=make.administrator(head), now=now)

    with pytest.raises(Clash) as second:
        start_bid(board.pk, branch.pk, by=make.administrator(branch), now=now)

    assert second.value.code == "bid_exists"
