"""Who hears what about invitations, memberships, hand-overs of work and merged accounts."""

from django.urls import reverse

from portal.kernel.masking import mask_mail
from portal.models import Handover, Invitation, MemberRole, Membership, Replacement, Role
from portal.queries.people import accounts_of, holders_of, members_of
from portal.tell import Kind


def members_page(row: Membership | Invitation | Replacement | Handover) -> str:
    """The page of who acts for the organisation."""
    return reverse("members", args=[row.organisation_id])


def administrators(row: Membership | Invitation) -> set:
    """The administrators of the organisation."""
    return set(members_of(row.organisation_id, MemberRole.ADMINISTRATOR))


def senders(invitation: Invitation) -> set:
    """The administrators of the organisation; for a role, whoever sent the invitation."""
    return administrators(invitation) if invitation.organisation_id else {invitation.invited_by_id}


def invitations_page(invitation: Invitation) -> str:
    """Where the invitation is listed."""
    return members_page(invitation) if invitation.organisation_id else reverse("officials")


def offer(invitation: Invitation) -> dict:
    """What an answer to an invitation names: the address, masked, and for what."""
    return {"email": mask_mail(invitation.email), "name": invitation.organisation.name if invitation.organisation_id else ""}


def organisation_of(row: Membership | Replacement) -> dict:
    """What most of these messages name."""
    return {"name": row.organisation.name}


def person_and_organisation(membership: Membership) -> dict:
    """Who, and for which organisation."""
    return {"name": membership.organisation.name, "person": membership.user.name}


INVITATION_ACCEPTED = Kind("invitation_accepted", to=senders, link=invitations_page, facts=offer)
INVITATION_DECLINED = Kind("invitation_declined", to=senders, link=invitations_page, facts=offer)
INVITATION_EXPIRED = Kind("invitation_expired", to=senders, link=invitations_page, facts=offer)
ROLE_CHANGED = Kind("role_changed", to=lambda row: [row.user_id], link=members_page, facts=organisation_of)
LAST_DAY_SET = Kind(
    "last_day_set",
    to=lambda row: [row.user_id],
    link=members_page,
    facts=lambda row: {"name": row.organisation.name, "ends_on": row.ends_on.isoformat() if row.ends_on else None},
)
MEMBERSHIP_ENDED = Kind(
    "membership_ended", to=lambda row: [row.user_id], link=lambda row: reverse("organisations"), facts=organisation_of
)
MEMBER_LEFT = Kind("member_left", to=administrators, link=members_page, facts=person_and_organisation)
ADMINISTRATION_HANDED_OVER = Kind(
    "administration_handed_over", to=lambda row: members_of(row.organisation_id), link=members_page, facts=person_and_organisation
)
WORK_HANDED_OVER = Kind(
    "work_handed_over",
    to=lambda row: [row.taker_id],
    link=lambda row: reverse("work", args=[row.organisation_id]),
    facts=lambda row: {"name": row.organisation.name},
    sealed=True,
)
REPLACEMENT_PROPOSED = Kind(
    "replacement_proposed",
    to=lambda row: {*members_of(row.organisation_id), *holders_of(Role.OFFICER)},
    link=lambda row: reverse("replacement", args=[row.pk]),
    facts=organisation_of,
)
REPLACEMENT_CONFIRMED = Kind(
    "replacement_confirmed",
    to=lambda row: {*members_of(row.organisation_id), row.proposed_by_id},
    link=lambda row: reverse("replacement", args=[row.pk]),
    facts=organisation_of,
)
REPLACEMENT_REFUSED = Kind(
    "replacement_refused",
    to=lambda row: {*members_of(row.organisation_id), row.proposed_by_id},
    link=lambda row: reverse("replacement", args=[row.pk]),
    facts=organisation_of,
)
ACCOUNTS_MERGED = Kind("accounts_merged", to=lambda row: [row.kept_id], link=lambda row: reverse("account-merges"))
MERGE_UNDONE = Kind("merge_undone", to=lambda row: accounts_of(row.kept_id) | {row.alias_id}, link=lambda row: reverse("account"))
