"""The words of the demo: footer, privacy statement and terms in both languages, accepted by its people."""

import pytest

from portal.clock import portal_now
from portal.demo import texts
from portal.models import Acceptance, Role
from portal.queries.legal import asked_of

pytestmark = pytest.mark.django_db


def test_the_demo_has_real_words_in_both_languages_and_its_people_have_accepted_them(client, make):
    head, leader, person = make.official(Role.DIVISION_HEAD), make.official(Role.LEADER), make.person()
    now = portal_now()

    texts.set_up(head=head, leader=leader, now=now)
    assert len(asked_of(person)) == 2
    texts.accept([head, leader, person], now=now)
    texts.accept([person], now=now)

    assert asked_of(person) == [] and Acceptance.objects.count() == 6
    chinese = client.get("/privacy/", headers={"accept-language": "zh-hans"}).content.decode()
    english = client.get("/privacy/", headers={"accept-language": "en"}).content.decode()
    assert "为什么处理您的信息" in chinese and "合肥市科学技术局（演示）" in chinese and "皖ICP备00000000号-1" in chinese
    assert "Why we process your data" in english and "Hefei Bureau of Science and Technology (demo)" in english
    assert "国家秘密" in client.get("/terms/", headers={"accept-language": "zh-hans"}).content.decode()
    client.force_login(person)
    assert client.get("/account/").status_code == 200


def test_both_languages_have_the_same_headings():
    for chinese, english in texts.TEXTS.values():
        assert chinese.count("\n# ") == english.count("\n# ") and len(chinese) < 5000
