"""What is said of a name that is not the present one: when it was given up, or who took the organisation in."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from funding.models import BankAccount
from funding.queries.evidence import holder_of
from portal.kernel.errors import Refused
from portal.kernel.naming import Known, Naming, successor_on
from portal.queries.namings import namings_of
from portal.show import show_day
from portal.words import sentence


def naming_words(naming: Naming | None, names: Sequence[Naming], day: date) -> str:
    """One sentence for the approver about a name used on a day; nothing where all is as ever. The present name stands first."""
    if naming is None:
        return ""
    present, taken_in = names[0].name, successor_on(names, day)
    if naming.known == Known.FORMER:
        facts = {"name": naming.name, "present": present, "day": show_day(naming.changed_on)}
        return _("%(name)s is the former name: renamed %(present)s on %(day)s.") % facts
    if taken_in is None:
        return ""
    facts = {"name": taken_in.name, "present": present, "day": show_day(taken_in.changed_on), "document": taken_in.document}
    if naming.known == Known.SUCCESSOR:
        return _("%(present)s was absorbed by %(name)s on %(day)s (%(document)s).") % facts
    return _("%(present)s was absorbed by %(name)s on %(day)s (%(document)s); its own name still stands here.") % facts


def holder_words(account: BankAccount, on: date) -> str:
    """What is said of the holder of an account on a day; nothing where it is in the payee's present name."""
    held_as = holder_of(account, on)
    if held_as is None:
        facts = {"holder": account.holder, "organisation": account.organisation.name}
        return sentence(Refused("account_of_another_name", **facts))
    return naming_words(held_as, namings_of([account.organisation_id])[account.organisation_id], on)


def is_late(naming: Naming | None, day: date) -> bool:
    """Whether a former name was used after it had been given up, within the days that count."""
    return naming is not None and not naming.holds_on(day)
