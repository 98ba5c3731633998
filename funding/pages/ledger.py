"""Pages of the ledger: trial balance, appropriations, and a project's account with every entry explained."""

from uuid import UUID

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from funding.queries import ledger
from funding.queries.ledger import Purse
from portal.clock import portal_now
from portal.faces import Mark, Part, Ruler
from portal.kernel.errors import NotFound
from portal.show import show_amount
from portal.web import find, page

PAGE = 25
KINDS = {
    "appropriation": _("Appropriation recorded"),
    "commitment": _("Award approved"),
    "award_given_up": _("Award given up"),
    "claim_verified": _("Claim verified"),
    "claim_unverified": _("Claim returned"),
    "poster_payment_verified": _("Poster's own payment proved"),
    "poster_payment_unverified": _("Poster's own payment taken back"),
    "payment_sent": _("Payment sent to the treasury"),
    "payment_confirmed": _("Payment confirmed by the treasury"),
    "payment_failed": _("Payment failed"),
}


@page("funding/ledger.html")
def index(request):
    """The trial balance, and every appropriation with what draws on it."""
    _may_read(request.user)
    city, memo = ledger.trial_balance()
    found = Paginator(ledger.appropriations(), PAGE).get_page(request.GET.get("page"))
    purses = ledger.purses_of_appropriations([each.pk for each in found])
    return {
        "now": portal_now(),
        "city": city,
        "memo": memo,
        "city_debit": sum(line.debit_fen or 0 for line in city),
        "city_credit": sum(line.credit_fen or 0 for line in city),
        "memo_debit": sum(line.debit_fen or 0 for line in memo),
        "memo_credit": sum(line.credit_fen or 0 for line in memo),
        "page": found,
        "rows": [(each, purses[each.pk], ruler_of(purses[each.pk], each.amount_fen)) for each in found],
    }


@page("funding/ledger_entries.html")
def entries(request):
    """Every entry of the ledger, the latest first."""
    _may_read(request.user)
    found = Paginator(ledger.all_entries(), PAGE).get_page(request.GET.get("page"))
    return {"now": portal_now(), "page": found, "rows": [(each, _word(each), ledger.movement_of(each)) for each in found]}


@page("funding/appropriation_account.html")
def appropriation(request, pk: UUID):
    """An appropriation, and where the money of each of its projects stands."""
    _may_read(request.user)
    one = find(ledger.appropriations(), pk=pk)
    purse = ledger.purses_of_appropriations([one.pk])[one.pk]
    found = Paginator(ledger.projects_of(one), PAGE).get_page(request.GET.get("page"))
    purses = ledger.purses_of_projects([each.pk for each in found])
    return {
        "now": portal_now(),
        "appropriation": one,
        "purse": purse,
        "ruler": ruler_of(purse, one.amount_fen),
        "page": found,
        "rows": [(each, purses[each.pk]) for each in found],
    }


@page("funding/project_account.html")
def project(request, pk: UUID):
    """A project's money from both sources, and every entry explained."""
    one = find(ledger.projects_visible_to(request.user), pk=pk)
    purse = ledger.purses_of_projects([one.pk])[one.pk]
    found = Paginator(ledger.entries_of(one), PAGE).get_page(request.GET.get("page"))
    paid = show_amount(purse.poster_paid_fen, unit=True)
    agreed = one.agreement.amount_fen
    own = Ruler(
        max(one.own_fen, purse.poster_paid_fen),
        [Part(_("proved"), purse.poster_paid_fen, "a")],
        _("The poster has proved payments of %(paid)s to the bidder.") % {"paid": paid},
        [Mark(agreed, _("agreement"))],
    )
    return {
        "now": portal_now(),
        "project": one,
        "purse": purse,
        "ruler": ruler_of(purse, one.award_fen),
        "own_ruler": own,
        "instalments": one.instalments.select_related("milestone"),
        "page": found,
        "rows": [(each, _word(each), ledger.movement_of(each)) for each in found],
        "reads_ledger": ledger.reads_ledger(request.user),
    }


def ruler_of(purse: Purse, whole_fen: int) -> Ruler:
    """Where a sum stands: paid, on its way, payable, committed."""
    finding = _("%(paid)s of %(whole)s are paid, %(bound)s are bound.") % {
        "paid": show_amount(purse.paid_fen, unit=True),
        "whole": show_amount(whole_fen, unit=True),
        "bound": show_amount(purse.awarded_fen, unit=True),
    }
    parts = [
        Part(_("paid"), purse.paid_fen, "a"),
        Part(_("on its way"), purse.clearing_fen, "b"),
        Part(_("payable"), purse.payable_fen, "c"),
        Part(_("committed"), purse.committed_fen, "hatched"),
    ]
    return Ruler(whole_fen, [part for part in parts if part.amount], finding)


def _word(entry) -> str:
    return str(KINDS.get(entry.kind, entry.kind))


def _may_read(user) -> None:
    """Who may not read the ledger does not learn that there is one."""
    if not ledger.reads_ledger(user):
        raise NotFound()
