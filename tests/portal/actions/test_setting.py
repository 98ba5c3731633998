"""Settings: two people, a first day, values that are checked."""

from datetime import timedelta

import pytest

from portal.actions.setting import confirm_setting, decline_setting, propose_setting
from portal.clock import china_date, portal_now
from portal.kernel.errors import Clash, Incomplete, NotAllowed, NotFound, Refused, WrongState
from portal.known_settings import KNOWN
from portal.models import Event, Message, Role, Setting
from portal.queries.frame import one_frame
from portal.queries.settings import setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(make):
    return make.official(Role.DIVISION_HEAD)


@pytest.fixture
def leader(make):
    return make.official(Role.LEADER)


def proposed(by, name="contact_phone", value="0551-6353 0000", **changes):
    now = portal_now()
    given = {"value": value, "starts_on": china_date(now), "why": "机构电话变更", **changes}
    return propose_setting(name, **given, by=by, now=now)


def test_a_setting_counts_once_a_second_person_confirms_it(head, leader):
    waiting = proposed(head)
    assert setting("contact_phone") == ""
    confirm_setting(waiting.pk, by=leader, now=portal_now())

    assert setting("contact_phone") == "0551-6353 0000"
    assert list(Event.objects.filter(subject_id=waiting.pk).order_by("at").values_list("kind", flat=True)) == [
        "setting.proposed", "setting.confirmed",
    ]  # fmt: skip
    assert list(Message.objects.values_list("kind", "to").order_by("created_at")) == [
        ("setting_proposed", leader.pk), ("setting_confirmed", head.pk),
    ]  # fmt: skip


def test_who_proposes_does_not_confirm_and_nobody_else_may(head, make):
    waiting = proposed(head)

    with pytest.raises(NotAllowed) as refusal:
        confirm_setting(waiting.pk, by=head, now=portal_now())
    assert refusal.value.code == "needs_second_person"
    for somebody in (make.officer(), make.person(), make.official(Role.DISCIPLINE)):
        with pytest.raises(NotAllowed):
            confirm_setting(waiting.pk, by=somebody, now=portal_now())
        with pytest.raises(NotAllowed):
            proposed(somebody, "invitation_days", 5)
    assert setting("contact_phone") == ""


def test_a_later_day_waits_for_its_day(head, leader, clock):
    tomorrow = china_date(clock.now()) + timedelta(days=1)
    confirm_setting(proposed(head, "invitation_days", 7, starts_on=tomorrow).pk, by=leader, now=clock.now())
    assert setting("invitation_days") == 14

    clock.set(clock.now() + timedelta(days=1))

    assert setting("invitation_days") == 7


def test_the_latest_first_day_counts(head, leader, clock):
    for days in (20, 30):
        confirm_setting(proposed(head, "invitation_days", days).pk, by=leader, now=clock.now())

    assert setting("invitation_days") == 30


def test_a_proposal_is_decided_once_and_only_one_waits(head, leader):
    waiting = proposed(head)
    with pytest.raises(Clash):
        proposed(head, value="0551-1111 1111")
    decline_setting(waiting.pk, by=leader, now=portal_now())

    with pytest.raises(WrongState):
        confirm_setting(waiting.pk, by=leader, now=portal_now())
    assert setting("contact_phone") == ""
    assert proposed(head, value="0551-1111 1111")


def test_nothing_begins_before_today(head, leader, clock):
    yesterday = china_date(clock.now()) - timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        proposed(head, starts_on=yesterday)
    assert refusal.value.code == "starts_in_the_past"

    waiting = proposed(head)
    clock.set(clock.now() + timedelta(days=2))
    with pytest.raises(Refused) as refusal:
        confirm_setting(waiting.pk, by=leader, now=clock.now())
    assert refusal.value.code == "starts_in_the_past"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("contact_phone", "call me", "setting_phone"),
        ("contact_mail", "nobody", "setting_mail"),
        ("icp_link", "javascript:alert(1)", "setting_link"),
        ("site_code", "12", "setting_site_code"),
        ("host_organisation", "市科技局", "setting_languages"),
        ("host_organisation", {"zh": "市科技局", "en": ""}, "setting_languages"),
        ("invitation_days", 0, "setting_number"),
        ("invitation_days", True, "setting_number"),
        ("support_view_minutes", 500, "setting_number"),
        ("texts_asked", "perhaps", "setting_switch"),
        ("icp_number", "a\nb", "setting_text"),
        ("icp_number", 7, "setting_text"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(head, name, value, code):
    with pytest.raises(Refused) as refusal:
        proposed(head, name, value)

    assert refusal.value.code == code
    assert Setting.objects.count() == 0


def test_an_unknown_name_and_a_missing_reason(head):
    with pytest.raises(NotFound):
        proposed(head, "no_such_setting")
    with pytest.raises(Incomplete):
        proposed(head, why="  ")


def test_every_shipped_value_passes_its_own_check():
    assert {name: known.check(known.shipped) for name, known in KNOWN.items()} == {
        name: known.shipped for name, known in KNOWN.items()
    }


def test_settings_of_a_request_cost_one_query(django_assert_num_queries):
    with one_frame(), django_assert_num_queries(1):
        setting("invitation_days")
        setting("host_organisation")
