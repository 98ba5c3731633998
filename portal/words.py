"""The words for refusals: a sentence for every code, in the reader's language.

Each app registers its own codes from ``apps.py:ready()``, so that this module knows no app:
``words.register(WORDS, names=NAMES)``. ``names`` puts words to what facts hold: fields that
are missing, states, kinds. A fact's name ends in its unit, and that decides how it reads:
``_fen`` as money, ``_at`` as a moment, ``_on`` as a day, ``_percent`` with its sign.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.kernel.errors import PortalError
from portal.show import listed, show_amount, show_day, show_moment, show_percent

WORDS: dict[str, object] = {
    "not_allowed": _("You may not take this step. Ask an administrator of your organisation or the bureau."),
    "not_signed_in": _("Sign in first; then this page can be shown."),
    "not_found": _("There is no such page, or it is not open to you."),
    "wrong_state": _("The case has moved on since you opened this page. Open it again to see where it stands."),
    "clash": _("Somebody else was first. Open the page again to see what is there now."),
    "refused": _("This breaks a rule, so nothing was changed."),
    "incomplete": _("Something is still missing: %(missing)s."),
    "deadline_passed": _("The deadline has passed. By the server's clock it was %(deadline_at)s."),
    "not_whole_fen": _("%(amount)s is not an amount. Write a number such as 1200 or 1,200.50, exact to the fen."),
    "amount_too_large": _("%(amount)s is too large. The largest amount is %(most_fen)s."),
    "unknown_year": _(
        "The working days of %(year)s are not entered yet. Ask the bureau to enter the holiday table of that year."
    ),
    "file_too_large": _("The file is too large. Choose a smaller one or split it."),
    "file_wrong_kind": _("This kind of file is not accepted. Choose a PDF, Word, Excel, PNG or JPEG file."),
}

NAMES: dict[str, object] = {}


def register(words: Mapping[str, object], names: Mapping[str, object] | None = None) -> None:
    """Add an app's sentences by code, and its words for the values of facts; a code may have one sentence only.

    Raises ValueError when another sentence is registered for the same code.
    """
    for code, words_of_code in words.items():
        if WORDS.setdefault(code, words_of_code) is not words_of_code:
            raise ValueError(f"two sentences for the code {code!r}")
    NAMES.update(names or {})


def sentence(error: PortalError) -> str:
    """What happened and what to do next, with the facts filled in; the error's own message comes first."""
    facts = _Facts({name: _read(name, value) for name, value in error.facts.items()})
    text = str(error.message) if error.message else str(WORDS.get(error.code) or WORDS[type(error).code])
    return text % facts if "%(" in text else text


class _Facts(dict):
    """Facts of an error; one that the sentence names and the error lacks reads as a dash, not as a crash."""

    def __missing__(self, name: str) -> str:
        return "–"


def _read(name: str, value: object) -> str:
    if name.endswith("_fen") and isinstance(value, int):
        return show_amount(value, unit=True)
    if name.endswith("_percent") and isinstance(value, int | Decimal):
        return show_percent(value)
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return listed(name_of(each) for each in value)
    return name_of(value)


def name_of(value: object) -> str:
    """The word for a field, a state or a kind; the value itself where there is none."""
    return str(NAMES.get(str(value), value))


def things_missing(count: int) -> object:
    """The line above a checklist: how many things are missing."""
    return ngettext_lazy("One thing is missing:", "%(count)s things are missing:", count) % {"count": count}
