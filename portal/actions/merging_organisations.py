"""Two organisations become one by an alias with days; it can be taken back, and no row moves."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_organisations as messages
from portal.actions.profiling import Upload, keep
from portal.clock import china_date
from portal.kernel.errors import Clash, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation_merge, lock_organisations
from portal.models import Organisation, OrganisationMerge, User
from portal.permissions_organisations import may_decide_merge, may_end_merge, may_propose_merge
from portal.queries.same_organisation import live_merge, live_merge_into
from portal.record import record
from portal.states import OrganisationMergeState, OrganisationState
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def propose_merge(
    absorbed_id: UUID,
    into_id: UUID,
    *,
    from_on: date,
    document_number: str,
    file: Upload,
    by: User,
    now: datetime,
) -> OrganisationMerge:
    """An officer proposes that from a day on one organisation counts as another, on the ground of a document.

    Nothing changes until a second person confirms. Raises NotAllowed, NotFound, Refused
    (``merge_of_one``, ``merge_into_unverified``, ``document_missing``), Clash (``merged_already``,
    ``merge_in_a_chain``, ``merge_before_the_last_ended``).
    """
    held = lock_organisations(absorbed_id, into_id)
    absorbed, into = held[absorbed_id], held[into_id]
    require(may_propose_merge(by, absorbed))
    require(may_propose_merge(by, into))
    _check_pair(absorbed, into, from_on)
    if not document_number.strip():
        missing = _("Give the number of the document on which the merge rests.")
        raise Refused("document_missing", missing, field="document_number")
    merge = OrganisationMerge.objects.create(
        absorbed=absorbed, into=into, from_on=from_on, document_number=document_number.strip()[:80],
        file=keep(file, by=by, now=now), proposed_by=by, proposed_at=now,
    )  # fmt: skip
    event = record("organisationmerge.proposed", merge, by=by, facts=_facts(merge))
    tell(messages.ORGANISATION_MERGE_PROPOSED, merge, because=event)
    return merge


@transaction.atomic
def confirm_merge(merge_id: UUID, *, by: User, now: datetime) -> OrganisationMerge:
    """A second person confirms: from its day on the absorbed organisation begins nothing new and counts as the other.

    Raises NotAllowed ``own_proposal``, and WrongState when it was decided.
    """
    merge = lock_organisation_merge(merge_id)
    require(may_decide_merge(by, merge))
    merge.decided_by, merge.decided_at = by, now
    event = move(
        merge, to=OrganisationMergeState.CONFIRMED, by=by, also=["decided_by", "decided_at"], facts=_facts(merge)
    )
    tell(messages.ORGANISATION_MERGED, merge, because=event)
    return merge


@transaction.atomic
def refuse_merge(merge_id: UUID, *, why: str, by: User, now: datetime) -> OrganisationMerge:
    """A second person does not confirm a proposal. Raises NotAllowed, Refused ``reason_missing``, WrongState."""
    merge = lock_organisation_merge(merge_id)
    require(may_decide_merge(by, merge))
    _needs_reason(why)
    merge.decided_by, merge.decided_at = by, now
    move(
        merge, to=OrganisationMergeState.REFUSED, by=by, also=["decided_by", "decided_at"], why=why.strip(),
        facts=_facts(merge),
    )  # fmt: skip
    return merge


@transaction.atomic
def end_merge(merge_id: UUID, *, why: str, until_on: date | None = None, by: User, now: datetime) -> OrganisationMerge:
    """Take a merge back from a day on, today by default; it goes on being true of the days before.

    Raises NotAllowed, Refused (``reason_missing``, ``ends_before_it_begins``), WrongState when it is not in force.
    """
    merge = lock_organisation_merge(merge_id)
    require(may_end_merge(by, merge))
    _needs_reason(why)
    until = until_on or max(china_date(now), merge.from_on)
    if until < merge.from_on:
        early = _("The merge holds from %(from_on)s. It cannot end before that day.")
        raise Refused("ends_before_it_begins", early, field="until_on", from_on=merge.from_on)
    merge.until_on, merge.ended_by, merge.ended_at = until, by, now
    event = move(
        merge, to=OrganisationMergeState.ENDED, by=by, also=["until_on", "ended_by", "ended_at"], why=why.strip(),
        facts={**_facts(merge), "until": until.isoformat()},
    )  # fmt: skip
    tell(messages.ORGANISATION_MERGE_ENDED, merge, because=event)
    return merge


def _check_pair(absorbed: Organisation, into: Organisation, from_on: date) -> None:
    if absorbed.pk == into.pk:
        raise Refused("merge_of_one", _("Choose another organisation: one is not merged into itself."), field="into")
    if into.state != OrganisationState.VERIFIED:
        unverified = _("%(name)s is not verified yet. Verify it first; then others can be merged into it.")
        raise Refused("merge_into_unverified", unverified, field="into", name=into.name)
    if live := live_merge(absorbed.pk):
        already = _("%(absorbed)s is merged into %(name)s, or that is proposed. Take that back first.")
        raise Clash("merged_already", already, field="into", absorbed=absorbed.name, name=live.into.name)
    if (away := live_merge(into.pk)) or live_merge_into(absorbed.pk):
        chain = _("%(name)s takes part in another merge. Merge each organisation directly into the one that remains.")
        raise Clash("merge_in_a_chain", chain, field="into", name=into.name if away else absorbed.name)
    if absorbed.merges_away.filter(state=OrganisationMergeState.ENDED, until_on__gt=from_on).exists():
        earlier = _("An earlier merge of %(name)s had not ended on that day. Choose a later day.")
        raise Clash("merge_before_the_last_ended", earlier, field="from_on", name=absorbed.name)


def _needs_reason(why: str) -> None:
    if not why.strip():
        raise Refused("reason_missing", _("Write the reason; both organisations read it."), field="why")


def _facts(merge: OrganisationMerge) -> dict[str, object]:
    return {
        "absorbed": str(merge.absorbed_id), "into": str(merge.into_id), "day": merge.from_on.isoformat(),
    }  # fmt: skip
