"""Delegations, people who act for others, and looks of support."""

from datetime import date, timedelta

from portal.acting import act_under
from portal.actions import delegating, supporting
from portal.clock import china_date, portal_now
from portal.models import Delegation, Role, SupportView, User
from portal.queries.acting import in_force, own_powers


class Acting:
    """Makes what lets one person act for another, or look at another's pages."""

    def offered(self, principal: User, delegate: User, *, starts_on: date | None = None, days: int = 7, power=None) -> Delegation:
        """A delegation that waits for an answer: of the first power the principal holds, unless told otherwise."""
        first = starts_on or china_date(portal_now())
        power = power or own_powers(principal)[0]
        return delegating.offer_delegation(
            power=power.pk, delegate=delegate.email, starts_on=first, ends_on=first + timedelta(days=days - 1),
            reason="休假。", by=principal, now=portal_now(),
        )  # fmt: skip

    def delegation(self, principal: User, delegate: User, **days) -> Delegation:
        """A delegation that was accepted."""
        offered = self.offered(principal, delegate, **days)
        return delegating.accept_delegation(offered.pk, by=delegate, now=portal_now())

    def acting(self, delegate: User, delegation: Delegation) -> User:
        """The delegate as they are while they act for somebody else."""
        return act_under(User.objects.get(pk=delegate.pk), in_force(delegate, delegation.pk))

    def supporter(self) -> User:
        """Somebody of support."""
        return self.official(Role.SUPPORT)

    def asked_view(self, supporter: User, person: User) -> SupportView:
        """A look that waits for the person's answer."""
        return supporting.ask_support_view(email=person.email, reason="页面打不开。", by=supporter, now=portal_now())

    def agreed_view(self, supporter: User, person: User) -> SupportView:
        """A look that the person has agreed to."""
        return supporting.agree_to_support_view(self.asked_view(supporter, person).pk, by=person, now=portal_now())

    def look(self, supporter: User, person: User) -> SupportView:
        """A look under way."""
        return supporting.begin_support_view(self.agreed_view(supporter, person).pk, by=supporter, now=portal_now())
