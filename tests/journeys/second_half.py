"""Steps of the worked example from the application of 10 July 2026 to the accepted milestone of February 2027."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from challenges.models import Challenge, Panel
from funding import tasks
from funding.models import Account, Appropriation, BankAccount, Instalment, Milestone, Payment, Project, Round, TaskBook
from funding.states import InstalmentState, MilestoneState, PaymentState, ProjectState
from portal.clock import CHINA
from portal.kernel.money import split
from tests.journeys.cast import PDF, Cast, state_of
from tests.journeys.first_half import look_up
from tests.journeys.visitor import Visitor

WAN = 1_000_000  # fen in 1万元


def open_a_round(cast: Cast, clock, need: Challenge) -> Round:
    """6 July: 5,000万 are made available, and a round opens on them."""
    clock.china(2026, 7, 6)
    cast.preparer.open("appropriations").fill(
        "document_number", budget_year=2026, document_number="合财教指〔2026〕118号", function_code="2060404",
        economic_code="50502", amount_fen="5000",
    )  # fmt: skip
    assert balance("appropriation", Appropriation.objects.get().pk) == 5000 * WAN
    cast.officer.open("round-open").fill(
        "rules", rules=need.rules_id, appropriation=Appropriation.objects.get().pk, title="2026年度立项申报",
        title_en="Round 2026", opens_at="2026-07-06T09:00", closes_at="2026-07-13T17:30",
    )  # fmt: skip
    return Round.objects.get()


def apply(cast: Cast, clock, agreement: UUID) -> Project:
    """10 July: an own share of 58.3 % is refused with 960万 named; 1600万 of 2600万 goes in."""
    clock.china(2026, 7, 10)
    poster = cast.editor
    poster.open("project-start", agreement).fill("round")
    project = Project.objects.get()
    poster.open("project-edit", project.pk).fill(
        "lead_person", lead_person="林芳", months=36, total_fen="2400", own_fen="1400", city_fen="1000", other_fen="",
        **{"costs-0-purpose": "付给揭榜方", "costs-0-amount_fen": "1200", "costs-1-purpose": "内部研发",
           "costs-1-amount_fen": "1200"},
    )  # fmt: skip
    poster.open("project-edit", project.pk).fill("file", files={"file": ("劳动合同.pdf", PDF)})
    cast.administrator.open("project-submit", project.pk).sees("960")
    assert cast.administrator.client.post(f"/projects/{project.pk}/submit/").status_code == 422
    assert state_of(project) == ProjectState.DRAFT
    poster.open("project-edit", project.pk).fill(
        "lead_person", total_fen="2600", own_fen="1600", **{"costs-1-amount_fen": "1400"}
    )
    cast.administrator.open("project-submit", project.pk).fill(f"/projects/{project.pk}/submit/")
    assert state_of(project) == ProjectState.SUBMITTED
    return project


def vet_and_review(cast: Cast, clock, project: Project, make) -> None:
    """14 to 17 July: district, formal check, and a panel of five through the same engine."""
    clock.china(2026, 7, 14)
    cast.district.open("project-decide", project.pk).fill("why", press=("outcome", "pass"))
    cast.officer.open("project-decide", project.pk).fill(
        "why", press=("outcome", "pass"), why="三个信用网站无异常；查重 11 %。"
    )
    assert state_of(project) == ProjectState.CHECKED
    cast.officer.open("project-panel-convene", project.round_id).fill("size", size=5, due_at="2026-07-17T17:30")
    panel = Panel.objects.get(purpose="project_review")
    people = cast.experts[:5]
    cast.clerk.open("panel-experts", panel.pk).fill("experts", experts=[person.pk for person in people])
    candidate = panel.candidates.get()
    criteria = list(panel.rubric.criteria.all())
    weights = [int(criterion.weight_percent) for criterion in criteria]
    for person, total in zip(people, (88, 87, 90, 86, 88), strict=True):
        clock.china(2026, 7, 15)
        seat = panel.assignments.get(expert_id=person.pk)
        expert = Visitor(person).open("review", seat.pk).fill("no_conflict", no_conflict="on", confidential="on")
        clock.china(2026, 7, 17)
        given = {f"points_{each.pk}": value for each, value in zip(criteria, split(total, weights), strict=True)}
        words = {f"words_{each.pk}": "可行。" for each in criteria}
        expert.open("score", seat.pk, candidate.pk)
        expert.fill("comment", press=("step", "submit"), comment="建议立项。", **given, **words)
    cast.officer.open("project-panel", panel.pk).fill("/lock/")
    assert state_of(project) == ProjectState.REVIEWED
    assert candidate.score.official == Decimal("87.67")


def propose_and_give_notice(cast: Cast, clock, project: Project) -> None:
    """27 July to 7 August: 1000万 proposed, five working days before the public."""
    clock.china(2026, 7, 27)
    name = str(project.pk)
    cast.officer.open("awards-propose", project.round_id).fill(name, **{name: "1000.01"}, expect=422)
    cast.officer.fill(name, **{name: "1000"})
    assert state_of(project) == ProjectState.PROPOSED
    clock.china(2026, 8, 3)
    cast.officer.open("award-notice-give", project.round_id).fill("starts_on", starts_on="2026-08-03", projects=[name])
    notice = project.notices.get().notice
    assert (notice.starts_on.isoformat(), notice.ends_on.isoformat()) == ("2026-08-03", "2026-08-07")
    cast.public.open("notice", notice.pk).sees("1,000")
    clock.set(datetime(2026, 8, 7, 23, 59, 59, 999999, tzinfo=CHINA))
    tasks.end_due_award_notices()
    assert not type(notice).objects.get(pk=notice.pk).ended_at
    clock.china(2026, 8, 8, 0)
    tasks.end_due_award_notices()
    tasks.end_due_award_notices()
    assert type(notice).objects.get(pk=notice.pk).ended_at


def approve(cast: Cast, clock, project: Project) -> None:
    """20 and 24 August: the government's approval recorded, confirmed by a second person, committed."""
    clock.china(2026, 8, 20)
    cast.officer.open("decision-record", project.round_id).fill(
        "document_number", kind="government", document_number="合政秘〔2026〕77号", decided_on="2026-08-20",
        files={"scan": ("批复.pdf", PDF)}, **{str(project.pk): "1000"},
    )  # fmt: skip
    decision = project.round.decisions.get()
    assert cast.officer.client.post(f"/decisions/{decision.pk}/confirm/").status_code in (403, 404)
    clock.china(2026, 8, 24)
    cast.head.open("decision", decision.pk).fill("/confirm/")
    project.refresh_from_db()
    assert (project.state, project.award_fen) == (ProjectState.APPROVED, 1000 * WAN)
    assert balance("committed", project.pk) == 1000 * WAN
    assert balance("appropriation", project.round.appropriation_id) == 4000 * WAN


def sign_the_taskbook(cast: Cast, clock, project: Project) -> None:
    """31 August to 8 September: a lower indicator and a fen too much are refused; four parties sign."""
    clock.china(2026, 8, 31)
    poster = cast.administrator
    poster.open("project", project.pk)
    poster.client.post(f"/projects/{project.pk}/taskbook/")
    book = TaskBook.objects.get()
    indicator = project.challenge.indicators.get(name="误差")
    poster.open("taskbook-edit", book.pk)
    poster.fill("starts_on", **milestone_rows(poster, indicator), expect=422, **{promise(poster, indicator): "0.06"})
    poster.fill("starts_on", **{promise(poster, indicator): "0.04"})
    second = {
        "milestones-1-title": "M2 专用芯片定版", "milestones-1-due_on": "2028-02-29", "milestones-1-deliverable": "中期样机",
    }  # fmt: skip
    poster.open("taskbook-edit", book.pk).fill(
        "starts_on", **second, **{"instalments-0-amount_fen": "300.000001"}, expect=422
    )
    poster.open("taskbook-edit", book.pk).fill("starts_on", **second, **instalment_rows())
    poster.open("taskbook", book.pk).fill("/send/")
    for month, day, party, visitor in [
        (8, 31, "poster", poster), (9, 2, "bidder", cast.leads["A"]), (9, 4, "district", cast.district),
        (9, 8, "bureau", cast.head),
    ]:  # fmt: skip
        clock.china(2026, month, day)
        visitor.open("taskbook", book.pk).fill("party", party=party)
    project.refresh_from_db()
    assert project.state == ProjectState.UNDER_WAY
    assert (project.starts_on.isoformat(), project.ends_on.isoformat()) == ("2026-09-01", "2029-08-31")
    planned = list(Instalment.objects.order_by("position").values_list("planned_fen", flat=True))
    assert planned == [300 * WAN, 400 * WAN, 300 * WAN]


def milestone_rows(visitor: Visitor, indicator) -> dict[str, str]:
    """The period, the first milestone, and the plan of instalments."""
    return {
        "starts_on": "2026-09-01", "ends_on": "2029-08-31", "milestones-0-title": "M1 原理样机",
        "milestones-0-due_on": "2027-02-28", "milestones-0-deliverable": "样机与测试报告",
        "milestones-0-indicator": str(indicator.pk), "milestones-0-target": "0.15", **instalment_rows(),
    }  # fmt: skip


def instalment_rows() -> dict[str, str]:
    """300, 400 and 300万."""
    return {
        "instalments-0-amount_fen": "300", "instalments-1-amount_fen": "400",
        "instalments-1-milestone_position": "1", "instalments-2-amount_fen": "300",
    }  # fmt: skip


def promise(visitor: Visitor, indicator) -> str:
    """The name of the field that holds what the task book demands for an indicator."""
    return next(name for name in visitor.form("starts_on").names if name.endswith(str(indicator.pk)))


def pay_the_first_instalment(cast: Cast, clock, project: Project) -> None:
    """10 September: 600万 paid by the poster; 300万 from the city, approved by two, confirmed by the treasury."""
    clock.china(2026, 9, 10)
    poster = cast.administrator
    poster.open("bank-account", cast.poster.pk).fill(
        "number", bank="徽商银行高新支行", number="62250000000012345"
    )
    cast.reconciler.open("bank-account", cast.poster.pk).fill("/confirmation/")
    assert BankAccount.objects.get().confirmed_by_id
    poster.open("receipt-add", project.pk).fill(
        "payer", payer=cast.poster.name, payee=cast.bidders["A"].name, amount_fen="6000000", paid_on="2026-09-10",
        bank_reference="HS202609100001", files={"file": ("回单.pdf", PDF)},
    )  # fmt: skip
    first = Instalment.objects.get(position=1)
    poster.open("instalment-claim", first.pk).fill("receipt")
    cast.officer.open("instalment", first.pk).fill("/verification/", expect=422)
    cast.officer.sees("信用中国")
    look_up(cast, clock, cast.poster, cast.officer, 10, month=9)
    cast.officer.open("instalment", first.pk).fill("/verification/")
    first.refresh_from_db()
    assert (first.state, first.payable_fen) == (InstalmentState.VERIFIED, 300 * WAN)
    assert balance("payable", first.pk) == 300 * WAN
    cast.preparer.open("instalment", first.pk).fill("/payment/")
    payment = Payment.objects.get()
    assert cast.preparer.client.post(f"/payments/{payment.pk}/approval/", {"digest": payment.digest}).status_code == 403
    for approver in cast.approvers:
        assert state_of(payment) == PaymentState.PREPARED
        approver.open("payment", payment.pk).sees("叁佰万元整")
        approver.fill("digest")
    assert state_of(payment) == PaymentState.APPROVED
    tasks.send_due_payments()
    tasks.send_due_payments()
    assert state_of(payment) == PaymentState.SENT
    confirmation = answer_of_the_treasury(payment)
    half = confirmation[: len(confirmation) // 2]
    cast.reconciler.open("payment-lists").fill("file", files={"file": ("half.csv", half)}, expect=422)
    cast.reconciler.open("payment-lists").fill("file", files={"file": ("confirmation.csv", confirmation)})
    assert (state_of(payment), state_of(first)) == (PaymentState.CONFIRMED, InstalmentState.PAID)
    cast.reconciler.open("payment-lists").fill("file", files={"file": ("again.csv", confirmation)})
    assert (balance("paid", project.pk), balance("committed", project.pk)) == (300 * WAN, 700 * WAN)
    cast.reconciler.open("project-account", project.pk).sees("3,000,000.00", "6,000,000.00")
    poster.open("project-account", project.pk).sees("3,000,000.00")


def answer_of_the_treasury(payment: Payment) -> bytes:
    """A confirmation file as the treasury would give it."""
    lines = [
        "order_reference,state,amount,voucher_number,value_date",
        f"{payment.reference},paid,3000000.00,V2026091101,2026-09-11",
        "#END,1,3000000.00",
    ]
    return "\n".join(lines).encode() + b"\n"


def accept_the_first_milestone(cast: Cast, clock, project: Project) -> None:
    """February 2027: 0.12 % against 0.15 %."""
    clock.china(2027, 2, 20)
    milestone = Milestone.objects.get(position=1)
    cast.administrator.open("milestone-report", milestone.pk).fill(
        "text", text="原理样机完成，全温区误差0.12 % FS。", measured="0.12", files={"files": ("报告.pdf", PDF)}
    )
    cast.officer.open("milestone", milestone.pk).sees("0.12", "0.15")
    cast.officer.fill("/acceptance/")
    assert state_of(milestone) == MilestoneState.ACCEPTED


def balance(kind: str, owner: UUID) -> int:
    """What an account holds."""
    return Account.objects.get(kind=kind, owner=owner).balance_fen
