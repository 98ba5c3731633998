"""A person's account: particulars and tokens."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import account, tokens
from portal.clock import portal_now
from portal.pages.forms import AccountForm, TokenForm
from portal.queries import tokens as tokens_of
from portal.second_factor import proved_twice
from portal.web import Answer, find, page


@page("portal/account.html")
def show(request: HttpRequest) -> Answer:
    """A person's particulars."""
    person = request.user
    known = {"name": person.name, "language": person.language}
    form = AccountForm(request.POST or None, initial=known)
    if form.is_valid():
        account.save_account(**form.cleaned_data, by=person, now=portal_now())
        messages.success(request, _("Your particulars are saved."))
        return _in_language(redirect("account"), form.cleaned_data["language"])
    return {"form": form, "identity": settings.OIDC_ISSUER and settings.OIDC_NAME}


@page("portal/tokens.html")
@reauthentication_required(app="allauth.account", allow_get=True)
def list_tokens(request: HttpRequest) -> Answer:
    """A person's tokens; the secret of a new one is shown in this answer and never again."""
    now = portal_now()
    form, secret = TokenForm(request.POST or None), ""
    if form.is_valid():
        _token, secret = tokens.create_token(
            **form.cleaned_data, by=request.user, now=now, proved_twice=proved_twice(request.session, request.user)
        )
        form = TokenForm()
    return {"now": now, "form": form, "secret": secret, "tokens": tokens_of.visible_to(request.user)}


@require_POST
@page("portal/tokens.html")
def revoke_token(request: HttpRequest, pk: str) -> Answer:
    """Make a token worthless."""
    token = find(tokens_of.visible_to(request.user), pk=pk)
    tokens.revoke_token(token.pk, by=request.user, now=portal_now())
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("tokens")


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 60 * 60, secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )  # fmt: skip
    return response
