"""The demo's city money: the poster pays 600万 on 10 September 2026, the city's 300万 follow on 14 September."""

from datetime import timedelta

from funding.actions import accounts, disbursing
from funding.gateways.treasury import sandbox_answer
from funding.models import Payment, PaymentList, Project
from portal import vault
from portal.clock import china_date, portal_now
from portal.demo.standing import look_up
from portal.demo.story import Story
from portal.demo.worked_example import at
from portal.kernel.money import wan_to_fen
from portal.models import Role, User

SLIP = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% 0910 2217 0087 5530\n"
BANK, NUMBER = "示例银行科学岛支行", "340500001234567718"
PAID_WAN = "600"


def tell_payments(story: Story, project: Project) -> Payment:
    """The main case's first instalment, from the bank account to the treasury's confirmation."""
    poster, bidder = story.firms["quantum"], story.firms["institute"]
    administrator, officer = story.administrator("quantum"), story.people["方敏"]
    story.at(at(9, 9, 10))
    account = accounts.enter_bank_account(
        poster.pk, holder=poster.name, bank=BANK, number=NUMBER, by=administrator, now=portal_now()
    )
    story.at(at(9, 9, 15))
    accounts.confirm_bank_account(account.pk, by=_holders(story, Role.RECONCILER)[0], now=portal_now())
    paid_at = story.at(at(9, 10, 16))
    receipt = disbursing.add_receipt(
        project.pk,
        payer=poster.name,
        payee=bidder.name,
        amount_fen=wan_to_fen(PAID_WAN),
        paid_on=china_date(paid_at),
        bank_reference="0910 2217 0087 5530",
        name="银行回单 2026-09-10.pdf",
        content=SLIP,
        by=administrator,
        now=portal_now(),
    )
    first = project.instalments.get(position=1)
    disbursing.claim_instalment(first.pk, receipt_id=receipt.pk, by=administrator, now=portal_now())
    story.at(at(9, 10, 17, 20))
    look_up([project.poster_id, project.bidder_id], project.rules, by=officer)
    disbursing.verify_claim(first.pk, by=officer, now=portal_now())
    return _pay(story, project)


def _pay(story: Story, project: Project) -> Payment:
    """Prepared, approved by two people, sent, confirmed."""
    first = project.instalments.get(position=1)
    prepared_at = story.at(at(9, 11, 9, 36))
    payment = disbursing.prepare_payment(first.pk, by=_holders(story, Role.PREPARER)[0], now=portal_now())
    for hour, approver in enumerate(_holders(story, Role.APPROVER)[:2], start=1):
        story.at(prepared_at + timedelta(hours=hour))
        disbursing.approve_payment(payment.pk, digest=payment.digest, by=approver, now=portal_now())
    reconciler = _holders(story, Role.RECONCILER)[0]
    story.at(at(9, 11, 14))
    made = disbursing.send_payments(by=reconciler, now=portal_now())[0]
    story.at(at(9, 14, 9, 20))
    disbursing.import_confirmations(_answer(made, project), by=reconciler, now=portal_now())
    return Payment.objects.get(pk=payment.pk)


def _answer(made: PaymentList, project: Project) -> bytes:
    """What the treasury's sandbox says: everything is paid."""
    rules = project.rules.funding
    return sandbox_answer(
        vault.read(made.file),
        sent=rules.payment_columns,
        back=rules.confirmation_columns,
        value_on=china_date(portal_now()),
    )


def _holders(story: Story, role: Role) -> list[User]:
    """The people who hold a role, in the order of their addresses."""
    people = [person for person in story.people.values() if person.grants.filter(role=role).exists()]
    return sorted(people, key=lambda person: person.email)
