"""Pages of bank accounts: entered by the organisation, confirmed by finance."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from funding.actions import accounts
from funding.forms.payments import BankAccountForm
from funding.pages.naming_words import holder_words
from funding.permissions.accounts import is_finance, may_confirm_bank_account, may_enter_bank_account
from funding.queries import accounts as rows
from portal.clock import china_date, portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.queries.profiles import sides
from portal.web import find, page

PAGE = 25


@page("funding/bank_accounts.html")
def index(request):
    """The newest account of each organisation, those that wait for confirmation first."""
    if not is_finance(request.user):
        raise NotFound()
    found = rows.newest_of_each(rows.visible_to(request.user))
    return {"now": portal_now(), "page": Paginator(found, PAGE).get_page(request.GET.get("page"))}


@page("funding/bank_account.html")
def show(request, pk: UUID):
    """An organisation's account, its versions, and the form to enter a new one."""
    now = portal_now()
    organisation = find(rows.holders_visible_to(request.user), pk=pk)
    versions = list(rows.visible_to(request.user).filter(organisation=organisation).order_by("-version"))
    may_enter = may_enter_bank_account(request.user, organisation)
    holders = rows.holders_on(organisation, china_date(now))
    form = BankAccountForm(request.POST or None, holders=holders)
    if request.method == "POST":
        require(may_enter)
    if form.is_valid():
        typed = {"holder": organisation.name, **form.cleaned_data}
        accounts.enter_bank_account(organisation.pk, **typed, by=request.user, now=now)
        messages.success(request, _("The account is entered. The finance bureau confirms it before it is used."))
        return redirect("bank-account", pk=pk)
    return {
        "now": now,
        "organisation": organisation,
        "sides": sides(organisation) if may_enter else (),
        "versions": versions,
        "newest": versions[0] if versions else None,
        "holder_note": holder_words(versions[0], china_date(now)) if versions else "",
        "several_holders": len(holders) > 1,
        "rests": bool(versions and versions[0].usable_from and versions[0].usable_from > china_date(now)),
        "may_enter": may_enter,
        "may_confirm": may_confirm_bank_account(request.user, versions[0]) if versions else None,
        "form": form,
        "finance": is_finance(request.user),
    }


@require_POST
@page("funding/bank_account.html")
def confirm(request, pk: UUID):
    """Confirm an account after comparing it with the organisation's papers."""
    account = find(rows.visible_to(request.user), pk=pk)
    accounts.confirm_bank_account(account.pk, by=request.user, now=portal_now())
    messages.success(request, _("The account is confirmed."))
    return redirect("bank-account", pk=account.organisation_id)
