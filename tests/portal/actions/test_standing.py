"""Credit checks, dishonesty and its repair: who records what, and what it closes."""

from datetime import timedelta

import pytest

from challenges.actions import vetting
from challenges.states import ChallengeState
from portal.actions import standing
from portal.clock import china_date, portal_now
from portal.kernel.errors import Incomplete, NotAllowed, Refused
from portal.models import CreditRuling, Message, Role
from portal.queries.standing import credit_of
from tests.making.people import PICTURE

pytestmark = pytest.mark.django_db

LISTED = {"kind": "serious", "source": "信用中国", "document_number": "（2026）皖01执1号", "words": "有履行能力而拒不履行。"}


def recommend(make, need):
    return vetting.recommend_need(need.pk, by=make.reviewer(need.poster), now=portal_now())


def listed(make, organisation):
    entered = standing.record_dishonesty(
        organisation.pk, **LISTED, from_on=china_date(portal_now()), by=make.case_officer(), now=portal_now()
    )
    return standing.confirm_dishonesty(entered.pk, by=make.officer(), now=portal_now())


def test_a_check_counts_its_days_and_not_one_more(make, clock):
    need = make.need(ChallengeState.SUBMITTED, call=make.call(credit_check_days=5))
    checked = clock.now()
    clock.set(checked + timedelta(days=6))

    with pytest.raises(Refused) as refusal:
        recommend(make, need)

    assert refusal.value.code == "credit_check_expired"
    assert need.poster.name in str(refusal.value.message)
    clock.set(checked + timedelta(days=5))
    assert recommend(make, need).state == ChallengeState.RECOMMENDED


def test_rules_that_name_no_step_close_none(make, clock):
    need = make.need(ChallengeState.SUBMITTED, call=make.call(credit_gates=[], credit_check_days=1))
    clock.set(clock.now() + timedelta(days=30))

    assert recommend(make, need).state == ChallengeState.RECOMMENDED


def test_a_found_record_waits_for_an_officer_who_did_not_record_it(make):
    need = make.need(ChallengeState.SUBMITTED)
    found = make.credit_checks(need.poster, result="record")

    with pytest.raises(Refused) as refusal:
        recommend(make, need)
    assert refusal.value.code == "credit_record_found"
    with pytest.raises(NotAllowed) as own:
        standing.let_record_pass(found[0].pk, why="无关。", by=found[0].by, now=portal_now())
    assert own.value.code == "recorded_by_the_same"
    for check in found:
        standing.let_record_pass(check.pk, why="轻微，已整改。", by=make.case_officer(), now=portal_now())

    assert recommend(make, need).state == ChallengeState.RECOMMENDED
    assert CreditRuling.objects.count() == 3


def test_a_wrong_check_is_corrected_by_a_later_row(make):
    firm = make.organisation()
    wrong = make.credit_checks(firm, result="record")[0]

    standing.record_credit_check(
        firm.pk, site=wrong.site_id, checked_on=wrong.checked_on, result="clean", screenshot=("a.png", PICTURE),
        corrects=wrong.pk, by=wrong.by, now=portal_now(),
    )  # fmt: skip

    assert credit_of(firm.pk, china_date(portal_now())).checks[wrong.site_id].result == "clean"
    assert firm.credit_checks.count() == 7


def test_a_clean_check_has_its_picture(make):
    firm = make.organisation()

    with pytest.raises(Incomplete) as refusal:
        standing.record_credit_check(
            firm.pk, site="gsxt", checked_on=china_date(portal_now()), result="clean", by=make.officer(), now=portal_now()
        )

    assert refusal.value.code == "screenshot_missing"


def test_a_district_records_for_its_own_organisations_only(make):
    from portal.models import District

    firm = make.organisation()
    elsewhere = make.official(Role.DISTRICT, District.objects.create(code="340111", name="包河区", name_en="Baohe"))

    with pytest.raises(NotAllowed):
        standing.record_credit_check(
            firm.pk, site="gsxt", checked_on=china_date(portal_now()), result="unreachable", by=elsewhere, now=portal_now()
        )


def test_dishonesty_excludes_once_confirmed_and_until_repaired(make):
    need = make.need(ChallengeState.SUBMITTED)
    entered = standing.record_dishonesty(
        need.poster.pk, **LISTED, from_on=china_date(portal_now()), by=make.case_officer(), now=portal_now()
    )
    with pytest.raises(NotAllowed) as own:
        standing.confirm_dishonesty(entered.pk, by=make.case_officer(), now=portal_now())
    assert own.value.code == "recorded_by_the_same"
    assert credit_of(need.poster.pk, china_date(portal_now())).dishonesties == ()

    standing.confirm_dishonesty(entered.pk, by=make.officer(), now=portal_now())
    with pytest.raises(Refused) as refusal:
        recommend(make, need)
    assert refusal.value.code == "dishonest"
    told = Message.objects.filter(kind="dishonesty_in_force").values_list("to_id", flat=True)
    assert list(told) == [make.administrator(need.poster).pk]

    standing.repair_dishonesty(
        entered.pk, repaired_on=china_date(portal_now()), repair_number="修复1号", document=("a.png", PICTURE),
        by=make.case_officer(), now=portal_now(),
    )  # fmt: skip
    assert recommend(make, need).state == ChallengeState.RECOMMENDED


def test_an_entry_that_was_wrong_is_dropped_and_never_excludes(make):
    firm = make.organisation()
    entered = standing.record_dishonesty(
        firm.pk, **LISTED, from_on=china_date(portal_now()), by=make.case_officer(), now=portal_now()
    )

    standing.drop_dishonesty(entered.pk, why="同名单位。", by=make.officer(), now=portal_now())

    assert credit_of(firm.pk, china_date(portal_now())).dishonesties == ()
