"""Pages of an expert: my reviews, one seat, and the score sheet beside the bid."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.actions import reviewing
from challenges.forms.scoring import AcceptForm, LeaveForm, SheetForm
from challenges.models import Assignment, Candidate, Sheet
from challenges.pages.sheet_view import sheet_context
from challenges.permissions.reviewing import may_accept_seat, may_recuse, may_score
from challenges.queries import drawing as panels
from challenges.queries import reviewing as reviews
from challenges.queries.opening import document_of
from challenges.queries.subjects import dossier_of, subject_of
from challenges.states import AssignmentState
from portal import vault
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.web import find, page

PAGE = 25


@page("challenges/reviews.html")
def index(request):
    """The seats a person was offered, those that wait first."""
    now = portal_now()
    rows = Paginator(reviews.listed(request.user), PAGE).get_page(request.GET.get("page"))
    subjects = panels.subjects_of(seat.panel for seat in rows)
    return {"now": now, "page": rows, "rows": [(seat, subjects[seat.panel_id]) for seat in rows]}


@page("challenges/review.html")
def show(request, pk: UUID):
    """One seat: the invitation with its declarations, then the candidates to score."""
    now = portal_now()
    seat = find(reviews.seats_of(request.user), pk=pk)
    form = AcceptForm(request.POST or None)
    if form.is_valid():
        declared = form.cleaned_data["no_conflict"] and form.cleaned_data["confidential"]
        reviewing.accept_seat(seat.pk, declares_no_conflict=declared, by=request.user, now=now)
        messages.success(request, _("The seat is yours. You can read and score the bids now."))
        return redirect("review", pk=pk)
    sheets = {sheet.candidate_id: sheet for sheet in reviews.own_sheets(seat)}
    candidates = list(reviews.candidates_to_score(seat.panel)) if seat.state == AssignmentState.ACCEPTED else []
    return {
        "now": now,
        "seat": seat,
        "panel": seat.panel,
        "board": panels.board_of(seat.panel),
        "subject": subject_of(seat.panel),
        "names": panels.names_of_parties(seat.panel) if seat.state == AssignmentState.INVITED else {},
        "rows": [(candidate, sheets.get(candidate.pk)) for candidate in candidates],
        "done": sum(sheets[each.pk].state == "submitted" for each in candidates if each.pk in sheets),
        "others": reviews.sheets_of_others(seat),
        "form": form,
        "may_accept": may_accept_seat(request.user, seat, now=now),
        "may_score": may_score(request.user, seat),
        "may_leave": may_recuse(request.user, seat),
    }


@page("challenges/review_leave.html")
def leave(request, pk: UUID):
    """Decline an invitation, or step back from a seat, with the reason."""
    now = portal_now()
    seat = find(reviews.seats_of(request.user), pk=pk)
    form = LeaveForm(request.POST or None)
    if form.is_valid():
        act = reviewing.decline_seat if seat.state == AssignmentState.INVITED else reviewing.recuse
        act(seat.pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The bureau has been told. Thank you for answering."))
        return redirect("reviews")
    verdict = may_recuse(request.user, seat)
    return {"now": now, "seat": seat, "subject": subject_of(seat.panel), "form": form, "verdict": verdict}


@page("challenges/score.html")
def score(request, pk: UUID, candidate: UUID):
    """The score sheet beside the bid: save the draft, or hand in for good."""
    now = portal_now()
    seat, stands, sheet = _desk(request, pk, candidate)
    form = _form(request, seat, sheet)
    if form.is_valid():
        saved = _save(form, seat, stands, request.user, now)
        if request.POST.get("step") != "submit":
            messages.success(request, _("The draft is saved."))
            return redirect("score", pk=pk, candidate=candidate)
        reviewing.submit_sheet(saved.pk, by=request.user, now=now)
        messages.success(request, _("Sheet %(label)s is handed in.") % {"label": stands.label})
        return redirect("review", pk=pk)
    context = sheet_context(seat, stands, sheet, form, user=request.user)
    opened = document_of(stands.of_bid.bid) if hasattr(stands, "of_bid") else None
    return {"now": now, "opened": opened, "dossier": dossier_of(stands, seat.panel), **context}


@page("challenges/parts/sheet_saved.html")
@require_POST
def save(request, pk: UUID, candidate: UUID):
    """Keep the draft while it is being typed; the answer is the sum, the bands and when it was saved."""
    now = portal_now()
    seat, stands, sheet = _desk(request, pk, candidate)
    form = _form(request, seat, sheet)
    kept = form.is_valid()
    if kept:
        sheet = _save(form, seat, stands, request.user, now)
    context = sheet_context(seat, stands, sheet, form, user=request.user)
    return {"now": now, "kept": kept, **context}


@page("challenges/score.html")
def file(request, pk: UUID, candidate: UUID, file: UUID):
    """A file of the bid, for the expert who declared and while the panel scores."""
    seat, stands, _sheet = _desk(request, pk, candidate)
    kept = find(reviews.files_to_read(seat, stands), file=file).file
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    return response


def _desk(request, pk: UUID, candidate: UUID) -> tuple[Assignment, Candidate, Sheet | None]:
    """The seat, the candidate and the sheet begun; nothing of a bid before the declarations."""
    seat = find(reviews.seats_of(request.user), pk=pk)
    stands = find(reviews.candidates_to_score(seat.panel), pk=candidate)
    sheet = reviews.own_sheets(seat).filter(candidate=stands).first()
    if sheet is None or sheet.state != "submitted":
        require(may_score(request.user, seat))
    return seat, stands, sheet


def _form(request, seat: Assignment, sheet: Sheet | None) -> SheetForm:
    given = reviews.points_of(sheet) if sheet else {}
    initial = {"comment": sheet.comment} if sheet else {}
    return SheetForm(request.POST or None, criteria=reviews.criteria_of(seat.panel), given=given, initial=initial)


def _save(form: SheetForm, seat: Assignment, stands: Candidate, user, now) -> Sheet:
    return reviewing.save_sheet(
        seat.pk,
        stands.pk,
        points=form.points,
        comments=form.words,
        comment=form.cleaned_data["comment"],
        by=user,
        now=now,
    )
