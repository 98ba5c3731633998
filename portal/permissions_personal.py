"""Who may look at masked personal data in full, for what, and who reads the log of it."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.verdict import YES, Verdict, no
from portal.models import Purpose, Role, User
from portal.permissions import holds, holds_everywhere, is_administrator, reads_cases
from portal.permissions_sign_in import looks_after_accounts
from portal.queries import looks

FINANCE = (Role.PREPARER, Role.APPROVER, Role.RECONCILER)
OVER_A_SHOULDER = _("You look at the portal as somebody else sees it. Masked values stay masked there.")


def may_look(user, kind, row) -> Verdict:
    """Whoever the kind of value names, and never out of the support view."""
    if not user.is_authenticated or user.seen_by:
        return no(OVER_A_SHOULDER, "seen_by_support")
    return kind.may(user, row)


def purposes_of(user, kind) -> list[Purpose]:
    """For what this person may look at a kind of value: each office has its own purposes."""
    offices = {
        Purpose.AUDIT: (Role.DISCIPLINE, Role.AUDITOR),
        Purpose.PAYMENT: FINANCE,
        Purpose.COMPLAINT: (Role.DISCIPLINE, Role.OFFICER, Role.DIVISION_HEAD),
        Purpose.RIGHTS: (Role.OFFICER, Role.DIVISION_HEAD),
    }
    return [purpose for purpose in kind.purposes if purpose not in offices or holds(user, *offices[purpose])]


def may_look_at_contact(user, person: User) -> Verdict:
    """The administrators of the person's organisation, and the bureau; nobody looks at their own."""
    if looks_after_accounts(user) or reads_cases(user) or looks.is_reached_by(user, person):
        return YES
    return no(_("Only an administrator of the person's organisation and the bureau look at this."))


def may_look_at_invited(user, invitation) -> Verdict:
    """The administrators of the organisation that invited; for an office who sent it, once the address has an account.

    An address without an account and without an organisation belongs to nobody the log could name.
    """
    if not looks.invitations_known_to(user).filter(pk=invitation.pk).exists():
        return no(_("Only an administrator of the organisation looks at this."))
    if invitation.organisation_id is None and looks.owner_of(invitation.email) is None:
        return no(_("This address has no account yet. Who sent the invitation has typed it."), "no_account_yet")
    return YES


def may_look_at_appointed(user, replacement) -> Verdict:
    """Officers, who compare it with the letter, discipline and auditors, and the organisation's administrators."""
    officials = holds(user, Role.OFFICER, Role.DIVISION_HEAD, Role.DISCIPLINE, Role.AUDITOR)
    if not (officials or is_administrator(user, replacement.organisation_id)):
        return no(_("Only an administrator of the organisation and the bureau look at this."))
    return YES


def may_read_looks(user) -> Verdict:
    """Discipline and auditors of every programme read who looked at what."""
    if not holds_everywhere(user, *looks.WATCHERS):
        return no(_("Only discipline inspection and auditors read the whole log. Looks at your own data stand under “My data”."))
    return YES


def may_export(user) -> Verdict:
    """Everybody their own data, in person: not for somebody else, and not out of the support view."""
    if not user.is_authenticated or user.seen_by or user.acting_for:
        return no(_("Everybody takes a copy of their own data in person."), "in_person_only")
    return YES


def may_read_corrections(user) -> Verdict:
    """Officers and division heads, who correct what people cannot correct themselves; discipline and auditors read."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD, Role.DISCIPLINE, Role.AUDITOR):
        return no(_("Only the bureau reads requests to correct personal data."))
    return YES


def may_answer_correction(user, request) -> Verdict:
    """An officer or division head, for somebody else."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(_("Only an officer or division head answers such a request."))
    if user.pk == request.by_id:
        return no(_("You have asked this yourself. A colleague answers."), "own_request")
    return YES
