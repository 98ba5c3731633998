"""Looking at a masked value: for a purpose, written down, by whom it is open to."""

import pytest

from portal.actions.looking import look_at_personal_data
from portal.clock import portal_now
from portal.kernel.errors import Incomplete, NotAllowed, NotFound, Refused
from portal.masked import KINDS
from portal.models import AccessToPersonalData, Event, MemberRole, Message, Role, SecurityEvent
from portal.queries import looks

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make):
    """Somebody of an organisation, with a mobile number."""
    organisation = make.organisation()
    person = make.member(organisation, MemberRole.EDITOR)
    person.phone = "+8613812345678"
    person.save()
    return person


def look(person, by, code="mail", purpose="check", words="核对成员信息"):
    return look_at_personal_data(code, person.pk, purpose=purpose, words=words, by=by, now=portal_now())


def test_a_look_shows_the_value_and_is_written_down(make, member):
    officer = make.officer()

    access, value = look(member, officer, code="phone", purpose="contact", words=" 约定现场考察 ")

    assert value == "+8613812345678"
    written = AccessToPersonalData.objects.values_list("by", "person", "organisation", "field", "subject_id", "purpose", "words")
    assert list(written) == [(officer.pk, member.pk, None, "phone", member.pk, "contact", "约定现场考察")]
    assert list(Event.objects.filter(kind="personal_data.shown").values_list("subject_id", "by")) == [(access.pk, officer.pk)]
    noted = SecurityEvent.objects.get(kind="data_shown")
    assert (noted.person, noted.facts) == (officer, {"what": "phone", "access": str(access.pk)})
    assert "13812345678" not in Event.objects.get(kind="personal_data.shown").body
    assert not Message.objects.exists()


def test_who_may_look_is_a_question_of_office_and_organisation(make, member):
    organisation = member.memberships.get().organisation
    may = [make.administrator(organisation), make.officer(), make.official(Role.DIVISION_HEAD), make.official(Role.AUDITOR)]
    others = [
        make.administrator(make.organisation()), make.member(organisation, MemberRole.VIEWER), make.person(),
        make.official(Role.PREPARER), make.expert(), make.reviewer(organisation), member,
    ]  # fmt: skip

    for person in may:
        assert look(member, person)[1] == member.email
    for person in others:
        with pytest.raises(NotAllowed):
            look(member, person)
    assert AccessToPersonalData.objects.count() == len(may)


def test_each_office_has_its_own_purposes(make, member):
    officer, auditor = make.officer(), make.official(Role.AUDITOR)

    for person, purpose in ((officer, "audit"), (officer, "payment"), (auditor, "rights"), (officer, "curiosity"), (officer, "")):
        with pytest.raises(Refused) as refusal:
            look(member, person, purpose=purpose)
        assert refusal.value.code == "not_your_purpose"
    assert look(member, auditor, purpose="audit")[1] == member.email


def test_a_purpose_needs_words_and_a_value(make, member):
    officer = make.officer()

    for words in ("", "   ", "字" * 301):
        with pytest.raises(Incomplete):
            look(member, officer, words=words)
    with pytest.raises(Refused) as refusal:
        look(make.member(make.organisation(), MemberRole.EDITOR), officer, code="phone")
    assert refusal.value.code == "nothing_to_show"
    with pytest.raises(NotFound):
        look(member, officer, code="password")
    assert not AccessToPersonalData.objects.exists()


def test_nobody_looks_out_of_the_support_view(make, member):
    officer = make.officer()
    officer.seen_by = make.official(Role.SUPPORT)

    with pytest.raises(NotAllowed) as refusal:
        look(member, officer)

    assert refusal.value.code == "seen_by_support"
    member.seen_by = officer.seen_by
    assert KINDS["mail"].as_read_by(member, member) == "p***@example.org"


def test_an_invited_address_belongs_to_its_account_or_to_the_organisation(make):
    organisation = make.organisation()
    administrator, invited = make.administrator(organisation), make.person()
    known = make.invitation(organisation, email=invited.email)
    unknown = make.invitation(organisation, email="nobody@example.org")

    for invitation in (known, unknown):
        assert look(invitation, administrator, code="invited", purpose="contact")[1] == invitation.email

    whose = AccessToPersonalData.objects.order_by("at").values_list("person", "organisation")
    assert list(whose) == [(invited.pk, None), (None, organisation.pk)]


def test_who_looked_is_read_by_the_person_and_by_auditors(make, member):
    officer, auditor = make.officer(), make.official(Role.AUDITOR)
    access, _value = look(member, officer)

    assert list(looks.at_mine(member)) == [access]
    assert list(looks.visible_to(auditor)) == [access]
    assert list(looks.visible_to(make.official(Role.DISCIPLINE))) == [access]
    for other in (officer, make.person(), make.administrator(make.organisation())):
        assert list(looks.visible_to(other)) == []
