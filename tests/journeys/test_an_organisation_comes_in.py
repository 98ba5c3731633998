"""An organisation comes in by its pages alone: entered, corrected at one item, verified, joined by a colleague who writes."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from portal.actions import inviting
from portal.clock import portal_now
from portal.models import Invitation, Organisation, User
from portal.queries.people import powers_of
from portal.states import InvitationState, OrganisationState
from tests.journeys.visitor import PASSWORD, Visitor
from tests.making.dispatches import last_code

pytestmark = pytest.mark.django_db


def newcomer(email: str, name: str, *, at: str) -> Visitor:
    """Somebody who opens an account from a page on, confirms the address, and goes on from there."""
    visitor = Visitor(None, "en").open(at)
    visitor.fill("password1", name=name, email=email, password1=PASSWORD)
    return visitor.fill("code", code=last_code())


def link_of(invitation: Invitation) -> str:
    """The address in the newest mail of an invitation, which is sent by this."""
    inviting.mail_invitation(invitation.pk, invitation.mails_asked, now=portal_now())
    return re.search(r"/invitations/[\w-]+/", mail.outbox[-1].body).group()


def entered(make) -> tuple[Visitor, Organisation]:
    """A founder who has just entered an organisation."""
    founder = newcomer("founder@example.org", "林芳", at="/sign-up/")
    founder.fill(
        "legal_representative", uscc=make.code(9500), name="合肥辛量子科技有限公司", kind="enterprise",
        district=make.district().pk, legal_representative="李维",
    )  # fmt: skip
    return founder, Organisation.objects.get()


def test_from_the_first_account_to_a_colleague_who_writes_the_profile(make):
    call = make.call()
    founder, organisation = entered(make)
    home = f"/organisations/{organisation.pk}/"
    founder.sees("The bureau verifies this entry.")

    officer = Visitor(make.officer(), "en").open(home)
    officer.fill("legal_representative", legal_representative="与营业执照不符。")
    founder.open(home).sees("与营业执照不符。")
    founder.open(f"{home}correct/")
    founder.sees_not('name="uscc" ', 'name="kind"')
    founder.fill("legal_representative", expect=422, answer_legal_representative="")
    founder.fill("legal_representative", legal_representative="李伟")
    officer.open(home).sees("Corrected since the last look", "李维", "李伟")
    officer.fill("/verify")
    organisation.refresh_from_db()
    assert (organisation.state, organisation.legal_representative) == (OrganisationState.VERIFIED, "李伟")

    founder.open(f"{home}members/").fill("email", email="wang@example.org", role="editor")
    link = link_of(Invitation.objects.get())
    offer = Visitor(None, "en").open(link)
    offer.sees("合肥辛量子科技有限公司", "w***@example.org")
    offer.sees_not("wang@example.org")
    colleague = newcomer("wang@example.org", "王强", at=f"/sign-up/?next={link}")
    assert colleague.path == link
    colleague.fill("/accept")
    colleague.open(f"{home}profile/edit/").fill("website", website="https://xin.example", contact_person="王强")
    founder.open(f"{home}profile/").sees("https://xin.example", "stated by the organisation")

    colleague.open("need-start").fill("title", title="量子电流传感器", class_code=call.rules.classes.first().code)
    assert organisation.challenges.get().contact == "王强"
    again = Visitor(None, "en").open(link)
    again.sees("It cannot be accepted like this.")
    again.sees_not("/accept")
    assert Invitation.objects.get().state == InvitationState.ACCEPTED
    person = User.objects.get(email="wang@example.org")
    assert powers_of(person).edits == {organisation.pk}
    assert powers_of(person).administers == frozenset()


def test_a_link_that_came_too_late_or_to_somebody_else_opens_nothing(make, clock):
    clock.china(2026, 3, 2)
    organisation = make.organisation("甲公司")
    invitation = make.invitation(organisation, email="late@example.org")
    link = link_of(invitation)

    other = Visitor(make.person(), "en").open(link)
    other.sees("It cannot be accepted like this.", "l***@example.org")
    other.sees_not("/accept", "late@example.org")
    clock.set(portal_now() + timedelta(days=15))
    late = Visitor(None, "en").open(link)
    late.sees("It cannot be accepted like this.")
    late.sees_not("/accept", "Open an account")
    person = make.person(email="late@example.org")
    late = Visitor(person, "en").open(link)
    answer = late.client.post(f"{link}accept")

    assert answer.status_code in (403, 409)
    assert powers_of(person).views == frozenset()


def test_an_editor_removed_while_writing_is_refused_with_the_words_kept(make):
    organisation = make.organisation("甲公司")
    editor = make.editor(organisation)
    page = f"/organisations/{organisation.pk}/profile/edit/"
    writing = Visitor(editor, "en").open(page)
    administrator = Visitor(make.administrator(organisation), "en")
    member = organisation.memberships.get(user=editor)
    administrator.open(f"/organisations/{organisation.pk}/members/{member.pk}/").fill("/end")

    writing.fill("website", expect=404, website="https://typed.example", main_products="写了很久的一段话。")

    writing.sees("You no longer act for 甲公司, so nothing was saved.", "写了很久的一段话。", "https://typed.example")
    assert not organisation.facts.filter(item="website").exists()
