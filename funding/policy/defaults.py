"""The rules on city money the portal ships with; a programme replaces them by its own dated version.

Source: Anhui's rule for the first instalment (at most half of the poster's first payment), five
working days of public notice, one month for the task book; the instalment plan, approvers and
the smallest panel are a proposal, because Hefei's own figures are not published.
"""

from decimal import Decimal

from portal.kernel.money import wan_to_fen

FUNDING = {
    "plan": [
        {"trigger": "first_payment", "percent": 30},
        {"trigger": "milestone", "percent": 40},
        {"trigger": "acceptance", "percent": 30},
    ],
    "first_paid_percent": Decimal(50),
    "notice_working_days": 5,
    "answer_working_days": 10,
    "taskbook_days": 30,
    "two_approvers_from_fen": wan_to_fen(Decimal(100)),
    "three_approvers_from_fen": wan_to_fen(Decimal(500)),
    "account_freeze_working_days": 3,
    "panel_least": 5,
    "pass_mark": Decimal(70),
    "payment_columns": {
        "reference": "order_reference",
        "payee": "payee",
        "account": "account",
        "bank": "bank",
        "amount": "amount",
        "budget_year": "budget_year",
        "document_number": "document_number",
        "function_code": "function_code",
        "economic_code": "economic_code",
        "purpose": "purpose",
    },
    "confirmation_columns": {
        "reference": "order_reference",
        "state": "state",
        "amount": "amount",
        "voucher": "voucher_number",
        "value_date": "value_date",
    },
}
"""Columns of :class:`funding.models.FundingRules`."""

NUMBER_FORMAT = "合科项〔{year}〕{number:03d}"
"""How an approved project is numbered."""

PROJECT_RUBRIC = {
    "purpose": "project_review",
    "name": "立项评审评分表",
    "name_en": "Review of project applications",
    "criteria": [
        # name, English name, weight, technical, lower ends of the bands (excellent, good, fair)
        ("需求与产业带动", "Need and effect on the industry", 20, False, (18, 15, 12)),
        ("路线与指标", "Route and indicators", 25, True, (23, 19, 15)),
        ("发榜方能力与自筹资金", "Poster's ability and own money", 20, False, (18, 15, 12)),
        ("团队匹配与合同质量", "Match of the team and quality of the agreement", 15, True, (14, 12, 9)),
        ("经济效益", "Economics", 10, False, (9, 8, 6)),
        ("经费预算", "Budget", 10, False, (9, 8, 6)),
    ],
}
"""The rubric of the project review; weights add up to 100."""
