"""How much may be paid, by how many, and what evidence must show."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.gateways.treasury import Order, payment_list, read_confirmations, sandbox_answer
from funding.policy.defaults import FUNDING
from funding.policy.evidence import Slip, faults_of_slip
from funding.policy.meeting import meets_target
from funding.policy.paying import approvers_needed, payable_after_payment
from portal.kernel.money import wan_to_fen

AMOUNTS = st.integers(min_value=0, max_value=10**12)
DAY = date(2026, 9, 10)


@pytest.mark.parametrize(("paid", "payable"), [("600", "300"), ("500", "250"), ("1200", "300"), ("0", "0")])
def test_the_first_instalment_is_at_most_half_of_what_was_paid(paid, payable):
    found = payable_after_payment(planned_fen=wan_to_fen("300"), paid_fen=wan_to_fen(paid), most_percent=Decimal(50))

    assert found == wan_to_fen(payable)


@given(planned=AMOUNTS, paid=AMOUNTS, percent=st.integers(0, 100))
def test_payable_is_never_above_plan_or_share(planned, paid, percent):
    found = payable_after_payment(planned_fen=planned, paid_fen=paid, most_percent=percent)

    assert 0 <= found <= planned
    assert found * 100 <= paid * percent


@pytest.mark.parametrize(("wan", "needed"), [("99.9999", 1), ("100", 2), ("499.9999", 2), ("500", 3)])
def test_as_many_approvers_as_the_amount_asks_for(wan, needed):
    rules = {"two_from_fen": FUNDING["two_approvers_from_fen"], "three_from_fen": FUNDING["three_approvers_from_fen"]}

    assert approvers_needed(wan_to_fen(wan), **rules) == needed


@pytest.mark.parametrize(
    ("measured", "comparator", "target", "met"),
    [("0.12", "<=", "0.15", True), ("0.16", "<=", "0.15", False), ("100", ">=", "100", True), ("99", "==", "100", False)],
)
def test_a_measured_value_reaches_its_target(measured, comparator, target, met):
    assert meets_target(Decimal(measured), comparator, Decimal(target)) is met


def test_brackets_and_blanks_do_not_make_another_firm():
    slip = Slip("甲（合肥） 公司", "乙院", DAY, "甲(合肥)公司", "乙院", DAY, DAY)

    assert faults_of_slip(slip) == []


@given(st.lists(st.integers(min_value=1, max_value=10**12), min_size=1, max_size=8))
def test_what_goes_out_comes_back_line_by_line(amounts):
    orders = [
        Order(f"ZF-2026-{n:04d}", "甲, \"乙\"", "12345678", "银行\n支行", amount, 2026, "1号", "206", "507", "x")
        for n, amount in enumerate(amounts)
    ]
    sent = payment_list(orders, FUNDING["payment_columns"])
    back = FUNDING["confirmation_columns"]

    answers = read_confirmations(
        sandbox_answer(sent, sent=FUNDING["payment_columns"], back=back, value_on=DAY, failed=[orders[0].reference]), [back]
    )

    assert [(answer.reference, answer.amount_fen) for answer in answers] == [(o.reference, o.amount_fen) for o in orders]
    assert [answer.outcome for answer in answers] == ["failed", *["paid"] * (len(orders) - 1)]
