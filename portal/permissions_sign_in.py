"""Who may help somebody who cannot get in, and who may put somebody out."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role, SecondFactorReset, User
from portal.permissions import holds, holds_everywhere
from portal.queries.people import accounts_of
from portal.queries.regaining import LOOK_AFTER, programmes_of_offices


def looks_after_accounts(user) -> bool:
    """Officers and division heads: they find an account by its address and see how it is signed in to."""
    return holds(user, *LOOK_AFTER)


def may_ask_reset(user, person: User) -> Verdict:
    """An officer or division head for people of organisations and experts; for an official who gives roles where that one holds one."""
    if not looks_after_accounts(user):
        return no(_("Only an officer or division head asks for a new start."))
    if person.pk in accounts_of(user.pk):
        return no(_("Nobody asks for a new start for themselves. Ask a colleague."), "own_account")
    if not all(_heads(user, programme_id) for programme_id in programmes_of_offices(person)):
        return no(
            _("%(name)s holds an office. A division head who decides in all its programmes asks for the new start.")
            % {"name": person.name},
            "holds_an_office",
        )
    return YES


def may_confirm_reset(user, reset: SecondFactorReset) -> Verdict:
    """A division head who has neither asked for it nor is the person."""
    if not holds_everywhere(user, Role.DIVISION_HEAD):
        return no(_("Only a division head confirms a new start."))
    own = accounts_of(user.pk)
    if reset.asked_by_id in own:
        return no(_("You have asked for it. Another division head confirms it."), "same_person")
    if reset.person_id in own:
        return no(_("Nobody confirms a new start for themselves."), "own_account")
    return YES


def may_suspend(user, person: User) -> Verdict:
    """A division head suspends an account and opens it again, and never their own."""
    if not holds_everywhere(user, Role.DIVISION_HEAD):
        return no(_("Only a division head suspends an account or opens it again."))
    if user.pk == person.pk:
        return no(_("Nobody suspends their own account. Ask a colleague."), "own_account")
    return YES


def may_sign_out(user, person: User) -> Verdict:
    """A division head, and never oneself: for that there is the page of one's own sessions."""
    if not holds_everywhere(user, Role.DIVISION_HEAD):
        return no(_("Only a division head signs somebody out everywhere."))
    if user.pk == person.pk:
        return no(_("Your own sessions end on the page of your account."), "own_account")
    return YES


def _heads(user, programme_id: UUID | None) -> bool:
    if programme_id is None:
        return holds_everywhere(user, Role.DIVISION_HEAD)
    return holds(user, Role.DIVISION_HEAD, programme_id=programme_id)
