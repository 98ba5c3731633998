"""Rows of the floor held for a decision: an organisation, a person."""

from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from portal.kernel.errors import NotFound
from portal.models import (
    AccountMerge,
    Affiliation,
    ApiToken,
    DataExport,
    Delegation,
    Erasure,
    Grant,
    GrantProposal,
    Invitation,
    Organisation,
    OrganisationChange,
    OrganisationMerge,
    Replacement,
    SupportView,
    TextDestruction,
    TieQuestion,
    User,
)

GRANTERS_LOCK = 0x6A69_6567  # who can give powers changes in one transaction at a time


def lock_organisation(organisation_id: UUID) -> Organisation:
    """Hold an organisation against every other decision about it and its members."""
    return _one(Organisation.objects.select_for_update(), organisation_id)


def lock_organisations(*organisation_ids: UUID) -> dict[UUID, Organisation]:
    """Hold several organisations, always in the same order."""
    return {each: lock_organisation(each) for each in sorted(set(organisation_ids))}


def lock_change(change_id: UUID) -> OrganisationChange:
    """Hold a change of a verified item and its organisation, which comes first."""
    found = OrganisationChange.objects.filter(pk=change_id).only("organisation_id").first()
    if found is not None:
        lock_organisation(found.organisation_id)
    return _one(OrganisationChange.objects.select_for_update(), change_id)


def lock_organisation_merge(merge_id: UUID) -> OrganisationMerge:
    """Hold a merge of two organisations, and both of them before it."""
    found = OrganisationMerge.objects.filter(pk=merge_id).only("absorbed_id", "into_id").first()
    if found is not None:
        lock_organisations(found.absorbed_id, found.into_id)
    return _one(OrganisationMerge.objects.select_for_update(), merge_id)


def lock_tie_question(question_id: UUID) -> TieQuestion:
    """Hold the question to a person about a declared tie, and the tie before it, which nobody can withdraw meanwhile."""
    found = TieQuestion.objects.filter(pk=question_id).only("affiliation_id").first()
    tie = _one(Affiliation.objects.select_for_update(), found.affiliation_id) if found else None
    question = _one(TieQuestion.objects.select_for_update(), question_id)
    question.affiliation = tie
    return question


def lock_person(user_id: UUID) -> User:
    """Hold a person's account; what others do meanwhile may still name this person."""
    return _one(User.objects.select_for_update(no_key=True), user_id)


def lock_token(token_id: UUID) -> ApiToken:
    """Hold a token."""
    return _one(ApiToken.objects.select_for_update(), token_id)


def lock_export(export_id: UUID) -> DataExport:
    """Hold a copy of somebody's own data."""
    return _one(DataExport.objects.select_for_update(of=("self",)).select_related("person", "file"), export_id)


def lock_people(*user_ids: UUID) -> dict[UUID, User]:
    """Hold several people's accounts, always in the same order."""
    return {user_id: lock_person(user_id) for user_id in sorted(set(user_ids))}


def lock_granters() -> None:
    """Hold the set of those who can give powers: two of them are never ended at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GRANTERS_LOCK])


def lock_grant(grant_id: UUID) -> Grant:
    """Hold a grant and the person who has it, who comes first."""
    found = Grant.objects.filter(pk=grant_id).only("user_id").first()
    if found is not None:
        lock_person(found.user_id)
    return _one(Grant.objects.select_for_update(), grant_id)


def lock_proposal(proposal_id: UUID) -> GrantProposal:
    """Hold a proposal about a role and the person whom it concerns, who comes first."""
    found = GrantProposal.objects.filter(pk=proposal_id).only("user_id").first()
    if found is not None:
        lock_person(found.user_id)
    return _one(GrantProposal.objects.select_for_update(), proposal_id)


def lock_invitation(invitation_id: UUID) -> Invitation:
    """Hold an invitation and the organisation it is for, which comes first."""
    found = Invitation.objects.filter(pk=invitation_id).only("organisation_id").first()
    if found is not None and found.organisation_id:
        lock_organisation(found.organisation_id)
    return _one(Invitation.objects.select_for_update(), invitation_id)


def lock_replacement(replacement_id: UUID) -> Replacement:
    """Hold the appointment of a new administrator and its organisation, which comes first."""
    found = Replacement.objects.filter(pk=replacement_id).only("organisation_id").first()
    if found is not None:
        lock_organisation(found.organisation_id)
    return _one(Replacement.objects.select_for_update(), replacement_id)


def lock_merge(merge_id: UUID) -> AccountMerge:
    """Hold the merging of two accounts; the accounts are held after it."""
    return _one(AccountMerge.objects.select_for_update(), merge_id)


def lock_erasure(erasure_id: UUID) -> Erasure:
    """Hold a request to be forgotten; the person's accounts are held before it."""
    return _one(Erasure.objects.select_for_update(of=("self",)).select_related("person"), erasure_id)


def lock_destruction(destruction_id: UUID) -> TextDestruction:
    """Hold a proposal to destroy the words of an event."""
    return _one(TextDestruction.objects.select_for_update(of=("self",)).select_related("event"), destruction_id)


def lock_delegation(delegation_id: UUID) -> Delegation:
    """Hold a delegation; the people of it are held before where both are."""
    return _one(Delegation.objects.select_for_update(), delegation_id)


def lock_support_view(view_id: UUID) -> SupportView:
    """Hold a look of support."""
    return _one(SupportView.objects.select_for_update(), view_id)


def _one(rows: QuerySet, pk: UUID) -> Model:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row
