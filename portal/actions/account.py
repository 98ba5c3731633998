"""A person's own account: name, telephone, language, password."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import Refused
from portal.locks import lock_person
from portal.models import User
from portal.record import record


@transaction.atomic
def save_account(*, name: str, phone: str, language: str, by: User, now: datetime) -> User:
    """Keep a person's name, telephone and the language of their mail."""
    person = lock_person(by.pk)
    person.name, person.phone, person.language = name.strip(), phone.strip(), language
    person.save(update_fields=["name", "phone", "language"])
    record("user.changed", person, by=by)
    return person


@transaction.atomic
def change_password(*, old: str, new: str, by: User, now: datetime) -> User:
    """Replace a password by one that is not easily guessed.

    Raises Refused (``wrong_password``, ``weak_password``).
    """
    person = lock_person(by.pk)
    if not person.check_password(old):
        raise Refused("wrong_password", _("This is not your present password. Type it in again."), field="old")
    try:
        validate_password(new, person)
    except ValidationError as weak:
        raise Refused("weak_password", " ".join(weak.messages), field="new") from None
    person.set_password(new)
    person.save(update_fields=["password"])
    record("user.password_changed", person, by=by)
    return person
