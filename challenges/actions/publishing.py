"""Publishing a board: number, deadline and box; and withdrawing a case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.actions.opening import leave_unopened, let_lapse
from challenges.locks import lock_challenge, next_number
from challenges.messages import boards as messages
from challenges.messages.bids import BOARD_GONE
from challenges.models import Box, Challenge, RulesClass
from challenges.permissions.publishing import duty_to_withdraw, may_publish_board, may_withdraw_challenge
from challenges.permissions.standing import credit_in_order
from challenges.policy.eligibility import check_dates
from challenges.policy.windows import box_opens_from, default_deadline
from challenges.states import ChallengeState
from portal import vault
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel import sealing
from portal.kernel.errors import Incomplete, Refused
from portal.kernel.verdict import require
from portal.models import User
from portal.tell import tell
from portal.transition import move

TEST_WORDS = b"a test box opens on this installation"


@transaction.atomic
def publish_board(
    challenge_id: UUID, *, opens_at: datetime | None = None, closes_at: datetime | None = None, by: User, now: datetime
) -> Challenge:
    """Make a board of a pooled need: give it its number, its deadline and the box for its bids.

    Without ``opens_at`` bidding opens at once; without ``closes_at`` the window lasts the days of
    the rules. Raises NotAllowed, WrongState (``notice_missing``, ``notice_running``, a second
    click), Refused ``opening_passed``, ``deadline_before_window``, ``deadline_passed_already``, or
    ``box_not_openable`` when a test box does not open here.
    """
    challenge = lock_challenge(challenge_id)
    require(may_publish_board(by, challenge))
    require(credit_in_order("publish_board", challenge.rules, [challenge.poster_id], on=china_date(now)))
    take_duty(Duty.HANDLES_CASE, Scope.CASE.of(challenge.pk), by=by, now=now)
    challenge.opens_at = opens_at or now
    challenge.closes_at = closes_at or default_deadline(challenge.opens_at, challenge.rules.bidding_days)
    _check_window(challenge, now)
    open_test_box(challenge.pk)
    challenge.number = _number(challenge, now)
    challenge.published_at = now
    box = _make_box(challenge, now)
    event = move(
        challenge,
        to=ChallengeState.PUBLISHED,
        by=by,
        also=["opens_at", "closes_at", "number", "published_at"],
        facts={
            "number": challenge.number,
            "opens_at": challenge.opens_at.isoformat(),
            "closes_at": challenge.closes_at.isoformat(),
            "recipient": box.recipient,
            "mode": str(box.mode),
        },
    )
    tell(messages.BOARD_PUBLISHED, challenge, because=event)
    return challenge


@transaction.atomic
def withdraw_challenge(challenge_id: UUID, *, why: str, by: User, now: datetime) -> Challenge:
    """End a need or a board for good, with the reason; bids not opened yet stay closed for ever.

    The poster's administrator may until publication, an officer until the deadline. Raises
    NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    challenge = lock_challenge(challenge_id)
    require(may_withdraw_challenge(by, challenge))
    take_duty(duty_to_withdraw(by, challenge), Scope.CASE.of(challenge.pk), by=by, now=now)
    if not why.strip():
        raise Incomplete(
            "reason_missing", _("A reason is missing. Write why this is withdrawn."), field="why", missing=["why"]
        )
    let_lapse(challenge, by=by, kind=BOARD_GONE)
    leave_unopened(challenge, by=by, kind=BOARD_GONE)
    event = move(challenge, to=ChallengeState.WITHDRAWN, by=by, why=why.strip())
    tell(messages.CHALLENGE_WITHDRAWN, challenge, because=event)
    return challenge


def open_test_box(challenge_id: UUID) -> None:
    """Make a box that is thrown away, and open it with this installation's escrow key.

    Raises Refused ``box_not_openable`` when what went in does not come out.
    """
    identity, recipient = sealing.new_box()
    wrapped = vault.wrap_identity(identity, challenge_id)
    try:
        found = sealing.decrypt(sealing.encrypt(TEST_WORDS, recipient), vault.unwrap_identity(wrapped, challenge_id))
    except sealing.Unreadable:
        found = b""
    if found != TEST_WORDS:
        raise Refused(
            "box_not_openable",
            _("A test box could not be opened on this installation, so nothing was published. Tell the operator."),
        )


def _check_window(challenge: Challenge, now: datetime) -> None:
    if challenge.opens_at < now:
        raise Refused(
            "opening_passed",
            _("Bidding cannot open at %(opens_at)s, which is past. Leave it empty to open at once."),
            field="opens_at",
            opens_at=challenge.opens_at,
        )
    check_dates(
        opens_at=challenge.opens_at,
        closes_at=challenge.closes_at,
        opening_at=box_opens_from(challenge.closes_at),
        now=now,
    )


def _number(challenge: Challenge, now: datetime) -> str:
    """The next number of the class's series of this year, as its rules write it."""
    terms = RulesClass.objects.get(rules_id=challenge.rules_id, code=challenge.class_code)
    year = china_date(now).year
    series = terms.number_format.partition("{number")[0].format(year=year)
    return terms.number_format.format(year=year, number=next_number(series))


def _make_box(challenge: Challenge, now: datetime) -> Box:
    identity, recipient = sealing.new_box()
    return Box.objects.create(
        challenge=challenge,
        mode=challenge.rules.seal_mode,
        recipient=recipient,
        wrapped_identity=vault.wrap_identity(identity, challenge.pk),
        created_at=now,
    )
