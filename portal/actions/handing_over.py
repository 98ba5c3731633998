"""Open work of an organisation passes from one colleague to another."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_members as messages
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import Handover, User
from portal.permissions import may_hand_over_work
from portal.queries.people import read_anew
from portal.queries.work import open_work, possible_keepers
from portal.record import record
from portal.tell import tell


@transaction.atomic
def hand_over_work(
    organisation_id: UUID, works: Collection[str], *, to: UUID, by: User, now: datetime
) -> list[Handover]:
    """Let a colleague look after pieces of open work (their ``Work.key``) from now on.

    The administrator hands over anything, an editor what they look after themselves. The rows of the
    work keep who began it. Raises NotAllowed, NotFound for work that is not open here, Refused
    (``nothing_chosen``, ``not_a_keeper``), Clash (``keeps_it_already``).
    """
    organisation = lock_organisation(organisation_id)
    read_anew(by)
    present = {work.key: work for work in open_work(organisation.pk)}
    if not set(works) <= set(present):
        raise NotFound()
    chosen = [present[key] for key in sorted(set(works))]
    require(may_hand_over_work(by, organisation, [work.keeper_id for work in chosen]))
    if not chosen:
        raise Refused("nothing_chosen", _("Tick what is to be handed over."))
    taker = next((each.user for each in possible_keepers(organisation.pk) if each.user_id == to), None)
    if taker is None:
        raise Refused("not_a_keeper", _("Choose an editor or administrator who acts for the organisation."), field="to")
    if all(work.keeper_id == to for work in chosen):
        raise Clash("keeps_it_already", _("%(name)s looks after this already."), field="to", name=taker.name)
    rows = []
    for work in chosen:
        if work.keeper_id == to:
            continue
        row = Handover.objects.create(
            organisation=organisation, work_type=work.work_type, work_id=work.work_id, giver_id=work.keeper_id,
            taker=taker, handed_at=now, handed_by=by,
        )  # fmt: skip
        facts = {"work": str(work.work_id), "giver": str(work.keeper_id), "taker": str(to)}
        event = record("work.handed_over", row, by=by, facts=facts, case_id=work.case_id, sealed=work.sealed)
        rows.append(row)
    tell(messages.WORK_HANDED_OVER, rows[-1], because=event)
    return rows
