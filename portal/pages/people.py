"""A person's account: signing up, particulars, password, tokens."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import account, registering, tokens
from portal.clock import portal_now
from portal.pages.forms import AccountForm, PasswordForm, SignUpForm, TokenForm
from portal.queries import tokens as tokens_of
from portal.web import Answer, find, page

BACKEND = "django.contrib.auth.backends.ModelBackend"


@page("portal/sign_up.html", public=True)
def sign_up(request: HttpRequest) -> Answer:
    """Open an account, and go on to the organisation."""
    if request.user.is_authenticated:
        return redirect("home")
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        language = get_language() or settings.LANGUAGE_CODE
        person = registering.register_person(**form.cleaned_data, language=language, now=portal_now())
        login(request, person, backend=BACKEND)
        messages.success(request, _("Your account is open."))
        return redirect("organisation-new")
    return {"form": form}


@page("portal/account.html")
def show(request: HttpRequest) -> Answer:
    """A person's particulars."""
    person = request.user
    known = {"name": person.name, "phone": person.phone, "language": person.language}
    form = AccountForm(request.POST or None, initial=known)
    if form.is_valid():
        account.save_account(**form.cleaned_data, by=person, now=portal_now())
        messages.success(request, _("Your particulars are saved."))
        return _in_language(redirect("account"), form.cleaned_data["language"])
    return {"form": form}


@page("portal/password.html")
def password(request: HttpRequest) -> Answer:
    """Replace the password; the other sessions of this person end."""
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        person = account.change_password(**form.cleaned_data, by=request.user, now=portal_now())
        update_session_auth_hash(request, person)
        messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
        return redirect("account")
    return {"form": form}


@page("portal/tokens.html")
def list_tokens(request: HttpRequest) -> Answer:
    """A person's tokens; the secret of a new one is shown in this answer and never again."""
    now = portal_now()
    form, secret = TokenForm(request.POST or None), ""
    if form.is_valid():
        _token, secret = tokens.create_token(**form.cleaned_data, by=request.user, now=now)
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
