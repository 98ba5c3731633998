"""People sign up; organisations are registered, corrected, verified and returned."""

import re
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal import messages
from portal.clock import china_date
from portal.kernel import uscc as credit_code
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import District, MemberRole, Membership, Organisation, User
from portal.permissions import may_correct_organisation, may_register_organisation, may_verify_organisation
from portal.record import record
from portal.states import OrganisationState
from portal.tell import tell
from portal.transition import move

SHAPE = re.compile(f"[{credit_code.ALPHABET}]{{18}}")


@transaction.atomic
def register_person(*, email: str, name: str, password: str, now: datetime, language: str = "zh-hans") -> User:
    """Open an account for a person; the address is their name here, whatever its case.

    Raises Clash (``email_taken``) when the address has an account, Refused (``weak_password``)
    when the password is too easily guessed.
    """
    user = User(email=email.strip().lower(), name=name.strip(), language=language, created_at=now)
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused("weak_password", " ".join(weak.messages), field="password") from None
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        taken = _("There is an account with this address already. Sign in with it, or use another address.")
        raise Clash("email_taken", taken, field="email") from None
    record("user.registered", user, by=user)
    return user


@transaction.atomic
def register_organisation(
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
) -> Organisation:
    """Enter an organisation; whoever does so becomes its first administrator, and the bureau verifies it.

    A code whose check character does not fit needs ``uscc_confirmed``: a person has compared the
    licence. Raises Refused (``uscc_malformed``, ``uscc_check_character``), Clash
    (``organisation_registered_already``) and NotFound for an unknown district.
    """
    require(may_register_organisation(by))
    code = uscc.strip().upper()
    check_code(code, confirmed=uscc_confirmed)
    check_district(district_id)
    organisation = Organisation(
        uscc=code,
        uscc_confirmed=uscc_confirmed and not credit_code.is_valid(code),
        name=name.strip(),
        kind=kind,
        district_id=district_id,
        legal_representative=legal_representative.strip(),
        address=address.strip(),
        created_at=now,
        created_by=by,
    )
    insert(organisation)
    Membership.objects.create(
        user=by, organisation=organisation, role=MemberRole.ADMINISTRATOR, starts_on=china_date(now)
    )
    by._powers = None
    event = record("organisation.registered", organisation, by=by, facts={"uscc": code})
    tell(messages.ORGANISATION_REGISTERED, organisation, because=event)
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
) -> Organisation:
    """Correct an entry that the bureau returned, and send it in again.

    Raises what :func:`register_organisation` raises, and WrongState when the entry was not returned.
    """
    organisation = lock_organisation(organisation_id)
    require(may_correct_organisation(by, organisation))
    code = uscc.strip().upper()
    check_code(code, confirmed=uscc_confirmed)
    check_district(district_id)
    if Organisation.objects.filter(uscc=code).exclude(pk=organisation.pk).exists():
        raise registered_already(code)
    organisation.uscc, organisation.uscc_confirmed = code, uscc_confirmed and not credit_code.is_valid(code)
    organisation.name, organisation.kind, organisation.district_id = name.strip(), kind, district_id
    organisation.legal_representative, organisation.address = legal_representative.strip(), address.strip()
    entered = ["uscc", "uscc_confirmed", "name", "kind", "district_id", "legal_representative", "address"]
    event = move(organisation, to=OrganisationState.REGISTERED, by=by, also=entered, facts={"uscc": code})
    tell(messages.ORGANISATION_REGISTERED, organisation, because=event)
    return organisation


@transaction.atomic
def verify_organisation(organisation_id: UUID, *, by: User, now: datetime) -> Organisation:
    """The bureau finds that the entry agrees with the public registers; from here on it may post and bid.

    Raises NotAllowed, and WrongState when the entry does not wait for verification.
    """
    organisation = lock_organisation(organisation_id)
    require(may_verify_organisation(by, organisation))
    organisation.verified_at = now
    event = move(organisation, to=OrganisationState.VERIFIED, by=by, also=["verified_at"])
    tell(messages.ORGANISATION_VERIFIED, organisation, because=event)
    return organisation


@transaction.atomic
def return_organisation(organisation_id: UUID, *, why: str, by: User, now: datetime) -> Organisation:
    """The bureau sends an entry back with what is to be corrected.

    Raises NotAllowed, Refused (``reason_missing``), and WrongState when the entry does not wait.
    """
    organisation = lock_organisation(organisation_id)
    require(may_verify_organisation(by, organisation))
    if not why.strip():
        raise Refused("reason_missing", _("Write what is to be corrected; the organisation reads it."), field="why")
    event = move(organisation, to=OrganisationState.RETURNED, by=by, why=why.strip())
    tell(messages.ORGANISATION_RETURNED, organisation, because=event)
    return organisation


def check_code(code: str, *, confirmed: bool) -> None:
    """The code has its 18 characters; one whose check character does not fit was confirmed by a person."""
    if not SHAPE.fullmatch(code):
        malformed = _("“%(uscc)s” is not a credit code: it has 18 characters, digits and capital letters without I, O, S, V, Z.")
        raise Refused("uscc_malformed", malformed, field="uscc", uscc=code)
    if not credit_code.is_valid(code) and not confirmed:
        unfit = _(
            "The last character of %(uscc)s does not fit the others. Compare the code with the business licence; "
            "if it is the same, tick “I have compared the code with the licence”."
        )
        raise Refused("uscc_check_character", unfit, field="uscc_confirmed", uscc=code)


def check_district(district_id: UUID) -> None:
    """The district is one of the city's."""
    if not District.objects.filter(pk=district_id).exists():
        raise NotFound("unknown_district", _("This district is not on the city's list. Choose one from the list."))


def insert(organisation: Organisation) -> None:
    """Write the row; Clash when the code is registered already, also by somebody at the same moment."""
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError:
        raise registered_already(organisation.uscc) from None


def registered_already(code: str) -> Clash:
    """The refusal that names the organisation which has the code."""
    found = Organisation.objects.filter(uscc=code).first()
    taken = _("%(uscc)s is registered already, as %(name)s. Ask an administrator there to add you as a colleague.")
    return Clash("organisation_registered_already", taken, field="uscc", uscc=code, name=found.name if found else "–")
