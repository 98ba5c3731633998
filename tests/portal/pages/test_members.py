"""Members, invitations and hand-overs as pages."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.actions.membership import end_membership
from portal.clock import portal_now
from portal.models import Invitation, MemberRole, Membership, Replacement, User
from portal.states import InvitationState, ReplacementState
from tests.counting import queries_of
from tests.making.members import LETTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def firm(make, english):
    """An organisation whose administrator is signed in."""
    organisation = make.organisation("甲公司")
    administrator = make.administrator(organisation)
    english.force_login(administrator)
    return organisation, administrator


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_colleague_is_invited_listed_and_accepts_by_the_link(make, firm, english):
    organisation, _administrator = firm
    page, colleague = f"/organisations/{organisation.pk}/members/", make.person("周岚")

    english.post(f"/organisations/{organisation.pk}/invitations", {"email": colleague.email, "role": "editor"})
    listed = text_of(english.get(page))
    secret = make.secret_of(Invitation.objects.get())
    english.force_login(colleague)
    offered = text_of(english.get(f"/invitations/{secret}/"))
    accepted = english.post(f"/invitations/{secret}/accept")

    assert "p***@example.org" in listed and colleague.email not in listed
    assert "甲公司" in offered
    assert "Accept the invitation" in offered
    assert accepted["Location"] == f"/organisations/{organisation.pk}/"
    assert Membership.objects.get(user=colleague).role == MemberRole.EDITOR
    assert "This invitation was accepted already." in text_of(english.get(f"/invitations/{secret}/"))


def test_a_known_and_an_unknown_address_are_answered_alike(make, firm, english):
    organisation, _administrator = firm
    known = make.person().email
    url = f"/organisations/{organisation.pk}/invitations"

    answers = [english.post(url, {"email": email, "role": "editor"}) for email in (known, "nobody@example.org")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, f"/organisations/{organisation.pk}/members/")] * 2


def test_a_refused_invitation_keeps_what_was_typed(make, firm, english):
    organisation, _administrator = firm
    make.invitation(organisation, email="twice@example.org")

    answer = english.post(f"/organisations/{organisation.pk}/invitations", {"email": "twice@example.org", "role": "viewer"})

    assert answer.status_code == 409
    assert 'value="twice@example.org"' in text_of(answer)
    assert "There is an open invitation to twice@example.org." in text_of(answer)


def test_a_visitor_is_led_to_sign_in_and_back(make, firm, english):
    secret = make.secret_of(make.invitation(firm[0]))
    english.logout()

    page = text_of(english.get(f"/invitations/{secret}/"))
    answer = english.post(f"/invitations/{secret}/accept")

    assert f'/sign-in/?next=/invitations/{secret}/"' in page
    assert f'/sign-up/?next=/invitations/{secret}/"' in page
    assert "p***@example.org" in page
    assert Invitation.objects.get().email not in page
    assert answer["Location"] == f"/sign-in/?next=/invitations/{secret}/"


def test_signed_in_with_another_address_one_reads_which_it_was_sent_to(make, firm, english):
    secret = make.secret_of(make.invitation(firm[0]))

    page = text_of(english.get(f"/invitations/{secret}/"))
    answer = english.post(f"/invitations/{secret}/accept")

    assert "This invitation was sent to p***@example.org" in page
    assert "Accept the invitation" not in page
    assert answer.status_code == 403


def test_an_unknown_link_is_not_found_with_a_sentence(english):
    answer = english.get("/invitations/xxxxxxxx/")

    assert answer.status_code == 404
    assert "This link is not, or no longer, good." in text_of(answer)


def test_an_invitation_is_sent_again_withdrawn_and_declined(make, firm, english):
    organisation, _administrator = firm
    first, second = make.invitation(organisation), make.invitation(organisation)
    base = f"/organisations/{organisation.pk}/invitations"

    english.post(f"{base}/{first.pk}/resend")
    english.post(f"{base}/{first.pk}/withdraw")
    english.logout()
    english.post(f"/invitations/{make.secret_of(second)}/decline")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.mails_asked) == (InvitationState.WITHDRAWN, 2)
    assert (second.state, second.answered_by) == (InvitationState.DECLINED, None)


def test_a_member_gets_another_role_a_last_day_and_an_end(make, firm, english):
    organisation, _administrator = firm
    editor = make.member(organisation, MemberRole.EDITOR)
    url = f"/organisations/{organisation.pk}/members"
    old = organisation.memberships.get(user=editor)

    english.post(f"{url}/{old.pk}/role", {"role": "viewer"})
    new = organisation.memberships.get(user=editor, ends_on=None)
    english.post(f"{url}/{new.pk}/last-day", {"ends_on": "2099-12-31"})
    new.refresh_from_db()
    english.post(f"{url}/{new.pk}/end")
    shown = text_of(english.get(f"{url}/"))

    assert (new.role, str(new.ends_on)) == (MemberRole.VIEWER, "2099-12-31")
    assert "Before" in shown
    assert shown.count(f'<th scope="row">{editor.name}</th>') == 2


def test_the_last_administrator_reads_why_leaving_is_refused(firm, english):
    organisation, _administrator = firm

    answer = english.post(f"/organisations/{organisation.pk}/leave")

    assert answer.status_code == 422
    assert "is the only administrator without a last day" in text_of(answer)


def test_the_administration_is_handed_over_and_the_giver_stays_as_editor(make, firm, english):
    organisation, administrator = firm
    editor = make.member(organisation, MemberRole.EDITOR)

    english.post(
        f"/organisations/{organisation.pk}/hand-over",
        {"to": organisation.memberships.get(user=editor).pk, "stay_as": "editor"},
    )

    present = organisation.memberships.filter(ends_on=None)
    assert {(each.user_id, each.role) for each in present} == {(editor.pk, "administrator"), (administrator.pk, "editor")}


def test_open_work_of_somebody_who_left_is_handed_over(make, firm, english):
    organisation, administrator = firm
    need = make.need("draft", poster=organisation, title="金刚石探头")
    editor = need.created_by
    membership = organisation.memberships.get(user=editor)

    after = english.post(f"/organisations/{organisation.pk}/members/{membership.pk}/end")
    page = text_of(english.get(after["Location"]))
    english.post(after["Location"], {"works": [f"challenges.challenge:{need.pk}"], "to": str(administrator.pk)})
    again = text_of(english.get(after["Location"]))

    assert after["Location"] == f"/organisations/{organisation.pk}/work/"
    assert "One piece of open work was looked after by" in page
    assert "No longer here" in page
    assert "金刚石探头" in again
    assert "No longer here" not in again


def test_work_is_ticked_before_it_is_handed_over(make, firm, english):
    organisation, administrator = firm
    make.need("draft", poster=organisation)

    answer = english.post(f"/organisations/{organisation.pk}/work/", {"to": str(administrator.pk)})

    assert answer.status_code == 422
    assert "Tick what is to be handed over." in text_of(answer)


def test_an_officer_enters_a_letter_and_another_confirms_it(make, english):
    organisation, officer, other = make.organisation("甲公司"), make.officer(), make.officer()
    gone, new = make.administrator(organisation), make.person("周岚")
    english.force_login(officer)
    letter = SimpleUploadedFile("letter.pdf", LETTER)

    made = english.post(
        f"/organisations/{organisation.pk}/replacement/", {"email": new.email, "letter": letter, "why": "已离职。"}
    )
    own = english.post(f"{made['Location']}confirm")
    english.force_login(other)
    page = text_of(english.get(made["Location"]))
    english.post(f"{made['Location']}confirm")
    secret = make.secret_of(Invitation.objects.get())
    english.force_login(new)
    english.post(f"/invitations/{secret}/accept")

    assert own.status_code == 403
    assert "已离职。" in page
    assert Replacement.objects.get().state == ReplacementState.CONFIRMED
    present = organisation.memberships.filter(ends_on=None)
    assert [(each.user_id, each.role) for each in present] == [(new.pk, "administrator")]
    assert organisation.memberships.get(user=gone).ends_on is not None


def test_a_member_removed_while_editing_is_told_and_keeps_what_was_typed(make, firm, english):
    organisation, administrator = firm
    need = make.need("draft", poster=organisation)
    editor = need.created_by
    english.force_login(editor)
    assert english.get(f"/needs/{need.pk}/edit/").status_code == 200
    membership = organisation.memberships.get(user=editor)
    end_membership(membership.pk, by=administrator, now=portal_now())
    answer = english.post(f"/needs/{need.pk}/edit/", {"title": "写了两个小时的题目", "background": "很长的说明", "version": "1"})

    need.refresh_from_db()
    assert answer.status_code == 404
    assert "You no longer act for 甲公司" in text_of(answer)
    assert "写了两个小时的题目" in text_of(answer)
    assert "很长的说明" in text_of(answer)
    assert need.title != "写了两个小时的题目"


def test_the_list_costs_the_same_for_one_and_for_fifty(make, firm, english):
    organisation, _administrator = firm
    page = f"/organisations/{organisation.pk}/members/"
    make.member(organisation, MemberRole.EDITOR)
    make.invitation(organisation)
    one = queries_of(english, page)
    for _ in range(49):
        make.member(organisation, MemberRole.VIEWER)
        make.invitation(organisation)

    assert queries_of(english, page) == one


def test_a_newcomer_signs_up_from_the_link_and_comes_back(make, firm, client):
    secret = make.secret_of(make.invitation(firm[0], email="new.one@example.org"))
    client.logout()
    client.cookies["django_language"] = "en"

    page = text_of(client.get(f"/sign-up/?next=/invitations/{secret}/"))

    assert f'value="/invitations/{secret}/"' in page
    assert User.objects.filter(email="new.one@example.org").count() == 0
    assert re.search("new.one@example.org", mail.outbox[0].to[0])
