"""The register of personal data: every field that holds some, for what, on which basis, how long, how it is shown.

The privacy page lists it. Other apps add their lines from ``apps.py:ready()`` with :func:`register`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.known_settings import DAYS, KNOWN
from portal.queries.settings import setting

Mask = Literal["", "phone", "mail", "account", "name", "hidden"]

DUTY = _("duty by law: carrying out the city's programme")
SECURITY = _("duty by law: security of the network")
REQUEST = _("what the person asked for")

WITH_ACCOUNT = _("until the account is deleted")
WITH_CASE = _("as long as the archive keeps the case")

DELETED = _("deleted every night once its time is over")
ANONYMISED = _("deleted, or replaced by a number, when the account is deleted")
STAYS = _("stays with the case; the person in it becomes a number when the account is deleted")
WORDS_GO = _("stays with the case; two officials can destroy the words, their hash stays")
FILE_STAYS = _("stays with the case, ten years at least")


@dataclass(frozen=True)
class Line:
    """One kind of personal data: in which fields, what it is, for what, on which basis, how long.

    ``kept`` is the name of a setting in days, or words. ``mask`` says how staff see it before they
    give a purpose. ``exported`` says whether the copy of one's own data holds it. ``erased`` says what
    becomes of it when its time is over or its person is forgotten; where it says nothing it follows
    from ``kept``. A field may be a pattern: ``*.by`` is that column of every table.
    """

    fields: tuple[str, ...]
    what: object
    purpose: object
    basis: object
    kept: object
    mask: Mask = ""
    exported: bool = True
    erased: object = ""

    @property
    def ending(self) -> object:
        """What becomes of it in the end."""
        if self.erased:
            return self.erased
        if isinstance(self.kept, str):
            return DELETED
        return ANONYMISED if self.kept is WITH_ACCOUNT else STAYS


@dataclass(frozen=True)
class Shown:
    """A line of the register in the reader's language."""

    what: object
    purpose: object
    basis: object
    kept: object
    days: int | None
    ending: object = ""


REGISTER: list[Line] = [
    Line(("portal.User.name",), pgettext_lazy("of a person", "Name"), _("to know who acts"), DUTY, WITH_CASE),
    Line(("portal.User.email",), _("E-mail address"), _("to sign in and to be told what happens"), DUTY, WITH_ACCOUNT, "mail"),
    Line(("portal.User.phone",), _("Mobile number"), _("to be reached about a case, and to sign in by code"), DUTY,
         WITH_ACCOUNT, "phone"),
    Line(("portal.User.language",), _("Language"), _("to write in the right language"), REQUEST, WITH_ACCOUNT),
    Line(("portal.User.password", "portal.ApiToken.digest"), _("Password and tokens, as hashes"), _("to sign in"), SECURITY,
         WITH_ACCOUNT, "hidden", exported=False),
    Line(("portal.ApiToken.name",), _("Names of tokens"), _("to tell one's tokens apart"), REQUEST, WITH_ACCOUNT),
    Line(("portal.Organisation.legal_representative",), _("Legal representative of an organisation"),
         _("to check the organisation against the public register"), DUTY, WITH_CASE, exported=False),
    Line(("portal.Membership.role",), _("Organisations a person acts for"), _("to know who acts for whom"), DUTY, WITH_CASE),
    Line(("portal.Grant.role",), _("Roles granted"), _("to know who acts for the city"), DUTY, WITH_CASE),
    Line(("portal.SecurityEvent.address", "portal.SecurityEvent.agent"), _("Sign-ins, looks at masked data and copies taken: when, from where, with which program"),
         _("to find misuse of accounts"), SECURITY, "security_log_days"),
    Line(("portal.EventText.ciphertext",), _("What a person wrote as a reason or opinion"), _("to give reasons for a decision"),
         DUTY, WITH_CASE, erased=WORDS_GO),
    Line(("portal.Message.facts", "portal.Message.to", "portal.Message.link"), _("Messages"),
         _("to tell a person what happens"), DUTY, "message_days"),
    Line(("portal.Acceptance.text",), _("Accepted versions of privacy statement and terms"), _("to show what was agreed"),
         DUTY, WITH_CASE),
    Line(("portal.AccessToPersonalData.words",), _("Who looked at masked data, and for what"),
         _("to make every look at personal data traceable"), DUTY, WITH_CASE),
    Line(("portal.IdempotentAnswer.answer", "portal.IdempotentAnswer.user"), _("Answers to repeated requests of programs"),
         _("to do nothing twice"), REQUEST, "answer_days", exported=False),
]  # fmt: skip

NOT_PERSONAL: set[str] = set()
"""Fields of words on models with people's data that hold no personal data of their own."""


def register(lines: Iterable[Line], not_personal: Iterable[str] = ()) -> None:
    """Add an app's lines, and the fields that hold nothing personal; a second time adds nothing."""
    REGISTER.extend(line for line in lines if line not in REGISTER)
    NOT_PERSONAL.update(not_personal)


def known_fields() -> set[str]:
    """Every field, or pattern, that stands in the register or among those that hold nothing personal."""
    return {name for line in REGISTER for name in line.fields} | NOT_PERSONAL


def stands(name: str) -> bool:
    """Whether a field (``app.Model.field``) stands in the register or among those that hold nothing personal."""
    known = known_fields()
    return name in known or any("*" in pattern and fnmatchcase(name, pattern) for pattern in known)


def for_readers() -> list[Shown]:
    """The register as the privacy page shows it."""
    return [shown(line) for line in REGISTER]


def shown(line: Line) -> Shown:
    """One line in the reader's language."""
    return Shown(line.what, line.purpose, line.basis, _kept(line), _days(line), line.ending)


def _days(line: Line) -> int | None:
    known = KNOWN.get(str(line.kept)) if isinstance(line.kept, str) else None
    return setting(known.name) if known and known.kind == DAYS else None


def _kept(line: Line) -> object:
    return "" if isinstance(line.kept, str) else line.kept
