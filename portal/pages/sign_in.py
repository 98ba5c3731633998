"""Signing in by e-mail and password, signing out, and the accounts of a demo."""

from django import forms
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal import demo
from portal.forms import Errors
from portal.kernel.errors import NotFound
from portal.web import find, page, refuse


class SignInForm(AuthenticationForm):
    """E-mail and password."""

    username = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    error_messages = {
        "invalid_login": _("E-mail or password is wrong. Check both and try again."),
        "inactive": _("This account is closed. Ask the bureau to open it again."),
    }

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options, error_class=Errors)


class SignIn(LoginView):
    """The page to sign in."""

    template_name = "portal/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **context: object) -> dict:
        """Say whether this portal is a demo."""
        return super().get_context_data(**context) | {"is_demo": demo.is_demo()}

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Show the page again, with a status that says it did not work."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view(next_page="/")


@page("portal/demo.html", public=True)
def accounts(request: HttpRequest) -> dict:
    """The accounts of the demo, by role; elsewhere this page does not exist."""
    if not demo.is_demo():
        raise NotFound
    return {"accounts": demo.accounts(), "next": request.GET.get("next", "")}


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people without a password; elsewhere this does not exist."""
    email = request.POST.get("email", "")
    if not demo.is_demo() or email not in {address for _role, _name, address in demo.accounts()}:
        return refuse(request, NotFound())
    user = find(get_user_model().objects.filter(is_active=True), email=email)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    onward = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(onward if safe else resolve_url("home"))
