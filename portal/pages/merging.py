"""One's own two accounts become one; the bureau takes it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import merging
from portal.clock import portal_now
from portal.forms import Form
from portal.kernel.errors import NotFound
from portal.kernel.masking import mask_mail
from portal.kernel.verdict import require
from portal.pages.member_forms import CodeForm, OtherAccountForm, WhyForm
from portal.permissions import is_officer, may_merge_accounts, may_undo_merge
from portal.queries import merges
from portal.web import Answer, find, page


@page("portal/merge.html")
def index(request: HttpRequest) -> Answer:
    """Name the address of one's other account; what was merged before."""
    require(may_merge_accounts(request.user))
    form = OtherAccountForm(request.POST or None)
    if form.is_valid():
        asked = merging.ask_merge(**form.cleaned_data, by=request.user, now=portal_now())
        return redirect("account-merge", pk=asked.pk)
    return {"form": form, "merged": merges.asked_by(request.user).filter(merged_at__isnull=False)}


@page("portal/merge_prove.html")
def prove(request: HttpRequest, pk: UUID) -> Answer:
    """Type in the code that was mailed to the other address."""
    asked = find(merges.asked_by(request.user), pk=pk)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        merging.merge_accounts(asked.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The two accounts are one. From now on you sign in with %(email)s.") % {"email": request.user.email})
        return redirect("account-merges")
    return {"form": form, "asked": asked}


@page("portal/merges.html")
def listed(request: HttpRequest) -> Answer:
    """The merges that were made; for the bureau."""
    return _listed(request)


@require_POST
@page("portal/merges.html")
def undo(request: HttpRequest, pk: UUID) -> Answer:
    """Take a merge back, with the reason."""
    found = find(merges.visible_to(request.user), pk=pk)
    form = WhyForm(request.POST)
    if form.is_valid():
        merging.undo_merge(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The merge is taken back; both accounts are open."))
        return redirect("merges")
    return _listed(request, why=form)


def _listed(request: HttpRequest, *, why: Form | None = None) -> dict:
    found = merges.visible_to(request.user)
    if not found.query.is_empty():
        now = portal_now()
        rows = [
            {"merge": each, "to": mask_mail(each.kept.email), "was": mask_mail(each.email), "may_undo": may_undo_merge(request.user, each, now=now)}
            for each in found[:200]
        ]
        return {"rows": rows, "is_officer": is_officer(request.user), "why_form": why or WhyForm()}
    raise NotFound()
