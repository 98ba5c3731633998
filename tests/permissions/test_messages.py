"""Every kind of message has a row that says who may get it, and what was sent keeps to the rows."""

import logging

import pytest

from portal.clock import CLOCK
from portal.models import Message
from portal.record import record
from portal.tell import KINDS
from tests.permissions.situations import SITUATIONS, Situation
from tests.permissions.telling import TEMPLATES, Told, read_messages, used_in

WALKED = ("returned", "in_notice", "sealed", "sent")
"""Situations that between them have gone through every stage; ``sent`` is the whole way."""
SEALED = ("以金刚石NV色心为敏感元件", "芯片流片延期", "1,200", "1,180", "1200", "1180", "陈砚", "附件1")
"""Words, prices and names that stand in the bids of these situations, and in no mail."""


@pytest.fixture
def told(make, clock):
    """What was told in a situation."""

    def build(name: str) -> Told:
        situation = Situation(make, clock)
        SITUATIONS[name](situation)
        return Told(name, situation, frozenset(SEALED))

    logging.disable(logging.ERROR)
    yield build
    logging.disable(logging.NOTSET)


def test_every_kind_has_a_row_and_every_row_a_kind():
    assert sorted(set(KINDS) ^ set(read_messages())) == []


def test_the_words_of_a_kind_name_nothing_but_its_facts():
    rows = read_messages()

    wrong = {kind: used_in(kind) - rows[kind].carries for kind in KINDS if not used_in(kind) <= rows[kind].carries}

    assert wrong == {}


def test_no_words_stand_without_a_kind():
    assert sorted(path.stem for path in TEMPLATES.glob("*.txt") if path.stem not in KINDS) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", WALKED)
def test_messages_went_only_where_the_table_says(name, told):
    wrong = list(told(name).wrong(read_messages()))

    assert not wrong, "\n".join(["", *sorted(set(wrong))])


@pytest.mark.django_db
def test_planted_messages_are_found(told):
    here = told("sealed")
    challenge, officer = here.situation.things["challenge"], here.situation.roles["officer"]
    event = record("bid.noted", challenge, by=CLOCK)
    facts = {"number": "1", "title": "1180万元", "closes_at": event.at.isoformat()}
    written = {"event": event, "to": officer, "created_at": event.at, "sealed": True}
    for kind, more, link in (("bid_sealed", {}, "/bids/"), ("bids_opened", {"lead": "乙"}, "/boards/?lead=1")):
        Message.objects.create(kind=kind, facts=facts | more, link=link, **written)

    rows = read_messages()
    del rows["need_submitted"]
    wrong = {line.split(" ", 1)[1] if "[sealed]" in line else line for line in here.wrong(rows)}

    assert wrong == {
        "need_submitted has no row in messages.txt",
        "bid_sealed [sealed] goes to officer",
        "bid_sealed [sealed] says a secret: 1180",
        "bids_opened [sealed] comes before opened",
        "bids_opened [sealed] carries closes_at lead",
        "bids_opened [sealed] leads to /boards/?lead=1",
        "bids_opened [sealed] says a secret: 1180",
    }


@pytest.mark.parametrize(
    "line", ["bid_sealed | sealed | lead", "bid_sealed | never | lead | title", "bid_sealed | sealed | everybody | title", "x | - | lead |\nx | - | lead |"]
)
def test_a_row_that_says_too_little_cannot_be_read(line):
    with pytest.raises(ValueError, match="messages.txt:"):
        read_messages(line)
