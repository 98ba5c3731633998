"""What a person does next, over all stages: one read per kind of thing, whatever their number.

Before its box is opened a bid appears to its own people alone.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.models import (
    Agreement,
    Assignment,
    Bid,
    BidCandidate,
    Challenge,
    Panel,
    PanelPurpose,
    PublicNotice,
    Side,
    Signature,
)
from challenges.queries import credit_work, ties_work
from challenges.queries.needs import of_bureau, of_district
from challenges.queries.programming import programme_of
from challenges.queries.reviewing import standing
from challenges.states import AgreementState, AssignmentState, BidState, ChallengeState, SheetState
from portal.faces import Todo
from portal.models import Organisation, Role
from portal.permissions import holds, is_draw_clerk
from portal.queries.people import in_programmes, powers_of
from portal.states import OrganisationState

C, B = ChallengeState, BidState
MOST = 60
"""At most so many of each kind; more work than that has its own lists."""

LATER: list[Callable[[object, datetime], Iterable[Todo]]] = []
"""What later stages add; this app does not know them."""


def todo_of(user, now: datetime) -> list[Todo]:
    """Every act that waits for this person."""
    kinds = (_organisations, _cases, _bids, _panels, _seats, _agreements, credit_work.todo_of, ties_work.todo_of, *LATER)
    if user.seen_by:  # a view of support shows no draft and no bid before opening
        kinds = (_organisations, _cases)
    return [item for kind in kinds for item in kind(user, now)]


def also(kind: Callable[[object, datetime], Iterable[Todo]]) -> None:
    """Let a later stage of the road add its acts."""
    if kind not in LATER:
        LATER.append(kind)


def _organisations(user, now: datetime) -> Iterator[Todo]:
    """Entries to verify, and returned ones to correct."""
    powers = powers_of(user)
    waits = Q(pk__in=powers.administers, state=OrganisationState.RETURNED)
    if Role.OFFICER in powers.roles:
        waits |= Q(state=OrganisationState.REGISTERED) & ~Q(pk__in=powers.views)
    elif not powers.administers:
        return
    for organisation in Organisation.objects.filter(waits).order_by("created_at")[:MOST]:
        if organisation.state == OrganisationState.RETURNED:
            url = reverse("organisation-correct", args=[organisation.pk])
            yield Todo(_("Correct the entry of %(name)s") % {"name": organisation.name}, url, _("Correct"))
        else:
            url = reverse("organisation", args=[organisation.pk])
            yield Todo(_("Verify %(name)s") % {"name": organisation.name}, url, _("Verify"), detail=organisation.uscc)


def _cases(user, now: datetime) -> Iterator[Todo]:
    """Needs to finish, review, check and publish; opened boards to qualify; evaluated ones to choose from."""
    waits = _cases_for(user)
    if waits is None:
        return
    notice = PublicNotice.objects.filter(challenge=OuterRef("pk"), ended_at__isnull=False)
    panel = BidCandidate.objects.filter(bid__challenge=OuterRef("pk"))
    cases = Challenge.objects.filter(waits).select_related("poster", "call", "rules").annotate(
        noticed=Exists(notice),
        convened=Exists(panel),
        unchecked=Count("bids", filter=Q(opened_at__isnull=False, bids__state=B.OPENED)),
        taken=Count("bids", filter=Q(opened_at__isnull=False, bids__state__in=[B.QUALIFIED, B.RANKED, B.SELECTED])),
    )  # fmt: skip
    for case in cases.order_by("created_at")[:MOST]:
        if act := _act_on(case, user):
            yield act


def _cases_for(user) -> Q | None:
    """The cases that wait for this person by their state."""
    powers = powers_of(user)
    if not (powers.edits or powers.roles & {Role.OFFICER, Role.DISTRICT}):
        return None
    waits = Q(poster__in=powers.edits, state__in=[C.RETURNED] if user.seen_by else [C.DRAFT, C.RETURNED])
    waits |= Q(poster__in=powers.administers, state=C.EVALUATED) & ~Exists(_chosen(OuterRef("pk")))
    if Role.DISTRICT in powers.roles:
        waits |= Q(state=C.SUBMITTED) & of_district(user)
    if Role.OFFICER in powers.roles:
        waits |= Q(state__in=[C.RECOMMENDED, C.POOLED, C.OPENED]) & of_bureau(user, Role.OFFICER)
    return waits


def _chosen(challenge: OuterRef) -> QuerySet[Bid]:
    return Bid.objects.filter(challenge=challenge, state=B.SELECTED)


def _act_on(case: Challenge, user) -> Todo | None:
    """The act that a case asks for, in the state it is in."""
    need, detail = reverse("need", args=[case.pk]), _named(case)
    match case.state:
        case C.DRAFT:
            url = reverse("need-edit", args=[case.pk])
            return Todo(_("Finish the need “%(title)s”") % {"title": case.title}, url, _("Write"), case.call.closes_at, case.poster.name)
        case C.RETURNED:
            url = reverse("need-edit", args=[case.pk])
            return Todo(_("Correct the need “%(title)s”") % {"title": case.title}, url, _("Correct"), None, case.poster.name)
        case C.SUBMITTED:
            return Todo(_("Review the need “%(title)s”") % {"title": case.title}, need, _("Review"), None, detail)
        case C.RECOMMENDED:
            return Todo(_("Check the need “%(title)s”") % {"title": case.title}, need, _("Check"), None, detail)
        case C.POOLED if case.rules.notice_before_publishing and not case.noticed:
            return Todo(_("Give public notice of “%(title)s”") % {"title": case.title}, need, _("Give notice"), None, detail)
        case C.POOLED:
            return Todo(_("Publish the board “%(title)s”") % {"title": case.title}, need, _("Publish"), None, detail)
        case C.OPENED:
            return _after_opening(case)
        case C.EVALUATED:
            url = reverse("results", args=[case.pk])
            return Todo(_("Choose a bid for “%(title)s”") % {"title": case.title}, url, _("Choose"), None, detail)
    return None


def _after_opening(case: Challenge) -> Todo | None:
    """Bids to qualify, then a panel to convene, or no valid taker to declare."""
    if case.unchecked:
        words = ngettext("Qualify %(count)s bid of “%(title)s”", "Qualify %(count)s bids of “%(title)s”", case.unchecked)
        url = reverse("board-bids", args=[case.pk])
        return Todo(words % {"count": case.unchecked, "title": case.title}, url, _("Qualify"), None, _named(case))
    if not case.taken:
        url = reverse("board-bids", args=[case.pk])
        return Todo(_("No valid taker for “%(title)s”") % {"title": case.title}, url, _("Open"), None, _named(case))
    if not case.convened:
        url = reverse("panel-convene", args=[case.pk])
        return Todo(_("Convene the panel for “%(title)s”") % {"title": case.title}, url, _("Convene"), None, _named(case))
    return None


def _bids(user, now: datetime) -> Iterator[Todo]:
    """The own bids to finish and to seal, while their boards are open."""
    powers = powers_of(user)
    if not powers.edits:
        return
    writes, signs = powers.edits - powers.inherited, powers.administers - powers.inherited
    waits = Q(lead__in=writes, state=B.DRAFT) | Q(lead__in=signs, state=B.SIGNING_OFF)
    own = Bid.objects.filter(waits, challenge__state=C.PUBLISHED).select_related("challenge", "lead")
    for bid in own.order_by("challenge__closes_at", "pk")[:MOST]:
        title, due = {"title": bid.challenge.title}, bid.challenge.closes_at
        detail = " · ".join(filter(None, [bid.challenge.number, bid.lead.name]))
        if bid.state == B.SIGNING_OFF:
            yield Todo(_("Seal the bid for “%(title)s”") % title, reverse("bid-seal", args=[bid.pk]), _("Seal"), due, detail)
        else:
            yield Todo(_("Finish the bid for “%(title)s”") % title, reverse("bid-draft", args=[bid.pk]), _("Write"), due, detail)


def _panels(user, now: datetime) -> Iterator[Todo]:
    """Panels whose experts are to be named, and panels whose sheets are all in."""
    roles = powers_of(user).roles
    if not roles & {Role.DRAW_CLERK, Role.OFFICER, Role.DIVISION_HEAD}:
        return
    acting = in_programmes(user, Role.DRAW_CLERK, Role.OFFICER, Role.DIVISION_HEAD, path="rules__programme")
    for panel in open_panels().filter(acting).order_by("due_at")[:MOST]:
        title = {"title": panel.title}
        if panel.named_at is None and is_draw_clerk(user, programme_of(panel)) and panel.convened_by_id != user.pk:
            words, url = _("Name the experts for “%(title)s”") % title, reverse("panel-experts", args=[panel.pk])
            yield Todo(words, url, _("Name experts"), panel.due_at, panel.number or "")
        elif panel.complete and holds(user, Role.OFFICER, Role.DIVISION_HEAD, programme_id=programme_of(panel)):
            words, url = _("Lock the scores for “%(title)s”") % title, reverse("panel", args=[panel.pk])
            yield Todo(words, url, _("Lock"), panel.due_at, panel.number or "")


def open_panels() -> QuerySet[Panel]:
    """Panels that are not locked, with their case's title and number, and how many sheets are in of how many."""
    case = BidCandidate.objects.filter(candidate__panel=OuterRef("pk")).values
    seats = Count("assignments", filter=Q(assignments__state=AssignmentState.ACCEPTED), distinct=True)
    valid = Q(assignments__state=AssignmentState.ACCEPTED, assignments__sheets__state=SheetState.SUBMITTED)
    handed_in = Count("assignments__sheets", filter=valid & standing("assignments__sheets__candidate__"), distinct=True)
    return Panel.objects.filter(locked_at__isnull=True, purpose=PanelPurpose.BID_REVIEW).annotate(
        title=case("bid__challenge__title")[:1],
        number=case("bid__challenge__number")[:1],
        seats=seats,
        invited=Count("assignments", filter=Q(assignments__state=AssignmentState.INVITED), distinct=True),
        sheets_in=handed_in,
        sheets_all=seats * Count("candidates", filter=standing("candidates__"), distinct=True),
        complete=Q(seats__gt=0, invited=0, sheets_in=F("sheets_all")),
    )


def _seats(user, now: datetime) -> Iterator[Todo]:
    """Invitations to answer and sheets to hand in."""
    if Role.EXPERT not in powers_of(user).roles:
        return
    case = BidCandidate.objects.filter(candidate__panel=OuterRef("panel")).values("bid__challenge__title")[:1]
    seats = Assignment.objects.filter(expert_id=user.pk, panel__locked_at__isnull=True, state__in=AssignmentState.live())
    seats = seats.filter(panel__purpose=PanelPurpose.BID_REVIEW).select_related("panel").annotate(
        title=case,
        sheets_in=Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED) & standing("sheets__candidate__"), distinct=True),
        sheets_all=Count("panel__candidates", filter=standing("panel__candidates__"), distinct=True),
    )
    for seat in seats.order_by("answer_by")[:MOST]:
        url, title = reverse("review", args=[seat.pk]), {"title": seat.title}
        if seat.state == AssignmentState.INVITED:
            yield Todo(_("Answer the invitation to review “%(title)s”") % title, url, _("Answer"), seat.answer_by)
        elif seat.sheets_in < seat.sheets_all:
            detail = _("%(done)s of %(all)s sheets handed in") % {"done": seat.sheets_in, "all": seat.sheets_all}
            yield Todo(_("Score the bids for “%(title)s”") % title, url, _("Score"), seat.panel.due_at, detail)


def _agreements(user, now: datetime) -> Iterator[Todo]:
    """Agreements to draft, to send, to sign and to register."""
    powers = powers_of(user)
    if powers.edits:
        live = Agreement.objects.filter(bid=OuterRef("pk")).exclude(state=AgreementState.VOID)
        selected = Bid.objects.filter(~Exists(live), challenge__poster__in=powers.edits, state=B.SELECTED)
        for bid in selected.select_related("challenge", "lead").order_by("pk")[:MOST]:
            words = _("Draft the agreement with %(name)s") % {"name": bid.lead.name}
            yield Todo(words, reverse("agreement-draft", args=[bid.pk]), _("Draft"), None, _named(bid.challenge))
    waits = Q(bid__challenge__poster__in=powers.edits, state=AgreementState.DRAFT)
    for side, whose in ((Side.POSTER, "bid__challenge__poster__in"), (Side.BIDDER, "bid__lead__in")):
        signed = Signature.objects.filter(agreement=OuterRef("pk"), side=side)
        waits |= Q(**{whose: powers.administers}, state=AgreementState.SIGNING) & ~Exists(signed)
    if Role.OFFICER in powers.roles:
        waits |= Q(state=AgreementState.SIGNED) & of_bureau(user, Role.OFFICER, path="bid__challenge__")
    elif not powers.edits:
        return
    agreements = Agreement.objects.filter(waits, bid__state=B.SELECTED).select_related("bid__challenge")
    acts = {
        AgreementState.DRAFT: (_("Finish the agreement on “%(title)s”"), _("Write")),
        AgreementState.SIGNING: (_("Sign the agreement on “%(title)s”"), _("Sign")),
        AgreementState.SIGNED: (_("Register the agreement on “%(title)s”"), _("Register")),
    }
    for agreement in agreements.order_by("created_at")[:MOST]:
        words, act = acts[AgreementState(agreement.state)]
        case = agreement.bid.challenge
        yield Todo(words % {"title": case.title}, reverse("agreement", args=[agreement.pk]), act, None, _named(case))


def _named(case: Challenge) -> str:
    """What tells one case from another: number and poster."""
    return " · ".join(filter(None, [case.number, case.poster.name if "poster" in case._state.fields_cache else ""]))
