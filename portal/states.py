"""The lives of an organisation's entry, an invitation, a replacement, a merge of accounts and a delivery."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.kernel.flow import Flow


class OrganisationState(TextChoices):
    """Where an organisation's registration stands."""

    REGISTERED = "registered", _("awaiting verification")
    RETURNED = "returned", _("returned for correction")
    VERIFIED = "verified", _("verified")


ORGANISATION_FLOW = Flow(
    born=OrganisationState.REGISTERED,
    steps={
        OrganisationState.REGISTERED: {OrganisationState.VERIFIED, OrganisationState.RETURNED},
        OrganisationState.RETURNED: {OrganisationState.REGISTERED},
    },
    final={OrganisationState.VERIFIED},
)


class OrganisationChangeState(TextChoices):
    """Where a verified organisation's wish to change an item stands."""

    WAITING = "waiting", _("waiting for the bureau")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


ORGANISATION_CHANGE_FLOW = Flow(
    born=OrganisationChangeState.WAITING,
    steps={
        OrganisationChangeState.WAITING: {
            OrganisationChangeState.CONFIRMED,
            OrganisationChangeState.REFUSED,
            OrganisationChangeState.WITHDRAWN,
        }
    },
    final={OrganisationChangeState.CONFIRMED, OrganisationChangeState.REFUSED, OrganisationChangeState.WITHDRAWN},
)


class OrganisationMergeState(TextChoices):
    """Where the merge of two organisations stands."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("in force")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("taken back")


ORGANISATION_MERGE_FLOW = Flow(
    born=OrganisationMergeState.PROPOSED,
    steps={
        OrganisationMergeState.PROPOSED: {OrganisationMergeState.CONFIRMED, OrganisationMergeState.REFUSED},
        OrganisationMergeState.CONFIRMED: {OrganisationMergeState.ENDED},
    },
    final={OrganisationMergeState.CONFIRMED, OrganisationMergeState.REFUSED, OrganisationMergeState.ENDED},
)


class TieQuestionState(TextChoices):
    """Where the question to a person stands whether a declared tie is so."""

    ASKED = "asked", _("waiting for the person")
    DENIED = "denied", _("denied, waiting for the bureau")
    CONFIRMED = "confirmed", _("confirmed")
    REFUTED = "refuted", _("not so")

    @classmethod
    def waiting(cls) -> list[str]:
        """States in which it is not known yet whether the tie is so."""
        return [cls.ASKED, cls.DENIED]


TIE_QUESTION_FLOW = Flow(
    born=TieQuestionState.ASKED,
    steps={
        TieQuestionState.ASKED: {TieQuestionState.CONFIRMED, TieQuestionState.DENIED, TieQuestionState.REFUTED},
        TieQuestionState.DENIED: {TieQuestionState.CONFIRMED, TieQuestionState.REFUTED},
    },
    final={TieQuestionState.CONFIRMED, TieQuestionState.REFUTED},
)


class DishonestyState(TextChoices):
    """Where an entry on a dishonesty list stands."""

    RECORDED = "recorded", _("awaiting confirmation")
    CONFIRMED = "confirmed", _("in force")
    DROPPED = "dropped", _("not confirmed")
    REPAIRED = "repaired", _("repaired")


DISHONESTY_FLOW = Flow(
    born=DishonestyState.RECORDED,
    steps={
        DishonestyState.RECORDED: {DishonestyState.CONFIRMED, DishonestyState.DROPPED},
        DishonestyState.CONFIRMED: {DishonestyState.REPAIRED},
    },
    final={DishonestyState.DROPPED, DishonestyState.REPAIRED},
)


class DeliveryState(TextChoices):
    """Where the e-mail of a message stands."""

    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


DELIVERY_FLOW = Flow(
    born=DeliveryState.QUEUED,
    steps={
        DeliveryState.QUEUED: {DeliveryState.SENT, DeliveryState.FAILED},
        DeliveryState.FAILED: {DeliveryState.QUEUED},
    },
    final={DeliveryState.SENT},
)


class InvitationState(TextChoices):
    """Where an invitation by mail stands."""

    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


INVITATION_FLOW = Flow(
    born=InvitationState.INVITED,
    steps={
        InvitationState.INVITED: {
            InvitationState.ACCEPTED,
            InvitationState.DECLINED,
            InvitationState.EXPIRED,
            InvitationState.WITHDRAWN,
        }
    },
    final={InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.EXPIRED, InvitationState.WITHDRAWN},
)


class ReplacementState(TextChoices):
    """Where the appointment of a new administrator by the bureau stands."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")


REPLACEMENT_FLOW = Flow(
    born=ReplacementState.PROPOSED,
    steps={ReplacementState.PROPOSED: {ReplacementState.CONFIRMED, ReplacementState.REFUSED}},
    final={ReplacementState.CONFIRMED, ReplacementState.REFUSED},
)


class MergeState(TextChoices):
    """Where the merging of two accounts stands."""

    ASKED = "asked", _("waiting for the code")
    MERGED = "merged", _("merged")
    LAPSED = "lapsed", _("lapsed")
    UNDONE = "undone", _("taken back")


MERGE_FLOW = Flow(
    born=MergeState.ASKED,
    steps={MergeState.ASKED: {MergeState.MERGED, MergeState.LAPSED}, MergeState.MERGED: {MergeState.UNDONE}},
    final={MergeState.MERGED, MergeState.LAPSED, MergeState.UNDONE},
)


class ProposalState(TextChoices):
    """Where a proposal to grant a role, or to end one, stands."""

    PROPOSED = "proposed", _("awaiting confirmation")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("not confirmed")
    WITHDRAWN = "withdrawn", _("taken back")


PROPOSAL_FLOW = Flow(
    born=ProposalState.PROPOSED,
    steps={ProposalState.PROPOSED: {ProposalState.CONFIRMED, ProposalState.REFUSED, ProposalState.WITHDRAWN}},
    final={ProposalState.CONFIRMED, ProposalState.REFUSED, ProposalState.WITHDRAWN},
)


class DelegationState(TextChoices):
    """Where a delegation stands; an accepted one holds on its days."""

    OFFERED = "offered", _("awaiting acceptance")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")


DELEGATION_FLOW = Flow(
    born=DelegationState.OFFERED,
    steps={
        DelegationState.OFFERED: {DelegationState.ACCEPTED, DelegationState.DECLINED, DelegationState.ENDED},
        DelegationState.ACCEPTED: {DelegationState.ENDED},
    },
    final={DelegationState.ACCEPTED, DelegationState.DECLINED, DelegationState.ENDED},
)


class SupportState(TextChoices):
    """Where a look of support at a person's pages stands."""

    ASKED = "asked", _("awaiting the person's answer")
    AGREED = "agreed", _("agreed to")
    REFUSED = "refused", _("refused")
    OPEN = "open", _("under way")
    ENDED = "ended", _("ended")


SUPPORT_FLOW = Flow(
    born=SupportState.ASKED,
    steps={
        SupportState.ASKED: {SupportState.AGREED, SupportState.REFUSED, SupportState.ENDED},
        SupportState.AGREED: {SupportState.OPEN, SupportState.ENDED},
        SupportState.OPEN: {SupportState.ENDED},
    },
    final={SupportState.REFUSED, SupportState.ENDED},
)


class ErasureState(TextChoices):
    """Where a person's request to be forgotten stands."""

    ASKED = "asked", _("asked for")
    DONE = "done", _("carried out")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


ERASURE_FLOW = Flow(
    born=ErasureState.ASKED,
    steps={ErasureState.ASKED: {ErasureState.DONE, ErasureState.DECLINED, ErasureState.WITHDRAWN}},
    final={ErasureState.DONE, ErasureState.DECLINED, ErasureState.WITHDRAWN},
)


class DestructionState(TextChoices):
    """Where the destruction of the words of an event stands."""

    ASKED = "asked", _("proposed")
    DONE = "done", _("carried out")
    DECLINED = "declined", _("declined")


DESTRUCTION_FLOW = Flow(
    born=DestructionState.ASKED,
    steps={DestructionState.ASKED: {DestructionState.DONE, DestructionState.DECLINED}},
    final={DestructionState.DONE, DestructionState.DECLINED},
)
