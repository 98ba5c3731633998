"""Acting for somebody else and looking at somebody's pages, as the browser and programs see it."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from portal.acting import ONESELF
from portal.actions import delegating, supporting
from portal.actions.tokens import create_token
from portal.clock import portal_now
from portal.models import Delegation, Event, Message, Role, SecurityEvent, SupportView, User
from portal.states import SupportState
from tests.permissions.asking import routes

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(make):
    """An officer, the head who acts for them, and the delegation."""
    officer, head = make.officer(), make.division_head()
    return officer, head, make.delegation(officer, head)


def entered(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def begin(person, delegation) -> Client:
    client = entered(person)
    assert client.post(reverse("delegation-act", args=[delegation.pk])).status_code == 302
    return client


def test_the_banner_stands_on_every_page_until_one_stops(make, pair):
    officer, head, delegation = pair
    client = begin(head, delegation)

    for path in ("/", "/boards/", "/account/", "/organisations/", "/messages/"):
        page = client.get(path, follow=True).content.decode()
        assert f"You act for {officer.name}." in page
    client.post(reverse("acting-stop"))

    assert f"You act for {officer.name}" not in client.get("/boards/").content.decode()
    assert Event.objects.filter(kind="delegation.used", by=head).count() == 1


def test_only_the_delegated_power_is_left(make, pair):
    _officer, head, delegation = pair
    setting = reverse("setting", args=["invitation_days"])
    sent = {"value": "20", "starts_on": "2099-01-01", "why": "更长。"}

    acting = begin(head, delegation).post(setting, sent)
    oneself = entered(head).post(setting, sent)

    assert (acting.status_code, oneself.status_code) == (403, 302)


@pytest.mark.parametrize("ends", ["revoked", "power", "principal"])
def test_what_ends_meanwhile_makes_the_next_request_ones_own_and_a_post_changes_nothing(make, pair, ends):
    officer, head, delegation = pair
    client = begin(head, delegation)
    if ends == "revoked":
        delegating.end_delegation(delegation.pk, by=officer, now=portal_now())
    elif ends == "power":
        officer.grants.update(ended_at=portal_now())
    else:
        User.objects.filter(pk=officer.pk).update(is_active=False)
    organisation = make.organisation(verified=False)

    refused = client.post(reverse("organisation-verify", args=[organisation.pk]))
    organisation.refresh_from_db()
    after = client.get("/boards/").content.decode()

    assert (refused.status_code, organisation.state) == (403, "registered")
    assert "Nothing was changed; you act for yourself again." in refused.content.decode()
    assert "You act for" not in after


def test_a_page_opened_after_the_end_says_so_once(make, pair):
    officer, head, delegation = pair
    client = begin(head, delegation)
    delegating.end_delegation(delegation.pk, by=officer, now=portal_now())

    assert "You act for yourself again: the delegation has ended" in client.get("/boards/").content.decode()
    assert "You act for yourself again" not in client.get("/boards/").content.decode()


def test_it_is_over_at_midnight_in_china(make, clock):
    clock.china(2026, 3, 2, 23, 50)
    officer, head = make.officer(), make.division_head()
    client = begin(head, make.delegation(officer, head, days=1))
    assert "You act for" in client.get("/boards/").content.decode()

    clock.china(2026, 3, 3, 0, 0)

    assert "the delegation has ended" in client.get("/boards/").content.decode()


def test_somebody_else_cannot_use_a_delegation(make, pair):
    _officer, _head, delegation = pair
    leader = make.official(Role.LEADER)

    assert entered(leader).post(reverse("delegation-act", args=[delegation.pk])).status_code == 404


def test_nobody_looks_after_their_account_while_they_act(make, pair):
    _officer, head, delegation = pair
    client = begin(head, delegation)

    assert client.post("/account/", {"name": "甲", "language": "en"}).status_code == 403
    assert client.post(reverse("tokens"), {"name": "a", "days": "3"}).status_code == 403
    assert client.post(reverse("delegation-end", args=[delegation.pk])).status_code == 302
    assert "You act for" not in client.get("/boards/").content.decode()


def test_a_program_names_the_delegation_in_a_header(make, pair):
    officer, head, delegation = pair
    organisation = make.organisation(verified=False)
    _token, secret = create_token(name="a", days=3, by=head, now=portal_now(), proved_twice=True)
    headers = {"authorization": f"Token {secret}"}
    verify = reverse("api-organisation-verify", args=[organisation.pk])

    own = Client().post(verify, headers=headers)
    wrong = Client().post(verify, headers={**headers, "acting-for": str(organisation.pk)})
    done = Client().post(verify, headers={**headers, "acting-for": str(delegation.pk)})

    assert (own.status_code, wrong.status_code, wrong.json()["code"]) == (403, 403, "delegation_not_in_force")
    assert done.status_code == 200
    event = Event.objects.get(kind="organisation.verified", subject_id=organisation.pk)
    assert (event.by, event.on_behalf_of) == (head, officer)


# Looks for support -------------------------------------------------------------


@pytest.fixture
def look(make):
    """A person of support who looks at the pages of an administrator: their client, the person, the look."""
    firm = make.organisation("甲量子")
    supporter, person = make.supporter(), make.administrator(firm)
    view = make.agreed_view(supporter, person)
    client = entered(supporter)
    assert client.post(reverse("support-view-begin", args=[view.pk])).status_code == 302
    return client, supporter, person, view


def test_nothing_is_shown_before_the_person_agrees(make):
    supporter, person = make.supporter(), make.person()
    asked = make.asked_view(supporter, person)

    refused = entered(supporter).post(reverse("support-view-begin", args=[asked.pk]))
    entered(person).post(reverse("support-view-refuse", args=[asked.pk]))
    after = entered(supporter).post(reverse("support-view-begin", args=[asked.pk]))

    assert (refused.status_code, after.status_code) == (409, 409)
    assert not SecurityEvent.objects.filter(kind="view_started").exists()


def test_the_person_is_told_and_it_stands_in_both_logs(look):
    client, supporter, person, view = look
    client.post(reverse("support-view-stop"))

    kinds = list(Event.objects.filter(subject_id=view.pk).order_by("at").values_list("kind", flat=True))
    assert kinds == ["supportview.asked", "supportview.agreed", "supportview.open", "supportview.ended"]
    assert set(Message.objects.filter(to=person).values_list("kind", flat=True)) >= {"support_view_asked", "support_view_begun", "support_view_over"}
    noted = SecurityEvent.objects.filter(kind__in=["view_started", "view_ended"], person=supporter)
    assert [each.facts["looks_at"] for each in noted] == [str(person.pk)] * 2
    page = entered(person).get(reverse("support-views")).content.decode()
    assert supporter.name in page and "页面打不开。" in page


def test_the_look_shows_the_persons_pages_with_a_line_above_and_not_their_account(look):
    client, _supporter, person, _view = look

    home = client.get("/", follow=True).content.decode()
    firm = client.get("/organisations/").content.decode()

    assert f"You look at the pages of {person.name}." in home
    assert "甲量子" in firm
    for path in ("/account/", "/account/tokens/", reverse("account_email"), reverse("delegations"), "/api/v1/account/"):
        assert client.get(path).status_code == 403, path


def test_every_route_that_takes_something_is_refused_in_a_look(look):
    client, _supporter, _person, view = look
    before = Event.objects.count()
    tried = 0
    for method, name in routes():
        path = _some_path(name)
        if path in {reverse(each) for each in ONESELF}:
            continue
        for verb in {method or "POST", "POST", "PUT", "PATCH", "DELETE"} - {"GET"}:
            response = client.generic(verb, path, "{}", content_type="application/json")
            assert response.status_code == 403, (verb, name, response.status_code)
            tried += 1

    assert tried > 400
    assert Event.objects.count() == before
    assert SupportView.objects.get(pk=view.pk).state == SupportState.OPEN


def test_the_database_itself_refuses_a_page_that_would_write(look, make):
    client, _supporter, person, _view = look
    message = Message.objects.filter(to=person).first()

    answer = client.get(reverse("message", args=[message.pk]))

    message.refresh_from_db()
    assert (answer.status_code, message.read_at) == (403, None)
    assert "Nothing can be changed" in answer.content.decode()


def test_it_ends_by_its_minutes_by_the_person_and_by_itself(make, clock):
    clock.china(2026, 3, 2, 9)
    supporter, person = make.supporter(), make.person()
    view = make.agreed_view(supporter, person)
    client = entered(supporter)
    client.post(reverse("support-view-begin", args=[view.pk]))
    clock.china(2026, 3, 2, 9, 30)

    over = client.get("/boards/").content.decode()
    assert "is over" in over and "You look at" not in over
    assert supporting.end_overdue_support_views(now=clock.now()) == 1
    assert SupportView.objects.get(pk=view.pk).state == SupportState.ENDED
    again = make.look(supporter, person)
    entered(person).post(reverse("support-view-end", args=[again.pk]))
    assert SupportView.objects.get(pk=again.pk).ended_by == person


def test_no_draft_no_bid_before_opening_and_no_office_is_shown(make):
    board = make.board()
    bid = make.sealed_bid(board)
    draft = make.need("draft", poster=make.organisation("草稿单位"))
    supporter = make.supporter()
    for person, hidden in ((make.administrator(bid.lead), ["bid", bid.pk]), (make.administrator(draft.poster), ["need", draft.pk])):
        assert entered(person).get(reverse(hidden[0], args=[hidden[1]])).status_code == 200
        view = make.agreed_view(supporter, person)
        client = entered(supporter)
        client.post(reverse("support-view-begin", args=[view.pk]))
        assert client.get(reverse(hidden[0], args=[hidden[1]])).status_code == 404
        for path in ("/work/", "/bids/", "/needs/", "/messages/", reverse("board", args=[board.pk])):
            page = client.get(path, follow=True).content.decode()
            assert str(hidden[1]) not in page
        client.post(reverse("support-view-stop"))


def test_offices_of_the_person_are_left_out(make):
    supporter, officer = make.supporter(), make.officer()
    view = make.agreed_view(supporter, officer)
    client = entered(supporter)
    assert entered(officer).get(reverse("settings")).status_code == 200

    client.post(reverse("support-view-begin", args=[view.pk]))

    assert client.get(reverse("settings")).status_code in (403, 404)


def _some_path(name: str) -> str:
    """An address of a route, with arguments of the right shape that name nothing."""
    for values, _pattern, _defaults, _converters in get_resolver().reverse_dict.getlist(name):
        for _template, arguments in values:
            shapes = {"year": "2026", "version": "1", "number": "1"}
            for value in ("00000000-0000-4000-8000-000000000000", "1", "word"):
                try:
                    return reverse(name, kwargs={each: shapes.get(each, value) for each in arguments})
                except NoReverseMatch:  # another shape fits
                    continue
    raise AssertionError(f"no address of {name}")


@pytest.mark.django_db
def test_a_power_is_offered_on_the_page(make):
    person, taker = make.official(Role.DRAW_CLERK), make.official(Role.DIVISION_HEAD)
    client = Client()
    client.force_login(person)
    offered = {"power": str(person.grants.get().pk), "delegate": taker.email, "starts_on": "2098-12-01", "ends_on": "2098-12-05"}

    answer = client.post(reverse("delegations"), {**offered, "reason": "休假。"})

    assert answer.status_code == 302, answer.content.decode()
    assert Delegation.objects.get(principal=person).delegate == taker
