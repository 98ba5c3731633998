"""The lives of project, task book, milestone, instalment and payment as tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.kernel.flow import Flow


class ProjectState(TextChoices):
    """Where a project stands, from the application to the archive."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("district review")
    RECOMMENDED = "recommended", _("formal check")
    RETURNED = "returned", _("returned for correction")
    REJECTED = "rejected", _("rejected")
    CHECKED = "checked", _("before the panel")
    REVIEWED = "reviewed", _("reviewed")
    NOT_FUNDED = "not_funded", _("not funded")
    PROPOSED = "proposed", _("proposed")
    IN_NOTICE = "in_notice", _("public notice")
    APPROVED = "approved", _("approved")
    GIVEN_UP = "given_up", _("given up")
    UNDER_WAY = "under_way", _("under way")
    SUSPENDED = "suspended", _("suspended")
    ACCEPTANCE_APPLIED = "acceptance_applied", _("acceptance applied for")
    REWORK = "rework", _("rework")
    ACCEPTED = "accepted", _("accepted")
    FOLLOWED_UP = "followed_up", _("followed up")
    ARCHIVED = "archived", _("archived")
    TERMINATED = "terminated", _("terminated")
    CLOSED_WITHOUT_PASS = "closed_without_pass", _("closed without passing")
    REVOKED = "revoked", _("revoked")

    @classmethod
    def editable(cls) -> list["ProjectState"]:
        """States in which the poster may still change the application."""
        return [cls.DRAFT, cls.RETURNED]

    @classmethod
    def awarded(cls) -> list["ProjectState"]:
        """States that hold city money."""
        return [cls.APPROVED, cls.UNDER_WAY, cls.SUSPENDED, cls.ACCEPTANCE_APPLIED, cls.REWORK, cls.ACCEPTED,
                cls.FOLLOWED_UP, cls.ARCHIVED]  # fmt: skip


P = ProjectState
REVOCABLE = {
    P.APPROVED,
    P.UNDER_WAY,
    P.SUSPENDED,
    P.ACCEPTANCE_APPLIED,
    P.REWORK,
    P.ACCEPTED,
    P.FOLLOWED_UP,
    P.ARCHIVED,
    P.TERMINATED,
    P.CLOSED_WITHOUT_PASS,
}

PROJECT_STEPS = {
    P.DRAFT: {P.SUBMITTED},
    P.SUBMITTED: {P.RECOMMENDED, P.RETURNED, P.REJECTED},
    P.RETURNED: {P.SUBMITTED},
    P.RECOMMENDED: {P.CHECKED, P.RETURNED, P.REJECTED},
    P.CHECKED: {P.REVIEWED, P.REJECTED},
    P.REVIEWED: {P.PROPOSED, P.NOT_FUNDED},
    P.PROPOSED: {P.IN_NOTICE, P.NOT_FUNDED},
    P.IN_NOTICE: {P.APPROVED, P.NOT_FUNDED},
    P.APPROVED: {P.UNDER_WAY, P.GIVEN_UP},
    P.UNDER_WAY: {P.SUSPENDED, P.ACCEPTANCE_APPLIED, P.TERMINATED},
    P.SUSPENDED: {P.UNDER_WAY, P.TERMINATED},
    P.ACCEPTANCE_APPLIED: {P.REWORK, P.ACCEPTED, P.CLOSED_WITHOUT_PASS},
    P.REWORK: {P.ACCEPTANCE_APPLIED},
    P.ACCEPTED: {P.FOLLOWED_UP},
    P.FOLLOWED_UP: {P.ARCHIVED},
}

PROJECT_FLOW = Flow(
    born=P.DRAFT,
    steps={
        **{state: frozenset(steps) for state, steps in PROJECT_STEPS.items()},
        **{state: frozenset(PROJECT_STEPS.get(state, set()) | {P.REVOKED}) for state in REVOCABLE},
    },
    final={P.REJECTED, P.NOT_FUNDED, P.GIVEN_UP, P.ARCHIVED, P.TERMINATED, P.CLOSED_WITHOUT_PASS, P.REVOKED},
)


class TaskBookState(TextChoices):
    """Where a task book stands."""

    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("being signed")
    SIGNED = "signed", _("signed")
    REPLACED = "replaced", _("replaced")


T = TaskBookState

TASKBOOK_FLOW = Flow(
    born=T.DRAFT,
    steps={T.DRAFT: {T.SIGNING}, T.SIGNING: {T.DRAFT, T.SIGNED}, T.SIGNED: {T.REPLACED}},
    final={T.SIGNED, T.REPLACED},
)


class MilestoneState(TextChoices):
    """Where a milestone stands."""

    PLANNED = "planned", _("planned")
    REPORTED = "reported", _("reported")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned for correction")
    CANCELLED = "cancelled", _("cancelled")


M = MilestoneState

MILESTONE_FLOW = Flow(
    born=M.PLANNED,
    steps={
        M.PLANNED: {M.REPORTED, M.CANCELLED},
        M.REPORTED: {M.ACCEPTED, M.RETURNED, M.CANCELLED},
        M.RETURNED: {M.REPORTED, M.CANCELLED},
    },
    final={M.ACCEPTED, M.CANCELLED},
)


class InstalmentState(TextChoices):
    """Where an instalment stands."""

    PLANNED = "planned", _("planned")
    CLAIMED = "claimed", _("claimed")
    VERIFIED = "verified", _("verified")
    RETURNED = "returned", _("returned for correction")
    HELD = "held", _("held")
    PAID = "paid", _("paid")
    CANCELLED = "cancelled", _("cancelled")


I = InstalmentState  # noqa: E741

INSTALMENT_FLOW = Flow(
    born=I.PLANNED,
    steps={
        I.PLANNED: {I.CLAIMED, I.HELD, I.CANCELLED},
        I.CLAIMED: {I.VERIFIED, I.RETURNED, I.HELD, I.CANCELLED},
        I.VERIFIED: {I.PAID, I.RETURNED, I.HELD, I.CANCELLED},
        I.RETURNED: {I.CLAIMED, I.CANCELLED},
        I.HELD: {I.PLANNED, I.CLAIMED, I.VERIFIED, I.CANCELLED},
    },
    final={I.PAID, I.CANCELLED},
)


class PaymentState(TextChoices):
    """Where a payment stands."""

    PREPARED = "prepared", _("prepared")
    APPROVED = "approved", _("approved")
    SENT = "sent", _("sent to the treasury")
    CONFIRMED = "confirmed", _("confirmed")
    FAILED = "failed", _("failed")
    VOID = "void", _("void")
    RETURNED = "returned", _("returned by the bank")

    @classmethod
    def live(cls) -> list["PaymentState"]:
        """States in which the instalment has its one payment."""
        return [cls.PREPARED, cls.APPROVED, cls.SENT, cls.CONFIRMED]


Y = PaymentState

PAYMENT_FLOW = Flow(
    born=Y.PREPARED,
    steps={
        Y.PREPARED: {Y.APPROVED, Y.VOID},
        Y.APPROVED: {Y.SENT, Y.VOID},
        Y.SENT: {Y.CONFIRMED, Y.FAILED},
        Y.CONFIRMED: {Y.RETURNED},
    },
    final={Y.CONFIRMED, Y.FAILED, Y.VOID, Y.RETURNED},
)
