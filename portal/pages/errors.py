"""When something is not there, not allowed, or broken: a page that says what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from portal.kernel.errors import NotAllowed, NotFound, Refused
from portal.web import refuse


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands at this address, or it is not open to this person."""
    return refuse(request, NotFound())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This person may not."""
    return refuse(request, NotAllowed())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be read: too many fields, a file beyond the limit, a wrong host."""
    response = refuse(request, Refused("bad_request"))
    response.status_code = 400
    return response


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return render(request, "errors/csrf.html", {"again": request.path}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something is wrong on our side; this page needs no database and no session."""
    return HttpResponse(render_to_string("errors/500.html", {"LANGUAGE_CODE": get_language()}), status=500)
