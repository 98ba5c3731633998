"""Who records what is known against organisations and between them, and who may see it."""

from django.utils.translation import gettext_lazy as _

from portal.delegable import done_oneself
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Affiliation, CreditCheck, CreditResult, Dishonesty, Employment, Organisation, Role
from portal.permissions import (
    has_stake,
    holds,
    is_administrator,
    is_expert,
    is_member,
    is_officer,
    reads_cases,
    reviews_district,
)
from portal.queries.people import accounts_of
from portal.states import DishonestyState

OWN = _("You act for this organisation yourself. Somebody else of the bureau or the district does this.")
MOVED_ON = _("This entry has moved on since you opened the page. Open it again to see where it stands.")


def sees_all_standing(user, organisation: Organisation) -> bool:
    """Those who decide: the bureau and the reviewer of its district, but not for their own organisation."""
    if has_stake(user, organisation.pk):
        return False
    return reads_cases(user) or reviews_district(user, organisation.district_id)


def may_see_standing(user, organisation: Organisation) -> Verdict:
    """Those who decide, and the organisation itself; nobody else."""
    if not (sees_all_standing(user, organisation) or is_member(user, organisation.pk)):
        return no(_("Only the organisation itself and those who decide on its cases see this."))
    return YES


def may_record_credit(user, organisation: Organisation) -> Verdict:
    """A reviewer of its district, or an officer of the bureau."""
    if not (is_officer(user) or reviews_district(user, organisation.district_id)):
        return no(_("Only reviewers of its district and officers of the bureau record credit checks."))
    return _not_own(user, organisation)


def may_pass_record(user, check: CreditCheck) -> Verdict:
    """An officer who did not record it, once, for a check that found a record and stands."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau lets a found record pass."))
    if not (in_person := done_oneself(user, "credit_check.let_pass")):
        return in_person
    if check.by_id in accounts_of(user.pk):
        return no(_("You recorded this check. Another officer weighs what it found."), "recorded_by_the_same")
    if check.result != CreditResult.RECORD or hasattr(check, "ruling") or hasattr(check, "corrected_by"):
        return no(MOVED_ON, "wrong_state", WrongState)
    return _not_own(user, check.organisation)


def may_record_dishonesty(user, organisation: Organisation) -> Verdict:
    """An officer of the bureau."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau enters dishonesty."))
    return _not_own(user, organisation)


def may_confirm_dishonesty(user, dishonesty: Dishonesty) -> Verdict:
    """An officer or division head who did not enter it; the same for dropping it."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(_("Only an officer or a division head of the bureau confirms dishonesty."))
    if not (in_person := done_oneself(user, "dishonesty.confirmed")):
        return in_person
    if dishonesty.recorded_by_id in accounts_of(user.pk):
        return no(_("You entered this yourself. Somebody else has to confirm it."), "recorded_by_the_same")
    if dishonesty.state != DishonestyState.RECORDED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _not_own(user, dishonesty.organisation)


def may_repair_dishonesty(user, dishonesty: Dishonesty) -> Verdict:
    """An officer, while it is in force."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau enters the repair of dishonesty."))
    if dishonesty.state != DishonestyState.CONFIRMED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return _not_own(user, dishonesty.organisation)


def may_enter_affiliation(user, organisation: Organisation) -> Verdict:
    """Its administrator declares; the district's reviewer and officers enter what they found."""
    if is_administrator(user, organisation.pk):
        return YES
    if not (is_officer(user) or reviews_district(user, organisation.district_id)):
        return no(_("Only its administrators, reviewers of its district and officers of the bureau enter affiliations."))
    return _not_own(user, organisation)


def may_end_affiliation(user, affiliation: Affiliation) -> Verdict:
    """Whoever may enter it for one of its sides, while no last day is set; the last day is set once."""
    if affiliation.withdrawn_at or affiliation.until_on:
        return no(MOVED_ON, "wrong_state", WrongState)
    if declares_for(user, affiliation) and any(each.said_until_on for each in affiliation.questions.all()):
        return no(MOVED_ON, "wrong_state", WrongState)
    return _handles(user, affiliation)


def declares_for(user, affiliation: Affiliation) -> bool:
    """Whether a person acts on a tie for the organisation that is one of its sides, not for the bureau or a district."""
    return any(is_administrator(user, side) for side in (affiliation.organisation_id, affiliation.holder_organisation_id) if side)


def may_withdraw_affiliation(user, affiliation: Affiliation) -> Verdict:
    """Who entered it, or an officer: it was wrong from the beginning."""
    if affiliation.withdrawn_at:
        return no(MOVED_ON, "wrong_state", WrongState)
    if affiliation.entered_by_id == user.pk and any(each.retracted_at for each in affiliation.questions.all()):
        return no(MOVED_ON, "wrong_state", WrongState)
    if affiliation.entered_by_id != user.pk and not is_officer(user):
        return no(_("Only who entered an affiliation and officers of the bureau withdraw it."))
    return _handles(user, affiliation)


def may_enter_employment(user, person) -> Verdict:
    """An expert for themselves; officers and the draw clerk for experts."""
    if user.pk == person.pk and is_expert(user):
        return YES
    if holds(user, Role.OFFICER, Role.DRAW_CLERK) and is_expert(person) and user.pk != person.pk:
        return YES
    return no(_("Only experts themselves, officers and the draw clerk enter where an expert worked."))


def may_change_employment(user, employment: Employment) -> Verdict:
    """Whoever may enter it, while it stands."""
    if employment.withdrawn_at:
        return no(MOVED_ON, "wrong_state", WrongState)
    return may_enter_employment(user, employment.user)


def _handles(user, affiliation: Affiliation) -> Verdict:
    sides = [side for side in (affiliation.organisation, affiliation.holder_organisation) if side]
    verdicts = [may_enter_affiliation(user, side) for side in sides]
    if not sides:
        return YES if is_officer(user) else no(_("Only officers of the bureau change ties between people."))
    return next((verdict for verdict in verdicts if verdict), verdicts[0])


def _not_own(user, organisation: Organisation) -> Verdict:
    return no(OWN, "own_organisation") if has_stake(user, organisation.pk) else YES
