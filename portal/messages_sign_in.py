"""Who hears of a new start, a forced sign-out and a suspended account."""

from django.urls import reverse

from portal.models import Role
from portal.queries.people import holders_of
from portal.tell import Kind

RESET_ASKED = Kind(
    "second_factor_reset_asked",
    to=lambda reset: set(holders_of(Role.DIVISION_HEAD)) - {reset.asked_by_id, reset.person_id},
    link=lambda reset: reverse("person-access", args=[reset.person_id]),
    facts=lambda reset: {"name": reset.person.name, "asked_by": reset.asked_by.name},
)
RESET_DONE = Kind(
    "second_factor_reset",
    to=lambda reset: [reset.person_id],
    link=lambda reset: reverse("mfa_index"),
    facts=lambda reset: {"asked_by": reset.asked_by.name, "confirmed_by": reset.confirmed_by.name},
)
SUSPENDED = Kind(
    "account_suspended",
    to=lambda person: [person.pk],
    link=lambda person: reverse("account_inactive"),
)
RESTORED = Kind(
    "account_restored",
    to=lambda person: [person.pk],
    link=lambda person: reverse("sign-in"),
)
SIGNED_OUT = Kind(
    "signed_out_by_official",
    to=lambda person: [person.pk],
    link=lambda person: reverse("usersessions_list"),
)
