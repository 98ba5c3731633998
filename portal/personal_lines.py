"""Further lines of the register of personal data, for the tables of the floor; see portal/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data import DUTY, FILE_STAYS, REQUEST, SECURITY, STAYS, WITH_ACCOUNT, WITH_CASE, Line

ACTS, POWERS, TIES, CHECKS = (
    _("to show who answers for what"),
    _("to know who may do what"),
    _("to keep people with an interest away from a decision"),
    _("to check an organisation before it gets city money"),
)
UNTIL_SENT = _("until it is sent, three days at most")
ADDRESS_GOES = _("the address is emptied once its time is over")
SESSION = _("until the session is over")

LINES = [
    Line(("*.by", "*_by", "portal.Event.on_behalf_of", "portal.Event.body"), _("Who did what, and when"), ACTS, DUTY, WITH_CASE,
         exported=False),
    Line(("portal.Membership.user", "portal.Grant.user", "portal.GrantProposal.user", "portal.GrantProposal.reason",
          "portal.GrantProposal.document", "portal.JoinRequest.person", "portal.DutyTaken.user", "portal.Handover.giver",
          "portal.Handover.taker", "portal.SecondFactorReset.person", "portal.Erasure.person"),
         _("Roles, memberships, work taken over, and how they were given"), POWERS, DUTY, WITH_CASE, exported=False),
    Line(("portal.Delegation.principal", "portal.Delegation.delegate", "portal.Delegation.reason", "portal.SupportView.supporter",
          "portal.SupportView.person", "portal.SupportView.reason"), _("Delegations and support views, with their reasons"),
         POWERS, DUTY, WITH_CASE, exported=False),
    Line(("portal.User.alias_of", "portal.AccountMerge.kept", "portal.AccountMerge.alias"), _("Accounts that are one person"),
         POWERS, DUTY, WITH_CASE, exported=False),
    Line(("portal.ApiToken.user", "portal.User.last_login", "portal.DataExport.person", "portal.DataExport.file"),
         _("Tokens, last sign-in, copies of one's own data"), _("to serve the person's account"), REQUEST, WITH_ACCOUNT,
         exported=False),
    Line(("portal.Invitation.email", "portal.Invitation.reason", "portal.Replacement.email", "portal.AccountMerge.email"),
         _("E-mail addresses of invited people"), _("to invite them, and to see who was invited"), DUTY, "address_days", "mail", erased=ADDRESS_GOES),
    Line(("portal.Replacement.letter",), _("Letters of organisations that name a person"), POWERS, DUTY, WITH_CASE,
         exported=False, erased=FILE_STAYS),
    Line(("portal.Dispatch.sealed",), _("Mails and text messages with a code"), _("to sign in"), SECURITY, UNTIL_SENT, "hidden",
         exported=False, erased=_("emptied once it is sent")),
    Line(("portal.SecurityEvent.person", "portal.SecurityEvent.facts"), _("Refused sign-ins and limits that were reached"),
         _("to find misuse of accounts"), SECURITY, "security_log_days", exported=False),
    Line(("usersessions.UserSession.ip", "usersessions.UserSession.user_agent", "usersessions.UserSession.user"),
         _("Open sessions: address and program"), _("to show a person where they are signed in"), SECURITY, SESSION, erased=_("deleted every night")),
    Line(("account.EmailAddress.email", "mfa.Authenticator.data", "socialaccount.SocialAccount.uid",
          "socialaccount.SocialAccount.extra_data"), _("Further addresses, authenticators, outside identities"), _("to sign in"),
         SECURITY, WITH_ACCOUNT, "hidden", exported=False),
    Line(("portal.Outsider.name", "portal.Outsider.hint", "portal.Outsider.user", "portal.Affiliation.source_note",
          "portal.Affiliation.document", "portal.TieQuestion.hint", "portal.TieQuestion.reason", "portal.TieQuestion.source_note",
          "portal.TieQuestion.document"), _("Owners, officers and relatives named in affiliations"), TIES, DUTY, WITH_CASE,
         exported=False, erased=STAYS),
    Line(("portal.TieQuestion.person", "portal.TieQuestion.named", "portal.TieQuestion.answer"),
         _("What organisations declared of a person, and the answer"), TIES, DUTY, WITH_CASE, erased=STAYS),
    Line(("portal.Employment.user", "portal.Employment.employer", "portal.Employment.source_note", "portal.Employment.document",
          "portal.EmploymentDeclaration.user"), _("Employments of experts"), TIES, DUTY, WITH_CASE),
    Line(("portal.Organisation.address", "portal.OrganisationFact.value", "portal.OrganisationFact.source_note",
          "portal.OrganisationFact.file", "portal.OrganisationRemark.remark", "portal.OrganisationRemark.value",
          "portal.OrganisationRemark.corrected", "portal.OrganisationRemark.answer", "portal.OrganisationChange.old",
          "portal.OrganisationChange.new", "portal.OrganisationChange.why", "portal.OrganisationChange.file",
          "portal.OrganisationMerge.file"), _("People named in the profile of an organisation"),
         _("to check the organisation against the public register"), DUTY, WITH_CASE, exported=False, erased=FILE_STAYS),
    Line(("portal.CreditCheck.found", "portal.CreditCheck.screenshot", "portal.CreditRuling.reason", "portal.Dishonesty.words",
          "portal.Dishonesty.source", "portal.Dishonesty.repair_file"), _("Credit checks and what they found"), CHECKS, DUTY,
         WITH_CASE, exported=False, erased=FILE_STAYS),
    Line(("portal.Acceptance.person",), _("Who accepted which text"), _("to show what was agreed"), DUTY, WITH_CASE,
         exported=False),
    Line(("portal.AccessToPersonalData.person", "portal.AccessToPersonalData.field"), _("Whose data was looked at"),
         _("to make every look at personal data traceable"), DUTY, WITH_CASE, exported=False),
    Line(("portal.StoredFile.name",), _("Names of files"), _("to find a file again"), DUTY, WITH_CASE, exported=False,
         erased=FILE_STAYS),
    Line(("portal.Setting.why",), _("Reasons of settings"), ACTS, DUTY, WITH_CASE, exported=False),
]  # fmt: skip

NOT_PERSONAL = [
    "*.digest", "*.sha256", "*.work_type", "*.subject_type", "*.document_number", "*.language",
    "portal.AccountMerge.digest", "portal.Checkpoint.body", "portal.Checkpoint.signature", "portal.CreditSite.address",
    "portal.CreditSite.code", "portal.CreditSite.name", "portal.CreditSite.name_en", "portal.Delivery.error", "portal.Demo.size",
    "portal.Dishonesty.repair_number", "portal.Dispatch.error", "portal.District.code", "portal.District.name",
    "portal.District.name_en", "portal.Entry.chain", "portal.Event.kind", "portal.Event.leaf", "portal.FileDestruction.because",
    "portal.FileDestruction.file", "portal.IdempotentAnswer.key", "portal.IdempotentAnswer.request_sha256",
    "portal.IdempotentAnswer.route", "portal.Invitation.role", "portal.LegalText.text_en", "portal.LegalText.text_zh",
    "portal.Message.kind", "portal.Organisation.name", "portal.Organisation.uscc", "portal.OrganisationAlias.name",
    "portal.OrganisationFact.unit", "portal.OutboxJob.arguments", "portal.OutboxJob.task", "portal.Outsider.uscc",
    "portal.RetentionRun.name", "portal.SealedBatch.seed", "portal.SecurityEvent.kind", "portal.Setting.name",
    "portal.Setting.value", "portal.StoredFile.kind", "portal.TreeNode.hash",
]  # fmt: skip
"""Words, figures and hashes that are about no person: of organisations, of the city, of the portal itself."""
