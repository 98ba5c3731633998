"""Tables from the application for city money to its payment."""

from funding.models.instalment import Claim, Instalment, Receipt, Trigger
from funding.models.ledger import Account, AccountKind, LedgerEntry, Posting
from funding.models.milestone import Milestone, MilestoneDecision, MilestoneEvidence, MilestoneReport
from funding.models.payment import (
    Approval,
    BankAccount,
    Confirmation,
    ConfirmationFile,
    Outcome,
    Payment,
    PaymentList,
    PaymentListLine,
)
from funding.models.project import (
    NoticeProject,
    Project,
    ProjectCandidate,
    ProjectCost,
    ProjectIndicator,
    ProjectVetting,
)
from funding.models.round import Appropriation, Decision, DecisionItem, DecisionKind, Round
from funding.models.rules import FundingRules
from funding.models.taskbook import (
    TaskBook,
    TaskBookSignature,
    TaskIndicator,
    TaskInstalment,
    TaskMilestone,
    TaskParty,
)

__all__ = [
    "Account",
    "AccountKind",
    "Appropriation",
    "Approval",
    "BankAccount",
    "Claim",
    "Confirmation",
    "ConfirmationFile",
    "Decision",
    "DecisionItem",
    "DecisionKind",
    "FundingRules",
    "Instalment",
    "LedgerEntry",
    "Milestone",
    "MilestoneDecision",
    "MilestoneEvidence",
    "MilestoneReport",
    "NoticeProject",
    "Outcome",
    "Payment",
    "PaymentList",
    "PaymentListLine",
    "Posting",
    "Project",
    "ProjectCandidate",
    "ProjectCost",
    "ProjectIndicator",
    "ProjectVetting",
    "Receipt",
    "Round",
    "TaskBook",
    "TaskBookSignature",
    "TaskIndicator",
    "TaskInstalment",
    "TaskMilestone",
    "TaskParty",
    "Trigger",
]
