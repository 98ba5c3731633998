"""What people are told on a need's way to the board reads well in both languages."""

import pytest

from challenges.actions.publishing import withdraw_challenge
from portal.clock import portal_now
from portal.delivery import words
from portal.models import Message

KINDS = {
    "need_submitted", "need_recommended", "need_returned", "need_rejected", "need_pooled", "notice_given", "notice_ended",
    "board_published", "challenge_withdrawn",
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_every_message_has_words_and_a_link_in_both_languages(make, clock, client):
    clock.china(2026, 4, 30)
    make.case_officer()
    board = make.published(clock)
    make.need("returned", poster=board.poster)
    make.need("rejected", poster=board.poster)
    withdraw_challenge(board.pk, why="不公开的理由", by=make.case_officer(), now=portal_now())

    told = list(Message.objects.filter(kind__in=KINDS).select_related("to"))

    assert {message.kind for message in told} == KINDS
    for message in told:
        for language in ("en", "zh-hans"):
            subject, text = words(message, language)
            assert message.facts["title"] in subject
            assert len(text) > 20
            assert "不公开的理由" not in subject + text
            assert ("年" in text or "需求" in text or "榜" in text or "理由" in text) == (language == "zh-hans")
        client.force_login(message.to)
        assert client.get(message.link).status_code == 200
