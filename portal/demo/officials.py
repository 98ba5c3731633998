"""The demo's officials: two are appointed, they propose and confirm the others, and the list shows what comes and what was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from portal.actions import appointing, granting, inviting_officials, reading
from portal.clock import portal_now
from portal.demo import cast
from portal.models import District, Grant, GrantProposal, Role, User

if TYPE_CHECKING:
    from portal.demo.story import Story

HEAD, LEADER = "沈立", "郑凯"
REASON = "市科技局党组任命文件"
LETTERS = {Role.DISTRICT: "县区科技主管部门来函", Role.DISCIPLINE: "派驻纪检监察组来函"} | dict.fromkeys(
    (Role.PREPARER, Role.APPROVER, Role.RECONCILER), "市财政局来函"
)


def appoint_officials(people: dict[str, User], districts: dict[str, District], now: datetime) -> None:
    """The first two are appointed on the server; they propose and confirm all the others, one of them for a month."""
    for name, role in ((HEAD, Role.DIVISION_HEAD), (LEADER, Role.LEADER)):
        appointing.appoint(email=people[name].email, role=role, now=now)
    for name, _address, role, code in cast.OFFICIALS:
        if name not in (HEAD, LEADER):
            give(people, name, role, district=districts.get(code), starts_on=now.date(), now=now)
    give(people, "方敏", Role.DRAW_CLERK, starts_on=now.date(), ends_on=now.date() + timedelta(days=30), now=now)
    for person in people.values():
        reading.read_all(by=person, now=now)


def give(
    people: dict[str, User], name: str, role: str, *, district: District | None = None, starts_on: date,
    ends_on: date | None = None, now: datetime,
) -> Grant:  # fmt: skip
    """The division head proposes a role, the leader confirms it."""
    proposal = propose(people, name, role, district=district, starts_on=starts_on, ends_on=ends_on, now=now)
    return granting.confirm_proposal(proposal.pk, by=people[LEADER], now=now).grant


def propose(
    people: dict[str, User], name: str, role: str, *, district: District | None = None, starts_on: date,
    ends_on: date | None = None, now: datetime,
) -> GrantProposal:  # fmt: skip
    """The division head proposes a role."""
    return granting.propose_grant(
        email=people[name].email, role=role, district_id=district.pk if district else None, starts_on=starts_on, ends_on=ends_on,
        reason=LETTERS.get(role, REASON), by=people[HEAD], now=now,
    )  # fmt: skip


def change_officials(story: Story) -> None:
    """A role to come, the end of another that waits for confirmation, and an invitation to an office."""
    now, people = portal_now(), story.people
    today = now.date()
    give(people, "温如", Role.OFFICER, starts_on=date(today.year + 1, 1, 1), ends_on=date(today.year + 1, 12, 31), now=now)
    ending = people["纪衡"].grants.get(role=Role.APPROVER)
    granting.propose_end(ending.pk, last_day=date(today.year, 12, 31), reason="年底转岗。", by=people[HEAD], now=now)
    inviting_officials.invite_official(
        email=f"an.he@{cast.AT}", role=Role.PREPARER, reason=LETTERS[Role.PREPARER], by=people[HEAD], now=now
    )
