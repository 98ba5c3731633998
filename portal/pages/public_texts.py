"""Texts for everybody: privacy statement, terms of use, the accessibility statement; and reading them first."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from portal import personal_data
from portal.actions import legal as legal_actions
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.models import LegalKind
from portal.queries import legal
from portal.visitors import for_visitors
from portal.web import Answer, find, page, uuid_of


@for_visitors
@page("portal/legal_text.html", public=True)
def privacy(request: HttpRequest, version: int | None = None) -> Answer:
    """The privacy statement, and what data the portal keeps, for what, how long."""
    return _shown(LegalKind.PRIVACY, version) | {"register": personal_data.for_readers()}


@for_visitors
@page("portal/legal_text.html", public=True)
def terms(request: HttpRequest, version: int | None = None) -> Answer:
    """The terms of use."""
    return _shown(LegalKind.TERMS, version)


@for_visitors
@page("portal/accessibility.html", public=True)
def accessibility(request: HttpRequest) -> Answer:
    """What this portal does so that everybody can use it, and whom to tell where it fails."""
    return {}


@page("portal/please_read.html")
def please_read(request: HttpRequest) -> Answer:
    """Read the texts in force and accept them, before anything else."""
    onward = request.POST.get("next") or request.GET.get("next") or "/"
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(onward, allowed_hosts=hosts, require_https=request.is_secure())
    onward = onward if safe else resolve_url("home")
    asked = legal.asked_of(request.user)
    if request.method == "POST":
        legal_actions.accept_texts([uuid_of(pk) for pk in request.POST.getlist("text")], by=request.user, now=portal_now())
        if asked:
            messages.success(request, _("Thank you. Which version you accepted, and when, is recorded."))
        return redirect(onward)
    if not asked:
        return redirect(onward)
    return {"texts": [(text, list(legal.blocks_of(text.text))) for text in asked], "next": onward}


def _shown(kind: LegalKind, version: int | None) -> dict:
    published = legal.published(kind)
    text = legal.in_force(kind) if version is None else find(published, version=version)
    if version is not None and text is None:
        raise NotFound()
    return {
        "kind": kind,
        "text": text,
        "blocks": list(legal.blocks_of(text.text)) if text else [],
        "published": published,
        "is_present": text is not None and text == legal.in_force(kind),
    }
