"""Operations on merged accounts, and on new administrators appointed on an organisation's letter."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers

from portal.actions import merging, replacing
from portal.api.files import FileIn
from portal.api.masking import MaskedField
from portal.api.organisations import seen
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.kernel.masking import mask_mail
from portal.kernel.verdict import require
from portal.models import AccountMerge, Replacement
from portal.permissions import may_merge_accounts
from portal.queries import merges, replacements
from portal.states import MergeState, ReplacementState
from portal.web import find, give_file


class OtherAccountIn(serializers.Serializer):
    """The address of one's other account."""

    email = serializers.EmailField()


class CodeIn(serializers.Serializer):
    """The code from the mail to the other address, and that of its authenticator where it holds a role."""

    code = serializers.CharField(max_length=20)
    factor = serializers.CharField(max_length=20, allow_blank=True, default="")


class AccountMergeOut(serializers.ModelSerializer):
    """A merge one asked for; nothing tells whether the address has an account before it is proved."""

    state = serializers.ChoiceField(choices=MergeState)

    class Meta:
        model = AccountMerge
        fields = ["id", "email", "state", "asked_at", "expires_at", "merged_at", "undo_until_on", "undone_at"]


class MadeMergeOut(AccountMergeOut):
    """A merge that was made, as the bureau sees it: addresses masked."""

    email = serializers.SerializerMethodField()
    kept = serializers.SerializerMethodField()

    class Meta(AccountMergeOut.Meta):
        fields = ["id", "email", "kept", "state", "merged_at", "undo_until_on", "undone_at"]

    def get_email(self, merge: AccountMerge) -> str:
        """The address of the alias, masked."""
        return mask_mail(merge.email)

    def get_kept(self, merge: AccountMerge) -> str:
        """The address that stays, masked."""
        return mask_mail(merge.kept.email)


class LetterIn(serializers.Serializer):
    """An organisation's stamped letter that names a new administrator."""

    email = serializers.EmailField()
    why = serializers.CharField(max_length=1000)
    letter = FileIn()


class LetterOut(serializers.ModelSerializer):
    """A letter and where it stands."""

    email = MaskedField("appointed")
    state = serializers.ChoiceField(choices=ReplacementState)

    class Meta:
        model = Replacement
        fields = ["id", "organisation_id", "email", "state", "proposed_at", "decided_at"]


@reads(AccountMergeOut, many=True)
def list_account_merges(asked: Asked) -> QuerySet[AccountMerge]:
    """The merges you asked for, the newest first."""
    require(may_merge_accounts(asked.by))
    return merges.asked_by(asked.by)


@acts(OtherAccountIn, gives=AccountMergeOut, status=201)
def ask_account_merge(asked: Asked) -> AccountMerge:
    """Say that another address is yours too; a code goes there if it has an account."""
    return merging.ask_merge(**asked.given, by=asked.by, now=asked.now)


@acts(CodeIn, gives=AccountMergeOut)
def merge_accounts(asked: Asked, pk: UUID) -> AccountMerge:
    """Prove the other account by its code; it becomes an alias of yours."""
    found = find(merges.asked_by(asked.by), pk=pk)
    return merging.merge_accounts(found.pk, **asked.given, by=asked.by, now=asked.now)


@reads(MadeMergeOut, many=True)
def list_made_merges(asked: Asked) -> QuerySet[AccountMerge]:
    """The merges of accounts that were made; for the bureau."""
    found = merges.visible_to(asked.by)
    if found.query.is_empty():
        raise NotFound()
    return found


@acts(WhyIn, gives=MadeMergeOut)
def undo_account_merge(asked: Asked, pk: UUID) -> AccountMerge:
    """Take a merge of accounts back, with the reason."""
    found = find(merges.visible_to(asked.by), pk=pk)
    return merging.undo_merge(found.pk, **asked.given, by=asked.by, now=asked.now)


@reads(LetterOut, many=True)
def list_letters(asked: Asked, pk: UUID) -> QuerySet[Replacement]:
    """The letters of an organisation that name a new administrator."""
    return replacements.visible_to(asked.by).filter(organisation=seen(asked, pk))


@acts(LetterIn, gives=LetterOut, status=201)
def propose_administrator(asked: Asked, pk: UUID) -> Replacement:
    """Enter a letter, as an officer; another officer compares it."""
    given = dict(asked.given)
    letter = given.pop("letter")
    return replacing.propose_replacement(
        seen(asked, pk).pk, **given, letter=letter["content"], name=letter["name"], by=asked.by, now=asked.now
    )


@reads(LetterOut)
def show_letter(asked: Asked, pk: UUID) -> Replacement:
    """One letter and where it stands."""
    return find(replacements.visible_to(asked.by), pk=pk)


@reads(bytes)
def give_letter(asked: Asked, pk: UUID) -> HttpResponse:
    """The scan of a letter, for those who compare it."""
    found = find(replacements.visible_to(asked.by), pk=pk)
    if not replacements.may_read_letter(asked.by, found):
        raise NotFound()
    return give_file(found.letter)


@acts(gives=LetterOut)
def confirm_administrator(asked: Asked, pk: UUID) -> Replacement:
    """Find a letter genuine, as another officer; the new administrator is invited by mail."""
    return replacing.confirm_replacement(find(replacements.visible_to(asked.by), pk=pk).pk, by=asked.by, now=asked.now)


@acts(WhyIn, gives=LetterOut)
def refuse_administrator(asked: Asked, pk: UUID) -> Replacement:
    """Do not confirm a letter, with the reason."""
    found = find(replacements.visible_to(asked.by), pk=pk)
    return replacing.refuse_replacement(found.pk, **asked.given, by=asked.by, now=asked.now)
