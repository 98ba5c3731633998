"""The rest of the demo's city: at least one challenge in each group of states, as of 14 September 2026."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from challenges.actions import agreeing, publicising, publishing, selecting, vetting
from challenges.models import Call, Challenge
from portal.clock import portal_now
from portal.demo import worked_example as example
from portal.demo.standing import declare_of, look_up, worked_before
from portal.demo.story import Story, days
from portal.demo.worked_example import at
from portal.kernel.money import wan_to_fen

SHOWN_AT = at(9, 14, 10, 0)
"""The demo lives from here on: Monday, 14 September 2026, 10 o'clock."""

TEN_WEEKS = days(70)

CALL = {"title": "2026年度第二批“揭榜挂帅”需求征集", "title_en": "Second call for needs 2026"}


def later(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of the city around the main case, which lives ten weeks after the agreement of the main case."""
    return at(month, day, hour, minute) + TEN_WEEKS


CALL_OPENS, CALL_CLOSES = later(4, 20), later(8, 14, 17, 30)


def needs_fields(title: str, field: str, total: int, own: int, city: int, months: int) -> dict:
    """All the fields of a need whose money is given in 万元."""
    return {
        "title": title,
        "field": field,
        "background": f"{title}是本单位下一代产品的关键环节，现有方案在精度、寿命和成本上均达不到要求，自主攻关一年未能突破。",
        "content": "完成总体方案、关键部件、样机与验证，形成可批量制造的工艺，并在本单位产线完成示范应用。",
        "scenario": "本单位产线与两家下游用户的示范场景。",
        "bidder_conditions": "具有相关研究基础和团队，与发榜单位无关联关系。",
        "ip_choice": "poster",
        "ip_terms": "项目产生的知识产权归发榜单位，揭榜方享有署名权与奖励。",
        "contact": "技术中心，0551-0000 0000",
        "months": months,
        "total_fen": wan_to_fen(Decimal(total)),
        "own_fen": wan_to_fen(Decimal(own)),
        "city_fen": wan_to_fen(Decimal(city)),
        "other_fen": wan_to_fen(Decimal(total - own - city)),
        "board_fen": wan_to_fen(Decimal(total // 2)),
        "declared_unclassified": True,
        "declared_commitment": True,
    }


def indicators(*rows: tuple[str, str, str, str]) -> list[tuple[str, str, str, str, str]]:
    """Indicators, each with a test by a third party."""
    return [(*row, "第三方检测报告") for row in rows]


LIFE = indicators(
    ("循环寿命", ">=", "6000", "次"), ("能量密度", ">=", "320", "Wh/kg"), ("单位成本", "<=", "0.45", "元/Wh")
)
FILM = indicators(("厚度偏差", "<=", "2", "%"), ("透光率", ">=", "92", "%"), ("幅宽", ">=", "1.5", "m"))
ROBOT = indicators(
    ("重复定位精度", "<=", "0.02", "mm"), ("节拍", "<=", "6", "秒/件"), ("平均无故障时间", ">=", "8000", "小时")
)
DRUG = indicators(("收率", ">=", "75", "%"), ("纯度", ">=", "99.5", "%"), ("批次稳定性", ">=", "20", "批"))
PLAIN_MILESTONES = [("方案", 1, "技术方案", 40), ("样机", 12, "样机与测试报告", 40), ("验收", 20, "验收材料", 20)]


def tell_worked_example(story: Story) -> Challenge:
    """The main case, from the call of 2 March to the agreement of 3 July."""
    story.at(example.CALL_OPENS)
    call = story.call(**example.CALL, opens_at=example.CALL_OPENS, closes_at=example.CALL_CLOSES)
    story.at(at(4, 16, 16, 40))
    board = story.need(call, "quantum", example.NEED, example.INDICATORS, cls="major")
    story.at(at(4, 16, 16, 52))
    story.submit(board, "quantum")
    story.at(at(4, 23))
    story.recommend(board)
    story.at(at(4, 28))
    story.pool(board)
    notice = story.notice(board, at(4, 30))
    story.publish(board, notice, at(5, 11), at(6, 10, 17, 0))
    bids = {}
    for number, (firm, (price, milestones)) in enumerate(example.BIDS.items()):
        story.at(at(6, 9, 14 + number))
        offers = [row[5][min(number, 2)] for row in example.INDICATORS]
        consortium = example.CONSORTIUM if firm == "institute" else ()
        bids[firm] = story.bid(board, firm, price=price, milestones=milestones, offers=offers, consortium=consortium)
    story.open(board, at(6, 10, 17, 1))
    story.at(at(6, 12))
    for firm, bid in bids.items():
        story.qualify(bid, why_not=example.WHY_OUT if firm == "meters" else "")
    story.at(at(6, 15))
    panel = story.panel(board, example.EXPERTS, due_at=at(6, 24, 17, 30), accept=len(example.EXPERTS))
    story.at(at(6, 24, 15))
    story.score(panel, example.SCORES, example.EXPERTS)
    story.lock(panel)
    story.at(at(6, 26))
    selecting.select_bid(
        bids["institute"].pk, why=example.WHY_FIRST, by=story.administrator("quantum"), now=portal_now()
    )
    sign_agreement(story, bids["institute"].pk)
    board.refresh_from_db()
    return board


def sign_agreement(story: Story, bid_id) -> None:
    """The agreement of 1,200 万元: drafted on 1 July, signed by both on 3 July, registered on 6 July."""
    story.at(at(7, 1))
    poster, lead = story.administrator("quantum"), story.administrator("institute")
    agreement = agreeing.draft_agreement(bid_id, by=poster, now=portal_now())
    parties = {party.uscc: party.pk for party in agreement.bid.parties.all()}
    agreeing.save_agreement(
        agreement.pk,
        amount_fen=wan_to_fen(Decimal(1200)),
        months=36,
        ip_terms=example.NEED["ip_terms"],
        payments=[{"due_for": title, "amount_fen": wan_to_fen(Decimal(amount))} for title, amount in example.PAYMENTS],
        shares=[
            {"party": parties[story.firms[firm].uscc], "amount_fen": wan_to_fen(Decimal(amount))}
            for firm, amount in example.SHARES.items()
        ],
        by=poster,
        now=portal_now(),
    )
    agreeing.send_to_sign(agreement.pk, by=poster, now=portal_now())
    story.at(at(7, 3, 10))
    agreeing.sign_agreement(agreement.pk, by=lead, now=portal_now())
    story.at(at(7, 3, 15))
    agreeing.sign_agreement(agreement.pk, by=poster, now=portal_now())
    story.at(at(7, 6, 9))
    agreeing.register_agreement(agreement.pk, number="2026-340100-000417", by=story.people["方敏"], now=portal_now())


def build_city(story: Story, first: Challenge) -> None:
    """Other needs and boards, so that every role finds something to do."""
    story.at(CALL_OPENS)
    call = story.call(**CALL, opens_at=CALL_OPENS, closes_at=CALL_CLOSES, programme=first.rules.programme)
    look_up([story.firms["biotech"].pk], first.rules, by=story.people["方敏"])  # runs out two weeks after the demo's day
    worked_before(story.person("pan.yue"), story.firms["machines"])
    _ended(story, call)
    _judged(story, call)
    _waiting(story, call)


def published_board(story: Story, call: Call, firm: str, fields: dict, rows: list, cls: str, moments: tuple) -> Challenge:
    """A board published and closing at the given moments: (notice, opens, closes)."""
    notice_at, opens_at, closes_at = moments
    story.at(notice_at - days(6))
    need = story.need(call, firm, fields, rows, cls=cls)
    story.submit(need, firm)
    story.at(notice_at - days(3))
    story.recommend(need)
    story.at(notice_at - days(1))
    story.pool(need)
    notice = story.notice(need, notice_at)
    story.publish(need, notice, opens_at, closes_at)
    need.refresh_from_db()
    return need


def _bids(story: Story, board: Challenge, firms: tuple[str, ...], price: int) -> list:
    """Sealed bids of these firms, each a little dearer than the one before."""
    made = []
    for number, firm in enumerate(firms):
        amount = price + 20 * number
        milestones = [
            (title, month, paper, Decimal(amount) * part / 100) for title, month, paper, part in PLAIN_MILESTONES
        ]
        offers = [format(indicator.value.normalize(), "f") for indicator in board.indicators.order_by("position")]
        made.append(story.bid(board, firm, price=amount, milestones=milestones, offers=offers))
    return made


def _ended(story: Story, call: Call) -> None:
    """A board without a bid, a board withdrawn, a need rejected."""
    times = (later(5, 6), later(5, 14), later(6, 5, 17, 0))
    lonely = published_board(
        story,
        call,
        "biotech",
        needs_fields("高活性原料药连续流合成工艺", "health", 480, 300, 180, 24),
        DRUG,
        "key",
        times,
    )
    story.open(lonely, later(6, 5, 17, 1))
    story.at(later(5, 18))
    rejected = story.need(
        call, "biotech", needs_fields("办公楼中央空调节能改造", "energy", 200, 140, 60, 12), DRUG[:1], cls="key"
    )
    story.submit(rejected, "biotech")
    vetting.reject_need(
        rejected.pk, why="属于工程改造，无技术研发内容，不符合征集范围。", by=story.people["钱进"], now=portal_now()
    )
    story.at(later(6, 1))
    dropped = story.need(
        call, "machines", needs_fields("大型曲面构件自动喷涂机器人", "equipment", 900, 600, 300, 24), ROBOT, cls="major"
    )
    story.submit(dropped, "machines")
    publishing.withdraw_challenge(
        dropped.pk, why="集团内已有同类项目立项。", by=story.administrator("machines"), now=portal_now()
    )


def _judged(story: Story, call: Call) -> None:
    """One board with opened bids, one being scored, one scored, and one agreement waiting for a signature."""
    experts = ["ding.yifan", "feng.yuan", "jiang.cheng", "liang.dong", "qin.lang"]
    robot = published_board(
        story, call, "machines", needs_fields("柔性装配机器人视觉力觉协同控制", "equipment", 1200, 760, 440, 24), ROBOT,
        "major", (later(5, 7), later(5, 15), later(6, 12, 17, 0)),
    )  # fmt: skip
    story.at(later(6, 11))
    bids = _bids(story, robot, ("polytechnic", "sensors"), 560)
    story.open(robot, later(6, 12, 17, 1))
    story.at(later(6, 15))
    for bid in bids:
        story.qualify(bid)
    story.at(later(6, 16))
    panel = story.panel(robot, experts, due_at=later(6, 26, 17, 30), accept=5)
    story.at(later(6, 25))
    story.score(panel, {"polytechnic": (86, 84, 88, 82, 85), "sensors": (79, 81, 77, 80, 83)}, experts)
    story.lock(panel)

    film = published_board(
        story, call, "materials", needs_fields("光学级聚酰亚胺薄膜连续制备", "materials", 1500, 900, 500, 30), FILM,
        "major", (later(5, 20), later(5, 28), later(6, 26, 17, 0)),
    )  # fmt: skip
    story.at(later(6, 25, 14))
    bids = _bids(story, film, ("university", "polytechnic", "sensors"), 700)
    story.open(film, later(6, 26, 17, 1))
    story.at(later(6, 29))
    for bid in bids:
        story.qualify(bid)
    story.at(later(6, 30))
    experts = ["jiang.cheng", "liang.dong", "pan.yue", "qin.lang", "ye.zhiqiu"]
    panel = story.panel(film, experts, due_at=later(7, 10, 17, 30), accept=4)
    story.at(later(7, 2, 16))
    story.score(panel, {"university": (88,), "polytechnic": (84,), "sensors": (76,)}, experts[:1])

    cell = published_board(
        story, call, "quantum", needs_fields("长寿命低成本储能电芯状态量子传感", "energy", 460, 280, 180, 24), LIFE,
        "key", (later(5, 27), later(6, 4), later(7, 3, 17, 0)),
    )  # fmt: skip
    story.at(later(7, 2, 11))
    _bids(story, cell, ("university", "sensors"), 200)
    story.open(cell, later(7, 3, 17, 1))


def _waiting(story: Story, call: Call) -> None:
    """Needs and boards in which somebody has the next move."""
    times = (later(6, 10), later(6, 18), later(7, 22, 17, 0))
    open_board = published_board(
        story,
        call,
        "biotech",
        needs_fields("抗体药物高通量筛选微流控平台", "health", 2000, 1200, 700, 36),
        DRUG,
        "major",
        times,
    )
    story.at(later(7, 1))
    _bids(story, open_board, ("university",), 900)
    story.bid(
        open_board, "institute", price=880, milestones=[(t, m, d, 880 * p // 100) for t, m, d, p in PLAIN_MILESTONES],
        offers=["76", "99.6", "24"], seal=False,
    )  # fmt: skip
    published_board(
        story, call, "materials", needs_fields("高温合金粉末增材制造在线质量监测", "materials", 480, 300, 180, 24), FILM,
        "key", (later(6, 12), later(6, 23), later(7, 10, 17, 0)),
    )  # fmt: skip

    story.at(later(6, 24))
    noticed = _drafted(story, call, "machines", "工业视觉大模型缺陷检测边缘部署", "ai", submit=True)
    returned = _drafted(story, call, "machines", "精密减速器寿命预测与健康管理", "equipment", submit=True)
    pooled = _drafted(story, call, "materials", "固态电解质膜卷对卷制备", "energy", submit=True)
    checking = _drafted(story, call, "quantum", "量子重力仪小型化真空腔体", "quantum", submit=True)
    story.at(later(6, 29))
    for need in (noticed, pooled, checking):
        story.recommend(need)
    vetting.return_need(
        returned.pk,
        why="指标“寿命”缺少测试方法，经费未写明来源，请补充后重新提交。",
        by=story.people["苏河"],
        now=portal_now(),
    )
    story.at(later(7, 1))
    story.pool(noticed)
    story.pool(pooled)
    publicising.give_notice(noticed.pk, starts_on=later(7, 2).date(), by=story.people["方敏"], now=story.at(later(7, 2)))
    story.at(later(7, 3, 16))
    _drafted(story, call, "biotech", "细胞治疗产品自动化封闭式制备", "health", submit=True)
    _drafted(story, call, "quantum", "金刚石薄膜大面积均匀掺杂", "materials", submit=False)
    firm, by = story.firms["biotech"], story.administrator("biotech")
    declare_of(story.person("ding.yifan"), firm, post="supervisor", by=by)
    declare_of(story.person("shi.lei"), firm, post="director", by=by, denied="本人从未在该单位任职，仅于2021年作过一次公开讲座。")


def _drafted(story: Story, call: Call, firm: str, title: str, field: str, *, submit: bool) -> Challenge:
    """A need of the key class, complete, handed in or not."""
    need = story.need(call, firm, needs_fields(title, field, 480, 300, 180, 24), LIFE, cls="key")
    if submit:
        story.submit(need, firm)
        need.refresh_from_db()
    return need


def build_many_boards(story: Story, first: Challenge, number: int, tick: Callable[[int, int], None]) -> None:
    """A thousandfold city, for trying the lists: this many more open boards."""
    story.at(CALL_OPENS)
    call = story.call(
        title="压力测试征集", title_en="Call for a trial of size", opens_at=CALL_OPENS, closes_at=CALL_CLOSES,
        programme=first.rules.programme,
    )  # fmt: skip
    firms = ("machines", "materials", "biotech", "quantum")
    times = (later(6, 3), later(6, 11), later(7, 31, 17, 0))
    for index in range(number):
        fields = needs_fields(f"规模试验课题 {index + 1:04d}", "materials", 480, 300, 180, 24)
        published_board(story, call, firms[index % len(firms)], fields, FILM, "key", times)
        tick(index + 1, number)
