"""People, organisations and roles."""

from datetime import date
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from challenges.models import Expert
from challenges.policy.defaults import RULES
from portal.actions import standing
from portal.clock import china_date, portal_now
from portal.kernel import uscc
from portal.models import CreditCheck, District, Grant, MemberRole, Membership, Organisation, Role, User
from portal.queries.standing import standing_checks
from portal.states import OrganisationState
from portal.transition import move

LONG_AGO = date(2020, 1, 1)
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
"""The head of a picture, which is all the vault looks at."""
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What every authenticator of the tests is made from."""


def code_of(*, later: int = 0, secret: str = SECRET) -> str:
    """What an authenticator of the tests shows, now or so many steps later."""
    counter = list(yield_hotp_counters_from_time())[1] + later
    return format_hotp_value(hotp_value(secret, counter))


class People:
    """Makes people with their powers, and verified organisations."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def person(self, name: str = "", **fields) -> User:
        """Somebody without any power."""
        number = next(self.numbers)
        user = User(**{"email": f"person{number}@example.org", "name": name or f"Person {number}"} | fields)
        user.set_unusable_password()
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user

    def enrolled(self, user: User) -> User:
        """The same person, with an authenticator app; :func:`code_of` is what it shows."""
        TOTP.activate(user, SECRET)
        return user

    def official(self, role: Role, district: District | None = None, **where) -> User:
        """Somebody who holds a role, in a district or a ``programme`` or everywhere."""
        user = self.enrolled(self.person(str(role.label)))
        Grant.objects.create(user=user, role=role, district=district, starts_on=LONG_AGO, **where, **self.two_officials())
        return user

    def two_officials(self) -> dict[str, User]:
        """The two who proposed and confirmed every role of a test; they hold none themselves any more."""
        first, second = (self._once(f"former official {number}", self.person) for number in (1, 2))
        return {"granted_by": first, "confirmed_by": second}

    def officer(self) -> User:
        """An officer of the bureau."""
        return self.official(Role.OFFICER)

    def district(self) -> District:
        """A district, the same one each time."""
        return District.objects.get_or_create(code="340104", defaults={"name": "蜀山区", "name_en": "Shushan"})[0]

    def organisation(self, name: str = "", *, kind: str = "enterprise", verified: bool = True) -> Organisation:
        """An organisation with an administrator, verified unless told otherwise."""
        number = next(self.numbers)
        now = portal_now()
        organisation = Organisation.objects.create(
            uscc=self.code(number),
            name=name or f"单位{number}",
            kind=kind,
            district=self.district(),
            legal_representative=f"李明{number}",
            created_at=now,
            created_by=self.person(),
        )
        self.member(organisation, MemberRole.ADMINISTRATOR)
        if verified:
            organisation.verified_at = now
            move(organisation, to=OrganisationState.VERIFIED, by=self.officer(), also=["verified_at"])
            self.credit_checks(organisation)
        return organisation

    def credit_checks(self, organisation: Organisation, *, on: date | None = None, result: str = "clean") -> list[CreditCheck]:
        """A look at each site the shipped rules name, today or on a day; a look of that day is corrected."""
        standing.know_sites(RULES["credit_sites"], days=RULES["credit_check_days"])
        now, by = portal_now(), self._once("credit officer", self.officer)
        day = on or china_date(now)
        known = standing_checks().filter(organisation=organisation, checked_on=day)
        standing_ones = {check.site_id: check.pk for check in known}
        return [
            standing.record_credit_check(
                organisation.pk,
                site=site["code"],
                checked_on=day,
                result=result,
                found="行政处罚一条。" if result == "record" else "",
                screenshot=("截图.png", PICTURE),
                corrects=standing_ones.get(site["code"]),
                by=by,
                now=now,
            )
            for site in RULES["credit_sites"]
        ]

    def code(self, number: int) -> str:
        """A credit code whose check character fits."""
        stem = f"91340100MA{number:07d}"
        return next(stem + last for last in ALPHABET if uscc.is_valid(stem + last))

    def member(self, organisation: Organisation, role: MemberRole) -> User:
        """Somebody new who acts for the organisation."""
        user = self.person()
        Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=LONG_AGO)
        return user

    def administrator(self, organisation: Organisation) -> User:
        """The first administrator of an organisation."""
        membership = organisation.memberships.filter(role=MemberRole.ADMINISTRATOR).order_by("pk").first()
        return User.objects.get(pk=membership.user_id)

    def expert(self, *, employer: Organisation | None = None, expert_class: str = "technical") -> User:
        """An expert of the pool, by default of an organisation of its own."""
        user = self.official(Role.EXPERT)
        employer = employer or self.organisation(kind="university")
        Expert.objects.create(user=user, employer=employer, expert_class=expert_class, fields=["quantum"])
        return user
