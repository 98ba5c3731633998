"""Officials as pages: the list, proposing, deciding, ending, inviting; two programmes; queries."""

from datetime import timedelta

import pytest

from portal.actions.granting import confirm_proposal
from portal.clock import china_date
from portal.models import Grant, GrantProposal, Invitation, Role, User
from portal.states import ProposalState
from tests.counting import queries_of
from tests.making.people import LONG_AGO

pytestmark = pytest.mark.django_db
LIST = "/officials/"


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def two(make):
    return make.division_head(), make.leader()


def text_of(answer) -> str:
    return answer.content.decode()


def typed(person, clock, **said) -> dict:
    return {
        "email": person.email, "role": "officer", "district_id": "", "programme_id": "",
        "starts_on": china_date(clock.now()).isoformat(), "ends_on": "", "reason": "任命文件〔2026〕12号。", **said,
    }  # fmt: skip


def test_a_role_is_proposed_confirmed_listed_and_ended(make, two, english, clock):
    head, leader = two
    person = make.person("李维")
    english.force_login(head)
    proposed = english.post(f"{LIST}propose/", typed(person, clock))
    waiting, own = text_of(english.get(LIST)), text_of(english.get(proposed["Location"]))
    english.force_login(leader)
    page = text_of(english.get(proposed["Location"]))
    english.post(f"{proposed['Location']}confirm")
    listed = text_of(english.get(f"{LIST}?role=officer"))
    grant = Grant.objects.get(user=person)
    ended = english.post(f"{LIST}{grant.pk}/end", {"last_day": "", "reason": "调离。"})
    english.force_login(head)
    english.post(f"{ended['Location']}confirm")

    assert "Waiting for a second official" in waiting and "李维" in waiting
    assert "You proposed this yourself. A second person decides." in own
    assert "任命文件〔2026〕12号。" in page and "Confirm the role" in page
    assert "李维" in listed
    grant.refresh_from_db()
    assert (grant.granted_by, grant.confirmed_by) == (head, leader) and grant.ended_at
    assert "李维" not in text_of(english.get(f"{LIST}?role=officer"))
    assert "李维" in text_of(english.get(f"{LIST}?when=past"))


def test_a_refused_proposal_keeps_everything_that_was_typed(make, two, english, clock):
    person = make.person()
    make.proposal(person)
    english.force_login(two[0])

    answer = english.post(f"{LIST}propose/", typed(person, clock, ends_on="2099-12-31", reason="第二次。"))
    early = english.post(f"{LIST}propose/", typed(person, clock, ends_on="2020-01-01"))

    assert answer.status_code == 409
    for kept in (person.email, "2099-12-31", "第二次。", "proposed for Person"):
        assert kept in text_of(answer), kept
    assert early.status_code == 422 and "before it begins" in text_of(early)
    assert GrantProposal.objects.count() == 1


def test_refusals_speak_the_language_of_the_reader(make, two, client, clock):
    client.cookies["django_language"] = "zh-hans"
    client.force_login(two[0])
    person = make.person()

    answer = text_of(client.post(f"{LIST}propose/", typed(person, clock, ends_on="2020-01-01")))

    assert "before it begins" not in answer


def test_a_proposal_is_declined_with_a_reason_or_taken_back(make, two, english):
    head, leader = two
    declined, withdrawn = make.proposal(by=head), make.proposal(by=head)
    english.force_login(leader)
    empty = english.post(f"{LIST}proposals/{declined.pk}/decline", {"why": ""})
    english.post(f"{LIST}proposals/{declined.pk}/decline", {"why": "没有文件。"})
    english.force_login(head)
    english.post(f"{LIST}proposals/{withdrawn.pk}/withdraw")
    again = english.post(f"{LIST}proposals/{withdrawn.pk}/withdraw")

    assert empty.status_code == 422
    assert set(GrantProposal.objects.values_list("state", flat=True)) == {ProposalState.REFUSED, ProposalState.WITHDRAWN}
    assert "没有文件。" in text_of(english.get(f"{LIST}proposals/{declined.pk}/"))
    assert again.status_code == 409 and "This was decided already." in text_of(again)


def test_absent_powers_are_shown_with_their_reason(make, two, english):
    proposal = make.proposal(by=two[0])
    english.force_login(make.officer())

    listed, page = text_of(english.get(LIST)), text_of(english.get(f"{LIST}proposals/{proposal.pk}/"))
    role = text_of(english.get(f"{LIST}{two[1].grants.get().pk}/"))

    why = "Only a division head or a leader of the bureau gives and ends the roles of officials."
    assert why in listed and why in page and why in role
    assert "Propose the end" not in role


def test_future_present_and_past_stand_apart(make, two, english, clock):
    today, leader = china_date(clock.now()), two[1]
    day = timedelta(days=1)
    for name, first, last in (("现任甲", 0, 5), ("将任乙", 3, None)):
        said = {"starts_on": today + first * day, "ends_on": today + last * day if last else None}
        confirm_proposal(make.proposal(make.person(name), **said).pk, by=leader, now=clock.now())
    Grant.objects.create(user=make.person("前任丙"), role="officer", starts_on=LONG_AGO, ends_on=today - day, **make.two_officials())
    english.force_login(leader)

    shown = {when: text_of(english.get(f"{LIST}?when={when}")) for when in ("present", "coming", "past")}

    found = {when: {name for name in ("现任甲", "将任乙", "前任丙") if name in text} for when, text in shown.items()}
    assert found == {"present": {"现任甲"}, "coming": {"将任乙"}, "past": {"前任丙"}}


def test_whoever_holds_a_role_reads_their_own_and_nobody_elses(make, two, english):
    reviewer, expert = make.official(Role.DISTRICT, make.district()), make.expert()
    english.force_login(reviewer)
    own = text_of(english.get(LIST))
    other = english.get(f"{LIST}{two[0].grants.get().pk}/")
    english.force_login(expert)

    assert "District reviewer" in own and "Division head" not in own
    assert (other.status_code, english.get(LIST).status_code) == (404, 404)
    english.force_login(two[0])
    assert expert.name not in text_of(english.get(LIST))


def test_an_official_of_one_programme_finds_nothing_of_another(make, two, english, client):
    here, there = make.programme(), make.programme(notice_before_publishing=True)
    reader = make.official_of(here)
    theirs = make.official_of(there, Role.DRAW_CLERK)
    grant, proposal = theirs.grants.get(), make.proposal(make.person("隐者"), programme_id=there.pk)
    english.force_login(reader)
    pages = [LIST, f"{LIST}?when=coming", f"{LIST}?name={theirs.name}", f"{LIST}?programme={there.pk}", "/api/v1/officials/",
             "/api/v1/officials/proposals/"]  # fmt: skip

    texts = [text_of(english.get(page)) for page in pages]

    assert not any(str(grant.pk) in text or "隐者" in text or str(proposal.pk) in text for text in texts)
    assert str(there.pk) not in texts[0]
    for page in (f"{LIST}{grant.pk}/", f"{LIST}proposals/{proposal.pk}/", f"/api/v1/officials/{grant.pk}/"):
        assert english.get(page).status_code == 404
    count = english.get("/api/v1/officials/").json()["count"]
    Grant.objects.create(user=make.person(), role="officer", programme=there, starts_on=LONG_AGO, **make.two_officials())
    assert english.get("/api/v1/officials/").json()["count"] == count
    assert english.get("/api/v1/officials/proposals/").json()["count"] == 0


def test_an_invitation_to_an_office_from_sending_to_the_proposal(make, two, english):
    head, leader = two
    person = make.person("李维")
    english.force_login(head)
    english.post(f"{LIST}invite/", {"email": person.email, "role": "auditor", "reason": "审计安排。"})
    offer = Invitation.objects.get()
    listed = text_of(english.get(LIST))
    english.post(f"{LIST}invitations/{offer.pk}/resend")
    english.force_login(leader)
    others = text_of(english.get(LIST))
    secret = make.secret_of(offer)
    english.force_login(person)
    page = text_of(english.get(f"/invitations/{secret}/"))
    accepted = english.post(f"/invitations/{secret}/accept", follow=True)

    assert f"{person.email[0]}***@" in listed and "Send again" in listed and "Send again" not in others
    assert "You are invited to take a role" in page
    assert "The role begins when a second official confirms it" in text_of(accepted)
    assert GrantProposal.objects.get().user == person


def test_the_list_costs_the_same_for_one_and_for_fifty(make, two, english, clock):
    english.force_login(two[0])
    make.proposal()
    make.offer()
    few = queries_of(english, LIST)
    for number in range(50):
        person = make.person()
        Grant.objects.create(user=person, role="officer", starts_on=LONG_AGO, **make.two_officials())
        if number % 5 == 0:
            make.proposal()
            make.offer()

    assert queries_of(english, LIST) == few
    assert User.objects.count() > 50
