"""A person's own account: name, language, password, mobile number."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import Clash
from portal.locks import lock_person
from portal.models import User
from portal.record import record


@transaction.atomic
def save_account(*, name: str, language: str, by: User, now: datetime) -> User:
    """Keep a person's name and the language of their mail."""
    person = lock_person(by.pk)
    person.name, person.language = name.strip(), language
    person.save(update_fields=["name", "language"])
    record("user.changed", person, by=by)
    return person


@transaction.atomic
def set_password(person: User, new: str, *, by: User, now: datetime) -> User:
    """Replace a password; the door has asked for the present one, or for a code sent to the person's address."""
    lock_person(person.pk)
    person.set_password(new)
    person.save(update_fields=["password"])
    record("user.password_changed", person, by=by)
    return person


@transaction.atomic
def confirm_phone(person: User, number: str, *, by: User, now: datetime) -> User:
    """Keep a mobile number (with its country) that a code has confirmed; the same one again changes nothing.

    Raises Clash (``phone_taken``) when another account has confirmed it.
    """
    lock_person(person.pk)
    if person.phone == number and person.phone_verified_at is not None:
        return person
    person.phone, person.phone_verified_at = number, now
    try:
        with transaction.atomic():
            person.save(update_fields=["phone", "phone_verified_at"])
    except IntegrityError:
        taken = _("Another account has confirmed this number already. Sign in with it, or use another number.")
        raise Clash("phone_taken", taken, field="phone") from None
    record("user.phone_confirmed", person, by=by)
    return person
