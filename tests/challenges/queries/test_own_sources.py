"""What boards and panels hold of one person, in the copy of their own data."""

import pytest

from challenges.actions.objecting import file_objection
from challenges.states import ChallengeState
from portal.queries.own_data import entries_of

pytestmark = pytest.mark.django_db


def entries(person, field):
    """What the copy holds of one line of the register."""
    return next(rows for line, rows in entries_of(person) if line.fields[0] == field)


def test_a_person_gets_their_own_objection_and_nobody_elses(make, clock):
    challenge = make.need(ChallengeState.IN_NOTICE, call=make.call(notice_before_publishing=True))
    notice, one, other = make.notice_of(challenge), make.person(), make.person()
    for person, name, reason in ((one, "李华", "与已立项目重复。"), (other, "王五", "他人的理由。")):
        file_objection(
            notice.pk, challenge.pk, name=name, phone="0551-63530001", reason=reason, by=person, now=clock.now()
        )

    found = entries(one, "challenges.Objection.ciphertext")

    assert [(row["name"], row["phone"], row["reason"]) for row in found] == [("李华", "0551-63530001", "与已立项目重复。")]


def test_an_expert_gets_their_entry_in_the_pool(make):
    expert = make.expert()

    assert [row["fields"] for row in entries(expert, "challenges.Expert.user")] == ["quantum"]
    assert entries(make.person(), "challenges.Expert.user") == []
