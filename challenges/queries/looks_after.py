"""Who looks after a case: the officer who handles it, the colleague in the organisation, and where to ask."""

from dataclasses import dataclass
from uuid import UUID

from challenges.models import Agreement
from portal.duties import Duty, Scope
from portal.models import DutyTaken, User
from portal.permissions import acts_itself, reads_cases
from portal.queries.settings import setting, worded
from portal.queries.work import keeper_of


@dataclass(frozen=True)
class LooksAfter:
    """Names and the office's contact; empty where nobody has taken the case yet, or the reader is not to know."""

    officer: str
    keeper: str
    asks_keeper: bool
    office: str
    phone: str
    mail: str


def looks_after(case_id: UUID, row, organisation_id: UUID, *, user: User) -> LooksAfter:
    """Who looks after a need, bid, agreement or project of an organisation; ``case_id`` is its challenge.

    The officer is who handled the case last. Who looks after it in the organisation is told to its own
    people and the bureau. Nobody else who takes part is named: no expert, no clerk, no objector.
    """
    handling = DutyTaken.objects.filter(duty=Duty.HANDLES_CASE, scope=Scope.CASE, place=case_id, user__is_active=True)
    officer = handling.order_by("-at", "pk").values_list("user__name", flat=True).first()
    told = acts_itself(user, organisation_id) or reads_cases(user)
    keeper = keeper_of(row._meta.label_lower, row.pk, organisation_id, row.created_by_id) if told else None
    return LooksAfter(
        officer or "", keeper.name if keeper else "", told, worded(setting("host_organisation")),
        setting("contact_phone"), setting("contact_mail"),
    )  # fmt: skip


def looks_after_agreement(agreement: Agreement, *, user: User) -> LooksAfter:
    """Who looks after an agreement: each side reads its own colleague, the bidder's being who looks after the bid."""
    bid = agreement.bid
    if acts_itself(user, bid.lead_id):
        return looks_after(bid.challenge_id, bid, bid.lead_id, user=user)
    return looks_after(bid.challenge_id, agreement, bid.challenge.poster_id, user=user)
