"""The personal data of boards, bids and panels: lines of the register, see portal/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data import DUTY, FILE_STAYS, STAYS, WITH_CASE, Line

JUDGE, DECIDE = _("to judge bids and applications fairly"), _("to give reasons for a decision")
SEALED = _("unreadable until the box is opened; then it stays with the case")

LINES = [
    Line(("challenges.Challenge.contact",), _("Contact person of a need"), _("to answer questions about a board"), DUTY,
         WITH_CASE, exported=False),
    Line(("challenges.BidDraft.ciphertext", "challenges.Seal.ciphertext", "challenges.DraftFile.file"),
         _("A bid before its opening, with the people of the team"), JUDGE, DUTY, WITH_CASE, "hidden", exported=False,
         erased=SEALED),
    Line(("challenges.BidDocument.body", "challenges.BidDocument.summary", "challenges.BidParty.task", "challenges.BidFile.file",
          "challenges.ChallengeFile.file", "challenges.Candidate.documents"),
         _("The people of a team, their works and papers in an opened bid"), JUDGE, DUTY, WITH_CASE, exported=False,
         erased=FILE_STAYS),
    Line(("challenges.Vetting.reason", "challenges.Qualification.reason", "challenges.Selection.reason",
          "challenges.AffiliationFinding.reason", "challenges.AffiliationFinding.path"),
         _("Reasons of decisions about needs and bids"), DECIDE, DUTY, WITH_CASE, exported=False),
    Line(("challenges.Expert.user", "challenges.Expert.title", "challenges.Expert.expert_class", "challenges.Expert.fields"),
         _("Experts: title, class and fields"), JUDGE, DUTY, WITH_CASE,
         erased=_("the title is deleted with the account; class and fields stay with the panels")),
    Line(("challenges.Assignment.expert", "challenges.Assignment.reason", "challenges.CandidateParty.user"),
         _("Seats on panels, recusals and their reasons"), JUDGE, DUTY, WITH_CASE, exported=False),
    Line(("challenges.Sheet.comment", "challenges.SheetPoint.comment"), _("Comments of experts"), JUDGE, DUTY, WITH_CASE,
         exported=False, erased=STAYS),
    Line(("challenges.Objection.ciphertext", "challenges.Objection.reply"), _("Who objects, with telephone and reason; the reply"),
         _("to handle objections under real names"), DUTY, WITH_CASE, "phone", erased=STAYS),
    Line(("challenges.Receipt.body",), _("Receipts of sealed bids, with who sealed"), _("to prove what was handed in, and when"),
         DUTY, WITH_CASE, exported=False),
]  # fmt: skip

NOT_PERSONAL = [
    "challenges.Agreement.ip_terms", "challenges.Agreement.registration_number", "challenges.AgreementPayment.due_for",
    "challenges.Assignment.expert_class", "challenges.BidMilestone.deliverable", "challenges.BidMilestone.title",
    "challenges.BidOffer.note", "challenges.BidParty.name", "challenges.BidParty.uscc", "challenges.Box.recipient",
    "challenges.Box.root", "challenges.Box.wrapped_identity", "challenges.Call.title", "challenges.Call.title_en",
    "challenges.Candidate.label", "challenges.Candidate.title", "challenges.CandidateParty.part",
    "challenges.Challenge.background", "challenges.Challenge.bidder_conditions", "challenges.Challenge.class_code",
    "challenges.Challenge.content", "challenges.Challenge.field", "challenges.Challenge.ip_terms", "challenges.Challenge.number",
    "challenges.Challenge.scenario", "challenges.Challenge.title", "challenges.Criterion.bands", "challenges.Criterion.name",
    "challenges.Criterion.name_en", "challenges.Indicator.name", "challenges.Indicator.test_method", "challenges.Indicator.unit",
    "challenges.KeyUse.purpose", "challenges.NumberSeries.prefix", "challenges.Programme.name", "challenges.Programme.name_en",
    "challenges.Receipt.number", "challenges.Receipt.signature", "challenges.Rubric.name", "challenges.Rubric.name_en",
    "challenges.Rubric.purpose", "challenges.Rules.*", "challenges.RulesClass.*", "challenges.Score.dropped",
    "challenges.Seal.commitment",
]  # fmt: skip
"""Words and figures about the work, the money and the rules."""
