"""Bank accounts, claims, payments and milestones."""

from datetime import date
from decimal import Decimal

from funding.actions import accounts, disbursing, reporting
from funding.gateways.treasury import sandbox_answer
from funding.models import BankAccount, Instalment, Milestone, Payment, PaymentList, Project, Receipt
from portal import vault
from portal.clock import china_date, portal_now
from portal.kernel.money import wan_to_fen
from portal.models import Organisation, Role, User

SLIP = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Payments:
    """City money on its way, each step reached by the actions people would take."""

    def approver(self, number: int = 1) -> User:
        """One of the approvers of the finance bureau, the same one for each number."""
        return self._once(f"approver{number}", lambda: self.official(Role.APPROVER))

    def reconciler(self) -> User:
        """The reconciler of the finance bureau, the same one each time."""
        return self._once("reconciler", lambda: self.official(Role.RECONCILER))

    def entered_account(self, organisation: Organisation, number: str = "340500001234567718") -> BankAccount:
        """An account that the organisation's administrator entered."""
        return accounts.enter_bank_account(
            organisation.pk,
            holder=organisation.name,
            bank="示例银行科学岛支行",
            number=number,
            by=self.administrator(organisation),
            now=portal_now(),
        )

    def bank_account(self, organisation: Organisation, number: str = "340500001234567718") -> BankAccount:
        """A confirmed account."""
        account = self.entered_account(organisation, number)
        return accounts.confirm_bank_account(account.pk, by=self.reconciler(), now=portal_now())

    def receipt(self, project: Project, amount: str = "600", *, paid_on: date | None = None, **said) -> Receipt:
        """A bank receipt of a payment (万元) from poster to bidder, of today."""
        number = next(self.numbers)
        slip = {
            "payer": project.poster.name,
            "payee": project.bidder.name,
            "amount_fen": wan_to_fen(amount),
            "paid_on": paid_on or china_date(portal_now()),
            "bank_reference": f"0910 2217 {number:04d} 5530",
            **said,
        }
        content = SLIP + f"% {number}".encode()
        by = self.editor(project.poster)
        return disbursing.add_receipt(project.pk, **slip, name="回单.pdf", content=content, by=by, now=portal_now())

    def instalment(self, project: Project, position: int = 1) -> Instalment:
        """An instalment of a project as it stands in the database."""
        rows = Instalment.objects.select_related("project__poster", "project__bidder", "project__rules__funding", "milestone")
        return rows.get(project_id=project.pk, position=position)

    def claimed_instalment(self, clock, project: Project | None = None, *, amount: str = "600", **said) -> Instalment:
        """The first instalment, claimed with a receipt."""
        project = project or self.project_under_way(clock)
        receipt = self.receipt(project, amount, **said)
        instalment = self.instalment(project)
        by = self.administrator(project.poster)
        disbursing.claim_instalment(instalment.pk, receipt_id=receipt.pk, by=by, now=portal_now())
        return self.instalment(project)

    def verified_instalment(self, clock, project: Project | None = None, **made) -> Instalment:
        """The first instalment, checked by the officer and payable."""
        instalment = self.claimed_instalment(clock, project, **made)
        disbursing.verify_claim(instalment.pk, by=self.case_officer(), now=portal_now())
        return self.instalment(instalment.project)

    def prepared_payment(self, clock, project: Project | None = None, **made) -> Payment:
        """The payment of the first instalment, waiting for its approvers."""
        instalment = self.verified_instalment(clock, project, **made)
        if not instalment.project.poster.bank_accounts.exists():
            self.bank_account(instalment.project.poster)
        return disbursing.prepare_payment(instalment.pk, by=self.preparer(), now=portal_now())

    def approve(self, payment: Payment, *numbers: int) -> Payment:
        """Approved by these approvers, in order."""
        for number in numbers:
            disbursing.approve_payment(
                payment.pk, digest=payment.digest, by=self.approver(number), now=portal_now()
            )
        return self.fresh_payment(payment)

    def approved_payment(self, clock, project: Project | None = None, **made) -> Payment:
        """A payment that two people approved."""
        return self.approve(self.prepared_payment(clock, project, **made), 1, 2)

    def sent_payment(self, clock, project: Project | None = None, **made) -> Payment:
        """A payment in a payment list."""
        payment = self.approved_payment(clock, project, **made)
        disbursing.send_payments(by=self.reconciler(), now=portal_now())
        return self.fresh_payment(payment)

    def answer_to(self, made: PaymentList, *, failed: tuple[str, ...] = ()) -> bytes:
        """The treasury's confirmation of a list."""
        rules = made.lines.first().payment.instalment.project.rules.funding
        return sandbox_answer(
            vault.read(made.file),
            sent=rules.payment_columns,
            back=rules.confirmation_columns,
            value_on=china_date(portal_now()),
            failed=failed,
        )

    def confirmed_payment(self, clock, project: Project | None = None, **made) -> Payment:
        """A payment that the treasury confirmed."""
        payment = self.sent_payment(clock, project, **made)
        content = self.answer_to(payment.line.payment_list)
        disbursing.import_confirmations(content, by=self.reconciler(), now=portal_now())
        return self.fresh_payment(payment)

    def milestone(self, project: Project, position: int = 1) -> Milestone:
        """A milestone of a project as it stands in the database."""
        rows = Milestone.objects.select_related("project__poster", "project__bidder", "indicator")
        return rows.get(project_id=project.pk, position=position)

    def reported_milestone(self, clock, project: Project | None = None, *, position: int = 1, measured: str | None = None) -> Milestone:
        """A milestone reported by the bidder with one file; ``measured`` only where it has a target."""
        project = project or self.project_under_way(clock)
        milestone = self.milestone(project, position)
        value = Decimal(measured) if measured else milestone.target
        reporting.report_milestone(
            milestone.pk,
            text="原理样机完成全温区测试，第三方报告附后。",
            measured=value,
            files=[("测试报告.pdf", SLIP + f"% {milestone.pk} {next(self.numbers)}".encode())],
            by=self.editor(project.bidder),
            now=portal_now(),
        )
        return self.milestone(project, position)

    def accepted_milestone(self, clock, project: Project | None = None, **made) -> Milestone:
        """A milestone that the officer accepted."""
        milestone = self.reported_milestone(clock, project, **made)
        return reporting.accept_milestone(milestone.pk, by=self.case_officer(), now=portal_now())

    def fresh_payment(self, payment: Payment) -> Payment:
        """A payment as it stands in the database."""
        rows = Payment.objects.select_related("account", "instalment__project__poster", "instalment__project__rules__funding")
        return rows.get(pk=payment.pk)

