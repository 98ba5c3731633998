"""Looks of support at a person's pages: asked for with a reason, agreed to, begun, ended."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_acting as messages
from portal.kernel.errors import Clash, Incomplete, Refused
from portal.kernel.verdict import require
from portal.locks import lock_person, lock_support_view
from portal.models import SecurityKind, SupportView, User
from portal.permissions_acting import (
    may_answer_support_view,
    may_ask_support_view,
    may_begin_support_view,
    may_end_support_view,
)
from portal.queries.people import accounts_of
from portal.queries.settings import setting
from portal.queries.supporting import overdue, visible_to
from portal.record import record
from portal.security_log import note
from portal.states import SupportState
from portal.tell import tell
from portal.transition import move

NOBODY = _("Nobody else with this address has an open account. Ask for the address they sign in with.")
LIVE = [SupportState.ASKED, SupportState.AGREED, SupportState.OPEN]


@transaction.atomic
def ask_support_view(*, email: str, reason: str, by: User, now: datetime) -> SupportView:
    """Ask a person, by their whole address, to let support look at their pages; nothing is shown before they agree.

    Raises NotAllowed, Incomplete, Refused (``no_such_account``), Clash (``look_asked_already``).
    """
    lock_person(by.pk)
    require(may_ask_support_view(by))
    if not reason.strip():
        raise Incomplete("field_missing", field="reason", missing=["reason"])
    person = User.objects.filter(email=email.strip().lower(), is_active=True).exclude(pk__in=accounts_of(by.pk)).first()
    if person is None:
        raise Refused("no_such_account", NOBODY, field="email")
    if visible_to(by).filter(supporter=by, person=person, state__in=LIVE).exists():
        raise Clash("support_view_asked_already", _("You have asked this person already. Their answer stands on this page."), field="email")
    view = SupportView.objects.create(supporter=by, person=person, reason=reason.strip(), asked_at=now)
    event = record("supportview.asked", view, by=by, facts=facts_of(view), why=reason.strip())
    tell(messages.VIEW_ASKED, view, because=event)
    return view


@transaction.atomic
def agree_to_support_view(view_id: UUID, *, by: User, now: datetime) -> SupportView:
    """Let support look at one's pages, once, within the hours of the settings. Raises NotFound, WrongState, Refused."""
    view = lock_support_view(view_id)
    require(may_answer_support_view(by, view, now=now))
    view.answered_at = now
    tell(messages.VIEW_AGREED, view, because=move(view, to=SupportState.AGREED, by=by, also=["answered_at"]))
    return view


@transaction.atomic
def refuse_support_view(view_id: UUID, *, by: User, now: datetime) -> SupportView:
    """Do not let support look. Raises NotFound, WrongState, Refused."""
    view = lock_support_view(view_id)
    require(may_answer_support_view(by, view, now=now))
    view.answered_at = now
    tell(messages.VIEW_REFUSED, view, because=move(view, to=SupportState.REFUSED, by=by, also=["answered_at"]))
    return view


@transaction.atomic
def begin_support_view(view_id: UUID, *, by: User, now: datetime) -> SupportView:
    """Begin to look, for the minutes of the settings; the person hears of it at once.

    Raises NotFound, NotAllowed, WrongState, Refused (``look_lapsed``), Clash (``looking_already``).
    """
    lock_person(by.pk)
    view = lock_support_view(view_id)
    require(may_begin_support_view(by, view, now=now))
    if visible_to(by).filter(supporter=by, state=SupportState.OPEN).exists():
        raise Clash("support_view_running", _("You look at somebody else's pages at present. End that first."))
    view.started_at, view.until_at = now, now + timedelta(minutes=setting("support_view_minutes"))
    event = move(view, to=SupportState.OPEN, by=by, also=["started_at", "until_at"], facts=facts_of(view), why=view.reason)
    note(SecurityKind.VIEW_STARTED, person=by, view=str(view.pk), looks_at=str(view.person_id))
    tell(messages.VIEW_BEGUN, view, because=event)
    return view


@transaction.atomic
def end_support_view(view_id: UUID, *, by: User | None, now: datetime) -> SupportView:
    """End a look, or a request for one, at once: the person, support itself, or the clock (``by`` None).

    Raises NotFound, WrongState.
    """
    view = lock_support_view(view_id)
    if by is not None:
        require(may_end_support_view(by, view))
    began = view.started_at is not None
    view.ended_at, view.ended_by = now, by
    event = move(view, to=SupportState.ENDED, by=by, also=["ended_at", "ended_by"], facts=facts_of(view))
    if began:
        who = {"by": str(by.pk)} if by is not None else {}
        note(SecurityKind.VIEW_ENDED, person=view.supporter, view=str(view.pk), looks_at=str(view.person_id), **who)
        tell(messages.VIEW_OVER, view, because=event)
    return view


def end_overdue_support_views(*, now: datetime) -> int:
    """End what ran out of time; how many. A look is over for its reader at that moment already."""
    due = list(overdue(now).values_list("pk", flat=True))
    for pk in due:
        with transaction.atomic():
            if overdue(now).filter(pk=pk).select_for_update(of=("self",)).exists():
                end_support_view(pk, by=None, now=now)
    return len(due)


def facts_of(view: SupportView) -> dict[str, object]:
    """What the record keeps of a look."""
    return {"supporter": str(view.supporter_id), "person": str(view.person_id)}
