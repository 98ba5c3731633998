"""The rules the portal ships with: Hefei's measure of 2024, with what it leaves open filled in.

Source: 合科〔2024〕38号 for caps, shares and periods; the rest is common practice and a
proposal, which a programme replaces by its own dated version.
"""

from decimal import Decimal

from portal.kernel.money import wan_to_fen

RULES = {
    "source": "合科〔2024〕38号",
    "share_base": "total",
    "notice_before_publishing": True,
    "notice_working_days": 5,
    "bidding_days": 30,
    "bids_least": 1,
    "winners_most": 1,
    "panel_least": 5,
    "invitation_days": 3,
    "conflict_years": 3,
    "pass_mark": Decimal(70),
    "sheets_least": 3,
    "trim_from": 5,
    "tie_chain": ["technical", "price"],
    "files_most": 10,
    "file_most_mib": 20,
    "file_kinds": ["application/pdf", "image/png", "image/jpeg"],
    "fields": [
        {"code": "quantum", "name": "量子信息", "name_en": "Quantum information"},
        {"code": "electronics", "name": "电子信息", "name_en": "Electronics"},
        {"code": "equipment", "name": "高端装备", "name_en": "High-end equipment"},
        {"code": "materials", "name": "新材料", "name_en": "New materials"},
        {"code": "ai", "name": "人工智能", "name_en": "Artificial intelligence"},
        {"code": "energy", "name": "新能源", "name_en": "New energy"},
        {"code": "health", "name": "生物医药", "name_en": "Biomedicine"},
        {"code": "agriculture", "name": "农业与社会发展", "name_en": "Agriculture and society"},
    ],
    "expert_classes": [
        {"code": "technical", "name": "技术", "name_en": "Technical"},
        {"code": "finance", "name": "财务", "name_en": "Finance"},
        {"code": "management", "name": "管理", "name_en": "Management"},
        {"code": "investment", "name": "投资", "name_en": "Investment"},
    ],
    "seal_mode": "escrow",
    "credit_sites": [
        {"code": "creditchina", "name": "信用中国", "name_en": "Credit China", "address": "https://www.creditchina.gov.cn"},
        {"code": "zxgk", "name": "中国执行信息公开网", "name_en": "China Enforcement Information Online", "address": "https://zxgk.court.gov.cn"},
        {"code": "gsxt", "name": "国家企业信用信息公示系统", "name_en": "National Enterprise Credit System", "address": "https://www.gsxt.gov.cn"},
    ],
    "credit_check_days": 90,
    "credit_gates": ["recommend_need", "qualify_bid", "check_application", "verify_claim"],
    "dishonesty_bars": ["serious", "general"],
    "share_flag_percent": Decimal(5),
    "share_block_percent": Decimal(25),
    "affiliation_blocks": ["control", "branch", "common_controller"],
}
"""Columns of one version of the rules."""

CLASSES = [
    {
        "code": "major",
        "name": "市重大",
        "name_en": "City major",
        "cap_fen": wan_to_fen(Decimal(1000)),
        "most_percent": Decimal(40),
        "least_percent": Decimal(60),
        "months_most": 36,
        "number_format": "合揭榜〔{year}〕Z-{number:03d}",
    },
    {
        "code": "key",
        "name": "市关键",
        "name_en": "City key",
        "cap_fen": wan_to_fen(Decimal(200)),
        "most_percent": Decimal(40),
        "least_percent": Decimal(60),
        "months_most": 24,
        "number_format": "合揭榜〔{year}〕G-{number:03d}",
    },
]
"""The two classes of projects."""

BID_RUBRIC = {
    "purpose": "bid_review",
    "name": "评榜评分表",
    "name_en": "Review of bids",
    "criteria": [
        # name, English name, weight, technical, lower ends of the bands (excellent, good, fair)
        ("指标符合度", "Fit to the indicators", 25, True, (23, 19, 15)),
        ("技术路线与可行性", "Technical route and feasibility", 20, True, (18, 15, 12)),
        ("团队", "Team", 15, False, (14, 12, 9)),
        ("基础与条件", "Base and facilities", 10, False, (9, 8, 6)),
        ("里程碑与风险", "Milestones and risk", 10, True, (9, 8, 6)),
        ("产业化", "Industrialisation", 10, False, (9, 8, 6)),
        ("报价与经费", "Quote and budget", 10, False, (9, 8, 6)),
    ],
}
"""The rubric of the board review; weights add up to 100."""

ANSWER_WORKING_DAYS = 10
"""Within how many working days an objection to a board is answered; the rules on city money say it for awards."""
