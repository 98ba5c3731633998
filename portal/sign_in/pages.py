"""The library's pages, each answered as ours are: a wrong form has status 422, a refusal its own page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from allauth.core.exceptions import RateLimited
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions.tokens import revoke_tokens
from portal.clock import portal_now
from portal.kernel.errors import NotAllowed, PortalError
from portal.models import SecurityKind
from portal.record import record
from portal.second_factor import has_second_factor
from portal.security_log import note
from portal.sign_in.devices import device_of
from portal.sign_in.factors import FactorAdapter
from portal.sign_in.limits import too_often
from portal.web import Answer, find, page, refuse

View = Callable[..., HttpResponse]


def ours(view: View) -> View:
    """A page of the library as one of ours."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **by: Any) -> HttpResponse:
        if getattr(request.user, "seen_by", None) and request.path.startswith("/account/"):
            return refuse(request, NotAllowed("looking_only", _("How somebody signs in is not shown to others.")))
        try:
            response = view(request, *args, **by)
        except RateLimited:
            return too_often(request)
        except PortalError as refusal:
            return refuse(request, refusal)
        if request.method == "POST" and response.status_code == 200 and isinstance(response, TemplateResponse):
            held = (response.context_data or {}).values()
            if any(isinstance(form, BaseForm) and form.is_bound and form.errors for form in held):
                response.status_code = 422
        return response

    return shown


class FirstFactor:
    """Adding a second factor: with the first one everything ends that was begun without it."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Add it; end the person's other sessions and their tokens when it is their first."""
        person = self.request.user
        first = not has_second_factor(person)
        with transaction.atomic():
            answer = super().form_valid(form)
            if first:
                revoke_tokens(by=person, now=portal_now())
        if first:
            end_other_sessions(self.request, person)
        return answer


class AddApp(FirstFactor, ActivateTOTPView):
    """Add an authenticator app; the record hears of it in the same transaction."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Add it."""
        with transaction.atomic():
            answer = super().form_valid(form)
            record("user.second_factor_added", self.request.user, by=self.request.user)
        return answer


class AddKey(FirstFactor, AddWebAuthnView):
    """Add a passkey or a security key."""


class NewCodes(GenerateRecoveryCodesView):
    """Make new recovery codes; the record hears of it in the same transaction."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Make them."""
        with transaction.atomic():
            answer = super().form_valid(form)
            record("user.recovery_codes_renewed", self.request.user, by=self.request.user)
        return answer


class RemoveKey(RemoveWebAuthnView):
    """Remove a key, unless it is the last second factor of somebody who must have one."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Remove it, or say why it stays."""
        adapter, key = FactorAdapter(), self.get_object()
        if adapter.can_delete_authenticator(key):
            return super().form_valid(form)
        messages.error(self.request, adapter.validation_error("cannot_delete_authenticator").message)
        return redirect("mfa_list_webauthn")

    def get_queryset(self) -> Any:
        """One's own keys."""
        return Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.WEBAUTHN)


add_app, add_key = AddApp.as_view(), AddKey.as_view()
new_codes, remove_key = NewCodes.as_view(), RemoveKey.as_view()


@dataclass(frozen=True)
class Session:
    """One of a person's sessions, as the page shows it."""

    pk: int
    device: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    here: bool


@ours
@page("usersessions/usersession_list.html")
def list_sessions(request: HttpRequest) -> Answer:
    """Where one is signed in; a post ends all sessions but this one."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        note(SecurityKind.SESSION_ENDED, person=request.user, request=request, which="others")
        messages.success(request, _("All other sessions are ended."))
        return redirect("usersessions_list")
    found = UserSession.objects.purge_and_list(request.user)
    rows = [
        Session(each.pk, device_of(each.user_agent), each.ip, each.created_at, each.last_seen_at, each.is_current())
        for each in found
    ]
    return {"sessions": sorted(rows, key=lambda row: (not row.here, -row.last_seen_at.timestamp()))}


@ours
@require_POST
@page("usersessions/usersession_list.html")
def end_session(request: HttpRequest, pk: int) -> Answer:
    """End one of one's own sessions."""
    session = find(UserSession.objects.filter(user_id=request.user.pk), pk=pk)
    end_sessions(request, [session])
    note(SecurityKind.SESSION_ENDED, person=request.user, request=request, which="one")
    messages.success(request, _("That session is ended."))
    return redirect("usersessions_list")
