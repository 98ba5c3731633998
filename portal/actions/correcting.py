"""An entry is returned item by item, and corrected at exactly these items."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages
from portal.actions.profiling import write_entry
from portal.actions.registering import check_code, check_district, head_office, registered_already
from portal.kernel import uscc as credit_code
from portal.kernel.errors import Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import FactSource, Organisation, OrganisationRemark, User
from portal.permissions import may_correct_organisation, may_verify_organisation
from portal.profile_items import ITEMS, VERIFIED, column_of
from portal.queries.corrections import open_remarks
from portal.queries.profiles import entry_value
from portal.states import OrganisationState
from portal.tell import tell
from portal.transition import move

MOST_WORDS = 500


@transaction.atomic
def return_organisation(
    organisation_id: UUID, *, why: str = "", items: Mapping[str, str] | None = None, by: User, now: datetime
) -> Organisation:
    """The bureau sends an entry back with what is to be corrected.

    ``items`` names single items of the entry, each with its remark; then only these can be corrected.
    Without them ``why`` says what is wrong, and the whole entry is open. Raises NotAllowed, Refused
    (``reason_missing``, ``unknown_item``, ``remark_too_long``), WrongState when the entry does not wait.
    """
    organisation = lock_organisation(organisation_id)
    require(may_verify_organisation(by, organisation))
    remarks = {item: remark.strip() for item, remark in (items or {}).items() if remark.strip()}
    check_remarks(remarks)
    if not why.strip() and not remarks:
        missing = _("Mark an item with a remark, or write what is to be corrected; the organisation reads it.")
        raise Refused("reason_missing", missing, field="why")
    OrganisationRemark.objects.bulk_create(
        OrganisationRemark(
            organisation=organisation, item=item, remark=remark, value=entry_value(organisation, item), made_by=by, made_at=now
        )
        for item, remark in remarks.items()
    )
    event = move(
        organisation, to=OrganisationState.RETURNED, by=by, why=why.strip(), facts={"items": sorted(remarks)}
    )
    tell(messages.ORGANISATION_RETURNED, organisation, because=event)
    return organisation


@transaction.atomic
def correct_organisation(
    organisation_id: UUID,
    *,
    by: User,
    now: datetime,
    uscc: str,
    uscc_confirmed: bool,
    name: str,
    kind: str,
    district_id: UUID,
    legal_representative: str,
    address: str = "",
    parent_uscc: str = "",
    answers: Mapping[str, str] | None = None,
) -> Organisation:
    """Correct an entry that the bureau returned, and send it in again.

    Where items were marked, each is changed, or answered in ``answers`` (by item) and left as it is;
    every other item stays. Raises what :func:`~portal.actions.registering.register_organisation` raises,
    Refused (``not_asked_to_correct``, ``still_as_before``), WrongState when the entry was not returned.
    """
    organisation = lock_organisation(organisation_id)
    require(may_correct_organisation(by, organisation))
    before = {item: entry_value(organisation, item) for item in VERIFIED}
    code = uscc.strip().upper()
    check_code(code, confirmed=uscc_confirmed)
    check_district(district_id)
    if Organisation.objects.filter(uscc=code).exclude(pk=organisation.pk).exists():
        raise registered_already(code)
    organisation.uscc, organisation.uscc_confirmed = code, uscc_confirmed and not credit_code.is_valid(code)
    organisation.name, organisation.kind, organisation.district_id = name.strip(), kind, district_id
    organisation.legal_representative, organisation.address = legal_representative.strip(), address.strip()
    organisation.parent = head_office(parent_uscc)
    changed = [item for item in VERIFIED if entry_value(organisation, item) != before[item]]
    answer_remarks(organisation, changed, answers or {}, by=by, now=now)
    columns = [column_of(item) for item in VERIFIED]
    event = move(
        organisation, to=OrganisationState.REGISTERED, by=by, also=[*columns, "uscc_confirmed"],
        facts={"uscc": code, "items": changed},
    )  # fmt: skip
    write_entry(organisation, changed, source=FactSource.ORGANISATION, by=by, now=now)
    tell(messages.ORGANISATION_REGISTERED, organisation, because=event)
    return organisation


def check_remarks(remarks: Mapping[str, str]) -> None:
    """Remarks are on items of the entry, and short enough to stand at a field."""
    for item, remark in remarks.items():
        if item not in VERIFIED:
            raise Refused("unknown_item", _("“%(item)s” is no item of an entry."), field=item, item=item)
        if len(remark) > MOST_WORDS:
            long = _("The remark is longer than %(most)s characters. Shorten it.")
            raise Refused("remark_too_long", long, field=item, most=MOST_WORDS)


def answer_remarks(
    organisation: Organisation, changed: list[str], answers: Mapping[str, str], *, by: User, now: datetime
) -> None:
    """Close every open remark with what now stands there; refuse changes that nobody asked for."""
    remarks = {remark.item: remark for remark in open_remarks(organisation)}
    if not remarks:
        return
    for item in changed:
        if item not in remarks:
            unasked = _("The bureau did not ask to correct this: %(item)s. It stays as it is.")
            raise Refused("not_asked_to_correct", unasked, field=item, item=ITEMS[item].word)
    for item, remark in remarks.items():
        answer = answers.get(item, "").strip()[:MOST_WORDS]
        if item not in changed and not answer:
            same = _("%(item)s is still as it was. Correct it, or write why it is right.")
            raise Refused("still_as_before", same, field=item, item=ITEMS[item].word)
        remark.corrected, remark.answer = entry_value(organisation, item), answer
        remark.answered_by, remark.answered_at = by, now
        remark.save(update_fields=["corrected", "answer", "answered_by", "answered_at"])
