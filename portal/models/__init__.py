"""Tables of the shared floor."""

from portal.models.affiliation import Affiliation, Employment, EmploymentDeclaration, Outsider, Post, Source, Tie
from portal.models.delegation import Delegation
from portal.models.dispatch import Channel, Dispatch
from portal.models.document import StoredFile
from portal.models.duty import CaseParty, DutyTaken
from portal.models.granting import GrantProposal, ProposalKind
from portal.models.handover import Handover, Replacement
from portal.models.invitation import Invitation
from portal.models.legal import Acceptance, LegalKind, LegalText, LegalTextDecision
from portal.models.merge import AccountMerge, MovedPower
from portal.models.message import Delivery, Message
from portal.models.organisation import District, MemberRole, Membership, Organisation, OrganisationKind
from portal.models.organisation_corrections import OrganisationChange, OrganisationRemark
from portal.models.organisation_facts import AliasKind, FactSource, JoinRequest, OrganisationAlias, OrganisationFact
from portal.models.organisation_merge import OrganisationMerge
from portal.models.outbox import Demo, IdempotentAnswer, OutboxJob, PortalClock
from portal.models.people import ApiToken, Grant, Role, User
from portal.models.personal import (
    AccessToPersonalData,
    DataExport,
    Erasure,
    FileDestruction,
    Purpose,
    RetentionRun,
    TextDestruction,
)
from portal.models.record import Checkpoint, Entry, Event, EventText, SealedBatch, SealedPlace, TreeNode
from portal.models.second_factor import SecondFactorReset
from portal.models.security import SecurityEvent, SecurityKind
from portal.models.setting import Setting, SettingDecision
from portal.models.standing import CreditCheck, CreditResult, CreditRuling, CreditSite, Dishonesty, DishonestyKind
from portal.models.support import SupportView
from portal.models.tie_question import TieQuestion
from portal.states import DishonestyState, TieQuestionState

__all__ = [
    "Acceptance",
    "AccessToPersonalData",
    "AccountMerge",
    "Affiliation",
    "AliasKind",
    "ApiToken",
    "CaseParty",
    "Channel",
    "Checkpoint",
    "CreditCheck",
    "CreditResult",
    "CreditRuling",
    "CreditSite",
    "DataExport",
    "Delegation",
    "Delivery",
    "Demo",
    "Dishonesty",
    "DishonestyKind",
    "DishonestyState",
    "Dispatch",
    "District",
    "DutyTaken",
    "Employment",
    "EmploymentDeclaration",
    "Entry",
    "Erasure",
    "Event",
    "EventText",
    "FactSource",
    "FileDestruction",
    "Grant",
    "GrantProposal",
    "Handover",
    "IdempotentAnswer",
    "Invitation",
    "JoinRequest",
    "LegalKind",
    "LegalText",
    "LegalTextDecision",
    "MemberRole",
    "Membership",
    "Message",
    "MovedPower",
    "Organisation",
    "OrganisationAlias",
    "OrganisationChange",
    "OrganisationFact",
    "OrganisationKind",
    "OrganisationMerge",
    "OrganisationRemark",
    "OutboxJob",
    "Outsider",
    "PortalClock",
    "Post",
    "ProposalKind",
    "Purpose",
    "Replacement",
    "RetentionRun",
    "Role",
    "SealedBatch",
    "SealedPlace",
    "SecondFactorReset",
    "SecurityEvent",
    "SecurityKind",
    "Setting",
    "SettingDecision",
    "Source",
    "StoredFile",
    "SupportView",
    "TextDestruction",
    "Tie",
    "TieQuestion",
    "TieQuestionState",
    "TreeNode",
    "User",
]
