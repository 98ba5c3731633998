"""Steps of the worked example from the call of 2 March to the agreement of 3 July 2026."""

import json
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from challenges import tasks
from challenges.models import Bid, Challenge, Panel, Programme, Score
from challenges.states import BidState, ChallengeState
from portal.clock import CHINA
from portal.kernel.money import split
from portal.models import Message, OutboxJob
from portal.record import sequence
from tests.journeys.cast import PDF, Cast, state_of
from tests.journeys.visitor import Visitor
from tests.making.people import PICTURE

INDICATORS = [
    ("量程", ">=", "1000", "A", "直流，双向"),
    ("误差", "<=", "0.05", "% FS", "−40至+85 ℃全温区"),
    ("温漂", "<=", "10", "ppm/℃", "三次循环"),
    ("带宽", ">=", "10", "kHz", "−3 dB"),
    ("体积", "<=", "120", "cm³", "含外壳"),
    ("功耗", "<=", "3", "W", "稳态"),
    ("单台成本", "<=", "1500", "元", "年产1万台"),
    ("样机", ">=", "100", "台", "第三方检测报告"),
    ("试运行", ">=", "12", "个月", "两处现场"),
    ("发明专利申请", ">=", "5", "件", "受理通知书"),
]
SHEETS = {
    "A": (91, 88, 90, 86, 93, 89, 84),
    "B": (85, 87, 82, 90, 84, 86, 88),
    "C": (78, 74, 80, 82, 76, 71, 79),
}


def call(cast: Cast, clock) -> None:
    """2 March: a programme under the shipped rules, and its call until Friday 17 April, 17:30."""
    clock.china(2026, 3, 2)
    head = cast.head
    head.open("programme-new").fill("name_en", name="合肥市科技攻关“揭榜挂帅”", name_en="Hefei open challenges")
    rules = Programme.objects.get().rules.get()
    head.open("rules", rules.pk)
    head.sees("60", "40")
    head.open("call-new", rules.pk).fill(
        "title_en", title="2026年度需求征集", title_en="Call for needs 2026",
        opens_at="2026-03-02T09:00", closes_at="2026-04-17T17:30",
    )  # fmt: skip
    cast.public.open("calls")
    cast.public.sees("2026年度需求征集", "17:30")


def draft_and_submit(cast: Cast, clock) -> Challenge:
    """16 April: 2400万 with 1000万 from the city is refused and 960万 named; 2600万 with 1600万 of its own goes in."""
    clock.china(2026, 4, 16, 16, 30)
    editor = cast.editor.open("need-start").fill(
        "class_code", class_code="major", title="金刚石NV色心宽量程电流传感器工程化"
    )
    need = Challenge.objects.get()
    editor.open("need-edit", need.pk).fill(
        "background", background="现有传感器难以同时满足量程、温漂与体积要求。", content="研制可批量制造的电流传感器。",
        scenario="储能与车用电池簇。", bidder_conditions="有量子精密测量研究基础。", field="quantum", ip_choice="shared",
        ip_terms="产品归发榜方，方法归揭榜方并许可。", months=36, contact="技术中心", board_fen="1200",
        total_fen="2400", own_fen="1400", city_fen="1000", declared_unclassified="on", declared_commitment="on",
    )  # fmt: skip
    for start in range(0, len(INDICATORS), 2):
        editor.open("need-edit", need.pk)
        first = int(editor.form("background").values["indicators-INITIAL_FORMS"][0])
        rows = {}
        for number, row in enumerate(INDICATORS[start : start + 2], start=first):
            columns = ("name", "comparator", "value", "unit", "test_method")
            rows |= {f"indicators-{number}-{column}": value for column, value in zip(columns, row, strict=True)}
        editor.fill("background", **rows)
    assert need.indicators.count() == 10
    editor.open("need-edit", need.pk).sees("960")

    cast.administrator.open("need-submit", need.pk)
    cast.administrator.sees("960")
    assert state_of(need) == ChallengeState.DRAFT

    editor.open("need-edit", need.pk).fill("background", total_fen="2600", own_fen="1600")
    clock.china(2026, 4, 16, 16, 52)
    cast.administrator.open("need-submit", need.pk).fill(f"/needs/{need.pk}/submit/")
    assert state_of(need) == ChallengeState.SUBMITTED
    return Challenge.objects.get()


def vet_and_publish(cast: Cast, clock, need: Challenge) -> None:
    """23 April to 11 May: recommended, pooled, in notice from 30 April to Saturday 9 May, published."""
    look_up(cast, clock, cast.poster, cast.district, 22)
    clock.china(2026, 4, 23)
    cast.district.open("need-decide", need.pk).fill("why", press=("outcome", "pass"))
    clock.china(2026, 4, 28)
    cast.officer.open("need-decide", need.pk).fill("why", press=("outcome", "pass"))
    assert state_of(need) == ChallengeState.POOLED
    clock.china(2026, 4, 30)
    cast.officer.open("need-notice", need.pk).fill("starts_on", starts_on="2026-04-30")
    notice = need.notices.get()
    assert (notice.starts_on.isoformat(), notice.ends_on.isoformat(), notice.ends_on.weekday()) == (
        "2026-04-30",
        "2026-05-09",
        5,
    )
    cast.public.open("notices").sees("金刚石")
    cast.public.open("notice", notice.pk)

    clock.set(datetime(2026, 5, 9, 23, 59, 59, 999999, tzinfo=CHINA))
    tasks.end_due_notices()
    assert state_of(need) == ChallengeState.IN_NOTICE
    clock.china(2026, 5, 10, 0)
    tasks.end_due_notices()
    tasks.end_due_notices()
    assert state_of(need) == ChallengeState.POOLED

    clock.china(2026, 5, 11)
    cast.officer.open("need-publish", need.pk).fill(
        "closes_at", opens_at="2026-05-11T09:00", closes_at="2026-05-11T08:00", expect=422
    )
    cast.officer.fill("closes_at", opens_at="2026-05-11T09:00", closes_at="2026-06-10T17:00")
    assert state_of(need) == ChallengeState.PUBLISHED
    cast.public.open("boards").sees("金刚石NV色心宽量程电流传感器工程化")
    cast.public.open("board", need.pk).sees("1,200", "0.05", "17:00", "三次循环")


def look_up(cast: Cast, clock, firm, reader: Visitor, day: int, *, month: int = 4) -> None:
    """Somebody looks an organisation up on the three credit sites and records what they show."""
    clock.china(2026, month, day)
    for site in ("creditchina", "zxgk", "gsxt"):
        reader.open("organisation-credit", firm.pk).fill(
            "screenshot", site=site, checked_on=f"2026-{month:02}-{day:02}", result="clean", files={"screenshot": ("截图.png", PICTURE)}
        )


def bid_and_seal(cast: Cast, clock, need: Challenge) -> dict[str, Bid]:
    """9 June: four bids are written, signed off and sealed; nobody else learns of them."""
    clock.china(2026, 6, 9, 14)
    prices = {"A": (1200, [600, 360, 240]), "B": (1150, [500, 400, 250]), "C": (980, [980]), "D": (900, [900])}
    bids = {letter: write_bid(cast, letter, need, *prices[letter]) for letter in prices}
    for letter, bid in bids.items():
        lead = cast.leads[letter]
        lead.open("bid", bid.pk).fill("/sign-off/")
        lead.open("bid-seal", bid.pk).fill("agreed", agreed="on")
        bid.refresh_from_db()
        assert bid.state == BidState.SEALED
        assert lead.client.post(f"/bids/{bid.pk}/seal/", {"agreed": "on"}).status_code == 409
    receipt = cast.leads["A"].open("bid-receipt-file", bids["A"].pk).page.content
    cast.public.open("receipt-check").fill("text", files={"file": ("receipt.json", receipt)})
    assert json.loads(receipt)["signature"]
    for stranger in (cast.officer, cast.administrator, cast.leads["B"], cast.head):
        stranger.open("bid", bids["A"].pk, status=404)
    for reader in (cast.public, cast.officer, cast.administrator):
        reader.open("board", need.pk).sees_not("乙测量技术研究院", "戊理工大学")
    return bids


def write_bid(cast: Cast, letter: str, need: Challenge, price: int, parts: list[int]) -> Bid:
    """One team fills in the sections of its document."""
    lead = cast.leads[letter]
    lead.open("bid-start", need.pk).fill("lead", lead=cast.bidders[letter].pk)
    bid = Bid.objects.get(challenge=need, lead=cast.bidders[letter])

    def section(slug: str, having: str, **values: object) -> None:
        lead.open("bid-section", bid.pk, slug).fill(having, **values)

    section("summary", "price_fen", summary=f"方案{letter}", price_fen=price, months=36)
    for slug, words in {
        "route": "双共振峰差分读出。",
        "risks": "流片延期，备选分立方案。",
        "ip": "按榜单条款。",
    }.items():
        section(slug, "text", text=words)
    offered = {f"offers-{n}-value": row[2] for n, row in enumerate(INDICATORS)}
    section("offers", "offers-0-value", **offered | ({"offers-1-value": "0.04"} if letter == "A" else {}))
    section("team", "team-0-name", **{"team-0-name": "顾研", "team-0-role": "项目负责人", "team-0-title": "研究员"})
    if letter == "A":
        members = [(cast.bidders["A"], "65", "牵头"), (cast.university, "25", "算法"), (cast.chips, "10", "芯片")]
        for number, (firm, share, task) in enumerate(members):
            section(
                "consortium", f"consortium-{number}-name",
                **{f"consortium-{number}-name": firm.name, f"consortium-{number}-uscc": firm.uscc,
                   f"consortium-{number}-share_percent": share, f"consortium-{number}-task": task},
            )  # fmt: skip
    for number, amount in enumerate(parts):
        row = {"title": f"M{number + 1}", "month": 1 + number * 17, "deliverable": "报告", "amount_fen": amount}
        section(
            "milestones", f"milestones-{number}-title",
            **{f"milestones-{number}-{column}": value for column, value in row.items()},
        )  # fmt: skip
    equipment = price * 3 // 10
    section("budget", "equipment", equipment=equipment, business=price - 2 * equipment, labour=equipment, indirect=0)
    lead.open("bid-section", bid.pk, "files").fill(
        "content", files={"content": ("技术方案.pdf", PDF + letter.encode())}
    )
    return bid


def open_and_qualify(cast: Cast, clock, need: Challenge, bids: dict[str, Bid]) -> None:
    """10 to 12 June: closed by the clock, opened by the job; D is out for its affiliation."""
    clock.china(2026, 6, 10, 17)
    tasks.close_due_boxes()
    assert state_of(need) == ChallengeState.PUBLISHED
    clock.china(2026, 6, 10, 17, 1)
    tasks.close_due_boxes()
    tasks.open_closed_boxes()
    tasks.open_closed_boxes()
    assert state_of(need) == ChallengeState.OPENED
    for letter in "ABCD":
        look_up(cast, clock, cast.bidders[letter], cast.officer, 12, month=6)
    for firm in (cast.university, cast.chips):
        look_up(cast, clock, firm, cast.officer, 12, month=6)
    officer = cast.officer.open("organisation-affiliations", cast.poster.pk).fill(
        "kind", kind="share", holds="holds", organisation=cast.bidders["D"].uscc, percent="12", from_on="2024-05-06",
        source="register", source_on="2026-06-12",
    )  # fmt: skip
    officer = cast.officer.open("board-bids", need.pk)
    officer.sees("乙测量技术研究院", "戊理工大学", "己传感技术有限公司", "庚电测仪器有限公司")
    for letter in "ABC":
        officer.open("bid-qualification", bids[letter].pk).fill("outcome", outcome="qualified")
    officer.open("bid-qualification", bids["D"].pk).fill("outcome", outcome="disqualified", why="", expect=422)
    officer.fill("outcome", outcome="qualified", expect=422)
    officer.open("bid-ties", bids["D"].pk).fill("decision", decision="blocked", why="发榜单位持有该揭榜方12 %股权，存在关联关系。")
    assert [state_of(bids[letter]) for letter in "ABCD"] == ["qualified"] * 3 + ["disqualified"]
    cast.leads["D"].open("bid", bids["D"].pk).sees("12 %股权")
    cast.leads["B"].open("bid", bids["A"].pk, status=404)


def convene_and_name(cast: Cast, clock, need: Challenge) -> Panel:
    """15 June: seven seats; the draw clerk names the experts, and one of bidder B's house cannot be named."""
    clock.china(2026, 6, 15)
    cast.officer.open("panel-convene", need.pk).fill("size", size=7, due_at="2026-06-24T17:30")
    panel = Panel.objects.get()
    clerk = cast.clerk.open("panel-experts", panel.pk)
    clerk.fill("experts", experts=[cast.rival_expert.pk, *(person.pk for person in cast.experts[:6])], expect=422)
    assert panel.assignments.count() == 0
    clerk.open("panel-experts", panel.pk).fill("experts", experts=[person.pk for person in cast.experts])
    assert panel.assignments.count() == 7
    return panel


def score_and_lock(cast: Cast, clock, need: Challenge, panel: Panel) -> None:
    """24 June: scores 88.80, 86.00 and 77.40."""
    labels = {candidate.of_bid.bid.lead_id: candidate for candidate in panel.candidates.select_related("of_bid__bid")}
    candidates = {letter: labels[cast.bidders[letter].pk] for letter in "ABC"}
    criteria = list(panel.rubric.criteria.all())
    weights = [int(criterion.weight_percent) for criterion in criteria]
    for number, person in enumerate(cast.experts):
        clock.china(2026, 6, 16)
        seat = panel.assignments.get(expert_id=person.pk)
        expert = Visitor(person).open("review", seat.pk).fill("no_conflict", no_conflict="on", confidential="on")
        clock.china(2026, 6, 24, 15)
        for letter, candidate in candidates.items():
            points = split(SHEETS[letter][number], weights)
            given = {f"points_{each.pk}": value for each, value in zip(criteria, points, strict=True)}
            words = {f"words_{each.pk}": "有依据。" for each in criteria}
            expert.open("score", seat.pk, candidate.pk)
            expert.fill("comment", press=("step", "submit"), comment="应答完整，有依据。", **given, **words)
    cast.officer.open("panel", panel.pk).fill("/lock/")
    scores = {letter: Score.objects.get(candidate=candidate) for letter, candidate in candidates.items()}
    assert [(scores[letter].official, scores[letter].rank) for letter in "ABC"] == [
        (Decimal("88.80"), 1),
        (Decimal("86.00"), 2),
        (Decimal("77.40"), 3),
    ]
    assert scores["A"].plain_mean == Decimal("88.71")
    assert state_of(need) == ChallengeState.EVALUATED
    cast.officer.open("panel-result", panel.pk).sees("88.80", "88.71", "86.00", "77.40")
    cast.administrator.open("results", need.pk).sees("88.80", "86.00", "77.40")


def select_and_draft(cast: Cast, clock, need: Challenge, bids: dict[str, Bid]) -> UUID:
    """26 June to 1 July: A is selected; the agreement of 1200万 is drafted, and one 万元 too much is refused."""
    clock.china(2026, 6, 26)
    poster = cast.administrator
    poster.open("bid-select", bids["B"].pk).fill("why", why="", expect=422)
    poster.open("bid-select", bids["A"].pk).fill("why", why="总分第一，与产线匹配。")
    assert [state_of(bids[letter]) for letter in "ABC"] == ["selected", "reserve", "reserve"]
    assert poster.client.post(f"/bids/{bids['B'].pk}/selection/", {"why": "改选"}).status_code == 409
    clock.china(2026, 7, 1)
    poster.open("bid", bids["A"].pk)
    poster.client.post(f"/bids/{bids['A'].pk}/agreement/")
    agreement = bids["A"].agreements.get()
    assert agreement.amount_fen == 12_000_000_00
    assert [payment.amount_fen // 1_000_000 for payment in agreement.payments.all()] == [600, 360, 240]
    assert sorted(share.amount_fen // 1_000_000 for share in agreement.shares.all()) == [120, 300, 780]
    poster.open("agreement-edit", agreement.pk).fill(
        "payments-0-amount_fen", press=("step", "send"), expect=422, **{"payments-0-amount_fen": "601"}
    )
    poster.open("agreement-edit", agreement.pk).fill("payments-0-amount_fen", **{"payments-0-amount_fen": "600"})
    poster.open("agreement", agreement.pk).fill("/send/")
    return agreement.pk


def sign(cast: Cast, clock, need: Challenge, agreement: UUID) -> None:
    """3 July: the bidder signs first, then the poster; nobody else can, and nobody twice."""
    clock.china(2026, 7, 3, 10)
    cast.leads["B"].open("agreement", agreement, status=404)
    lead, poster = cast.leads["A"], cast.administrator
    lead.open("agreement", agreement).fill("/signature/")
    assert state_of(need) == ChallengeState.EVALUATED
    assert lead.client.post(f"/agreements/{agreement}/signature/").status_code in (403, 409)
    poster.open("agreement", agreement).fill("/signature/")
    assert state_of(need) == ChallengeState.MATCHED
    poster.open("agreement", agreement).sees("1,200")
    cast.public.open("board", need.pk)
    cast.officer.open("agreement-register", agreement).fill("number", number="2026-340100-000417")


def everybody_was_told(cast: Cast) -> None:
    """Each step left its messages and its place in the record."""
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert len(kinds) >= 12
    assert OutboxJob.objects.filter(task="challenges.destroy_draft_key").count() == 4
    assert sequence() > 100
