"""New administrators appointed on a letter: who may know of which."""

from django.db.models import Q, QuerySet

from portal.models import Replacement, Role
from portal.queries.people import READERS, powers_of


def visible_to(user) -> QuerySet[Replacement]:
    """The organisation's own members and the bureau; start every page and API read here."""
    powers = powers_of(user)
    rows = Replacement.objects.select_related("organisation", "letter", "proposed_by", "decided_by", "invitation")
    rows = rows.order_by("-proposed_at", "pk")
    return rows if powers.roles & READERS else rows.filter(Q(organisation_id__in=powers.views))


def may_read_letter(user, replacement: Replacement) -> bool:
    """The letter holds signatures and stamps: officers compare it, the organisation's administrators know it."""
    powers = powers_of(user)
    reads = {Role.OFFICER, Role.DIVISION_HEAD, Role.DISCIPLINE, Role.AUDITOR}
    return bool(powers.roles & reads) or replacement.organisation_id in powers.administers
