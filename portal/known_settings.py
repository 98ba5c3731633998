"""Every setting of the city: what it is about, its kind, and the value it has until somebody sets one.

``check`` of a kind returns the value as it is kept, or raises Refused with a sentence. A value
is JSON: text, a number, true or false, or for ``BILINGUAL`` ``{"zh": …, "en": …}``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import Refused

LONGEST = 200
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,28}[0-9]")
SITE_CODE = re.compile(r"[0-9]{10}")


@dataclass(frozen=True)
class Known:
    """One setting: name, group, title, the sentence about it, its kind, the shipped value, and limits of a number."""

    name: str
    group: str
    title: object
    about: object
    kind: str
    shipped: Any
    least: int = 0
    most: int = 36_500

    def check(self, value: Any) -> Any:
        """The value as it is kept. Raises Refused (``setting_…``) with a sentence that says what it should be."""
        return KINDS[self.kind](self, value)


def _text(known: Known, value: Any) -> str:
    text = value.strip() if isinstance(value, str) else None
    if text is None or len(text) > LONGEST or any(ord(character) < 32 for character in text):
        raise _wrong("setting_text", _("Write one line of at most %(most)s characters."), most=LONGEST)
    return text


def _bilingual(known: Known, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) != {"zh", "en"}:
        raise _wrong("setting_languages", _("Give the words in Chinese and in English."))
    words = {language: _text(known, value[language]) for language in ("zh", "en")}
    if bool(words["zh"]) != bool(words["en"]):
        raise _wrong("setting_languages", _("Give the words in Chinese and in English."))
    return words


def _phone(known: Known, value: Any) -> str:
    text = _text(known, value)
    if text and not PHONE.fullmatch(text):
        raise _wrong("setting_phone", _("“%(value)s” is not a telephone number. Write it like 0551-6353 0000."), value=text)
    return text


def _mail(known: Known, value: Any) -> str:
    text = _text(known, value)
    if not text:
        return text
    try:
        validate_email(text)
    except ValidationError:
        raise _wrong("setting_mail", _("“%(value)s” is not an e-mail address."), value=text) from None
    return text


def _link(known: Known, value: Any) -> str:
    text = _text(known, value)
    if text and not re.fullmatch(r"https?://[^\s<>\"']+", text):
        raise _wrong("setting_link", _("“%(value)s” is not a web address. It begins with https://."), value=text)
    return text


def _site_code(known: Known, value: Any) -> str:
    text = _text(known, value)
    if text and not SITE_CODE.fullmatch(text):
        raise _wrong("setting_site_code", _("A government site identification code has 10 digits."))
    return text


def _number(known: Known, value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value.strip()):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not known.least <= value <= known.most:
        limits = {"least": known.least, "most": known.most}
        raise _wrong("setting_number", _("Write a whole number from %(least)s to %(most)s."), **limits)
    return value


def _switch(known: Known, value: Any) -> bool:
    if value not in (True, False, "true", "false") or isinstance(value, int) and not isinstance(value, bool):
        raise _wrong("setting_switch", _("Choose yes or no."))
    return value in (True, "true")


def _wrong(code: str, words: object, **facts: object) -> Refused:
    return Refused(code, words, field="value", **facts)


TEXT, BILINGUAL, PHONE_NUMBER, MAIL, LINK, CODE, DAYS, MINUTES, NUMBER, SWITCH = (
    "text", "bilingual", "phone", "mail", "link", "site_code", "days", "minutes", "number", "switch",
)  # fmt: skip
KINDS: dict[str, Callable[[Known, Any], Any]] = {
    TEXT: _text, BILINGUAL: _bilingual, PHONE_NUMBER: _phone, MAIL: _mail, LINK: _link, CODE: _site_code,
    DAYS: _number, MINUTES: _number, NUMBER: _number, SWITCH: _switch,
}  # fmt: skip

HOST, FILING, ACCESS, LIMITS, EVIDENCE, RETENTION = "host", "filing", "access", "limits", "evidence", "retention"
GROUPS = {
    HOST: _("Host and contact"),
    FILING: _("Filing numbers"),
    ACCESS: _("Accounts and access"),
    LIMITS: _("How often one may ask"),
    EVIDENCE: _("Evidence and due dates"),
    RETENTION: _("Retention times"),
}

SHIPPED = [
    Known("host_organisation", HOST, _("Host organisation"),
          _("Name of the authority that runs the portal; it stands at the foot of every page."),
          BILINGUAL, {"zh": "市科学技术局", "en": "City bureau of science and technology"}),
    Known("host_address", HOST, _("Address"),
          _("Postal address of the authority."), BILINGUAL, {"zh": "", "en": ""}),
    Known("contact_phone", HOST, _("Telephone"),
          _("Telephone for questions about the programme."), PHONE_NUMBER, ""),
    Known("contact_mail", HOST, _("E-mail"),
          _("E-mail for questions about the programme."), MAIL, ""),
    Known("support_contact", HOST, _("Support"),
          _("Who helps when the portal does not work: telephone or e-mail, and hours."),
          BILINGUAL, {"zh": "", "en": ""}),
    Known("icp_number", FILING, _("ICP filing number"),
          _("ICP filing number of the site (ICP备案号)."), TEXT, ""),
    Known("icp_link", FILING, _("Link of the ICP filing"),
          _("Where the ICP filing number leads."), LINK, "https://beian.miit.gov.cn/"),
    Known("police_number", FILING, _("Public security filing number"),
          _("Filing number with the public security organ (公安备案号)."), TEXT, ""),
    Known("police_link", FILING, _("Link of the public security filing"),
          _("Where the public security filing number leads."), LINK, "https://beian.mps.gov.cn/"),
    Known("site_code", FILING, _("Site identification code"),
          _("Government site identification code (政府网站标识码), 10 digits."), CODE, ""),
    Known("texts_asked", ACCESS, _("Acceptance of the texts is asked"),
          _("Whether people must accept the privacy statement and the terms before they go on."),
          SWITCH, True),
    Known("invitation_days", ACCESS, _("Invitations"),
          _("Days for which an invitation can be taken up."), DAYS, 14, 1, 90),
    Known("role_notice_days", ACCESS, _("Roles that end"),
          _("Days before the last day of an official's role on which the person and those who give roles are told."),
          DAYS, 14, 1, 90),
    Known("merge_undo_days", ACCESS, _("Taking back a merge of accounts"),
          _("Days for which a merge of two accounts can be taken back."), DAYS, 30, 0, 365),
    Known("merge_code_minutes", ACCESS, _("Code for merging accounts"),
          _("Minutes for which the code to merge two accounts holds."), MINUTES, 30, 5, 240),
    Known("export_days", ACCESS, _("Copies of one's own data"),
          _("Days for which a copy of one's own data can be fetched."), DAYS, 7, 1, 30),
    Known("support_view_minutes", ACCESS, _("Support view"),
          _("Minutes after which a support view ends by itself."), MINUTES, 30, 1, 240),
    Known("support_asks_hours", ACCESS, _("Asking for a support view"),
          _("Hours for which a person may answer, and then for which support may begin."), NUMBER, 24, 1, 168),
    Known("delegation_days", ACCESS, _("Delegations"),
          _("Days for which one delegation holds at most."), DAYS, 90, 1, 366),
    Known("registration_limit", LIMITS, _("Entering organisations"),
          _("Organisations that one person may enter in an hour."), NUMBER, 10, 1, 1000),
    Known("search_limit", LIMITS, _("Searching"),
          _("Searches of one person, or of one network address without an account, in a minute."), NUMBER, 60, 10, 10_000),
    Known("writing_limit", LIMITS, _("Changing something"),
          _("Requests of one person that change something, in a minute."), NUMBER, 240, 30, 10_000),
    Known("api_limit", LIMITS, _("Programs"),
          _("Requests of one person's programs in a minute."), NUMBER, 600, 30, 100_000),
    Known("sign_in_limit", LIMITS, _("Signing in from one network address"),
          _("Tries to sign in from one network address in a minute; a whole authority may share one."), NUMBER, 30, 10, 1000),
    Known("failure_limit", LIMITS, _("Failed sign-ins from one network address"),
          _("Failed sign-ins from one network address in a minute, after which it waits."), NUMBER, 20, 5, 1000),
    Known("account_failure_limit", LIMITS, _("Failed sign-ins to one account"),
          _("Failed sign-ins to one account in five minutes, after which it is locked for as long."), NUMBER, 5, 3, 20),
    Known("account_failure_day_limit", LIMITS, _("Failed sign-ins to one account in a day"),
          _("Failed sign-ins to one account in a day, after which it is locked for up to a day."), NUMBER, 30, 10, 200),
    Known("sign_up_limit", LIMITS, _("New accounts from one network address"),
          _("Accounts that may be opened from one network address in a minute."), NUMBER, 10, 2, 1000),
    Known("sign_up_day_limit", LIMITS, _("New accounts from one network address in a day"),
          _("Accounts that may be opened from one network address in a day."), NUMBER, 100, 10, 10_000),
    Known("mail_code_day_limit", LIMITS, _("Codes by mail"),
          _("Codes to sign in or to confirm an address that go to one e-mail address in a day."), NUMBER, 20, 5, 100),
    Known("text_code_day_limit", LIMITS, _("Codes by text message"),
          _("Codes that go to one mobile number in a day; each costs the city a message."), NUMBER, 10, 3, 50),
    Known("credit_soon_days", EVIDENCE, _("Credit checks that run out"),
          _("Days before its last day on which a credit check is warned of and asked for anew."), DAYS, 14, 1, 90),
    Known("former_name_days", EVIDENCE, _("Former names on bank papers"),
          _("Days after a renaming for which a bank receipt or account in the former name still counts."), DAYS, 60, 0, 366),
    Known("security_log_days", RETENTION, _("Security log"),
          _("Days for which the security log is kept; the law asks for six months at least."), DAYS, 365, 183, 3650),
    Known("message_days", RETENTION, _("Messages to people"),
          _("Days for which messages are kept; those about an open case stay as long as it is open."), DAYS, 1095, 180, 3650),
    Known("answer_days", RETENTION, _("Answers to repeated requests"),
          _("Days for which a program gets the same answer to the same request."), DAYS, 7, 2, 90),
    Known("address_days", RETENTION, _("Addresses of invited people"),
          _("Days for which the e-mail address of an ended invitation is kept."), DAYS, 365, 1, 3650),
    Known("unused_account_days", RETENTION, _("Unused accounts"),
          _("Days after which an account without any role, and not signed in to, is forgotten."), DAYS, 1095, 365, 3650),
]  # fmt: skip

KNOWN: dict[str, Known] = {each.name: each for each in SHIPPED}
"""Every known setting by name; a part of the portal that needs another adds its line above."""
