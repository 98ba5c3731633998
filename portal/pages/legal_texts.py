"""The bureau's pages of the privacy statement and the terms: versions, writing one, publishing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import legal as legal_actions
from portal.clock import china_date, portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.models import LegalKind, LegalText
from portal.pages.settings_forms import LegalTextForm
from portal.queries import legal
from portal.queries.setting_history import decision_of
from portal.rights import may_publish_legal_text, may_read_settings, may_write_legal_text
from portal.web import Answer, find, page


@page("portal/legal_texts.html")
def index(request: HttpRequest) -> Answer:
    """Every version of both texts."""
    _readable(request)
    rows = [(text, decision_of(text)) for text in legal.versions()]
    return {"now": portal_now(), "rows": rows, "kinds": LegalKind.choices, "verdict": may_write_legal_text(request.user)}


@page("portal/legal_text_write.html")
def write(request: HttpRequest, kind: str) -> Answer:
    """Write the next version, starting from the one in force."""
    _readable(request)
    if kind not in LegalKind.values:
        raise NotFound()
    require(may_write_legal_text(request.user))
    now = portal_now()
    last = legal.in_force(kind)
    words = {"text_zh": last.text_zh, "text_en": last.text_en} if last else {}
    form = LegalTextForm(request.POST or None, initial=words | {"starts_on": china_date(now)})
    if form.is_valid():
        text = legal_actions.write_legal_text(kind, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("The version is written. It waits for a second person to publish it."))
        return redirect("legal-text", pk=text.pk)
    return {"now": now, "kind": LegalKind(kind), "form": form}


@page("portal/legal_text_decide.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """One version, with publishing and declining it."""
    _readable(request)
    text = find(LegalText.objects.select_related("written_by", "decision__by"), pk=pk)
    return {
        "now": portal_now(),
        "text": text,
        "decision": decision_of(text),
        "both": [("zh-Hans", list(legal.blocks_of(text.text_zh))), ("en", list(legal.blocks_of(text.text_en)))],
        "verdict": may_publish_legal_text(request.user, text),
    }


@require_POST
@page("portal/legal_text_decide.html")
def publish(request: HttpRequest, pk: UUID) -> Answer:
    """Publish a version."""
    _readable(request)
    legal_actions.publish_legal_text(find(LegalText.objects, pk=pk).pk, by=request.user, now=portal_now())
    messages.success(request, _("The version is published. From its first day on everybody is asked to accept it."))
    return redirect("legal-text", pk=pk)


@require_POST
@page("portal/legal_text_decide.html")
def decline(request: HttpRequest, pk: UUID) -> Answer:
    """Decline a version."""
    _readable(request)
    legal_actions.decline_legal_text(find(LegalText.objects, pk=pk).pk, by=request.user, now=portal_now())
    messages.success(request, _("The version is declined."))
    return redirect("legal-text", pk=pk)


def _readable(request: HttpRequest) -> None:
    if not may_read_settings(request.user):
        raise NotFound()
