"""The demo's delegation: an administrator is on a journey, a colleague acts for the firm with their power."""

from datetime import timedelta

from portal.actions import delegating
from portal.clock import china_date, portal_now
from portal.demo.story import Story
from portal.queries.acting import own_powers


def lend_while_away(story: Story) -> None:
    """周启 lends the administration of the instrument maker to 林芳 for two weeks, and 林芳 accepts."""
    principal, delegate = story.people["周启"], story.people["林芳"]
    today = china_date(portal_now())
    offered = delegating.offer_delegation(
        power=own_powers(principal)[0].pk,
        delegate=delegate.email,
        starts_on=today,
        ends_on=today + timedelta(days=13),
        reason="出差参加国际仪器展，期间由林芳代办日常事务。",
        by=principal,
        now=portal_now(),
    )
    delegating.accept_delegation(offered.pk, by=delegate, now=portal_now())
