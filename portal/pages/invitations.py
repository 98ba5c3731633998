"""Invitations: sent, sent again and withdrawn by an administrator; accepted or declined by whoever has the link."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.actions import inviting, inviting_officials
from portal.clock import portal_now
from portal.kernel.errors import NotFound, PortalError
from portal.kernel.masking import mask_mail
from portal.pages.member_forms import InviteForm
from portal.pages.members import listed, seen
from portal.queries import invitations
from portal.web import Answer, find, page
from portal.words import sentence


@require_POST
@page("portal/members.html")
def invite(request: HttpRequest, pk: UUID) -> Answer:
    """Invite a colleague by mail."""
    organisation = seen(request, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        sent = inviting.invite_member(organisation.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The invitation goes to %(email)s.") % {"email": mask_mail(sent.email)})
        return redirect("members", pk=organisation.pk)
    return listed(request, organisation, invite=form)


@require_POST
@page("portal/members.html")
def resend(request: HttpRequest, pk: UUID, invitation: UUID) -> Answer:
    """Send the mail of an invitation again, with another link."""
    organisation = seen(request, pk)
    found = find(invitations.visible_to(request.user), pk=invitation, organisation=organisation)
    inviting.resend_invitation(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The invitation goes to %(email)s again, with another link.") % {"email": mask_mail(found.email)})
    return redirect("members", pk=organisation.pk)


@require_POST
@page("portal/members.html")
def withdraw(request: HttpRequest, pk: UUID, invitation: UUID) -> Answer:
    """Take an invitation back."""
    organisation = seen(request, pk)
    found = find(invitations.visible_to(request.user), pk=invitation, organisation=organisation)
    inviting.withdraw_invitation(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": mask_mail(found.email)})
    return redirect("members", pk=organisation.pk)


@never_cache
@page("portal/invitation.html", public=True)
def show(request: HttpRequest, secret: str) -> Answer:
    """What a link offers, and the ways to accept it; why not, where it cannot be accepted any more."""
    found = invitations.by_secret(secret)
    if found is None:
        raise NotFound("invitation_unknown", inviting.UNKNOWN)
    return {
        "invitation": found,
        "secret": secret,
        "address": mask_mail(found.email),
        "why_not": _why_not(found, request.user, portal_now()),
        "is_open": _why_over(found, portal_now()) == "",
    }


@require_POST
@never_cache
@page("portal/invitation.html", public=True)
def accept(request: HttpRequest, secret: str) -> Answer:
    """Accept; who is not signed in does that first, and comes back to the invitation."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("invitation", args=[secret]))
    found = invitations.by_secret(secret)
    if found and found.organisation_id is None:
        inviting_officials.accept_office(secret, by=request.user, now=portal_now())
        messages.success(request, _("You have accepted. The role begins when a second official confirms it; you are told then."))
        return redirect("home")
    membership = inviting.accept_invitation(secret, by=request.user, now=portal_now())
    messages.success(request, _("You now act for %(name)s.") % {"name": membership.organisation.name})
    return redirect("organisation", pk=membership.organisation_id)


@require_POST
@never_cache
@page("portal/invitation.html", public=True)
def decline(request: HttpRequest, secret: str) -> Answer:
    """Decline; the link is enough."""
    by = request.user if request.user.is_authenticated else None
    inviting.decline_invitation(secret, by=by, now=portal_now())
    messages.success(request, _("You have declined the invitation."))
    return redirect("/")


def _why_not(found, user, now) -> str:
    """Why this person cannot accept; nothing for a visitor, who signs in first."""
    if over := _why_over(found, now):
        return over
    try:
        if user.is_authenticated:
            inviting.check_address(found, user)
    except PortalError as refusal:
        return sentence(refusal)
    return ""


def _why_over(found, now) -> str:
    try:
        inviting.check_open(found, now)
    except PortalError as refusal:
        return sentence(refusal)
    return ""
