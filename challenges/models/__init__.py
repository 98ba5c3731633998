"""Tables from the programme to the signed agreement."""

from challenges.models.agreement import Agreement, AgreementPayment, AgreementShare, Side, Signature
from challenges.models.bid import (
    Bid,
    BidDocument,
    BidDraft,
    BidFile,
    BidMilestone,
    BidOffer,
    BidParty,
    DraftFile,
    Qualification,
    QualificationOutcome,
    Selection,
)
from challenges.models.challenge import (
    Challenge,
    ChallengeFile,
    Comparator,
    Indicator,
    IpChoice,
    Vetting,
    VettingOutcome,
    VettingStage,
)
from challenges.models.notice import NoticeKind, PublicNotice
from challenges.models.panel import (
    Assignment,
    BidCandidate,
    Candidate,
    CandidateParty,
    Expert,
    Panel,
    PanelPurpose,
    Score,
    Sheet,
    SheetPoint,
)
from challenges.models.programme import (
    Call,
    Criterion,
    NumberSeries,
    Programme,
    Rubric,
    Rules,
    RulesClass,
    SealMode,
    ShareBase,
)
from challenges.models.seal import Box, KeyUse, Receipt, Seal
