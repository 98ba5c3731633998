"""Public notice (公示) of a need before it becomes a board: give it, and end it when its time is over."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_challenge, lock_notice
from challenges.messages import needs as messages
from challenges.models import NoticeKind, PublicNotice
from challenges.permissions.publicising import may_give_notice
from challenges.policy.publicity import notice_period
from challenges.queries.notices import challenge_of
from challenges.states import ChallengeState
from portal.actions.duties import take_duty
from portal.clock import CLOCK, china_date, portal_now
from portal.duties import Duty, Scope
from portal.kernel.errors import Refused, WrongState
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def give_notice(challenge_id: UUID, *, starts_on: date, by: User, now: datetime) -> PublicNotice:
    """Put a pooled need before the public for the working days its rules ask for, both ends counted.

    The last day is computed from the holiday table and stored: five days from 30 April 2026 end
    on Saturday 9 May. Raises NotAllowed, WrongState on a second click, Refused
    ``notice_starts_in_past``, UnknownYear where no holiday table is entered.
    """
    challenge = lock_challenge(challenge_id)
    require(may_give_notice(by, challenge))
    take_duty(Duty.HANDLES_CASE, Scope.CASE.of(challenge.pk), by=by, now=now)
    if starts_on < china_date(now):
        raise Refused(
            "notice_starts_in_past",
            _("A public notice cannot begin on %(starts_on)s, which is past. Choose today or a later day."),
            field="starts_on",
            starts_on=starts_on,
        )
    working_days = challenge.rules.notice_working_days
    period = notice_period(starts_on, working_days)
    notice = PublicNotice.objects.create(
        challenge=challenge,
        kind=NoticeKind.BOARD,
        starts_on=starts_on,
        ends_on=period.last_on,
        ends_at=period.ends_at,
        working_days=working_days,
        published_at=now,
        published_by=by,
    )
    facts = {
        "notice": str(notice.pk),
        "starts_on": starts_on.isoformat(),
        "ends_on": period.last_on.isoformat(),
        "working_days": working_days,
    }
    event = move(challenge, to=ChallengeState.IN_NOTICE, by=by, facts=facts)
    tell(messages.NOTICE_GIVEN, notice, because=event)
    return notice


@transaction.atomic
def end_notice(notice_id: UUID, *, by: User | None = CLOCK, now: datetime) -> PublicNotice:
    """Bring the record after the fact that a notice's last day is over; its need is in the pool again.

    Done by the clock; running it again changes nothing. Raises WrongState ``notice_running``
    while the notice still runs.
    """
    challenge = lock_challenge(challenge_of(notice_id))
    notice = lock_notice(notice_id)
    if notice.ended_at is not None:
        return notice
    ended_at = max(now, portal_now())
    if ended_at < notice.ends_at:
        raise WrongState(
            "notice_running", _("This notice runs until the end of %(ends_on)s."), ends_on=notice.ends_on
        )
    notice.ended_at = ended_at
    notice.save(update_fields=["ended_at"])
    if challenge.state != ChallengeState.IN_NOTICE:
        record("publicnotice.ended", notice, by=by)
        return notice
    event = move(challenge, to=ChallengeState.POOLED, by=by, facts={"notice": str(notice.pk)})
    tell(messages.NOTICE_ENDED, notice, because=event)
    return notice
