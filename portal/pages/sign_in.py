"""The accounts of a demo: who one may be there, with one click."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from portal import demo
from portal.kernel.errors import NotFound
from portal.web import find, page, refuse


@page("portal/demo.html", public=True)
def accounts(request: HttpRequest) -> dict:
    """The accounts of the demo, by role; elsewhere this page does not exist."""
    if not demo.is_demo():
        raise NotFound
    onward = request.GET.get("next", "")
    return {"accounts": demo.accounts(), "next": onward, "password": demo.PASSWORD, "secret": demo.SECRET, "code": demo.code()}


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people without a password; elsewhere this does not exist."""
    email = request.POST.get("email", "")
    if not demo.is_demo() or email not in {address for _role, _name, address in demo.accounts()}:
        return refuse(request, NotFound())
    user = find(get_user_model().objects.filter(is_active=True), email=email)
    login(request, user)
    if authenticator := Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first():
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    UserSession.objects.create_from_request(request)
    onward = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(onward if safe else resolve_url("home"))
