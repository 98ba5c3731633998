"""Legal texts: two people, versions, acceptance."""

import hashlib

import pytest

from portal.actions.legal import accept_texts, decline_legal_text, publish_legal_text, write_legal_text
from portal.clock import china_date, portal_now
from portal.kernel.errors import Clash, Incomplete, NotAllowed, NotFound, WrongState
from portal.models import Acceptance, Event, LegalText, Role
from portal.queries import legal

pytestmark = pytest.mark.django_db


def test_a_text_counts_once_a_second_person_publishes_it(make):
    text = make.written_text()
    assert legal.in_force("privacy") is None
    with pytest.raises(NotAllowed) as refusal:
        publish_legal_text(text.pk, by=text.written_by, now=portal_now())
    assert refusal.value.code == "needs_second_person"

    publish_legal_text(text.pk, by=make.official(Role.DIVISION_HEAD), now=portal_now())

    assert legal.in_force("privacy") == text
    assert (text.version, len(text.sha256)) == (1, len(hashlib.sha256().hexdigest()))
    with pytest.raises(WrongState):
        decline_legal_text(text.pk, by=make.official(Role.LEADER), now=portal_now())


def test_only_heads_and_leaders_write_and_publish(make):
    given = {"text_zh": "文", "text_en": "text", "starts_on": china_date(portal_now())}
    waiting = make.written_text("privacy")
    for somebody in (make.officer(), make.official(Role.AUDITOR), make.person()):
        with pytest.raises(NotAllowed):
            write_legal_text("terms", **given, by=somebody, now=portal_now())
        with pytest.raises(NotAllowed):
            publish_legal_text(waiting.pk, by=somebody, now=portal_now())

    assert legal.in_force("privacy") is None
    assert LegalText.objects.count() == 1


def test_both_languages_a_known_kind_and_one_at_a_time(make):
    leader, today = make.official(Role.LEADER), china_date(portal_now())
    with pytest.raises(Incomplete):
        write_legal_text("terms", text_zh="文", text_en=" ", starts_on=today, by=leader, now=portal_now())
    with pytest.raises(NotFound):
        write_legal_text("cookies", text_zh="文", text_en="text", starts_on=today, by=leader, now=portal_now())
    make.written_text("terms")
    with pytest.raises(Clash):
        write_legal_text("terms", text_zh="文", text_en="text", starts_on=today, by=leader, now=portal_now())


def test_a_person_accepts_what_is_in_force_once(make):
    person, privacy, terms = make.person(), make.published_text("privacy"), make.published_text("terms")
    assert legal.asked_of(person) == [privacy, terms]
    with pytest.raises(Clash) as refusal:
        accept_texts([privacy.pk], by=person, now=portal_now())
    assert refusal.value.code == "texts_changed"

    accept_texts([privacy.pk, terms.pk], by=person, now=portal_now())
    accept_texts([privacy.pk, terms.pk], by=person, now=portal_now())

    assert set(Acceptance.objects.values_list("person", "text")) == {(person.pk, privacy.pk), (person.pk, terms.pk)}
    assert Event.objects.filter(kind="legal_text.accepted", by=person).count() == 2
    assert legal.asked_of(person) == []
    newer = make.published_text("privacy", "第二版")
    assert legal.asked_of(person) == [newer]


def test_nothing_is_asked_where_the_city_does_not_ask(make):
    make.published_text()
    make.setting("texts_asked", False)

    assert legal.asked_of(make.person()) == []


def test_a_text_is_read_as_headings_and_paragraphs_and_never_as_markup():
    text = "# 一、目的\n第一段\n第二行\n\n<script>alert(1)</script>"

    assert [(block.text, block.is_heading) for block in legal.blocks_of(text)] == [
        ("一、目的", True), ("第一段\n第二行", False), ("<script>alert(1)</script>", False),
    ]  # fmt: skip
