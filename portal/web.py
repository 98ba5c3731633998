"""What every page shares: it returns its context, and refusals become pages that say why.

``@page`` renders the context a page returns, or passes a response through. A PortalError
becomes the refusal page with the error's status; when it came after a valid form was
posted, the page itself is shown again with everything typed kept and the sentence on top.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

from portal import vault
from portal.forms import bound_and_wrong, running
from portal.kernel.errors import NotFound, PortalError
from portal.models import StoredFile
from portal.typed import left_lately, typed_in
from portal.words import sentence

Answer = Mapping[str, Any] | HttpResponse
View = Callable[..., Answer]
METHODS = ("GET", "HEAD", "POST")


def page(template: str, *, public: bool = False, part: str = "") -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a page of a function that returns its context.

    Who is not signed in is sent to sign in first, unless the page is ``public``. ``part`` is
    the template that answers htmx: a piece of the page, with the same context. Pages are read and
    posted to; any other method is refused before anything is looked up, so it tells nothing.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **by: Any) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            if not public and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                answer, status = _answer(view, request, *args, **by)
            except PortalError as refusal:
                return refuse(request, refusal)
            if isinstance(answer, HttpResponse):
                return answer
            partial = bool(part) and request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
            response = render(request, part if partial else template, dict(answer), status=status)
            if part:
                patch_vary_headers(response, ["HX-Request"])
            return response

        return shown

    return decorate


def refuse(request: HttpRequest, refusal: PortalError) -> HttpResponse:
    """The refusal page: what happened, what to do next, and that nothing was changed."""
    back = request.headers.get("Referer", "")
    context = {
        "sentence": sentence(refusal),
        "refusal": refusal,
        "posted": request.method not in ("GET", "HEAD"),
        "typed": typed_in(request),
        "left": left_lately(request),
        "back": back if back.startswith(f"{request.scheme}://{request.get_host()}/") else "",
    }
    template = "errors/404.html" if isinstance(refusal, NotFound) else "errors/refusal.html"
    return render(request, template, context, status=refusal.status)


def find(rows: QuerySet, **by: Any) -> Model:
    """The one row that fits; NotFound when there is none or this person may not know of it."""
    try:
        return rows.get(**by)
    except (rows.model.DoesNotExist, ValidationError, ValueError):
        raise NotFound(thing=rows.model._meta.model_name) from None


def give_file(kept: StoredFile) -> HttpResponse:
    """A stored file to save, never to show inside the portal."""
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def uuid_of(text: str) -> UUID:
    """An id out of a query string; NotFound when it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(thing="id") from None


def _answer(view: View, request: HttpRequest, *args: Any, **by: Any) -> tuple[Answer, int]:
    """What the page answers and with which status; after a refused form, what its second run answers."""
    with running() as first:
        try:
            answer = view(request, *args, **by)
        except PortalError as error:
            refusal = error
        else:
            wrong = request.method == "POST" and not isinstance(answer, HttpResponse) and bound_and_wrong(answer)
            return answer, 422 if wrong else 200
    if request.method != "POST" or not first.was_valid:
        raise refusal
    with running(refusal) as second:
        answer = view(request, *args, **by)
    if not second.shown or isinstance(answer, HttpResponse):
        raise refusal
    return answer, refusal.status
