"""A person answers what an organisation declared of them; the bureau decides where they deny it or keep silent."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_on_ties as messages
from portal.actions.proving import File, check_source, keep_document
from portal.clock import CLOCK
from portal.kernel.errors import Incomplete
from portal.kernel.verdict import require
from portal.locks import lock_tie_question
from portal.models import (
    Affiliation,
    Event,
    Organisation,
    Outsider,
    Source,
    TieQuestion,
    TieQuestionState,
    User,
)
from portal.permissions_on_ties import may_answer_tie, may_settle_tie
from portal.queries.declared_ties import unanswered
from portal.record import record
from portal.tell import tell
from portal.transition import move

PROOFS = (Source.REGISTER, Source.DOCUMENT)
"""Sources against which the bureau confirms a tie."""
Named = tuple[Outsider, str, str]
"""A person with the name and the mark that the organisation wrote."""


def ask_people(
    affiliation: Affiliation, organisation: Organisation, people: Iterable[Named], *, by: User, because: Event
) -> list[TieQuestion]:
    """Ask everybody with an account of whom others declared this tie; the caller holds the tie.

    What a person declares of themselves and what comes from another source counts at once, unasked.
    """
    if affiliation.source != Source.DECLARED:
        return []
    asked = [
        TieQuestion.objects.create(
            affiliation=affiliation, person_id=outsider.user_id, organisation=organisation, named=named[:120], hint=hint[:120],
            asked_at=because.at,
        )
        for outsider, named, hint in people
        if outsider.user_id and outsider.user_id != by.pk
    ]  # fmt: skip
    for question in asked:
        tell(messages.TIE_ASKED, question, because=because)
    return asked


@transaction.atomic
def answer_tie(question_id: UUID, *, is_so: bool, words: str = "", by: User, now: datetime) -> TieQuestion:
    """Say that a tie declared of oneself is so, and it counts; or that it is not, and the bureau decides.

    Raises NotAllowed, WrongState on a second answer and where the tie was withdrawn, Incomplete
    ``words_missing`` for a no without words.
    """
    question = lock_tie_question(question_id)
    require(may_answer_tie(by, question))
    if not is_so and not words.strip():
        raise Incomplete("words_missing", _("Write in a few words why it is not so."), field="words", missing=["words"])
    question.answer, question.answered_at = words.strip(), now
    to = TieQuestionState.CONFIRMED if is_so else TieQuestionState.DENIED
    event = move(question, to=to, by=by, also=["answer", "answered_at"], why=words.strip())
    if not is_so:
        tell(messages.TIE_DENIED, question, because=event)
    return question


@transaction.atomic
def settle_tie(
    question_id: UUID,
    *,
    is_so: bool,
    why: str,
    source: str = "",
    source_on: date | None = None,
    source_note: str = "",
    document: File | None = None,
    by: User,
    now: datetime,
) -> TieQuestion:
    """Decide for the bureau whether a declared tie is so: confirmed against a register or a document, or found not to be so.

    Raises NotAllowed ``declared_by_the_same`` and ``own_organisation``, WrongState, Incomplete ``reason_missing``,
    ``source_missing``, ``document_missing``, Refused ``source_in_future``.
    """
    question = lock_tie_question(question_id)
    require(may_settle_tie(by, question))
    if not why.strip():
        raise Incomplete("reason_missing", _("A reason is missing. Write what you found."), field="why", missing=["why"])
    if is_so and (source not in PROOFS or source_on is None):
        raise Incomplete("source_missing", _("Name the public register or the document that says so, and its day."), field="source")
    if source_on is not None:
        check_source(source, source_on, document, now)
    kept = keep_document(document, by=by, now=now)
    question.settled_by, question.settled_at, question.reason = by, now, why.strip()
    question.source, question.source_on, question.source_note, question.document = source, source_on, source_note.strip()[:200], kept
    event = move(
        question, to=TieQuestionState.CONFIRMED if is_so else TieQuestionState.REFUTED, by=by, why=why.strip(),
        also=["settled_by", "settled_at", "reason", "source", "source_on", "source_note", "document"],
        facts={"affiliation": str(question.affiliation_id), "source": source, "document": kept.sha256 if kept else None},
    )  # fmt: skip
    tell(messages.TIE_SETTLED, question, because=event)
    return question


@transaction.atomic
def remind_of_tie(question_id: UUID, *, now: datetime) -> None:
    """Remind a person of what was declared of them, once; quiet where they answered or were reminded."""
    question = lock_tie_question(question_id)
    if not unanswered(now).filter(pk=question.pk).exists():
        return
    question.reminded_at = now
    question.save(update_fields=["reminded_at"])
    event = record("tiequestion.reminded", question, by=CLOCK, facts={"affiliation": str(question.affiliation_id)})
    tell(messages.TIE_UNANSWERED, question, because=event)


def is_confirmed(affiliation: Affiliation) -> bool:
    """Whether somebody has confirmed a declared tie: it then changes by the bureau only."""
    return affiliation.questions.filter(state=TieQuestionState.CONFIRMED).exists()


def note_withdrawal(affiliation: Affiliation, *, why: str, by: User, now: datetime) -> None:
    """Note that the organisation takes back a tie that is confirmed; it stays until the bureau withdraws it. Tells the bureau."""
    affiliation.questions.filter(state=TieQuestionState.CONFIRMED, retracted_at=None).update(retracted_at=now)
    event = record("affiliation.taken_back", affiliation, by=by, why=why)
    tell(messages.TIE_TAKEN_BACK, affiliation, because=event)


def note_end(affiliation: Affiliation, *, until_on: date, by: User) -> None:
    """Note which last day the organisation gives for a tie that is confirmed; the bureau enters it. Tells the bureau."""
    affiliation.questions.filter(state=TieQuestionState.CONFIRMED, said_until_on=None).update(said_until_on=until_on)
    event = record("affiliation.end_declared", affiliation, by=by, facts={"until_on": until_on.isoformat()})
    tell(messages.TIE_TAKEN_BACK, affiliation, because=event)
