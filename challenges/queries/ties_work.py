"""What waits because an organisation declared a tie with a person: the person's answer, and the bureau's decision."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.faces import Todo
from portal.models import Role, TieQuestionState
from portal.permissions_on_ties import may_settle_tie
from portal.queries import declared_ties as ties
from portal.queries.people import powers_of

MOST = 60


def todo_of(user, now: datetime) -> Iterator[Todo]:
    """The own answers that are missing; for officers and heads what was denied, and what nobody answered in time."""
    for question in ties.of_person(user).filter(state=TieQuestionState.ASKED)[:MOST] if not user.acting_for else ():
        words = _("Say whether %(name)s is right about you") % {"name": question.organisation.name}
        yield Todo(words, reverse("own-tie", args=[question.pk]), _("Answer"), question.asked_at + timedelta(days=ties.REMIND_DAYS), ties.words_for(question))
    if not powers_of(user).roles & {Role.OFFICER, Role.DIVISION_HEAD}:
        return
    for question in ties.waiting(ties.visible_to(user))[:MOST]:
        if may_settle_tie(user, question):
            words = _("Settle what %(name)s declared of a person") % {"name": question.organisation.name}
            yield Todo(words, reverse("declared-tie", args=[question.pk]), _("Settle"), None, str(question.get_state_display()))
