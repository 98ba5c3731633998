"""The page of settings, and the foot of every page."""

import pytest
from django.core.cache import cache

from portal.clock import china_date, portal_now
from portal.models import Role, Setting

pytestmark = pytest.mark.django_db


def test_the_foot_shows_what_is_set_in_both_languages(client, make):
    make.setting("host_organisation", {"zh": "合肥市科学技术局", "en": "Hefei Bureau of Science and Technology"})
    make.setting("icp_number", "皖ICP备00000000号-1")
    make.setting("police_number", "皖公网安备 34010000000000号")
    make.setting("site_code", "3401000000")
    make.setting("contact_phone", "0551-6353 0000")

    chinese = client.get("/accessibility/", headers={"accept-language": "zh-hans"}).content.decode()
    english = client.get("/accessibility/", headers={"accept-language": "en"}).content.decode()

    assert "合肥市科学技术局" in chinese and "Hefei Bureau of Science and Technology" in english
    for text in (chinese, english):
        assert '<a href="https://beian.miit.gov.cn/" rel="noopener noreferrer">皖ICP备00000000号-1</a>' in text
        assert '<a href="https://beian.mps.gov.cn/" rel="noopener noreferrer">皖公网安备 34010000000000号</a>' in text
        assert "3401000000" in text
        assert 'href="tel:0551-63530000"' in text


def test_a_visitors_page_made_before_follows_within_its_seconds(client, make, settings):
    settings.VISITOR_PAGE_SECONDS = 5
    client.get("/accessibility/", headers={"accept-language": "zh-hans"})
    make.setting("host_organisation", {"zh": "新名称科技局", "en": "New name bureau"})
    cache.clear()  # as after VISITOR_PAGE_SECONDS

    assert "新名称科技局" in client.get("/accessibility/", headers={"accept-language": "zh-hans"}).content.decode()


def test_a_head_proposes_and_a_leader_confirms_on_the_pages(client, make):
    head, leader = make.official(Role.DIVISION_HEAD), make.official(Role.LEADER)
    client.force_login(head)
    assert client.get("/settings/").status_code == 200
    sent = {"value": "20", "starts_on": china_date(portal_now()).isoformat(), "why": "给单位更多时间"}
    assert client.post("/settings/invitation_days/", sent).status_code == 302
    waiting = Setting.objects.get()
    assert client.post(f"/settings/proposals/{waiting.pk}/confirm").status_code == 403
    client.force_login(leader)
    assert client.post(f"/settings/proposals/{waiting.pk}/confirm").status_code == 302

    shown = client.get("/settings/invitation_days/", headers={"accept-language": "en"}).content.decode()

    assert "20 days" in shown and "给单位更多时间" in shown


def test_a_bad_value_keeps_what_was_typed_and_says_why(client, make):
    client.force_login(make.official(Role.DIVISION_HEAD))
    sent = {"value": "9000", "starts_on": china_date(portal_now()).isoformat(), "why": "试"}

    answer = client.post("/settings/invitation_days/", sent, headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert "Write a whole number from 1 to 90." in answer.content.decode()
    assert 'value="9000"' in answer.content.decode()


def test_the_list_costs_the_same_with_much_history(client, make, django_assert_max_num_queries):
    client.force_login(make.officer())
    with django_assert_max_num_queries(12):
        client.get("/settings/")
    for days in range(1, 30):
        make.setting("invitation_days", days)
    with django_assert_max_num_queries(12):
        client.get("/settings/")
