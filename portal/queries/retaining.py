"""Which rows a retention time has run out for; what an open case needs is never among them.

Each app says from ``apps.py:ready()`` which cases are open: ``retaining.register(open_cases)``, a
function that gives a queryset of case ids.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.clock import CHINA, china_date
from portal.guards import FORGOTTEN
from portal.models import (
    AccountMerge,
    DataExport,
    Dispatch,
    Grant,
    IdempotentAnswer,
    Invitation,
    Membership,
    Message,
    Replacement,
    RetentionRun,
    SecurityEvent,
    User,
)
from portal.states import InvitationState, MergeState, ReplacementState

OpenCases = Callable[[], QuerySet]
_open_cases: list[OpenCases] = []


def register(open_cases: OpenCases) -> None:
    """Add a function that gives the ids of cases that are not finished."""
    if open_cases not in _open_cases:
        _open_cases.append(open_cases)


def security_lines(before: datetime) -> QuerySet[SecurityEvent]:
    """Lines of the security log."""
    return SecurityEvent.objects.filter(at__lt=before)


def messages(before: datetime) -> QuerySet[Message]:
    """Messages, but those about cases that are open."""
    rows = Message.objects.filter(created_at__lt=before)
    for open_cases in _open_cases:
        rows = rows.exclude(event__case_id__in=open_cases())
    return rows


def answers(before: datetime) -> QuerySet[IdempotentAnswer]:
    """Answers to repeated requests."""
    return IdempotentAnswer.objects.filter(created_at__lt=before)


def invitations(before: datetime) -> QuerySet[Invitation]:
    """Invitations that ended and still hold the address they went to."""
    ended = Q(answered_at__lt=before) | Q(answered_at__isnull=True, expires_on__lt=china_date(before))
    return Invitation.objects.filter(ended).exclude(state=InvitationState.INVITED).exclude(email=FORGOTTEN)


def replacements(before: datetime) -> QuerySet[Replacement]:
    """Decided appointments of administrators that still hold an address."""
    rows = Replacement.objects.filter(decided_at__lt=before)
    return rows.exclude(state=ReplacementState.PROPOSED).exclude(email=FORGOTTEN)


def merges(before: datetime) -> QuerySet[AccountMerge]:
    """Merges of accounts that are over, cannot be taken back, and still hold an address."""
    undoable = Q(state=MergeState.MERGED, undo_until_on__gte=china_date(before))
    rows = AccountMerge.objects.filter(asked_at__lt=before)
    return rows.exclude(state=MergeState.ASKED).exclude(undoable).exclude(email=FORGOTTEN)


def exports(before: datetime) -> QuerySet[DataExport]:
    """Copies of people's own data whose last day is over and whose file is still there."""
    return DataExport.objects.filter(ends_at__lte=before, file__destruction__isnull=True).select_related("file")


def dispatches(before: datetime) -> QuerySet[Dispatch]:
    """Mails and text messages that were never sent and are of no use any more."""
    return Dispatch.objects.filter(expires_at__lt=before, sealed__isnull=False)


def sessions(before: datetime) -> QuerySet[Session]:
    """Sessions that are over."""
    return Session.objects.filter(expire_date__lt=before)


def traces_of_sessions(before: datetime) -> QuerySet[UserSession]:
    """Address and program of sessions that are gone."""
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    return UserSession.objects.filter(~Exists(there), last_seen_at__lt=before)


def unused_accounts(before: datetime) -> QuerySet[User]:
    """Accounts of people who hold no power, held none since, and have not signed in since; aliases go with their account."""
    day = china_date(before)
    lately = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return User.objects.filter(
        ~Exists(Membership.objects.filter(lately, user=OuterRef("pk"))),
        ~Exists(Grant.objects.filter(lately, Q(ended_at__isnull=True) | Q(ended_at__gte=before), user=OuterRef("pk"))),
        Q(last_login__isnull=True) | Q(last_login__lt=before),
        created_at__lt=before, is_active=True, erased_at__isnull=True, alias_of__isnull=True,
    )  # fmt: skip


def last_runs() -> dict[str, RetentionRun]:
    """The newest run of each retention time."""
    newest = RetentionRun.objects.order_by("name", "-at").distinct("name")
    return {run.name: run for run in newest}


def done_today(now: datetime) -> set[str]:
    """Names of the retention times that were applied since midnight in China."""
    midnight = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return set(RetentionRun.objects.filter(at__gte=midnight, at__lt=midnight + timedelta(days=1)).values_list("name", flat=True))
