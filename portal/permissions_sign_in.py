"""Who may help somebody who cannot get in, and who may put somebody out."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role, SecondFactorReset, User
from portal.permissions import holds, holds_everywhere
from portal.queries.regaining import LOOK_AFTER


def looks_after_accounts(user) -> bool:
    """Officers and division heads: they find an account by its address and see how it is signed in to."""
    return holds(user, *LOOK_AFTER)


def may_ask_reset(user, person: User) -> Verdict:
    """An officer or division head, who knows the person and never asks for oneself."""
    if not looks_after_accounts(user):
        return no(_("Only an officer or division head asks for a new start."))
    if user.pk == person.pk:
        return no(_("Nobody asks for a new start for themselves. Ask a colleague."), "own_account")
    return YES


def may_confirm_reset(user, reset: SecondFactorReset) -> Verdict:
    """A division head who has neither asked for it nor is the person."""
    if not holds_everywhere(user, Role.DIVISION_HEAD):
        return no(_("Only a division head confirms a new start."))
    if user.pk == reset.asked_by_id:
        return no(_("You have asked for it. Another division head confirms it."), "same_person")
    if user.pk == reset.person_id:
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
