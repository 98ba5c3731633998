"""Settings, legal texts and destroyed words under attack: two people, and nothing edited."""

import pytest

from portal.actions.setting import decline_setting, propose_setting
from portal.clock import china_date, portal_now
from portal.models import Role
from portal.record import record

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_proposes_a_setting_cannot_decide_it(attack, make):
    setting = make.proposed_setting("invitation_days", 20)

    assert attack(
        "INSERT INTO portal_settingdecision (setting_id, confirmed, at, by_id) SELECT id, true, now(), set_by_id"
        " FROM portal_setting WHERE id = %(id)s",
        id=setting.pk,
    ) == "setting_two_people"  # fmt: skip
    decline_setting(setting.pk, by=make.official(Role.DIVISION_HEAD), now=portal_now())
    assert attack(
        "INSERT INTO portal_settingdecision (setting_id, confirmed, at, by_id) VALUES (%(id)s, true, now(), %(by)s)",
        id=setting.pk, by=make.official(Role.LEADER).pk,
    ) == "portal_settingdecision_pkey"  # fmt: skip
    assert attack("UPDATE portal_setting SET value = '90'") == "denied"
    assert attack("DELETE FROM portal_settingdecision") == "denied"


def test_who_writes_a_legal_text_cannot_publish_it_and_nobody_accepts_it_before(attack, make):
    text, person = make.written_text(), make.person()

    assert attack(
        "INSERT INTO portal_legaltextdecision (text_id, published, at, by_id) SELECT id, true, now(), written_by_id"
        " FROM portal_legaltext WHERE id = %(id)s",
        id=text.pk,
    ) == "legal_text_two_people"  # fmt: skip
    assert attack(
        "INSERT INTO portal_acceptance (id, at, person_id, text_id) VALUES (gen_random_uuid(), now(), %(by)s, %(id)s)",
        id=text.pk, by=person.pk,
    ) == "acceptance_of_published_text"  # fmt: skip
    assert attack("UPDATE portal_legaltext SET text_zh = 'x'") == "denied"


def test_a_setting_needs_a_reason(attack, make):
    head, now = make.official(Role.DIVISION_HEAD), portal_now()
    propose_setting("invitation_days", value=20, starts_on=china_date(now), why="因", by=head, now=now)

    assert attack(
        "INSERT INTO portal_setting SELECT gen_random_uuid(), name, value, starts_on, set_at, '', set_by_id FROM portal_setting"
    ) == "setting_has_a_reason"  # fmt: skip


def test_words_of_an_event_leave_only_by_two_officials(attack, make):
    one, two = make.official(Role.DIVISION_HEAD), make.official(Role.LEADER)
    event = record("organisation.noted", make.organisation(), by=one, why="误传的秘密")
    asked = (
        "INSERT INTO portal_textdestruction (id, state, asked_at, asked_by_id, event_id)"
        " VALUES (gen_random_uuid(), 'asked', now(), %(one)s, %(event)s)"
    )
    done = "UPDATE portal_textdestruction SET state = 'done', decided_at = now(), decided_by_id = %(by)s"
    destroy = "DELETE FROM portal_eventtext WHERE event_id = %(event)s"

    assert attack(destroy, event=event.pk) == "event_text_destroyed_by_two"
    assert attack(asked, destroy, event=event.pk, one=one.pk) == "event_text_destroyed_by_two"
    assert attack(asked, done, destroy, event=event.pk, one=one.pk, by=one.pk) == "text_destroyed_by_two_people"
    assert attack("UPDATE portal_eventtext SET ciphertext = ''") == "denied"
    assert attack(asked, done, event=event.pk, one=one.pk, by=two.pk) == "text_destruction_is_carried_out"
    assert attack(asked, done, destroy, event=event.pk, one=one.pk, by=two.pk) == ""


def test_a_message_an_answer_and_a_former_users_name_stay(attack, make):
    make.official(Role.DIVISION_HEAD)
    make.written_text()
    person = make.person()

    assert attack("DELETE FROM portal_delivery") == "delivery_kept_a_while"
    assert attack(
        "INSERT INTO portal_idempotentanswer (id, route, key, request_sha256, created_at, user_id)"
        " VALUES (gen_random_uuid(), 'r', 'k', '', now(), %(by)s)",
        "DELETE FROM portal_idempotentanswer",
        by=person.pk,
    ) == "idempotent_answer_kept_a_day"  # fmt: skip


ERASE = """UPDATE portal_user SET erased_at = now(), is_active = false, phone = '', password = '!', name = '—',
    email = 'a' || id || '@erased.invalid' WHERE id = %(by)s"""


def test_a_person_who_is_forgotten_is_nobody_and_stays_so(attack, make):
    person = make.person()

    assert attack("UPDATE portal_user SET erased_at = now() WHERE id = %(by)s", by=person.pk) == "user_erased_is_nobody"
    for change in ("erased_at = NULL", "name = '张三'", "is_active = true", "email = 'back@example.org'"):
        assert attack(ERASE, f"UPDATE portal_user SET {change} WHERE id = %(by)s", by=person.pk) == "user_erased_frozen"
    grant = (
        "INSERT INTO portal_grant (id, role, starts_on, user_id)"
        " VALUES (gen_random_uuid(), 'officer', current_date, %(by)s)"
    )
    assert attack(ERASE, grant, by=person.pk) == "grant_to_an_open_account"
    member = (
        "INSERT INTO portal_membership (id, role, starts_on, user_id, organisation_id)"
        " VALUES (gen_random_uuid(), 'viewer', current_date, %(by)s, %(firm)s)"
    )
    assert attack(ERASE, member, by=person.pk, firm=make.organisation().pk) == "membership_not_of_an_alias"


def test_an_erasure_is_not_done_while_the_person_is_still_known(attack, make):
    person, head = make.person(), make.official(Role.DIVISION_HEAD)
    asked = (
        "INSERT INTO portal_erasure (id, state, asked_at, person_id) VALUES (gen_random_uuid(), 'asked', now(), %(by)s)"
    )
    done = "UPDATE portal_erasure SET state = 'done', decided_at = now(), decided_by_id = %(head)s"

    assert attack(asked, done, by=person.pk, head=head.pk) == "erasure_done_is_carried_out"
    assert attack(asked, ERASE, done, by=person.pk, head=head.pk) == ""


def test_the_address_of_an_invitation_is_forgotten_and_never_exchanged(attack, make):
    invitation = make.invitation(make.organisation())
    end = "UPDATE portal_invitation SET state = 'withdrawn' WHERE id = %(id)s"
    forget = "UPDATE portal_invitation SET email = 'forgotten@erased.invalid' WHERE id = %(id)s"
    exchange = "UPDATE portal_invitation SET email = 'thief@example.org' WHERE id = %(id)s"

    assert attack(exchange, id=invitation.pk) == "invitation_frozen"
    assert attack(forget, id=invitation.pk) == "invitation_frozen"
    assert attack(end, exchange, id=invitation.pk) == "invitation_frozen"
    assert attack(end, forget, exchange, id=invitation.pk) == "invitation_frozen"
    assert attack(end, forget, id=invitation.pk) == ""


def test_a_file_of_a_case_is_kept_ten_years(attack, make):
    check = make.organisation().credit_checks.first()
    destroy = "INSERT INTO portal_filedestruction (file_id, because, at) VALUES (%(id)s, 'archive', now())"

    assert attack(destroy, id=check.screenshot_id) == "file_destroyed_in_its_time"


def test_a_request_to_be_forgotten_is_decided_by_another(attack, make):
    person = make.person()
    asked = (
        "INSERT INTO portal_erasure (id, state, asked_at, person_id) VALUES (gen_random_uuid(), 'asked', now(), %(by)s)"
    )
    done = "UPDATE portal_erasure SET state = 'done', decided_at = now(), decided_by_id = %(by)s"

    assert attack(asked, done, by=person.pk) == "erasure_decided_by_another"
    assert attack(asked, asked, by=person.pk) == "erasure_one_open"


def test_a_look_names_whose_data_and_what_for_and_stays(attack, make):
    officer, person = make.officer(), make.person()
    insert = (
        "INSERT INTO portal_accesstopersonaldata (id, field, subject_id, purpose, words, at, by_id, person_id)"
        " VALUES (gen_random_uuid(), 'mail', %(person)s, 'contact', {words}, now(), %(by)s, {person})"
    )
    good = insert.format(words="'约时间'", person="%(person)s")

    assert attack(insert.format(words="''", person="%(person)s"), person=person.pk, by=officer.pk) == "access_has_a_purpose"
    nobodys = insert.format(words="'约时间'", person="NULL")
    assert attack(nobodys, person=person.pk, by=officer.pk) == "access_is_to_somebodys_data"
    assert attack(good, "UPDATE portal_accesstopersonaldata SET words = '其他'", person=person.pk, by=officer.pk) == "denied"
    assert attack(good, "DELETE FROM portal_accesstopersonaldata", person=person.pk, by=officer.pk) == "denied"


def test_a_copy_of_ones_data_stays_its_owners_and_is_ready_with_its_file(attack, make):
    person, other = make.person(), make.person()
    export = make.own_copy(person)

    assert attack("UPDATE portal_dataexport SET person_id = %(by)s", by=other.pk) == "data_export_frozen"
    assert attack("UPDATE portal_dataexport SET ends_at = ends_at + interval '1 year'") == "data_export_ready_frozen"
    assert attack(
        "INSERT INTO portal_dataexport (id, asked_at, person_id, ready_at) VALUES (gen_random_uuid(), now(), %(by)s, now())",
        by=other.pk,
    ) == "export_ready_with_its_file"  # fmt: skip
    assert attack("DELETE FROM portal_dataexport WHERE id = %(id)s", id=export.pk) == "denied"
