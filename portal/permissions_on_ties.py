"""Who says whether a tie that an organisation declared of a person is so."""

from django.utils.translation import gettext_lazy as _

from portal.delegable import done_oneself
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role, TieQuestion, TieQuestionState
from portal.permissions import has_stake, holds
from portal.permissions_on_standing import MOVED_ON, OWN
from portal.queries.people import accounts_of


def may_answer_tie(user, question: TieQuestion) -> Verdict:
    """The person of whom it was declared, once, while the tie stands."""
    if question.person_id not in accounts_of(user.pk):
        return no(_("Only the person of whom this was declared answers."))
    if not (in_person := done_oneself(user, "tiequestion.confirmed")):
        return in_person
    if question.affiliation.withdrawn_at or question.state != TieQuestionState.ASKED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def may_settle_tie(user, question: TieQuestion) -> Verdict:
    """An officer or division head who neither is the person, nor declared it, nor acts for the organisation."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD):
        return no(_("Only an officer or a division head of the bureau settles declared affiliations."))
    if not (in_person := done_oneself(user, "tiequestion.confirmed")):
        return in_person
    if {question.person_id, question.affiliation.entered_by_id} & accounts_of(user.pk):
        return no(_("You are the person, or you declared it. Somebody else of the bureau settles this."), "declared_by_the_same")
    if question.affiliation.withdrawn_at or question.state not in TieQuestionState.waiting():
        return no(MOVED_ON, "wrong_state", WrongState)
    return no(OWN, "own_organisation") if has_stake(user, question.organisation_id) else YES
