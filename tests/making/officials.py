"""Officials of the city: those who give roles, proposals, and invitations to offices."""

from datetime import date

from portal.actions import granting, inviting_officials
from portal.clock import china_date, portal_now
from portal.models import Grant, GrantProposal, Invitation, Role, User
from tests.making.people import LONG_AGO


class Officials:
    """Makes proposals about the roles of officials."""

    def leader(self) -> User:
        """A leader of the bureau, the same one each time."""
        return self._once("leader", lambda: self.official(Role.LEADER))

    def official_of(self, programme, role: Role = Role.OFFICER) -> User:
        """Somebody who holds a role in one programme only."""
        user = self.enrolled(self.person(f"{role.label} {programme.name}"))
        Grant.objects.create(user=user, role=role, programme=programme, starts_on=LONG_AGO, **self.two_officials())
        return user

    def proposal(self, person: User | None = None, *, by: User | None = None, role: str = Role.OFFICER, **said) -> GrantProposal:
        """A role that a division head has proposed, by default from today on and without a last day."""
        now = portal_now()
        typed = {"starts_on": china_date(now), "reason": "任命文件〔2026〕12号。"} | said
        person = person or self.person()
        return granting.propose_grant(email=person.email, role=role, **typed, by=by or self.division_head(), now=now)

    def end_proposal(self, grant: Grant, *, by: User | None = None, last_day: date | None = None) -> GrantProposal:
        """The end of a role that a division head has proposed."""
        now = portal_now()
        return granting.propose_end(grant.pk, last_day=last_day, reason="岗位调整。", by=by or self.division_head(), now=now)

    def offer(self, email: str = "", *, by: User | None = None, role: str = Role.OFFICER, **said) -> Invitation:
        """An open invitation to an office."""
        return inviting_officials.invite_official(
            email=email or self.person().email, role=role, reason="岗位空缺。", **said, by=by or self.division_head(), now=portal_now()
        )
