"""The lives of challenge, bid, assignment, sheet and agreement as tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.kernel.flow import Flow


class ChallengeState(TextChoices):
    """Where a challenge stands: a need until it is published, a board after."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("district review")
    RECOMMENDED = "recommended", _("formal check")
    RETURNED = "returned", _("returned for correction")
    REJECTED = "rejected", _("rejected")
    POOLED = "pooled", _("pooled")
    IN_NOTICE = "in_notice", _("public notice")
    PUBLISHED = "published", _("open for bids")
    CLOSED = "closed", _("closed")
    OPENED = "opened", _("bids opened")
    EVALUATED = "evaluated", _("evaluated")
    MATCHED = "matched", _("matched")
    FAILED = "failed", _("no valid taker")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @classmethod
    def public(cls) -> list["ChallengeState"]:
        """States in which everybody may read the board."""
        return [cls.PUBLISHED, cls.CLOSED, cls.OPENED, cls.EVALUATED, cls.MATCHED, cls.FAILED]

    @classmethod
    def editable(cls) -> list["ChallengeState"]:
        """States in which the poster may still change the need."""
        return [cls.DRAFT, cls.RETURNED]


C = ChallengeState

CHALLENGE_FLOW = Flow(
    born=C.DRAFT,
    steps={
        C.DRAFT: {C.SUBMITTED, C.WITHDRAWN},
        C.SUBMITTED: {C.RECOMMENDED, C.RETURNED, C.REJECTED, C.WITHDRAWN},
        C.RETURNED: {C.SUBMITTED, C.WITHDRAWN},
        C.RECOMMENDED: {C.POOLED, C.RETURNED, C.REJECTED, C.WITHDRAWN},
        C.POOLED: {C.IN_NOTICE, C.PUBLISHED, C.WITHDRAWN},
        C.IN_NOTICE: {C.POOLED, C.WITHDRAWN},
        C.PUBLISHED: {C.CLOSED, C.WITHDRAWN},
        C.CLOSED: {C.OPENED, C.FAILED},
        C.OPENED: {C.EVALUATED, C.FAILED},
        C.EVALUATED: {C.MATCHED, C.FAILED},
        C.MATCHED: {C.EVALUATED},
        C.FAILED: {C.POOLED, C.WITHDRAWN},
    },
    final={C.MATCHED, C.REJECTED, C.WITHDRAWN},
)


class BidState(TextChoices):
    """Where a bid stands."""

    DRAFT = "draft", _("draft")
    SIGNING_OFF = "signing_off", _("awaiting sign-off")
    SEALED = "sealed", _("sealed")
    LAPSED = "lapsed", _("lapsed")
    UNOPENED = "unopened", _("unopened")
    UNREADABLE = "unreadable", _("unreadable")
    OPENED = "opened", _("opened")
    QUALIFIED = "qualified", _("qualified")
    DISQUALIFIED = "disqualified", _("disqualified")
    RANKED = "ranked", _("ranked")
    SELECTED = "selected", _("selected")
    RESERVE = "reserve", _("reserve")
    NOT_SELECTED = "not_selected", _("not selected")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @classmethod
    def after_opening(cls) -> list["BidState"]:
        """States that a bid can be in only once its box is open."""
        return [cls.OPENED, cls.QUALIFIED, cls.DISQUALIFIED, cls.RANKED, cls.SELECTED, cls.RESERVE, cls.NOT_SELECTED]


B = BidState

BID_FLOW = Flow(
    born=B.DRAFT,
    steps={
        B.DRAFT: {B.SIGNING_OFF, B.LAPSED, B.WITHDRAWN},
        B.SIGNING_OFF: {B.DRAFT, B.SEALED, B.LAPSED, B.WITHDRAWN},
        B.SEALED: {B.OPENED, B.UNOPENED, B.UNREADABLE, B.WITHDRAWN},
        B.OPENED: {B.QUALIFIED, B.DISQUALIFIED, B.NOT_SELECTED, B.WITHDRAWN},
        B.QUALIFIED: {B.RANKED, B.DISQUALIFIED, B.NOT_SELECTED, B.WITHDRAWN},
        B.RANKED: {B.SELECTED, B.RESERVE, B.NOT_SELECTED, B.WITHDRAWN},
        B.RESERVE: {B.SELECTED, B.NOT_SELECTED, B.WITHDRAWN},
        B.SELECTED: {B.WITHDRAWN},
    },
    final={B.LAPSED, B.UNOPENED, B.UNREADABLE, B.DISQUALIFIED, B.SELECTED, B.NOT_SELECTED, B.WITHDRAWN},
)


class AssignmentState(TextChoices):
    """Where an expert's seat on a panel stands."""

    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    RECUSED = "recused", _("recused")
    REMOVED = "removed", _("removed")

    @classmethod
    def live(cls) -> list["AssignmentState"]:
        """States in which the seat is taken."""
        return [cls.INVITED, cls.ACCEPTED]


A = AssignmentState

ASSIGNMENT_FLOW = Flow(
    born=A.INVITED,
    steps={A.INVITED: {A.ACCEPTED, A.DECLINED, A.EXPIRED, A.RECUSED, A.REMOVED}, A.ACCEPTED: {A.RECUSED, A.REMOVED}},
    final={A.ACCEPTED, A.DECLINED, A.EXPIRED, A.RECUSED, A.REMOVED},
)


class SheetState(TextChoices):
    """Where an expert's score sheet for one candidate stands."""

    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("handed in")
    REOPENED = "reopened", _("reopened")
    SET_ASIDE = "set_aside", _("set aside")


S = SheetState

SHEET_FLOW = Flow(
    born=S.DRAFT,
    steps={S.DRAFT: {S.SUBMITTED}, S.SUBMITTED: {S.REOPENED, S.SET_ASIDE}, S.REOPENED: {S.SUBMITTED}},
    final={S.SUBMITTED, S.SET_ASIDE},
)


class ObjectionState(TextChoices):
    """Where an objection to a public notice stands."""

    FILED = "filed", _("filed")
    ADMITTED = "admitted", _("under investigation")
    REFUSED = "refused", _("not admitted")
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("dismissed")

    @classmethod
    def open(cls) -> list["ObjectionState"]:
        """States in which the item is held."""
        return [cls.FILED, cls.ADMITTED]


O = ObjectionState  # noqa: E741

OBJECTION_FLOW = Flow(
    born=O.FILED,
    steps={O.FILED: {O.ADMITTED, O.REFUSED}, O.ADMITTED: {O.UPHELD, O.DISMISSED}},
    final={O.REFUSED, O.UPHELD, O.DISMISSED},
)


class AgreementState(TextChoices):
    """Where the technology development agreement stands."""

    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("being signed")
    SIGNED = "signed", _("signed")
    REGISTERED = "registered", _("registered")
    VOID = "void", _("void")


G = AgreementState

AGREEMENT_FLOW = Flow(
    born=G.DRAFT,
    steps={
        G.DRAFT: {G.SIGNING, G.VOID},
        G.SIGNING: {G.SIGNED, G.VOID},
        G.SIGNED: {G.REGISTERED, G.VOID},
        G.REGISTERED: {G.VOID},
    },
    final={G.REGISTERED, G.VOID},
)
