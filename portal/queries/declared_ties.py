"""What organisations declared of people with an account, and whether the people or the bureau say it is so."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.models import Affiliation, TieQuestion, TieQuestionState, User
from portal.queries.affiliations import ENDS, MIGHT_COUNT, link_of, words_of
from portal.queries.people import READERS, accounts_of, powers_of

REMIND_DAYS = 5
"""Days without an answer after which a person is reminded, once."""
ALONG = ("organisation", "person", "settled_by", "document", "affiliation__entered_by", *(f"affiliation__{end}" for end in ENDS))


def of_person(user: User) -> QuerySet[TieQuestion]:
    """What organisations declared of this person, the latest first; what was withdrawn is left out."""
    own = TieQuestion.objects.filter(person_id__in=accounts_of(user.pk), affiliation__withdrawn_at__isnull=True)
    return own.select_related(*ALONG).prefetch_related("affiliation__questions").order_by("-asked_at", "pk")


def words_for(question: TieQuestion) -> str:
    """The tie in words for the person asked: of other people only what the organisation wrote."""
    others = {each.person_id: each.named for each in question.affiliation.questions.all() if each.person_id != question.person_id}
    return words_of(link_of(question.affiliation, named=others))


def visible_to(user: User) -> QuerySet[TieQuestion]:
    """What this person of the bureau may know of, the longest waiting first; not of themselves, nor of their own organisations."""
    powers = powers_of(user)
    if not powers.hold(*READERS):
        return TieQuestion.objects.none()
    others = TieQuestion.objects.exclude(organisation_id__in=powers.stakes).exclude(person_id__in=accounts_of(user.pk))
    return others.filter(affiliation__withdrawn_at__isnull=True).select_related(*ALONG).order_by("asked_at", "pk")


def waiting(questions: QuerySet[TieQuestion]) -> QuerySet[TieQuestion]:
    """Those of which nobody knows yet whether they are so."""
    return questions.filter(state__in=TieQuestionState.waiting(), affiliation__withdrawn_at__isnull=True)


def settled(questions: QuerySet[TieQuestion]) -> QuerySet[TieQuestion]:
    """Those that are confirmed or found not to be so, the latest first."""
    return questions.exclude(state__in=TieQuestionState.waiting()).order_by("-asked_at", "pk")


def unanswered(now: datetime) -> QuerySet[TieQuestion]:
    """Those whose person has not answered for some days and was not reminded yet."""
    asked = TieQuestion.objects.filter(state=TieQuestionState.ASKED, asked_at__lte=now - timedelta(days=REMIND_DAYS))
    return asked.filter(reminded_at__isnull=True, affiliation__withdrawn_at__isnull=True)


def waiting_at(organisation_ids: Iterable[UUID]) -> QuerySet[Affiliation]:
    """Declared ties that wait and concern these organisations: people tied to one of them, their kin, their other offices.

    Whoever they name: whether an expert is among them cannot be told from how many there are.
    """
    here = Affiliation.objects.filter(MIGHT_COUNT, organisation__in=list(organisation_ids), withdrawn_at__isnull=True)
    people = here.filter(holder_outsider__is_person=True).values("holder_outsider")
    open_question = TieQuestion.objects.filter(affiliation=OuterRef("pk"), state__in=TieQuestionState.waiting())
    about = Q(holder_outsider__in=people) | Q(outsider__in=people)
    return Affiliation.objects.filter(about, Exists(open_question), MIGHT_COUNT, withdrawn_at__isnull=True)
