"""Who acts for an organisation: the list, one member, leaving, handing over, open work, and the bureau's letter."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from portal.actions import handing_over, membership
from portal.clock import portal_now
from portal.forms import Form
from portal.kernel.verdict import require
from portal.models import MemberRole, Membership, Organisation
from portal.pages import organisation_tabs
from portal.pages.member_forms import AdministrationForm, InviteForm, LastDayForm, RoleForm, WorkForm
from portal.pages.organisation_tabs import tabs_of
from portal.permissions import (
    may_leave_organisation,
    may_manage_members,
    may_replace_administrators,
    may_see_members,
    may_see_work,
    reads_cases,
)
from portal.queries import invitations, members, organisations, work
from portal.web import Answer, find, page

organisation_tabs.add(gettext_lazy("Members"), "members", at=30, when=may_see_members)
organisation_tabs.add(gettext_lazy("Open work"), "work", at=35, when=may_see_work)


@page("portal/members.html")
def index(request: HttpRequest, pk: UUID) -> Answer:
    """Who acts for an organisation, who is invited, who did before."""
    return listed(request, seen(request, pk))


@page("portal/member.html")
def show(request: HttpRequest, pk: UUID, member: UUID) -> Answer:
    """One member, with what an administrator may change."""
    return _member(request, pk, member)


@require_POST
@page("portal/member.html")
def change_role(request: HttpRequest, pk: UUID, member: UUID) -> Answer:
    """Give a member another role from today on."""
    organisation, found = present(request, pk, member)
    form = RoleForm(request.POST)
    if form.is_valid():
        new = membership.change_role(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        said = _("%(name)s is now %(role)s.") % {"name": new.user.name, "role": new.get_role_display()}
        messages.success(request, said)
        return redirect("members", pk=organisation.pk)
    return _member(request, pk, member, role=form)


@require_POST
@page("portal/member.html")
def set_last_day(request: HttpRequest, pk: UUID, member: UUID) -> Answer:
    """Say until when a member acts for the organisation."""
    organisation, found = present(request, pk, member)
    form = LastDayForm(request.POST)
    if form.is_valid():
        membership.set_last_day(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The last day of %(name)s is set.") % {"name": found.user.name})
        return redirect("members", pk=organisation.pk)
    return _member(request, pk, member, last_day=form)


@require_POST
@page("portal/member.html")
def end(request: HttpRequest, pk: UUID, member: UUID) -> Answer:
    """Let somebody act for the organisation no longer; then see to their open work."""
    organisation, found = present(request, pk, member)
    ended = membership.end_membership(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("%(name)s acts for the organisation no longer.") % {"name": ended.user.name})
    return _to_their_work(request, organisation, ended)


@require_POST
@page("portal/members.html")
def leave(request: HttpRequest, pk: UUID) -> Answer:
    """Act for an organisation no longer."""
    organisation = seen(request, pk)
    membership.leave_organisation(organisation.pk, by=request.user, now=portal_now())
    messages.success(request, _("You no longer act for %(name)s.") % {"name": organisation.name})
    return redirect("organisations")


@require_POST
@page("portal/members.html")
def hand_over(request: HttpRequest, pk: UUID) -> Answer:
    """Make a colleague administrator in one's own place."""
    organisation = seen(request, pk)
    require(may_manage_members(request.user, organisation))
    form = AdministrationForm(request.POST, colleagues=members.colleagues_of(request.user.pk, organisation.pk))
    if form.is_valid():
        to, stay_as = UUID(form.cleaned_data["to"]), form.cleaned_data["stay_as"]
        new = membership.hand_over_administration(organisation.pk, to=to, stay_as=stay_as, by=request.user, now=portal_now())
        messages.success(request, _("%(name)s administers the organisation from now on.") % {"name": new.user.name})
        return redirect("members", pk=organisation.pk) if stay_as else redirect("organisations")
    return listed(request, organisation, administration=form)


@page("portal/work.html")
def show_work(request: HttpRequest, pk: UUID) -> Answer:
    """The open work of an organisation and who looks after it; tick and hand over."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    require(may_see_work(request.user, organisation))
    works, keepers = work.open_work(organisation.pk), work.possible_keepers(organisation.pk)
    form = WorkForm(request.POST or None, works=works, keepers=keepers)
    if form.is_valid():
        chosen, to = form.cleaned_data["works"], UUID(form.cleaned_data["to"])
        rows = handing_over.hand_over_work(organisation.pk, chosen, to=to, by=request.user, now=portal_now())
        said = ngettext("One piece of work is handed over.", "%(count)s pieces of work are handed over.", len(rows))
        messages.success(request, said % {"count": len(rows)})
        return redirect("work", pk=organisation.pk)
    return {
        "organisation": organisation,
        "tabs": tabs_of(request, organisation),
        "works": works,
        "form": form,
        "may_manage": may_manage_members(request.user, organisation),
    }


def listed(
    request: HttpRequest, organisation: Organisation, *, invite: Form | None = None, administration: Form | None = None
) -> dict:
    """What the list of members shows, also while an invitation is being typed."""
    user = request.user
    manages = may_manage_members(user, organisation)
    colleagues = members.colleagues_of(user.pk, organisation.pk)
    return {
        "organisation": organisation,
        "tabs": tabs_of(request, organisation),
        "members": organisations.members_now(organisation.pk),
        "former": members.former_members(organisation.pk),
        "invitations": invitations.open_of(organisation.pk) if manages else None,
        "may_manage": manages,
        "may_look": bool(manages or reads_cases(user)),
        "may_leave": may_leave_organisation(user, organisation),
        "may_replace": may_replace_administrators(user, organisation),
        "orphans": sum(each.is_orphan for each in work.open_work(organisation.pk)) if manages else 0,
        "invite_form": invite or InviteForm(),
        "administration_form": administration or AdministrationForm(colleagues=colleagues),
        "has_colleagues": colleagues.exists() if manages else False,
    }


def seen(request: HttpRequest, pk: UUID) -> Organisation:
    """An organisation whose members this person may see."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    require(may_see_members(request.user, organisation))
    return organisation


def present(request: HttpRequest, pk: UUID, member: UUID) -> tuple[Organisation, Membership]:
    """An organisation and one of its memberships, present or past."""
    organisation = seen(request, pk)
    return organisation, find(organisation.memberships.select_related("user"), pk=member)


def _member(
    request: HttpRequest, pk: UUID, member: UUID, *, role: Form | None = None, last_day: Form | None = None
) -> dict:
    organisation, found = present(request, pk, member)
    require(may_manage_members(request.user, organisation))
    return {
        "organisation": organisation,
        "member": found,
        "is_present": organisations.members_now(organisation.pk).filter(pk=found.pk).exists(),
        "is_administrator": found.role == MemberRole.ADMINISTRATOR,
        "works": work.work_kept_by(found.user_id, organisation.pk),
        "role_form": role or RoleForm(initial={"role": found.role}),
        "last_day_form": last_day or LastDayForm(initial={"ends_on": found.ends_on}),
    }


def _to_their_work(request: HttpRequest, organisation: Organisation, ended: Membership) -> HttpResponse:
    left = len(work.work_kept_by(ended.user_id, organisation.pk))
    if not left:
        return redirect("members", pk=organisation.pk)
    said = ngettext(
        "One piece of open work was looked after by %(name)s. Hand it over.",
        "%(count)s pieces of open work were looked after by %(name)s. Hand them over.",
        left,
    )
    messages.warning(request, said % {"count": left, "name": ended.user.name})
    return redirect("work", pk=organisation.pk)
