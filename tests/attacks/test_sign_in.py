"""Sign-in under attack: numbers that two accounts share, new starts by one official, letters kept after they were sent."""

import pytest
from django.db import connection

from portal.actions.regaining import ask_second_factor_reset
from portal.clock import portal_now
from portal.dispatch import promise
from portal.models import Channel, Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_confirmed_number_belongs_to_one_account_and_is_whole(attack, make):
    first, second = make.person(), make.person()
    confirm = "UPDATE portal_user SET phone = %(phone)s, phone_verified_at = now() WHERE id = %(person)s"

    assert attack(confirm, phone="+8613912345678", person=first.pk) == ""
    assert attack(confirm, phone="+8613912345678", person=second.pk) == "user_verified_phone_once"
    assert attack(confirm, phone="13912345678", person=second.pk) == "user_verified_phone_with_country"


def test_a_new_start_takes_two_others_and_is_decided_once(attack, make):
    lost, officer, head = make.person(), make.officer(), make.official(Role.DIVISION_HEAD)
    reset = ask_second_factor_reset(lost.pk, why="遗失", by=officer, now=portal_now())
    confirm = "UPDATE portal_secondfactorreset SET confirmed_by_id = %(by)s, confirmed_at = now() WHERE id = %(reset)s"

    assert attack(confirm, by=officer.pk, reset=reset.pk) == "reset_by_two_others"
    assert attack(confirm, by=lost.pk, reset=reset.pk) == "reset_by_two_others"
    assert attack("UPDATE portal_secondfactorreset SET asked_by_id = %(by)s", by=head.pk) == "reset_decided_once"
    assert attack("UPDATE portal_secondfactorreset SET confirmed_at = now()") == "reset_confirmed_by_somebody_at_a_moment"
    assert attack(confirm, by=head.pk, reset=reset.pk) == ""
    assert attack(confirm, by=make.officer().pk, reset=reset.pk) == "reset_decided_once"
    assert attack("DELETE FROM portal_secondfactorreset") == "denied"


def test_what_was_sent_is_not_kept(attack):
    promise(Channel.MAIL, to="a@example.org", subject="s", text="t", live=portal_now() - portal_now().replace(year=2000))

    assert attack("UPDATE portal_dispatch SET sent_at = now()") == "dispatch_emptied_once_sent"
    assert attack("UPDATE portal_dispatch SET sent_at = now(), sealed = NULL") == ""


def test_neither_sites_nor_providers_can_be_slipped_into_the_database(attack):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM socialaccount_socialapp")
        assert cursor.fetchone()[0] == 0

    assert attack("INSERT INTO socialaccount_socialapp (provider, provider_id, name, client_id, secret, key, settings) "
                  "VALUES ('openid_connect', 'evil', 'x', 'x', '', '', '{}')") == "denied"  # fmt: skip
