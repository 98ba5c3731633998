"""Operations on what organisations declared of people: one's own answer, and the bureau's decision."""

from uuid import UUID

from rest_framework import serializers

from portal.actions import declared_ties as actions
from portal.api.standing import sent
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.models import Source, TieQuestion, TieQuestionState
from portal.permissions import reads_cases
from portal.queries import declared_ties as ties
from portal.queries.affiliations import link_of, words_of
from portal.web import find


class OwnTieOut(serializers.Serializer):
    """A tie that an organisation declared of you, your answer, and what the bureau decided."""

    id = serializers.UUIDField()
    organisation = serializers.CharField(source="organisation.name")
    words = serializers.SerializerMethodField()
    from_on = serializers.DateField(source="affiliation.from_on")
    until_on = serializers.DateField(source="affiliation.until_on", allow_null=True)
    asked_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=TieQuestionState)
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    settled_at = serializers.DateTimeField(allow_null=True)

    def get_words(self, question: TieQuestion) -> str:
        """The tie as a sentence."""
        return ties.words_for(question)


class DeclaredTieOut(OwnTieOut):
    """A tie that an organisation declared of a person, with the name it wrote, for those of the bureau who decide."""

    organisation_id = serializers.UUIDField()
    named = serializers.CharField()
    hint = serializers.CharField()
    person_id = serializers.UUIDField()
    source = serializers.ChoiceField(choices=Source, allow_blank=True)
    source_on = serializers.DateField(allow_null=True)
    source_note = serializers.CharField()
    retracted_at = serializers.DateTimeField(allow_null=True)
    said_until_on = serializers.DateField(allow_null=True)

    def get_words(self, question: TieQuestion) -> str:
        """The tie as a sentence, under the names of the accounts."""
        return words_of(link_of(question.affiliation))


class AnswerIn(serializers.Serializer):
    """Whether it is so; a no needs words."""

    is_so = serializers.BooleanField()
    words = serializers.CharField(max_length=4000, allow_blank=True, default="")


class SettleIn(serializers.Serializer):
    """Whether it is so, and why; a yes needs a public register or a document. As a form where the document comes along."""

    is_so = serializers.BooleanField()
    why = serializers.CharField(max_length=4000)
    source = serializers.ChoiceField(choices=actions.PROOFS, required=False, allow_blank=True, default="")
    source_on = serializers.DateField(required=False, allow_null=True, default=None)
    source_note = serializers.CharField(max_length=200, allow_blank=True, default="")
    document = serializers.FileField(required=False, allow_null=True, default=None)


@reads(OwnTieOut, many=True)
def list_own_ties(asked: Asked) -> object:
    """What organisations declared of you."""
    return ties.of_person(asked.by)


@acts(AnswerIn, gives=OwnTieOut)
def answer_tie(asked: Asked, pk: UUID) -> TieQuestion:
    """Say whether a tie that an organisation declared of you is so."""
    found = find(ties.of_person(asked.by), pk=pk)
    actions.answer_tie(found.pk, **asked.given, by=asked.by, now=asked.now)
    return find(ties.of_person(asked.by), pk=pk)


@reads(DeclaredTieOut, many=True)
def list_declared_ties(asked: Asked) -> object:
    """What organisations declared of people, the longest waiting first."""
    if not reads_cases(asked.by):
        raise NotFound()
    return ties.visible_to(asked.by)


@acts(SettleIn, gives=DeclaredTieOut)
def settle_tie(asked: Asked, pk: UUID) -> TieQuestion:
    """Decide for the bureau whether a declared tie is so."""
    found = find(ties.visible_to(asked.by), pk=pk)
    given = {**asked.given, "document": sent(asked.given["document"])}
    actions.settle_tie(found.pk, **given, by=asked.by, now=asked.now)
    return find(ties.visible_to(asked.by), pk=pk)
