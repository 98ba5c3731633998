"""A new administrator on an organisation's stamped letter: an officer proposes, another decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import replacing
from portal.clock import portal_now
from portal.forms import Form
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.pages.member_forms import ReplacementForm, WhyForm
from portal.permissions import may_decide_replacement, may_replace_administrators
from portal.permissions_personal import may_look_at_appointed
from portal.queries import organisations, replacements
from portal.queries.events import last_words
from portal.web import Answer, find, give_file, page


@page("portal/replacement_form.html")
def propose(request: HttpRequest, pk: UUID) -> Answer:
    """Enter the letter."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    require(may_replace_administrators(request.user, organisation))
    form = ReplacementForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        typed = form.cleaned_data
        letter = typed["letter"]
        made = replacing.propose_replacement(
            organisation.pk, email=typed["email"], letter=letter.read(), name=letter.name, why=typed["why"],
            by=request.user, now=portal_now(),
        )  # fmt: skip
        messages.success(request, _("The letter is entered. Another officer compares it next."))
        return redirect("replacement", pk=made.pk)
    return {"organisation": organisation, "form": form, "members": organisations.members_now(organisation.pk)}


@page("portal/replacement.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """One letter, where it stands, and who acts for the organisation."""
    return _shown(request, pk)


@page("portal/replacement.html")
def give_letter(request: HttpRequest, pk: UUID) -> Answer:
    """The scan of the letter."""
    found = find(replacements.visible_to(request.user), pk=pk)
    if not replacements.may_read_letter(request.user, found):
        raise NotFound()
    return give_file(found.letter)


@require_POST
@page("portal/replacement.html")
def confirm(request: HttpRequest, pk: UUID) -> Answer:
    """Find that the letter is genuine; the new administrator is invited."""
    found = find(replacements.visible_to(request.user), pk=pk)
    replacing.confirm_replacement(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The new administrator is invited by mail."))
    return redirect("replacement", pk=found.pk)


@require_POST
@page("portal/replacement.html")
def refuse(request: HttpRequest, pk: UUID) -> Answer:
    """Do not confirm, with the reason."""
    found = find(replacements.visible_to(request.user), pk=pk)
    form = WhyForm(request.POST)
    if form.is_valid():
        replacing.refuse_replacement(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The letter is not confirmed; nothing has changed."))
        return redirect("replacement", pk=found.pk)
    return _shown(request, pk, why=form)


def _shown(request: HttpRequest, pk: UUID, *, why: Form | None = None) -> dict:
    found = find(replacements.visible_to(request.user), pk=pk)
    return {
        "replacement": found,
        "organisation": found.organisation,
        "members": organisations.members_now(found.organisation_id),
        "reason": last_words(found, "replacement.proposed"),
        "why_refused": last_words(found, "replacement.refused"),
        "may_decide": may_decide_replacement(request.user, found),
        "may_look": bool(may_look_at_appointed(request.user, found)),
        "reads_letter": replacements.may_read_letter(request.user, found),
        "is_officer": may_replace_administrators(request.user, found.organisation),
        "why_form": why or WhyForm(),
    }
