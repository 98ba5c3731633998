"""Looks of support: asked for, answered by the person, begun, ended, and read by whom they concern."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.acting import VIEW
from portal.actions import supporting
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.pages.acting_forms import SupportForm
from portal.permissions_acting import (
    may_answer_support_view,
    may_ask_support_view,
    may_begin_support_view,
    may_end_support_view,
)
from portal.queries import supporting as views
from portal.queries.settings import setting
from portal.web import Answer, find, page


@page("portal/support_views.html")
def index(request: HttpRequest) -> Answer:
    """Who of support asked to look at one's pages, who looked, when and why."""
    now = portal_now()
    found = views.visible_to(request.user).filter(person_id=request.user.pk)[:200]
    rows = [
        {
            "view": view,
            "may_answer": bool(may_answer_support_view(request.user, view, now=now)),
            "may_end": bool(may_end_support_view(request.user, view)),
        }
        for view in found
    ]
    return {"now": now, "rows": rows, "minutes": setting("support_view_minutes")}


@require_POST
@page("portal/support_views.html")
def agree(request: HttpRequest, pk: UUID) -> Answer:
    """Let support look."""
    view = supporting.agree_to_support_view(find(views.visible_to(request.user), pk=pk).pk, by=request.user, now=portal_now())
    messages.success(request, _("%(name)s may look at your pages once.") % {"name": view.supporter.name})
    return redirect("support-views")


@require_POST
@page("portal/support_views.html")
def refuse(request: HttpRequest, pk: UUID) -> Answer:
    """Do not let support look."""
    supporting.refuse_support_view(find(views.visible_to(request.user), pk=pk).pk, by=request.user, now=portal_now())
    messages.success(request, _("Refused. Nothing is shown to support."))
    return redirect("support-views")


@require_POST
@page("portal/support_views.html")
def end(request: HttpRequest, pk: UUID) -> Answer:
    """End it: the person on their page, support on theirs."""
    view = supporting.end_support_view(find(views.visible_to(request.user), pk=pk).pk, by=request.user, now=portal_now())
    messages.success(request, _("Ended."))
    return redirect("support-views" if view.person_id == request.user.pk else "support")


@page("portal/support.html")
def support(request: HttpRequest) -> Answer:
    """Ask a person to let one look; what they answered."""
    require(may_ask_support_view(request.user))
    now = portal_now()
    form = SupportForm(request.POST or None)
    if form.is_valid():
        view = supporting.ask_support_view(**form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("%(name)s is asked. You can begin once they have agreed.") % {"name": view.person.name})
        return redirect("support")
    found = views.visible_to(request.user).filter(supporter_id=request.user.pk)[:200]
    rows = [
        {
            "view": view,
            "may_begin": bool(may_begin_support_view(request.user, view, now=now)),
            "may_end": bool(may_end_support_view(request.user, view)),
        }
        for view in found
    ]
    return {"now": now, "form": form, "rows": rows, "minutes": setting("support_view_minutes")}


@require_POST
@page("portal/support.html")
def begin(request: HttpRequest, pk: UUID) -> Answer:
    """Look at the person's pages from here on."""
    view = supporting.begin_support_view(find(views.visible_to(request.user), pk=pk).pk, by=request.user, now=portal_now())
    request.session[VIEW] = str(view.pk)
    return redirect("home")


@require_POST
@page("portal/support.html")
def stop(request: HttpRequest) -> Answer:
    """End the look that is under way."""
    now = portal_now()
    kept = request.session.pop(VIEW, None)
    view = views.running(request.user, kept, now=now) if kept else None
    if view is not None:
        supporting.end_support_view(view.pk, by=request.user, now=now)
    messages.success(request, _("The look is ended."))
    return redirect("support")
