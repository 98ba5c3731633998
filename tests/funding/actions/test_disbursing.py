"""City money on its way: claimed, checked, prepared, approved, sent, confirmed; and every way it is refused."""

from datetime import timedelta

import pytest

from funding.actions import accounts, disbursing
from funding.models import Account, LedgerEntry, Payment
from portal.clock import china_date, portal_now
from portal.kernel.errors import Clash, Incomplete, NotAllowed, Refused, WrongState
from portal.kernel.money import wan_to_fen
from portal.models import Grant, Message, Role
from tests.making.people import LONG_AGO

pytestmark = pytest.mark.django_db


def books(project) -> dict[str, int]:
    """The balances that concern a project, in 万元, without what is empty."""
    owners = {project.pk, *project.instalments.values_list("pk", flat=True)}
    found = Account.objects.filter(owner__in=owners) | Account.objects.filter(kind__in=["clearing", "poster_source"])
    return {account.kind: account.balance_fen // 1_000_000 for account in found if account.balance_fen}


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def test_600_paid_by_the_poster_bring_300_from_the_city(make, clock):
    payment = make.confirmed_payment(clock, amount="600")

    instalment = make.instalment(payment.instalment.project)
    assert (payment.state, payment.amount_fen) == ("confirmed", wan_to_fen("300"))
    assert (instalment.state, instalment.payable_fen) == ("paid", wan_to_fen("300"))
    assert books(instalment.project) == {"committed": 700, "paid": 300, "poster_source": -600, "poster_paid": 600}
    assert told("payment_confirmed") > 0


def test_500_paid_by_the_poster_bring_250(make, clock):
    instalment = make.verified_instalment(clock, amount="500")

    assert instalment.payable_fen == wan_to_fen("250")
    assert books(instalment.project) == {"committed": 750, "payable": 250, "poster_source": -500, "poster_paid": 500}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"payer": "某某贸易公司"}, "receipt_payer_not_poster"),
        ({"payee": "某某贸易公司"}, "receipt_payee_not_bidder"),
        ({"days": -3000}, "receipt_before_agreement"),
        ({"days": 1}, "receipt_in_future"),
    ],
)
def test_a_receipt_that_does_not_fit_is_refused_and_nothing_changes(make, clock, said, code):
    project = make.project_under_way(clock)
    if days := said.pop("days", 0):
        said["paid_on"] = china_date(portal_now()) + timedelta(days=days)
    instalment = make.claimed_instalment(clock, project, **said)

    with pytest.raises(Refused) as refusal:
        disbursing.verify_claim(instalment.pk, by=make.case_officer(), now=portal_now())

    assert refusal.value.code == code
    assert make.instalment(project).state == "claimed"
    assert books(project) == {"committed": 1000}


def test_a_name_with_other_brackets_or_blanks_is_the_same_name(make, clock):
    project = make.project_under_way(clock)

    instalment = make.verified_instalment(clock, project, payer=f" {project.poster.name} ")

    assert instalment.state == "verified"


def test_a_slip_is_entered_once_and_proves_one_instalment(make, clock):
    project = make.project_under_way(clock)
    receipt = make.receipt(project)

    with pytest.raises(Clash) as refusal:
        make.receipt(project, bank_reference=receipt.bank_reference)

    assert refusal.value.code == "receipt_used"


def test_the_first_instalment_needs_a_receipt(make, clock):
    project = make.project_under_way(clock)

    with pytest.raises(Incomplete) as refusal:
        disbursing.claim_instalment(
            make.instalment(project).pk, by=make.administrator(project.poster), now=portal_now()
        )

    assert refusal.value.code == "receipt_missing"


def test_a_second_click_on_claim_and_verify_is_a_wrong_state(make, clock):
    instalment = make.verified_instalment(clock)
    project = instalment.project

    with pytest.raises(WrongState):
        disbursing.verify_claim(instalment.pk, by=make.case_officer(), now=portal_now())
    with pytest.raises(WrongState):
        disbursing.claim_instalment(instalment.pk, by=make.administrator(project.poster), now=portal_now())

    assert LedgerEntry.objects.filter(project=project, kind="claim_verified").count() == 1


def test_a_returned_claim_goes_back_in_the_books_and_may_come_again(make, clock):
    instalment = make.verified_instalment(clock)
    project = instalment.project

    disbursing.return_claim(instalment.pk, why="回单金额与合同不符。", by=make.case_officer(), now=portal_now())

    assert books(project) == {"committed": 1000}
    again = make.verified_instalment(clock, project, amount="500")
    assert again.payable_fen == wan_to_fen("250")
    assert books(project) == {"committed": 750, "payable": 250, "poster_source": -500, "poster_paid": 500}


def test_a_held_instalment_is_released_to_where_it_stood(make, clock):
    instalment = make.verified_instalment(clock)

    disbursing.hold_back_instalment(instalment.pk, why="核实中。", by=make.case_officer(), now=portal_now())
    with pytest.raises(WrongState):
        disbursing.prepare_payment(instalment.pk, by=make.preparer(), now=portal_now())
    released = disbursing.release_instalment(instalment.pk, by=make.case_officer(), now=portal_now())

    assert released.state == "verified"


def test_a_payment_needs_a_confirmed_account(make, clock):
    instalment = make.verified_instalment(clock)
    project = instalment.project
    codes = []
    for step in (lambda: None, lambda: make.entered_account(project.poster)):
        step()
        with pytest.raises(Refused) as refusal:
            disbursing.prepare_payment(instalment.pk, by=make.preparer(), now=portal_now())
        codes.append(refusal.value.code)

    assert codes == ["account_missing", "account_not_confirmed"]
    assert Payment.objects.count() == 0


def test_the_preparer_does_not_approve_in_any_role(make, clock):
    payment = make.prepared_payment(clock)
    preparer = make.preparer()
    Grant.objects.create(user=preparer, role=Role.APPROVER, starts_on=LONG_AGO)
    preparer.__dict__.pop("_powers", None)

    with pytest.raises(NotAllowed) as refusal:
        disbursing.approve_payment(payment.pk, digest=payment.digest, by=preparer, now=portal_now())

    assert refusal.value.code == "prepares_and_approves"
    assert make.fresh_payment(payment).approvals.count() == 0


def test_from_a_million_yuan_two_people_approve_and_nobody_twice(make, clock):
    payment = make.prepared_payment(clock)

    payment = make.approve(payment, 1)
    with pytest.raises(WrongState) as refusal:
        make.approve(payment, 1)
    assert (payment.state, refusal.value.code) == ("prepared", "approved_already")
    assert make.approve(payment, 2).state == "approved"


def test_only_what_was_seen_is_approved(make, clock):
    payment = make.prepared_payment(clock)

    with pytest.raises(Clash) as refusal:
        disbursing.approve_payment(payment.pk, digest="0" * 64, by=make.approver(), now=portal_now())

    assert refusal.value.code == "approved_something_else"


def test_another_account_after_the_first_approval_voids_the_payment(make, clock):
    payment = make.approve(make.prepared_payment(clock), 1)
    poster = payment.instalment.project.poster

    make.entered_account(poster, "999900001111222233")

    assert make.fresh_payment(payment).state == "void"
    with pytest.raises(WrongState):
        make.approve(payment, 2)
    assert told("payment_void_account") > 0


def test_after_a_change_payments_rest_three_working_days(make, clock):
    clock.china(2026, 9, 7)  # a Monday
    instalment = make.verified_instalment(clock)
    poster = instalment.project.poster
    make.bank_account(poster)
    changed_at = portal_now()
    account = make.bank_account(poster, "999900001111222233")

    with pytest.raises(Refused) as refusal:
        disbursing.prepare_payment(instalment.pk, by=make.preparer(), now=portal_now())
    clock.set(changed_at + (account.usable_from - china_date(changed_at)) * 1)
    payment = disbursing.prepare_payment(instalment.pk, by=make.preparer(), now=portal_now())

    assert (refusal.value.code, refusal.value.facts["usable_on"]) == ("account_frozen", account.usable_from)
    assert payment.account_id == account.pk


def test_who_confirms_an_account_neither_entered_it_nor_pays(make, clock):
    project = make.project_under_way(clock)
    account = make.entered_account(project.poster)
    both = make.reconciler()
    Grant.objects.create(user=both, role=Role.PREPARER, starts_on=LONG_AGO)
    both.__dict__.pop("_powers", None)

    with pytest.raises(NotAllowed) as refusal:
        accounts.confirm_bank_account(account.pk, by=both, now=portal_now())

    assert refusal.value.code == "confirms_and_pays"


def test_an_account_in_another_name_is_refused(make):
    organisation = make.organisation()

    with pytest.raises(Refused) as refusal:
        accounts.enter_bank_account(
            organisation.pk, holder="别人", bank="银行", number="12345678", by=make.administrator(organisation), now=portal_now()
        )

    assert refusal.value.code == "account_holder_differs"


def test_a_payment_goes_out_once(make, clock):
    payment = make.sent_payment(clock)

    assert disbursing.send_payments(by=None, now=portal_now()) == []
    assert payment.state == "sent"
    assert books(payment.instalment.project)["clearing"] == 300


def test_a_failed_payment_goes_back_and_a_new_one_may_be_prepared(make, clock):
    payment = make.sent_payment(clock)
    project = payment.instalment.project
    content = make.answer_to(payment.line.payment_list, failed=(payment.reference,))

    disbursing.import_confirmations(content, by=make.reconciler(), now=portal_now())

    assert make.fresh_payment(payment).state == "failed"
    assert books(project) == {"committed": 700, "payable": 300, "poster_source": -600, "poster_paid": 600}
    again = disbursing.prepare_payment(payment.instalment_id, by=make.preparer(), now=portal_now())
    assert again.reference != payment.reference


def test_the_same_confirmation_twice_changes_nothing(make, clock):
    payment = make.sent_payment(clock)
    content = make.answer_to(payment.line.payment_list)

    first = disbursing.import_confirmations(content, by=make.reconciler(), now=portal_now())
    before = (LedgerEntry.objects.count(), Message.objects.count())
    second = disbursing.import_confirmations(content, by=make.reconciler(), now=portal_now())
    third = disbursing.import_confirmations(content + b"\r\n", by=make.reconciler(), now=portal_now())

    assert first.pk == second.pk != third.pk
    assert (LedgerEntry.objects.count(), Message.objects.count()) == before
    assert third.lines.count() == 0


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text.replace("3000000.00", "3000000.01"), "confirmation_amount"),
        (lambda text: text.replace("ZF-2026-", "ZF-1999-"), "confirmation_unknown_reference"),
        (lambda text: text[: len(text) // 2], "confirmation_cut"),
        (lambda text: text[: text.index("#END")], "confirmation_cut"),
        (lambda text: text.replace("#END,1", "#END,2"), "confirmation_cut"),
        (lambda text: text.replace("paid", "perhaps"), "confirmation_line"),
        (lambda text: text.replace("state", "status"), "confirmation_header"),
        (lambda text: "", "confirmation_header"),
    ],
)
def test_a_confirmation_that_does_not_fit_is_refused_and_nothing_changes(make, clock, spoil, code):
    clock.china(2026, 9, 14)
    payment = make.sent_payment(clock)
    text = make.answer_to(payment.line.payment_list).decode("utf-8-sig")
    before = LedgerEntry.objects.count()

    with pytest.raises(Refused) as refusal:
        disbursing.import_confirmations(spoil(text).encode(), by=make.reconciler(), now=portal_now())

    assert refusal.value.code == code
    assert make.fresh_payment(payment).state == "sent"
    assert LedgerEntry.objects.count() == before


def test_a_later_file_may_not_say_the_opposite(make, clock):
    payment = make.confirmed_payment(clock)
    content = make.answer_to(payment.line.payment_list, failed=(payment.reference,))

    with pytest.raises(Refused) as refusal:
        disbursing.import_confirmations(content, by=make.reconciler(), now=portal_now())

    assert refusal.value.code == "confirmation_contradicts"
