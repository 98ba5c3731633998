"""Ties between organisations and people are entered, ended, corrected and withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.actions.declared_ties import ask_people, is_confirmed, note_end, note_withdrawal
from portal.actions.proving import File, check_days, check_source, keep_document
from portal.kernel.errors import Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import (
    Affiliation,
    Organisation,
    Outsider,
    Source,
    Tie,
    User,
)
from portal.permissions import is_administrator
from portal.permissions_on_standing import (
    declares_for,
    may_end_affiliation,
    may_enter_affiliation,
    may_withdraw_affiliation,
)
from portal.queries.affiliations import person_in
from portal.record import record

OF_PEOPLE = (Tie.OFFICER, Tie.KIN, Tie.EMPLOYMENT)
"""Ties whose holder is a person."""
OF_FIRMS = (Tie.BRANCH, Tie.COMMON_CONTROLLER)
"""Ties that join firms only."""


@dataclass(frozen=True)
class Side:
    """The other side of a tie: an organisation of the portal, an outsider entered before, or a new one by name.

    An ``email`` names the account of a person who has one. Whether there is such an account shows nowhere:
    the name is needed all the same, and stays what the organisation reads.
    """

    organisation_id: UUID | None = None
    outsider_id: UUID | None = None
    name: str = ""
    is_person: bool = True
    hint: str = ""
    uscc: str = ""
    email: str = ""


@transaction.atomic
def enter_affiliation(
    organisation_id: UUID,
    *,
    kind: str,
    other: Side,
    holds: bool = False,
    percent: Decimal | None = None,
    post: str = "",
    from_on: date,
    until_on: date | None = None,
    source: str,
    source_on: date,
    source_note: str = "",
    document: File | None = None,
    corrects: UUID | None = None,
    by: User,
    now: datetime,
) -> Affiliation:
    """Enter a tie of an organisation with another side, with source and days.

    ``corrects`` withdraws a wrong row of the organisation in the same step; this one takes its place.

    The other side holds and the organisation is the target (a share of it, an office in it), unless
    ``holds`` turns it round. Its own administrators declare; others name the source. Raises NotAllowed,
    NotFound, Incomplete ``side_missing``, ``percent_missing``, ``post_missing``, ``document_missing``,
    Refused ``tie_does_not_fit``, ``tie_with_itself``, ``ends_before_it_begins``, ``source_in_future``.
    """
    organisation = lock_organisation(organisation_id)
    require(may_enter_affiliation(by, organisation))
    if is_administrator(by, organisation.pk):
        source = Source.DECLARED
    _check(kind, percent, post, from_on, until_on, source, source_on, document, now)
    wrong = _wrong(corrects, organisation)
    side = _side(other, wrong, by=by, now=now)
    _check_sides(kind, organisation, side, holds)
    if wrong and not _withdraw_wrong(wrong, by=by, now=now):
        wrong = None  # confirmed meanwhile: it stays until the bureau withdraws it
    kept = keep_document(document, by=by, now=now)
    ends = _ends(organisation, side) if holds else _ends(side, organisation)
    affiliation = Affiliation.objects.create(
        kind=kind, percent=percent if kind == Tie.SHARE else None, post=post if kind == Tie.OFFICER else "", from_on=from_on,
        until_on=until_on, source=source, source_on=source_on, source_note=source_note.strip()[:200], document=kept, corrects=wrong,
        entered_by=by, entered_at=now, **ends,
    )  # fmt: skip
    facts = {
        "kind": str(kind), "percent": str(percent) if kind == Tie.SHARE else None, "source": str(source),
        "from_on": from_on.isoformat(), "until_on": until_on.isoformat() if until_on else None,
        "document": kept.sha256 if kept else None, "corrects": str(wrong.pk) if wrong else None,
        **{name: str(end.pk) for name, end in ends.items()},
    }  # fmt: skip
    event = record("affiliation.entered", affiliation, by=by, facts=facts)
    if isinstance(side, Outsider):
        ask_people(affiliation, organisation, [_named(side, other)], by=by, because=event)
    return affiliation


@transaction.atomic
def enter_kin(
    tie_id: UUID,
    *,
    other: Side,
    from_on: date,
    source: str,
    source_on: date,
    source_note: str = "",
    document: File | None = None,
    by: User,
    now: datetime,
) -> Affiliation:
    """Enter that the person who holds a tie to an organisation is kin of another person.

    Who may enter ties of the organisation may enter the kin of its people. Raises NotAllowed, NotFound,
    Incomplete ``side_missing``, Refused ``tie_does_not_fit`` or ``tie_with_itself``.
    """
    tie = Affiliation.objects.select_related("holder_outsider").filter(pk=tie_id, withdrawn_at=None, organisation__isnull=False).first()
    if tie is None or tie.holder_outsider is None or not tie.holder_outsider.is_person:
        raise NotFound()
    organisation, person = lock_organisation(tie.organisation_id), tie.holder_outsider
    require(may_enter_affiliation(by, organisation))
    own = is_administrator(by, organisation.pk)
    if own:
        source = Source.DECLARED
    _check(Tie.KIN, None, "", from_on, None, source, source_on, document, now)
    side = _side(other, None, by=by, now=now)
    if not isinstance(side, Outsider) or not side.is_person:
        raise Refused("tie_does_not_fit", _("Kin are people. Name a person."))
    if side.pk == person.pk:
        raise Refused("tie_with_itself", _("Both sides are the same. Choose another one."))
    affiliation = Affiliation.objects.create(
        kind=Tie.KIN, holder_outsider=person, outsider=side, from_on=from_on, source=source, source_on=source_on,
        source_note=source_note.strip()[:200], document=keep_document(document, by=by, now=now), entered_by=by, entered_at=now,
    )  # fmt: skip
    facts = {"kind": "kin", "holder_outsider": str(person.pk), "outsider": str(side.pk), "source": str(source)}
    event = record("affiliation.entered", affiliation, by=by, facts=facts)
    people = [_named(side, other), (person, *person_in(tie, in_full=not own))]
    ask_people(affiliation, organisation, people, by=by, because=event)
    return affiliation


@transaction.atomic
def end_affiliation(affiliation_id: UUID, *, until_on: date, by: User, now: datetime) -> Affiliation:
    """Enter the last day of a tie; it is set once. Raises NotAllowed, WrongState, Refused ``ends_before_it_begins``.

    Where an organisation declared it of a person and it is confirmed, the bureau enters the day.
    """
    affiliation = _hold(affiliation_id)
    require(may_end_affiliation(by, affiliation))
    check_days(affiliation.from_on, until_on)
    if declares_for(by, affiliation) and is_confirmed(affiliation):
        note_end(affiliation, until_on=until_on, by=by)
        return affiliation
    affiliation.until_on = until_on
    affiliation.save(update_fields=["until_on"])
    record("affiliation.ended", affiliation, by=by, facts={"until_on": until_on.isoformat()})
    return affiliation


@transaction.atomic
def withdraw_affiliation(affiliation_id: UUID, *, why: str, by: User, now: datetime) -> Affiliation:
    """Take back a tie that was entered wrongly; it counts for nothing from here on.

    One that an organisation declared of a person and that is confirmed counts on until the bureau withdraws it.
    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    affiliation = _hold(affiliation_id)
    require(may_withdraw_affiliation(by, affiliation))
    if not why.strip():
        raise Incomplete("reason_missing", _("A reason is missing. Write what was wrong."), field="why", missing=["why"])
    if affiliation.entered_by_id == by.pk and is_confirmed(affiliation):
        note_withdrawal(affiliation, why=why.strip(), by=by, now=now)
        return affiliation
    affiliation.withdrawn_by, affiliation.withdrawn_at = by, now
    affiliation.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record("affiliation.withdrawn", affiliation, by=by, why=why.strip())
    return affiliation


def _wrong(affiliation_id: UUID | None, organisation: Organisation) -> Affiliation | None:
    """Hold the row of an organisation that a new one corrects; None where nothing is corrected."""
    if affiliation_id is None:
        return None
    wrong = _hold(affiliation_id)
    if organisation.pk not in (wrong.organisation_id, wrong.holder_organisation_id):
        raise NotFound()
    return wrong


def _withdraw_wrong(wrong: Affiliation, *, by: User, now: datetime) -> bool:
    """Withdraw a row that is corrected; False where it is confirmed, so that only the bureau withdraws it."""
    require(may_withdraw_affiliation(by, wrong))
    if wrong.entered_by_id == by.pk and is_confirmed(wrong):
        note_withdrawal(wrong, why="", by=by, now=now)
        return False
    wrong.withdrawn_by, wrong.withdrawn_at = by, now
    wrong.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record("affiliation.withdrawn", wrong, by=by, facts={"corrected": True})
    return True


def _side(other: Side, wrong: Affiliation | None, *, by: User, now: datetime) -> Organisation | Outsider:
    """The row of the other side; a new outsider is written down by name, and a corrected row keeps its person."""
    if other.organisation_id:
        return _found(Organisation, other.organisation_id)
    if other.outsider_id:
        return _found(Outsider, other.outsider_id)
    name, code, email = other.name.strip(), other.uscc.strip().upper(), other.email.strip().lower()
    if not other.is_person and code:
        known = Organisation.objects.filter(uscc=code).first() or Outsider.objects.filter(uscc=code).first()
        if known:
            return known
    if not name:
        raise Incomplete("side_missing", _("Name the other side: choose it from the list, or write its name."), field="name")
    if other.is_person and email:
        if account := User.objects.filter(email=email).first():
            return _outsider_of(account, by=by, now=now)
    elif other.is_person and wrong and wrong.holder_outsider and name in _names_in(wrong):
        return wrong.holder_outsider
    return Outsider.objects.create(
        is_person=other.is_person, name=name[:120], hint=other.hint.strip()[:120], uscc="" if other.is_person else code[:18],
        created_by=by, created_at=now,
    )  # fmt: skip


def _outsider_of(account: User, *, by: User, now: datetime) -> Outsider:
    """The one row that stands for an account among the ties, under the account's own name."""
    made = {"is_person": True, "name": account.name[:120], "created_by": by, "created_at": now}
    return Outsider.objects.get_or_create(user=account, defaults=made)[0]


def _names_in(wrong: Affiliation) -> set[str]:
    """The names under which the person of a row is read: by the bureau, and by the organisation that declared it."""
    return {person_in(wrong, in_full=True)[0], person_in(wrong, in_full=False)[0]}


def _named(side: Outsider, other: Side) -> tuple[Outsider, str, str]:
    return side, other.name.strip() or side.name, other.hint.strip()


def _found(model: type, pk: UUID) -> Organisation | Outsider:
    row = model.objects.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row


def _ends(holder: Organisation | Outsider, target: Organisation | Outsider) -> dict[str, Organisation | Outsider]:
    return {
        "holder_organisation" if isinstance(holder, Organisation) else "holder_outsider": holder,
        "organisation" if isinstance(target, Organisation) else "outsider": target,
    }


def _check(
    kind: str,
    percent: Decimal | None,
    post: str,
    from_on: date,
    until_on: date | None,
    source: str,
    source_on: date,
    document: File | None,
    now: datetime,
) -> None:
    if kind == Tie.SHARE and (percent is None or not 0 < percent <= 100):
        raise Incomplete("percent_missing", _("Write the share in percent, above 0 and up to 100."), field="percent")
    if kind == Tie.OFFICER and not post:
        raise Incomplete("post_missing", _("Say which office it is."), field="post")
    check_source(source, source_on, document, now)
    check_days(from_on, until_on)


def _check_sides(kind: str, organisation: Organisation, side: Organisation | Outsider, holds: bool) -> None:
    """A person holds an office, is employed, is kin; a branch and a common controller join firms."""
    person = isinstance(side, Outsider) and side.is_person
    if side.pk == organisation.pk:
        raise Refused("tie_with_itself", _("Both sides are the same. Choose another one."))
    fits = kind != Tie.KIN and (not person if kind in OF_FIRMS else True)
    if kind in (Tie.OFFICER, Tie.EMPLOYMENT):
        fits = person and not holds
    if person and holds:
        fits = False
    if not fits:
        raise Refused("tie_does_not_fit", _("This kind of tie does not join these two. Choose another kind or another side."), field="kind")


def _hold(affiliation_id: UUID) -> Affiliation:
    held = Affiliation.objects.select_for_update(of=("self",)).select_related(
        "organisation", "holder_organisation", "holder_outsider"
    )
    affiliation = held.filter(pk=affiliation_id).first()
    if affiliation is None:
        raise NotFound()
    return affiliation
