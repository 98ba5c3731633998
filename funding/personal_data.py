"""The personal data of projects and payments: lines of the register, see portal/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data import DUTY, FILE_STAYS, WITH_CASE, Line

PAY, DECIDE = _("to pay city money to the right place, and to prove it"), _("to give reasons for a decision")

LINES = [
    Line(("funding.Project.lead_person", "funding.Project.labour_contract"), _("Leader of a project, with the labour contract"),
         _("to check that the leader works for the applicant"), DUTY, WITH_CASE, exported=False, erased=FILE_STAYS),
    Line(("funding.BankAccount.number", "funding.BankAccount.holder", "funding.BankAccount.bank"), _("Bank accounts"), PAY, DUTY,
         WITH_CASE, "account", exported=False, erased=FILE_STAYS),
    Line(("funding.Receipt.payer", "funding.Receipt.payee", "funding.Receipt.bank_reference", "funding.Receipt.file",
          "funding.PaymentList.file", "funding.ConfirmationFile.file"), _("Bank receipts, payment lists and confirmations"), PAY,
         DUTY, WITH_CASE, exported=False, erased=FILE_STAYS),
    Line(("funding.MilestoneReport.text", "funding.MilestoneEvidence.file", "funding.TaskBook.terms"),
         _("People named in task books, reports and evidence"), _("to check what was done for the money"), DUTY, WITH_CASE,
         exported=False, erased=FILE_STAYS),
    Line(("funding.ProjectVetting.reason", "funding.MilestoneDecision.reason", "funding.LedgerEntry.reason",
          "funding.Decision.scan"), _("Reasons and papers of decisions about city money"), DECIDE, DUTY, WITH_CASE,
         exported=False, erased=FILE_STAYS),
]  # fmt: skip

NOT_PERSONAL = [
    "funding.Appropriation.economic_code", "funding.Appropriation.function_code", "funding.Confirmation.voucher_number",
    "funding.FundingRules.*", "funding.LedgerEntry.key", "funding.LedgerEntry.kind", "funding.Milestone.deliverable",
    "funding.Milestone.title", "funding.Payment.reference", "funding.PaymentList.number", "funding.Project.class_code",
    "funding.Project.number", "funding.Project.title", "funding.ProjectCost.purpose", "funding.ProjectVetting.outcome",
    "funding.ProjectVetting.stage", "funding.Round.title", "funding.Round.title_en", "funding.TaskInstalment.trigger",
    "funding.TaskMilestone.deliverable", "funding.TaskMilestone.title",
]  # fmt: skip
"""Words and figures about the work, the money and the rules."""
