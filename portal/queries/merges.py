"""Merged accounts: a person's own, those the bureau may take back, and where an alias leads."""

from django.db.models import QuerySet

from portal.kernel.masking import mask_mail
from portal.models import AccountMerge, Role, User
from portal.queries.people import powers_of
from portal.states import MergeState


def asked_by(user) -> QuerySet[AccountMerge]:
    """The merges that a person has asked for, the newest first; nobody sees another's."""
    return AccountMerge.objects.filter(kept_id=user.pk).select_related("alias").order_by("-asked_at", "pk")


def visible_to(user) -> QuerySet[AccountMerge]:
    """Merges that the bureau may look at: those that were made."""
    if powers_of(user).roles.isdisjoint({Role.OFFICER, Role.DISCIPLINE, Role.AUDITOR}):
        return AccountMerge.objects.none()
    made = AccountMerge.objects.filter(state__in=[MergeState.MERGED, MergeState.UNDONE])
    return made.select_related("kept", "alias", "undone_by").order_by("-merged_at", "pk")


def leads_to(user: User) -> str:
    """The masked address with which the person behind an alias signs in; nothing for any other account."""
    return mask_mail(user.alias_of.email) if user.alias_of_id else ""
