"""Contacts and accounts that stand in full in an answer to somebody to whom they do not belong."""

from funding.models import BankAccount
from portal.models import User
from tests.permissions.situations import Situation


class Personal:
    """Every mail address, mobile number and account number of a situation, with whose it is."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.whose: dict[str, object] = {}
        self.own: dict[str, set] = {}

    def note(self) -> None:
        """What there is by now, beside what there was; everybody gets a mobile number."""
        for number, person in enumerate(User.objects.filter(phone="").order_by("pk")):
            User.objects.filter(pk=person.pk).update(phone=f"+8613{number:09d}")
        self.whose |= {value: person.pk for person in User.objects.all() for value in (person.email, person.phone) if value}
        self.whose |= {account.number: account.organisation_id for account in BankAccount.objects.all()}
        self.own = {role: owned_by(person) for role, person in self.situation.roles.items()}

    def of_others(self, role: str, text: str) -> set[str]:
        """The values in a text that neither belong to this person nor to an organisation they administer."""
        return {value for value, owner in self.whose.items() if value in text and owner not in self.own[role]}


def owned_by(reader: User | None) -> set:
    """Whose values somebody may read in full: their own, and the accounts of the organisations they administer."""
    if reader is None:
        return set()
    administered = reader.memberships.filter(role="administrator").values_list("organisation_id", flat=True)
    return {reader.pk, *administered}
