"""Tables of the shared floor."""

from portal.models.document import StoredFile
from portal.models.message import Delivery, Message
from portal.models.organisation import District, MemberRole, Membership, Organisation, OrganisationKind
from portal.models.outbox import Demo, IdempotentAnswer, OutboxJob, PortalClock
from portal.models.people import ApiToken, Grant, Role, User
from portal.models.record import Checkpoint, Entry, Event, EventText, TreeNode
from portal.models.security import SecurityEvent, SecurityKind

__all__ = [
    "ApiToken",
    "Checkpoint",
    "Delivery",
    "Demo",
    "District",
    "Entry",
    "Event",
    "EventText",
    "Grant",
    "IdempotentAnswer",
    "MemberRole",
    "Membership",
    "Message",
    "Organisation",
    "OrganisationKind",
    "OutboxJob",
    "PortalClock",
    "Role",
    "SecurityEvent",
    "SecurityKind",
    "StoredFile",
    "TreeNode",
    "User",
]
