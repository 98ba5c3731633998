"""People sign up; organisations are registered and verified."""

import re
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal import messages
from portal.actions.profiling import write_entry
from portal.clock import china_date
from portal.kernel import uscc as credit_code
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation
from portal.models import District, FactSource, MemberRole, Membership, Organisation, User
from portal.permissions import may_register_organisation, may_verify_organisation
from portal.profile_items import VERIFIED
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
    parent_uscc: str = "",
) -> Organisation:
    """Enter an organisation; whoever does so becomes its first administrator, and the bureau verifies it.

    A code whose check character does not fit needs ``uscc_confirmed``: a person has compared the
    licence. A branch names its head office by ``parent_uscc``. Raises Refused (``uscc_malformed``,
    ``uscc_check_character``, ``head_office_unknown``, ``head_office_is_branch``), Clash
    (``organisation_registered_already``, also when somebody enters the code at the same moment) and
    NotFound for an unknown district.
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
        parent=head_office(parent_uscc),
        created_at=now,
        created_by=by,
    )
    insert(organisation)
    write_entry(organisation, VERIFIED, source=FactSource.ORGANISATION, by=by, now=now)
    Membership.objects.create(
        user=by, organisation=organisation, role=MemberRole.ADMINISTRATOR, starts_on=china_date(now)
    )
    by._powers = None
    event = record("organisation.registered", organisation, by=by, facts={"uscc": code})
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
    write_entry(organisation, VERIFIED, source=FactSource.BUREAU, by=by, now=now)
    tell(messages.ORGANISATION_VERIFIED, organisation, because=event)
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


def head_office(uscc: str) -> Organisation | None:
    """The head office of a branch, by its code; None where none is named. It must be entered first, and be no branch."""
    code = uscc.strip().upper()
    if not code:
        return None
    found = Organisation.objects.filter(uscc=code).first()
    if found is None:
        unknown = _("No organisation is registered under %(uscc)s. The head office is entered first, then its branches.")
        raise Refused("head_office_unknown", unknown, field="parent_uscc", uscc=code)
    if found.parent_id:
        branch = _("%(name)s is a branch itself. Give the code of the legal person.")
        raise Refused("head_office_is_branch", branch, field="parent_uscc", name=found.name)
    return found


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
