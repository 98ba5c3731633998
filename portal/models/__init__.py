"""Tables of the shared floor."""

from portal.models.delegation import Delegation
from portal.models.document import StoredFile
from portal.models.granting import GrantProposal, ProposalKind
from portal.models.message import Delivery, Message
from portal.models.organisation import District, MemberRole, Membership, Organisation, OrganisationKind
from portal.models.outbox import Demo, IdempotentAnswer, OutboxJob, PortalClock
from portal.models.people import ApiToken, Grant, Role, User
from portal.models.record import Checkpoint, Entry, Event, EventText, TreeNode
from portal.models.support import SupportView
from portal.models.security import SecurityEvent, SecurityKind

__all__ = [
    "ApiToken",
    "Checkpoint",
    "Delegation",
    "Delivery",
    "Demo",
    "District",
    "Entry",
    "Event",
    "EventText",
    "Grant",
    "GrantProposal",
    "IdempotentAnswer",
    "MemberRole",
    "Membership",
    "Message",
    "Organisation",
    "OrganisationKind",
    "OutboxJob",
    "PortalClock",
    "ProposalKind",
    "Role",
    "SecurityEvent",
    "SecurityKind",
    "StoredFile",
    "SupportView",
    "TreeNode",
    "User",
]
