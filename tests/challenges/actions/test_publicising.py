"""Public notice: its days, its end by the clock, and nothing before it."""

from datetime import date, timedelta

import pytest

from challenges.actions.publicising import end_notice, give_notice
from challenges.models import Challenge, PublicNotice
from challenges.states import ChallengeState
from challenges.tasks import end_due_notices
from portal.kernel.calendar import UnknownYear
from portal.kernel.errors import NotAllowed, Refused, WrongState
from portal.models import Event

INSTANT = timedelta(microseconds=1)


def fresh(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


@pytest.mark.django_db(transaction=True)
def test_five_days_from_30_april_2026_end_on_saturday_9_may(make, clock):
    clock.china(2026, 4, 29)
    need = make.need("pooled")

    notice = give_notice(need.pk, starts_on=date(2026, 4, 30), by=make.case_officer(), now=clock.now())

    assert (notice.ends_on, notice.working_days) == (date(2026, 5, 9), 5)
    assert notice.ends_at.isoformat() == "2026-05-10T00:00:00+08:00"
    assert fresh(need).state == ChallengeState.IN_NOTICE


@pytest.mark.django_db(transaction=True)
def test_the_clock_ends_a_notice_once_at_the_end_of_its_last_day(make, clock):
    clock.china(2026, 4, 30)
    need = make.need("in_notice")
    notice = make.notice_of(need)

    clock.set(notice.ends_at - INSTANT)
    end_due_notices()
    early = fresh(notice).ended_at
    with pytest.raises(WrongState):
        end_notice(notice.pk, now=clock.now())
    clock.set(notice.ends_at)
    end_due_notices()
    end_due_notices()
    end_notice(notice.pk, now=clock.now())

    assert early is None
    assert (fresh(notice).ended_at, fresh(need).state) == (notice.ends_at, ChallengeState.POOLED)
    assert Event.objects.filter(case_id=need.pk, kind="challenge.pooled", by=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_broken_notice_does_not_stop_the_others(make, clock, monkeypatch):
    clock.china(2026, 4, 30)
    needs = [make.need("in_notice"), make.need("in_notice", title="另一个")]
    clock.set(make.notice_of(needs[0]).ends_at)
    broken = make.notice_of(needs[0]).pk
    real = end_notice

    def fails_once(pk, **by):
        if pk == broken:
            raise RuntimeError
        return real(pk, **by)

    monkeypatch.setattr("challenges.actions.publicising.end_notice", fails_once)
    end_due_notices()

    assert [fresh(need).state for need in needs] == [ChallengeState.IN_NOTICE, ChallengeState.POOLED]


@pytest.mark.django_db(transaction=True)
def test_what_makes_no_sense_is_refused(make, clock):
    clock.china(2026, 4, 30)
    need, draft = make.need("pooled"), make.need("draft")
    officer = make.case_officer()

    with pytest.raises(Refused, match="notice_starts_in_past"):
        give_notice(need.pk, starts_on=date(2026, 4, 29), by=officer, now=clock.now())
    with pytest.raises(UnknownYear):
        give_notice(need.pk, starts_on=date(2041, 4, 29), by=officer, now=clock.now())
    with pytest.raises(NotAllowed):
        give_notice(need.pk, starts_on=date(2026, 4, 30), by=make.reviewer(need.poster), now=clock.now())
    with pytest.raises(WrongState):
        give_notice(draft.pk, starts_on=date(2026, 4, 30), by=officer, now=clock.now())
    give_notice(need.pk, starts_on=date(2026, 4, 30), by=officer, now=clock.now())
    with pytest.raises(WrongState):
        give_notice(need.pk, starts_on=date(2026, 4, 30), by=officer, now=clock.now())

    assert PublicNotice.objects.count() == 1
    assert Challenge.objects.get(pk=need.pk).state == ChallengeState.IN_NOTICE
