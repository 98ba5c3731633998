"""Officials: who holds which role of the bureau, the districts and finance, from when."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.clock import CLOCK, china_date
from portal.kernel.errors import Clash, Refused
from portal.locks import lock_granters, lock_person
from portal.models import District, Grant, Role, User
from portal.queries.officials import can_grant, overlapping
from portal.record import record

ENOUGH = _(
    "Two people, a leader among them, hold roles that give powers. They propose and confirm every further one at /officials/."
)


@transaction.atomic
def appoint(*, email: str, role: str, district_code: str = "", by: User | None = CLOCK, now: datetime) -> Grant:
    """Grant a person a role from today on; a district reviewer's names the district.

    For the first officials of a city, by a command on the server: once two people can propose and confirm,
    they do, and a command no longer gives power behind their backs. Raises Refused (``officials_grant``,
    ``no_such_person``, ``unknown_role``, ``unknown_district``) and Clash (``role_held_already``).
    """
    lock_granters()
    if role != Role.EXPERT and can_grant():
        raise Refused("officials_grant", ENOUGH)
    found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise Refused("no_such_person", _("Nobody with the address %(email)s has an account. Sign up first."), email=email)
    person = lock_person(found.pk)
    if role not in Role.values:
        raise Refused("unknown_role", _("There is no role %(role)s. Roles are: %(roles)s."), role=role, roles=Role.values)
    district = District.objects.filter(code=district_code).first() if district_code else None
    if (role == Role.DISTRICT) != (district is not None):
        raise Refused("unknown_district", _("A district reviewer, and nobody else, needs the code of a known district."))
    today = china_date(now)
    where = {"role": role, "district_id": district.pk if district else None, "programme_id": None}
    if overlapping(user_id=person.pk, **where, starts_on=today, ends_on=None).exists():
        raise Clash("role_held_already", _("%(name)s holds this role already."), name=person.name)
    grant = Grant.objects.create(user=person, role=role, district=district, starts_on=today)
    record("grant.started", grant, by=by, facts={"user": str(person.pk), "role": str(role), "district": district_code or None})
    return grant


@transaction.atomic
def add_districts(districts: Iterable[tuple[str, str, str]], *, by: User | None = CLOCK, now: datetime) -> list[District]:
    """Put districts (code, Chinese name, English name) on the city's list; those on it already stay as they are."""
    added = []
    for code, name, name_en in districts:
        district, is_new = District.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})
        if is_new:
            record("district.added", district, by=by, facts={"code": code})
            added.append(district)
    return added
