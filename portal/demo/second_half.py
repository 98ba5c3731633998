"""The demo's second half: city money for the worked example and two other cases, from 7 July to 11 September 2026."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from challenges.actions import agreeing, drawing, objecting, reviewing, selecting
from challenges.models import Agreement, Call, Challenge, Panel
from funding.actions import (
    applying,
    approving,
    deciding,
    opening_rounds,
    reviewing_projects,
    tasking,
    vetting_projects,
)
from funding.models import DecisionKind, Project, Round, TaskParty
from portal.clock import portal_now
from portal.demo import worked_example as example
from portal.demo.city import FILM, ROBOT, needs_fields, published_board
from portal.demo.standing import look_up
from portal.demo.story import Story
from portal.demo.worked_example import at
from portal.kernel.money import split, wan_to_fen

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXPERTS = ["ding.yifan", "feng.yuan", "jiang.cheng", "liang.dong", "qin.lang"]
FOUND = "2026年7月14日查询信用中国、执行信息公开网、国家企业信用信息公示系统，均无不良记录；查重相似度11 %，低于30 %。"
ROUND = {"title": "2026年度“揭榜挂帅”项目申报（第一批）", "title_en": "Project applications 2026, first round"}
NEXT_ROUND = {"title": "2026年度“揭榜挂帅”项目申报（第二批）", "title_en": "Project applications 2026, second round"}

OTHERS = (
    # firm, title, field, (total, own, city), months, indicators, bidder, price, total of each sheet
    ("machines", "高速精密主轴智能润滑与状态监测", "equipment", (1200, 760, 440), 24, ROBOT, "polytechnic", 560),
    ("materials", "显示用低介电聚酰亚胺浆料", "materials", (900, 560, 340), 24, FILM, "sensors", 400),
)
SHEETS = {"quantum": (88, 87, 89, 86, 88), "machines": (85, 84, 86, 83, 85), "materials": (68, 66, 71, 65, 69)}
LEADS = {"quantum": "周衡", "machines": "马远", "materials": "曹一鸣"}
MILESTONES = [
    # title, due, deliverable, indicator, target
    ("M1 原理样机", date(2027, 2, 28), "原理样机一台与第三方测试报告", "误差", "0.15"),
    ("M2 专用芯片定版", date(2028, 2, 29), "中期样机与测试报告", "", ""),
    ("M3 验收", date(2029, 8, 31), "100台样机与试运行报告", "", ""),
]


def tell_second_half(story: Story, first: Challenge) -> Project:
    """The main case from its application to its task book, beside two others; returns its project."""
    agreements = [Agreement.objects.get(bid__challenge=first, state="registered")]
    agreements += [_matched(story, first.call, *case) for case in OTHERS]
    story.at(at(7, 7))
    opened = _round(story, first, ROUND, wan="2000", document="合财教〔2026〕17号", days=(at(7, 8), at(7, 15, 17, 30)))
    projects = {}
    for hour, (firm, agreement) in enumerate(zip(SHEETS, agreements, strict=True)):
        story.at(at(7, 10, 9 + hour))
        projects[firm] = _apply(story, agreement, opened, firm)
    for firm, project in projects.items():
        story.at(at(7, 13, 10))
        vetting_projects.recommend_application(project.pk, by=_reviewer(story, firm), now=portal_now())
        story.at(at(7, 14, 15))
        look_up([project.poster_id, project.bidder_id], project.rules, by=story.people["方敏"])
        vetting_projects.check_application(project.pk, why=FOUND, by=story.people["方敏"], now=portal_now())
    _review(story, opened, projects)
    _decide(story, opened, projects)
    _main_taskbook(story, projects["quantum"])
    _waiting_taskbook(story, projects["machines"])
    _again(story, first, agreements[2])
    return Project.objects.get(pk=projects["quantum"].pk)


def _matched(
    story: Story, call: Call, firm: str, title: str, field: str, wan: tuple, months: int, rows: list, bidder: str, price: int
) -> Agreement:
    """Another case on the first call, brought to its signed agreement with one bidder."""
    fields = needs_fields(title, field, *wan, months)
    board = published_board(story, call, firm, fields, rows, "major", (at(4, 13), at(4, 21), at(5, 22, 17, 0)))
    story.at(at(5, 21, 11))
    parts = split(wan_to_fen(Decimal(price)), [50, 30, 20])
    steps = (("签约", 1, "技术方案"), ("中期样机", 12, "样机与测试报告"), ("验收", months, "验收材料"))
    milestones = [(name, month, paper, Decimal(part) / 1_000_000) for (name, month, paper), part in zip(steps, parts, strict=True)]
    offers = [format(indicator.value.normalize(), "f") for indicator in board.indicators.order_by("position")]
    bid = story.bid(board, bidder, price=price, milestones=milestones, offers=offers)
    story.open(board, at(5, 22, 17, 1))
    story.at(at(5, 25))
    story.qualify(bid)
    panel = story.panel(board, EXPERTS, due_at=at(6, 5, 17, 30), accept=len(EXPERTS))
    story.at(at(6, 4, 15))
    story.score(panel, {bidder: (86, 84, 88, 82, 85)}, EXPERTS)
    story.lock(panel)
    story.at(at(6, 8))
    poster, lead = story.administrator(firm), story.administrator(bidder)
    selecting.select_bid(bid.pk, by=poster, now=portal_now())
    agreement = agreeing.draft_agreement(bid.pk, by=poster, now=portal_now())
    agreeing.send_to_sign(agreement.pk, by=poster, now=portal_now())
    for signer in (lead, poster):
        agreeing.sign_agreement(agreement.pk, by=signer, now=story.at(at(6, 12, 10)))
    number = f"2026-340100-{410 + len(title):06d}"
    return agreeing.register_agreement(agreement.pk, number=number, by=story.people["方敏"], now=story.at(at(6, 15, 9)))


def _round(story: Story, first: Challenge, title: Mapping[str, str], *, wan: str, document: str, days: tuple) -> Round:
    """Finance records an appropriation, the officer opens a round on it."""
    appropriation = opening_rounds.record_appropriation(
        budget_year=2026,
        document_number=document,
        function_code="2060404",
        economic_code="50799",
        amount_fen=wan_to_fen(Decimal(wan)),
        by=story.people["严谨"],
        now=portal_now(),
    )
    return opening_rounds.open_round(
        first.rules_id, appropriation.pk, **title, opens_at=days[0], closes_at=days[1], by=story.people["方敏"], now=portal_now()
    )


def _apply(story: Story, agreement: Agreement, opened: Round, firm: str) -> Project:
    """The poster applies: lead and labour contract added, then handed in."""
    by, now = story.administrator(firm), portal_now()
    project = applying.start_application(agreement.pk, opened.pk, by=by, now=now)
    applying.save_application(project.pk, fields={"lead_person": LEADS[firm]}, version=project.version, by=by, now=now)
    content = PAPER + f"% {project.pk}".encode()
    applying.attach_labour_contract(project.pk, name=f"{LEADS[firm]}劳动合同.pdf", content=content, by=by, now=now)
    return applying.submit_application(project.pk, by=by, now=now)


def _review(story: Story, opened: Round, projects: Mapping[str, Project]) -> None:
    """The panel of the round: convened on the 15th, scored and locked on the 17th."""
    story.at(at(7, 15, 18))
    panel = reviewing_projects.convene_project_panel(
        opened.pk, size=len(EXPERTS), due_at=at(7, 17, 17, 30), by=story.people["方敏"], now=portal_now()
    )
    people = [story.person(address) for address in EXPERTS]
    drawing.name_experts(panel.pk, experts=[each.pk for each in people], by=story.people["何静"], now=portal_now())
    story.at(at(7, 16))
    for seat in panel.assignments.select_related("expert__user"):
        reviewing.accept_seat(seat.pk, declares_no_conflict=True, by=seat.expert.user, now=portal_now())
    story.at(at(7, 17, 14))
    for firm, totals in SHEETS.items():
        _score(panel, projects[firm], people, totals)
    story.at(at(7, 17, 17))
    reviewing_projects.lock_project_panel(panel.pk, by=story.people["方敏"], now=portal_now())


def _score(panel: Panel, project: Project, people: Sequence, totals: Sequence[int]) -> None:
    criteria = list(panel.rubric.criteria.all())
    weights = [int(criterion.weight_percent) for criterion in criteria]
    candidate = panel.candidates.get(of_project__project=project)
    for by, total in zip(people, totals, strict=True):
        points = dict(zip((each.pk for each in criteria), map(Decimal, split(total, weights)), strict=True))
        seat = panel.assignments.get(expert_id=by.pk)
        sheet = reviewing.save_sheet(
            seat.pk, candidate.pk, points=points, comments={}, comment="自筹资金落实，指标可考核。", by=by, now=portal_now()
        )
        reviewing.submit_sheet(sheet.pk, by=by, now=portal_now())


def _decide(story: Story, opened: Round, projects: Mapping[str, Project]) -> None:
    """Joint review on 27 July, notice from 3 to 7 August with one objection, approval of 20 August, plan of 24 August."""
    officer, head = story.people["方敏"], story.people["沈立"]
    awards = {projects["quantum"].pk: wan_to_fen(Decimal(1000)), projects["machines"].pk: wan_to_fen(Decimal(440))}
    story.at(at(7, 27, 16))
    joint = _record(story, opened, DecisionKind.JOINT_REVIEW, "合科联审〔2026〕3号", date(2026, 7, 27), awards)
    approving.confirm_decision(joint.pk, by=head, now=portal_now())
    deciding.propose_awards(opened.pk, awards=awards, by=officer, now=portal_now())
    story.at(at(8, 3))
    notice = deciding.give_award_notice(opened.pk, list(awards), starts_on=date(2026, 8, 3), by=officer, now=portal_now())
    story.at(at(8, 5, 10))
    objection = objecting.file_objection(
        notice.pk, projects["quantum"].pk, name="韩东", phone="0551-0000 0006", reason="专家三与揭榜方负责人曾合著论文，请核查。",
        by=story.administrator("meters"), now=portal_now(),
    )  # fmt: skip
    objecting.admit_objection(objection.pk, by=story.people["吴正"], now=story.at(at(8, 6, 9)))
    story.at(notice.ends_at)
    deciding.end_award_notice(notice.pk, now=portal_now())
    objecting.decide_objection(
        objection.pk, upheld=False, reply="经核查，剔除专家三评分后名次不变，有效评分仍符合规则。异议不改变拟立项结果。",
        by=story.people["吴正"], now=story.at(at(8, 14, 15)),
    )  # fmt: skip
    story.at(at(8, 21, 9))
    decision = _record(story, opened, DecisionKind.GOVERNMENT, "合政秘〔2026〕88号", date(2026, 8, 20), awards)
    approving.confirm_decision(decision.pk, by=head, now=story.at(at(8, 24, 9)))


def _record(story: Story, opened: Round, kind: str, number: str, on: date, awards: Mapping):
    scan = (f"{number}.pdf", PAPER + f"% {number}".encode())
    return approving.record_decision(
        opened.pk, kind=kind, document_number=number, decided_on=on, items=awards, scan=scan,
        by=story.people["方敏"], now=portal_now(),
    )  # fmt: skip


def _main_taskbook(story: Story, project: Project) -> None:
    """The task book: drafted on 28 August, signed by the poster on the 31st, the district on 4 and the others on 8 September."""
    poster = story.administrator("quantum")
    taskbook = tasking.draft_taskbook(project.pk, by=poster, now=story.at(at(8, 28, 10)))
    board = {each.name: each.pk for each in project.challenge.indicators.all()}
    tasking.save_taskbook(
        taskbook.pk,
        starts_on=date(2026, 9, 1),
        ends_on=date(2029, 8, 31),
        terms=str(example.NEED["ip_terms"]),
        indicators={line.indicator_id: line.value for line in taskbook.indicators.all()},
        milestones=[
            {
                "title": title,
                "due_on": due_on,
                "deliverable": paper,
                "indicator": board.get(name),
                "target": Decimal(target) if target else None,
            }
            for title, due_on, paper, name, target in MILESTONES
        ],
        instalments=[
            {"trigger": each.trigger, "milestone_position": each.milestone_position, "amount_fen": each.amount_fen}
            for each in taskbook.instalments.all()
        ],
        by=poster,
        now=portal_now(),
    )
    tasking.send_taskbook_to_sign(taskbook.pk, by=poster, now=portal_now())
    for party, by, moment in (
        (TaskParty.POSTER, poster, at(8, 31, 11)),
        (TaskParty.DISTRICT, story.people["钱进"], at(9, 4, 15)),
        (TaskParty.BIDDER, story.administrator("institute"), at(9, 8, 9)),
        (TaskParty.BUREAU, story.people["沈立"], at(9, 8, 16)),
    ):
        tasking.sign_taskbook(taskbook.pk, party=party, by=by, now=story.at(moment))


def _waiting_taskbook(story: Story, project: Project) -> None:
    """The second project's task book: both organisations have signed, district and bureau have not."""
    poster = story.administrator("machines")
    taskbook = tasking.draft_taskbook(project.pk, by=poster, now=story.at(at(9, 7, 10)))
    tasking.send_taskbook_to_sign(taskbook.pk, by=poster, now=portal_now())
    for party, firm in ((TaskParty.POSTER, "machines"), (TaskParty.BIDDER, "polytechnic")):
        tasking.sign_taskbook(taskbook.pk, party=party, by=story.administrator(firm), now=story.at(at(9, 9, 10)))


def _again(story: Story, first: Challenge, agreement: Agreement) -> None:
    """A second round is open; the third case has applied again and waits for its district."""
    story.at(at(9, 7, 15))
    opened = _round(
        story, first, NEXT_ROUND, wan="1500", document="合财教〔2026〕29号", days=(at(9, 8), at(10, 30, 17, 30))
    )
    story.at(at(9, 11, 16))
    _apply(story, agreement, opened, "materials")


def _reviewer(story: Story, firm: str):
    return {"quantum": story.people["钱进"], "machines": story.people["苏河"], "materials": story.people["温如"]}[firm]
