"""People sign up; organisations are registered, corrected, verified and returned."""

import pytest

from portal.actions.correcting import correct_organisation, return_organisation
from portal.actions.registering import register_organisation, register_person, verify_organisation
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused, WrongState
from portal.models import Event, MemberRole, Message, Organisation, Role, User
from portal.record import words_of
from portal.states import OrganisationState

pytestmark = pytest.mark.django_db

FITS, DOES_NOT_FIT = "91340100MA0000000G", "91340100MA0000000A"
PASSWORD = "quantum-diamond-27"


def entry(make, **changed) -> dict:
    return {
        "uscc": FITS,
        "uscc_confirmed": False,
        "name": "合肥甲量子仪器股份有限公司",
        "kind": "enterprise",
        "district_id": make.district().pk,
        "legal_representative": "李维",
        **changed,
    }


def told(event: Event) -> set:
    return set(Message.objects.filter(event=event).values_list("kind", "to"))


def test_a_person_signs_up_whatever_the_case_of_the_address(clock):
    person = register_person(email=" Lin.Fang@Example.org ", name="林芳", password=PASSWORD, now=clock.now())

    assert (person.email, person.name, person.check_password(PASSWORD)) == ("lin.fang@example.org", "林芳", True)
    assert list(Event.objects.values_list("kind", "subject_id", "by")) == [("user.registered", person.pk, person.pk)]


def test_an_address_has_one_account(clock):
    register_person(email="a@example.org", name="甲", password=PASSWORD, now=clock.now())

    with pytest.raises(Clash) as refusal:
        register_person(email="A@example.org", name="乙", password=PASSWORD, now=clock.now())

    assert refusal.value.code == "email_taken"
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "1234567890", "password123"])
def test_a_weak_password_is_refused_with_the_reason(clock, password):
    with pytest.raises(Refused) as refusal:
        register_person(email="a@example.org", name="甲", password=password, now=clock.now())

    assert (refusal.value.code, refusal.value.facts["field"]) == ("weak_password", "password")
    assert User.objects.count() == 0


def test_who_registers_an_organisation_administers_it_and_the_officers_hear(make, clock):
    person, officer = make.person(), make.officer()

    organisation = register_organisation(**entry(make), by=person, now=clock.now())

    assert (organisation.state, organisation.uscc_confirmed) == (OrganisationState.REGISTERED, False)
    assert list(organisation.memberships.values_list("user", "role")) == [(person.pk, MemberRole.ADMINISTRATOR)]
    event = Event.objects.get(kind="organisation.registered")
    assert told(event) == {("organisation_registered", officer.pk)}


def test_a_code_is_read_without_spaces_and_in_capitals(make, clock):
    organisation = register_organisation(**entry(make, uscc=f" {FITS.lower()} "), by=make.person(), now=clock.now())

    assert organisation.uscc == FITS


def test_a_check_character_that_does_not_fit_is_a_warning_that_a_person_confirms(make, clock):
    person = make.person()

    with pytest.raises(Refused) as refusal:
        register_organisation(**entry(make, uscc=DOES_NOT_FIT), by=person, now=clock.now())
    confirmed = register_organisation(**entry(make, uscc=DOES_NOT_FIT, uscc_confirmed=True), by=person, now=clock.now())

    assert (refusal.value.code, refusal.value.facts["field"]) == ("uscc_check_character", "uscc_confirmed")
    assert (confirmed.uscc, confirmed.uscc_confirmed) == (DOES_NOT_FIT, True)


@pytest.mark.parametrize("code", ["", "91340100MA000000", "91340100MAI000000G", "合" * 18, FITS + "1"])
def test_what_is_no_code_is_refused_also_when_confirmed(make, clock, code):
    with pytest.raises(Refused) as refusal:
        register_organisation(**entry(make, uscc=code, uscc_confirmed=True), by=make.person(), now=clock.now())

    assert refusal.value.code == "uscc_malformed"
    assert Organisation.objects.count() == 0


def test_a_code_is_registered_once_and_the_refusal_names_who_has_it(make, clock):
    register_organisation(**entry(make), by=make.person(), now=clock.now())

    with pytest.raises(Clash) as refusal:
        register_organisation(**entry(make, name="另一家"), by=make.person(), now=clock.now())

    assert (refusal.value.code, refusal.value.facts["name"]) == ("organisation_registered_already", entry(make)["name"])
    assert Organisation.objects.count() == 1


def test_a_district_off_the_list_is_refused(make, clock):
    with pytest.raises(NotFound):
        register_organisation(**entry(make, district_id=make.person().pk), by=make.person(), now=clock.now())


def test_the_bureau_verifies_and_the_organisation_hears(make, clock):
    person, officer = make.person(), make.officer()
    organisation = register_organisation(**entry(make), by=person, now=clock.now())

    verify_organisation(organisation.pk, by=officer, now=clock.now())

    organisation.refresh_from_db()
    assert organisation.state == OrganisationState.VERIFIED
    assert organisation.verified_at is not None
    assert told(Event.objects.get(kind="organisation.verified")) == {("organisation_verified", person.pk)}
    with pytest.raises(WrongState):
        verify_organisation(organisation.pk, by=officer, now=clock.now())


def test_an_entry_comes_back_with_its_reason_and_goes_in_again(make, clock):
    person, officer = make.person(), make.officer()
    organisation = register_organisation(**entry(make), by=person, now=clock.now())

    return_organisation(organisation.pk, why="名称与登记不符。", by=officer, now=clock.now())
    event = Event.objects.get(kind="organisation.returned")
    assert words_of(event) == "名称与登记不符。"
    assert "名称" not in event.body

    corrected = correct_organisation(organisation.pk, **entry(make, name="合肥甲量子仪器有限公司"), by=person, now=clock.now())
    assert (corrected.state, corrected.name) == (OrganisationState.REGISTERED, "合肥甲量子仪器有限公司")


def test_a_return_needs_its_reason(make, clock):
    organisation = make.organisation(verified=False)

    with pytest.raises(Refused) as refusal:
        return_organisation(organisation.pk, why="  ", by=make.officer(), now=clock.now())

    assert refusal.value.code == "reason_missing"


def test_an_entry_is_corrected_only_when_it_was_returned_and_not_into_anothers_code(make, clock):
    other, organisation = make.organisation(), make.organisation(verified=False)
    administrator = make.administrator(organisation)

    with pytest.raises(WrongState):
        correct_organisation(organisation.pk, **entry(make), by=administrator, now=clock.now())
    return_organisation(organisation.pk, why="改正代码。", by=make.officer(), now=clock.now())
    with pytest.raises(Clash):
        correct_organisation(organisation.pk, **entry(make, uscc=other.uscc), by=administrator, now=clock.now())


@pytest.mark.parametrize("role", [Role.DIVISION_HEAD, Role.AUDITOR, Role.DISCIPLINE])
def test_only_an_officer_verifies(make, clock, role):
    organisation = make.organisation(verified=False)

    with pytest.raises(NotAllowed):
        verify_organisation(organisation.pk, by=make.official(role), now=clock.now())


def test_an_officer_does_not_verify_the_own_organisation(make, clock):
    officer = make.officer()
    organisation = register_organisation(**entry(make), by=officer, now=clock.now())

    with pytest.raises(NotAllowed) as refusal:
        verify_organisation(organisation.pk, by=officer, now=clock.now())

    assert refusal.value.code == "own_organisation"
