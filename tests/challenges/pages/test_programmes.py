"""Programmes, versions of the rules and calls as pages."""

from datetime import timedelta
from decimal import Decimal

import pytest

from challenges.models import Call, Programme, Rules
from portal.clock import china_date, portal_now
from portal.kernel.money import wan_to_fen
from portal.models import Role
from tests.counting import queries_of
from tests.making.needs import MANY_DAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(make, client):
    client.force_login(make.case_officer())
    client.cookies["django_language"] = "en"
    return client


def figures(rules: Rules, **changed) -> dict:
    """A filled form with what holds now."""
    names = (
        "source", "share_base", "seal_mode", "pass_mark", "tie_chain", "file_kinds", "notice_working_days", "bidding_days",
        "bids_least", "winners_most", "panel_least", "invitation_days", "conflict_years", "credit_check_days", "sheets_least", "trim_from",
        "files_most", "file_most_mib", "credit_gates", "dishonesty_bars", "share_flag_percent", "share_block_percent",
        "affiliation_blocks",
    )  # fmt: skip
    sent = {name: getattr(rules, name) for name in names} | {"sites-TOTAL_FORMS": 3, "sites-INITIAL_FORMS": 3}
    for number, site in enumerate(rules.credit_sites):
        sent |= {f"sites-{number}-{name}": value for name, value in site.items()}
    for terms in rules.classes.all():
        sent |= {
            f"{terms.code}-cap_fen": str(terms.cap_fen // 1_000_000),
            f"{terms.code}-most_percent": terms.most_percent,
            f"{terms.code}-least_percent": terms.least_percent,
            f"{terms.code}-months_most": terms.months_most,
        }
    return {**sent, "valid_from": (china_date(portal_now()) + timedelta(days=30)).isoformat(), **changed}


def test_a_programme_begins_with_the_shipped_rules_every_figure_with_its_unit(make, officer):
    answer = officer.post("/programmes/new/", {"name": "合肥市科技攻关“揭榜挂帅”", "name_en": "Hefei boards"})
    rules = Rules.objects.get()

    page = officer.get(f"/rules/{rules.pk}/").content.decode()

    assert answer["Location"] == f"/programmes/{Programme.objects.get().pk}/"
    assert rules.source == "合科〔2024〕38号"
    for shown in ("5</strong> working days", "30</strong> days", "RMB 10.00 million", "RMB 2.00 million", "60</strong> %", "合揭榜〔2026〕Z-007"):
        assert shown in page
    officer.cookies["django_language"] = "zh-hans"
    assert "1,000.00 万元" in officer.get(f"/rules/{rules.pk}/").content.decode()


def test_a_new_version_changes_figures_and_leaves_the_last_as_it_was(make, officer):
    rules = make.rules()
    sent = figures(rules, bidding_days=45, notice_before_publishing="on", **{"major-cap_fen": "800"})

    answer = officer.post(f"/programmes/{rules.programme_id}/rules/new/", sent)

    assert answer.status_code == 302
    new = Rules.objects.get(version=2)
    rules.refresh_from_db()
    assert (rules.bidding_days, new.bidding_days) == (30, 45)
    assert new.classes.get(code="major").cap_fen == wan_to_fen("800")
    assert rules.classes.get(code="major").cap_fen == wan_to_fen("1000")
    assert sum(new.rubrics.get().criteria.values_list("weight_percent", flat=True)) == Decimal(100)


def test_every_figure_that_is_asked_for_stands_on_the_page(make, officer):
    rules = make.rules()

    page = officer.get(f"/programmes/{rules.programme_id}/rules/new/").content.decode()

    assert [name for name in figures(rules) if f'name="{name}"' not in page] == []


def test_sites_and_thresholds_change_with_the_next_version_only(make, officer):
    rules = make.rules()
    sent = figures(rules, share_flag_percent="10", credit_check_days=60, credit_gates=["prepare_payment"], **{"sites-0-name": "信用安徽"})

    assert officer.post(f"/programmes/{rules.programme_id}/rules/new/", sent).status_code == 302

    new = Rules.objects.get(version=2)
    assert (new.share_flag_percent, new.credit_check_days, new.credit_gates) == (10, 60, ["prepare_payment"])
    assert [site["name"] for site in new.credit_sites][0] == "信用安徽"
    rules.refresh_from_db()
    assert (rules.share_flag_percent, rules.credit_check_days, rules.credit_sites[0]["name"]) == (5, MANY_DAYS, "信用中国")
    refused = officer.post(f"/programmes/{rules.programme_id}/rules/new/", figures(rules, share_flag_percent="30"))
    assert refused.status_code == 422


@pytest.mark.parametrize(("name", "value"), [("panel_least", "2"), ("bidding_days", "0"), ("pass_mark", "101"), ("major-cap_fen", "-1")])
def test_figures_that_make_no_sense_are_refused_and_stay_typed(make, officer, name, value):
    rules = make.rules()

    answer = officer.post(f"/programmes/{rules.programme_id}/rules/new/", figures(rules, **{name: value}))

    assert answer.status_code == 422
    assert f'value="{value}"' in answer.content.decode()
    assert Rules.objects.count() == 1


def test_rules_do_not_reach_back(make, officer):
    rules = make.rules()

    answer = officer.post(f"/programmes/{rules.programme_id}/rules/new/", figures(rules, valid_from="2020-01-01"))

    assert answer.status_code == 422
    assert Rules.objects.count() == 1


def test_a_call_is_announced_and_stands_on_the_public_list(make, officer, client):
    rules, now = make.rules(), portal_now()
    sent = {
        "title": "2026年度需求征集",
        "title_en": "Call for needs 2026",
        "opens_at": (now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + timedelta(days=40)).strftime("%Y-%m-%dT%H:%M"),
    }

    answer = officer.post(f"/rules/{rules.pk}/calls/new/", sent)
    officer.logout()
    officer.cookies["django_language"] = "en"

    assert answer.status_code == 302
    page = officer.get("/calls/").content.decode()
    assert "Call for needs 2026" in page
    assert "Needs may be handed in for" in page


def test_a_call_that_closes_before_it_opens_is_refused_and_stays_typed(make, officer):
    rules = make.rules()
    sent = {"title": "征集", "title_en": "Call 9", "opens_at": "2098-02-01T09:00", "closes_at": "2098-01-01T17:30"}

    answer = officer.post(f"/rules/{rules.pk}/calls/new/", sent)

    assert answer.status_code == 422
    assert 'value="Call 9"' in answer.content.decode()
    assert Call.objects.count() == 0


def test_others_of_the_bureau_read_and_change_nothing(make, client):
    rules = make.rules()
    client.force_login(make.official(Role.AUDITOR))

    assert client.get(f"/programmes/{rules.programme_id}/").status_code == 200
    assert client.get(f"/programmes/{rules.programme_id}/rules/new/").status_code == 403
    assert client.post("/programmes/new/", {"name": "甲", "name_en": "A"}).status_code == 403


def test_lists_cost_the_same_for_one_and_for_fifty(make, officer):
    call = make.call()
    one = {url: queries_of(officer, url) for url in ("/calls/", "/programmes/", f"/programmes/{call.rules.programme_id}/")}
    for _ in range(49):
        make._call(call.rules.programme)

    assert {url: queries_of(officer, url) for url in one} == one
