"""Accounts that officials look after: found by address; a new start for a lost second factor; a forced
sign-out; suspending.

These are pages only: a token of the API shows no second factor, so it cannot give one anew.
"""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import regaining, suspending
from portal.clock import portal_now
from portal.forms import Form, long_text
from portal.kernel.errors import NotAllowed, NotFound, Refused
from portal.models import SecondFactorReset
from portal.permissions_sign_in import looks_after_accounts, may_ask_reset, may_confirm_reset, may_sign_out, may_suspend
from portal.queries.regaining import access_of, looked_after_by, open_reset_of
from portal.record import words_of
from portal.show import listed
from portal.web import Answer, find, page

FACTORS = {"totp": gettext_lazy("Authenticator app"), "webauthn": gettext_lazy("Passkeys and security keys")}


class FindForm(Form):
    """Whose account."""

    email = forms.EmailField(label=gettext_lazy("E-mail of the account"))


class WhyForm(Form):
    """Why something is done to somebody's account."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=long_text(rows=2),
        help_text=gettext_lazy("It stands in the record. How have you made sure who asks?"),
    )  # fmt: skip


class EndForm(Form):
    """Why all sessions of somebody end, or their account is suspended or opened again."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=long_text(rows=2),
        help_text=gettext_lazy("It stands in the record."),
    )  # fmt: skip


@page("portal/access_find.html")
def find_person(request: HttpRequest) -> Answer:
    """Find an account by its whole address; there is no list."""
    if not looks_after_accounts(request.user):
        raise NotAllowed("not_an_official", _("Only officers and division heads look after accounts."))
    form = FindForm(request.POST or None)
    if form.is_valid():
        person = looked_after_by(request.user).filter(email=form.cleaned_data["email"].lower()).first()
        if person is None:
            raise Refused("no_such_account", _("No other open account has this address."), field="email")
        return redirect("person-access", pk=person.pk)
    return {"form": form}


@page("portal/access.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """How somebody signs in, and what may be done about it."""
    now, person = portal_now(), find(looked_after_by(request.user), pk=pk)
    reset, access = open_reset_of(person, now=now), access_of(person)
    return {
        "now": now,
        "person": person,
        "access": access,
        "factors": listed([str(FACTORS[kind]) for kind in access.factors]),
        "reset": reset,
        "why": words_of(reset.event) if reset else "",
        "may_ask": may_ask_reset(request.user, person),
        "may_confirm": may_confirm_reset(request.user, reset) if reset else None,
        "may_sign_out": may_sign_out(request.user, person),
        "may_suspend": may_suspend(request.user, person),
        "ask": WhyForm(prefix="ask"),
        "out": EndForm(prefix="out"),
        "close": EndForm(prefix="close"),
    }


@require_POST
@page("portal/access.html")
def ask_reset(request: HttpRequest, pk: UUID) -> Answer:
    """Ask for a new start."""
    return _done(request, pk, regaining.ask_second_factor_reset, "ask", gettext_lazy("It is asked for. Another division head confirms it."))


@require_POST
@page("portal/access.html")
def confirm_reset(request: HttpRequest, pk: UUID) -> Answer:
    """Confirm a new start."""
    reset = SecondFactorReset.objects.filter(person__in=looked_after_by(request.user), pk=pk).first()
    if reset is None:
        raise NotFound(thing="reset")
    regaining.reset_second_factor(reset.pk, by=request.user, now=portal_now())
    messages.success(request, _("The second factor is removed, and all sessions are ended."))
    return redirect("person-access", pk=reset.person_id)


@require_POST
@page("portal/access.html")
def sign_out(request: HttpRequest, pk: UUID) -> Answer:
    """End all sessions of somebody."""
    return _done(request, pk, regaining.sign_out_person, "out", gettext_lazy("All sessions of %(name)s are ended."))


@require_POST
@page("portal/access.html")
def suspend(request: HttpRequest, pk: UUID) -> Answer:
    """Suspend somebody's account."""
    return _done(request, pk, suspending.suspend_person, "close", gettext_lazy("The account of %(name)s is suspended."))


@require_POST
@page("portal/access.html")
def restore(request: HttpRequest, pk: UUID) -> Answer:
    """Open somebody's account again."""
    return _done(request, pk, suspending.restore_person, "close", gettext_lazy("The account of %(name)s is open again."))


def _done(request: HttpRequest, pk: UUID, act: Callable[..., object], form: str, said: object) -> Answer:
    """One act on somebody's account, with the reason from the form of this name; what was done is said on their page."""
    person = find(looked_after_by(request.user), pk=pk)
    act(person.pk, why=request.POST.get(f"{form}-why", ""), by=request.user, now=portal_now())
    messages.success(request, said % {"name": person.name})
    return redirect("person-access", pk=person.pk)
