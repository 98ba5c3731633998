"""Who asks too often is told so, by page and by API, and the security log notes it once."""

from dataclasses import replace

import pytest
from allauth.core.internal.ratelimit import get_rates

from portal import limits
from portal.actions.setting import confirm_setting, propose_setting
from portal.clock import china_date, portal_now
from portal.kernel.errors import Refused
from portal.known_settings import KNOWN
from portal.known_settings import LIMITS as GROUP
from portal.models import Role, SecurityEvent, SecurityKind, Setting, SettingDecision
from portal.queries import settings as held
from portal.queries.settings import forget_lately, number_lately
from portal.settings import sign_in as served
from portal.sign_in.rates import Rates
from tests.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_at_most(settings, monkeypatch, cache_of_its_own):
    """Every limit lets three requests through."""
    settings.RATE_LIMITS = True
    for one in limits.LIMITS:
        name = f"{one.name}_limit"
        monkeypatch.setitem(KNOWN, name, replace(KNOWN[name], shipped=3, least=1))


@pytest.fixture
def in_force(make, clock):
    """Put a value in force, by the two people it takes."""

    def put(name: str, value: int) -> None:
        head, leader = make.official(Role.DIVISION_HEAD), make.official(Role.LEADER)
        now = clock.now()
        asked = propose_setting(name, value=value, starts_on=china_date(now), why="调整", by=head, now=now)
        confirm_setting(asked.pk, by=leader, now=now)

    return put


@pytest.fixture
def cache_of_its_own():
    """Counts of other tests are not mine."""
    limits.cache.clear()
    forget_lately()
    yield
    limits.cache.clear()
    forget_lately()


def test_the_fourth_search_is_refused_with_when_to_try_again(client, make, three_at_most):
    make.person()

    answers = [client.get("/boards/", {"q": "量子"}) for _time in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[3]["Retry-After"] == "60"
    noted = SecurityEvent.objects.get(kind=SecurityKind.LIMIT_REACHED)
    assert noted.facts == {"limit": "search"}
    assert noted.address == "127.0.0.1"


def test_people_are_counted_each_for_themselves(client, make, three_at_most):
    first, second = make.person(), make.person()
    client.force_login(first)
    answers = [client.get("/boards/", {"q": "量子"}).status_code for _time in range(4)]
    client.force_login(second)

    assert [*answers, client.get("/boards/", {"q": "量子"}).status_code] == [200, 200, 200, 429, 200]


def test_the_api_answers_in_its_own_shape(client, three_at_most):
    answers = [client.get("/api/v1/districts/", headers={"accept-language": "en"}) for _time in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["code"] == "too_often"
    assert "Wait a little" in answers[3].json()["message"]


def test_registering_organisations_is_limited(client, make, three_at_most):
    client.force_login(make.person())

    answers = [client.post("/organisations/new/", {"name": "戊"}).status_code for _time in range(4)]

    assert answers == [422, 422, 422, 429]


def test_reading_without_a_search_and_health_are_not_counted(client, three_at_most):
    assert {client.get("/boards/").status_code for _time in range(6)} == {200}
    assert {client.get("/healthz").status_code for _time in range(6)} == {200}


def test_a_changed_number_is_in_force_at_once_here_and_within_seconds_elsewhere(
    client, make, settings, in_force, cache_of_its_own, monkeypatch
):
    settings.RATE_LIMITS = True
    make.person()
    assert number_lately("search_limit") == 60
    in_force("search_limit", 10)

    answers = [client.get("/boards/", {"q": "量子"}).status_code for _time in range(11)]

    assert answers == [200] * 10 + [429]
    held._lately[:] = [(held.monotonic(), {"search_limit": 60})]  # what another process read before
    assert number_lately("search_limit") == 60
    later = held.monotonic() + held.LATELY_SECONDS + 1
    monkeypatch.setattr(held, "monotonic", lambda: later)
    assert number_lately("search_limit") == 10


def test_the_numbers_cost_no_statement_per_request(client, make, settings, cache_of_its_own):
    client.force_login(make.person())
    settings.RATE_LIMITS = False
    plain = queries_of(client, "/boards/?q=a")
    settings.RATE_LIMITS = True
    number_lately("search_limit")

    assert queries_of(client, "/boards/?q=a") == plain


@pytest.mark.parametrize("name", [name for name, known in KNOWN.items() if known.group == GROUP])
def test_a_number_beyond_its_limits_is_refused_with_a_sentence(make, name):
    known, head = KNOWN[name], make.official(Role.DIVISION_HEAD)
    asked = {"starts_on": china_date(portal_now()), "why": "试", "by": head, "now": portal_now()}

    for value in (0, known.least - 1, known.most + 1):
        with pytest.raises(Refused) as refusal:
            propose_setting(name, value=value, **asked)
        assert refusal.value.code == "setting_number"
        assert refusal.value.facts["least"] == known.least >= 1


def test_a_nought_that_got_into_the_table_locks_nobody_out(client, make, settings, cache_of_its_own):
    first, second = (make.official(role) for role in (Role.DIVISION_HEAD, Role.LEADER))
    for name in ("writing_limit", "sign_in_limit"):
        row = Setting.objects.create(
            name=name, value=0, starts_on=china_date(portal_now()), set_by=first, set_at=portal_now(), why="误"
        )
        SettingDecision.objects.create(setting=row, confirmed=True, by=second, at=portal_now())
    settings.RATE_LIMITS = True
    settings.ACCOUNT_RATE_LIMITS = served.ACCOUNT_RATE_LIMITS

    answer = client.post("/sign-in/", {"login": first.email, "password": "wrong"})

    assert answer.status_code == 422
    assert number_lately("writing_limit") == KNOWN["writing_limit"].least


def test_the_sign_in_library_counts_by_the_settings(settings, in_force, cache_of_its_own):
    settings.ACCOUNT_RATE_LIMITS = served.ACCOUNT_RATE_LIMITS
    shipped = dict(Rates())
    in_force("account_failure_limit", 8)

    rates = get_rates(app="allauth.account", action="login_failed")

    assert shipped["login_failed"] == "20/m/ip,5/5m/key,30/d/key"
    assert (shipped["login"], shipped["signup"]) == ("30/m/ip", "10/m/ip,100/d/ip")
    assert [(rate.amount, rate.duration, rate.per) for rate in rates] == [(20, 60, "ip"), (8, 300, "key"), (30, 86400, "key")]
