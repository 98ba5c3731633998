"""Proposals about roles: one with its evidence, confirming, declining, taking back; and invitations to offices."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import granting, inviting, inviting_officials
from portal.clock import portal_now
from portal.forms import Form
from portal.kernel.errors import NotFound
from portal.kernel.masking import mask_mail
from portal.kernel.verdict import require
from portal.models import ProposalKind, StoredFile
from portal.pages.official_forms import BY_LETTER, OfficeForm, WhyNotForm
from portal.pages.officials import readable
from portal.permissions import holds_everywhere
from portal.permissions_on_granting import (
    may_confirm_proposal,
    may_decline_proposal,
    may_propose_role,
    may_withdraw_proposal,
)
from portal.queries import invitations, officials
from portal.queries.events import last_words
from portal.queries.officials import GRANTERS
from portal.web import Answer, find, give_file, page


@page("portal/official_proposal.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """One proposal, where it stands, and its acts."""
    return _shown(request, pk)


@page("portal/official_proposal.html")
def give_letter(request: HttpRequest, pk: UUID) -> Answer:
    """The scan of the letter of appointment."""
    return give_file(_letter(find(officials.proposals_visible_to(request.user), pk=pk)))


@require_POST
@page("portal/official_proposal.html")
def confirm(request: HttpRequest, pk: UUID) -> Answer:
    """Confirm what somebody else proposed."""
    found = find(officials.proposals_visible_to(request.user), pk=pk)
    granting.confirm_proposal(found.pk, by=request.user, now=portal_now())
    ends = found.kind == ProposalKind.END
    messages.success(request, _("Confirmed: the role ends.") if ends else _("Confirmed: the role is granted."))
    return redirect("official-proposal", pk=found.pk)


@require_POST
@page("portal/official_proposal.html")
def decline(request: HttpRequest, pk: UUID) -> Answer:
    """Do not confirm, with the reason."""
    found = find(officials.proposals_visible_to(request.user), pk=pk)
    form = WhyNotForm(request.POST)
    if form.is_valid():
        granting.decline_proposal(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("It is not confirmed; nothing has changed."))
        return redirect("official-proposal", pk=found.pk)
    return _shown(request, pk, form=form)


@require_POST
@page("portal/official_proposal.html")
def withdraw(request: HttpRequest, pk: UUID) -> Answer:
    """Take one's own proposal back."""
    found = find(officials.proposals_visible_to(request.user), pk=pk)
    granting.withdraw_proposal(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The proposal is taken back."))
    return redirect("official-proposal", pk=found.pk)


@page("portal/official_invite.html")
def invite(request: HttpRequest) -> Answer:
    """Invite somebody without an account to an office."""
    readable(request)
    require(may_propose_role(request.user, anywhere=True))
    form = OfficeForm(request.POST or None, by=request.user, everywhere=holds_everywhere(request.user, *GRANTERS))
    if form.is_valid():
        sent = inviting_officials.invite_official(**form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The invitation goes to %(email)s.") % {"email": mask_mail(sent.email)})
        return redirect("officials")
    return {"form": form}


@require_POST
@page("portal/official_invite.html")
def resend(request: HttpRequest, pk: UUID) -> Answer:
    """Send the mail of an invitation to an office again, with another link."""
    found = find(invitations.visible_to(request.user), pk=pk, organisation=None)
    inviting.resend_invitation(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The invitation goes to %(email)s again, with another link.") % {"email": mask_mail(found.email)})
    return redirect("officials")


@require_POST
@page("portal/official_invite.html")
def withdraw_offer(request: HttpRequest, pk: UUID) -> Answer:
    """Take an invitation to an office back."""
    found = find(invitations.visible_to(request.user), pk=pk, organisation=None)
    inviting.withdraw_invitation(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": mask_mail(found.email)})
    return redirect("officials")


def _letter(proposal) -> StoredFile:
    if proposal.document is None:
        raise NotFound()
    return proposal.document


def _shown(request: HttpRequest, pk: UUID, *, form: Form | None = None) -> dict:
    found = find(officials.proposals_visible_to(request.user), pk=pk)
    grants = found.kind == ProposalKind.GRANT
    return {
        "proposal": found,
        "grants": grants,
        "needs_letter": grants and found.role in BY_LETTER and found.document is None,
        "held": officials.held_by(found.user_id, request.user),
        "why_refused": last_words(found, "grantproposal.refused"),
        "may_confirm": may_confirm_proposal(request.user, found),
        "may_decline": may_decline_proposal(request.user, found),
        "may_withdraw": may_withdraw_proposal(request.user, found),
        "form": form or WhyNotForm(),
    }
