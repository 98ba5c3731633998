"""From the round to the task book through the API: the same steps, the same refusals."""

import base64

import pytest

from funding.actions.deciding import end_award_notice
from funding.models import Instalment
from funding.states import ProjectState
from portal.kernel.money import wan_to_fen
from portal.models import Role
from tests.challenges.api.test_needs import asking
from tests.making.projects import CONTRACT

pytestmark = pytest.mark.django_db
WAN = wan_to_fen


def test_city_money_goes_from_the_round_to_the_task_book_by_programs(make, clock):
    clock.china(2026, 1, 5)
    agreement = make.signed_agreement(clock)
    poster, bidder = agreement.bid.challenge.poster, agreement.bid.lead
    editor, administrator = asking(make.editor(poster)), asking(make.administrator(poster))
    district, officer, head = asking(make.reviewer(poster)), asking(make.case_officer()), asking(make.division_head())
    opened = make.round()

    status, project = editor("POST", "api-projects", agreement_id=str(agreement.pk), round_id=str(opened.pk))
    pk = project["id"]
    file = {"name": "劳动合同.pdf", "content": base64.b64encode(CONTRACT).decode()}
    steps = [
        editor("PUT", "api-project", pk, version=project["version"], lead_person="周衡"),
        editor("POST", "api-project-contract", pk, file=file),
        administrator("POST", "api-project-submit", pk),
        district("POST", "api-project-recommend", pk, why=""),
        officer("POST", "api-project-check", pk, why="信用无不良，查重 11%。"),
    ]
    assert (status, [code for code, _body in steps]) == (201, [200] * 5)

    make.review(opened)
    proposed = officer("POST", "api-awards", opened.pk, awards=[{"project_id": pk, "amount_fen": WAN("1000")}])
    today = f"{clock.now():%Y-%m-%d}"
    given, notice = officer("POST", "api-award-notice", opened.pk, project_ids=[pk], starts_on=today)
    clock.set(make.award_notice(make.fresh_project(type("P", (), {"pk": pk}))).ends_at)
    end_award_notice(notice["id"], now=clock.now())
    recorded, decision = officer(
        "POST", "api-decision-record", opened.pk, kind="government", document_number="合政〔2026〕1号",
        decided_on=f"{clock.now():%Y-%m-%d}", items=[{"project_id": pk, "amount_fen": WAN("1000")}],
    )  # fmt: skip
    confirmed = head("POST", "api-decision-confirm", decision["id"])
    assert (proposed[0], given, recorded, confirmed[0]) == (200, 201, 201, 200)

    drafted, book = editor("POST", "api-taskbook-draft", pk)
    rows = {name: book[name] for name in ("starts_on", "ends_on", "terms", "indicators", "milestones", "instalments")}
    off = [dict(each) for each in rows["instalments"]]
    off[0]["amount_fen"] -= 1
    refused, refusal = editor("PUT", "api-taskbook", book["id"], **{**rows, "instalments": off})
    saved, _body = editor("PUT", "api-taskbook", book["id"], **rows)
    sent, _body = editor("POST", "api-taskbook-send", book["id"])
    assert (drafted, refused, refusal["code"], saved, sent) == (201, 422, "instalments_not_the_award", 200, 200)

    signers = {"poster": administrator, "bidder": asking(make.administrator(bidder)), "district": district, "bureau": head}
    signed = [ask("POST", "api-taskbook-sign", book["id"], party=party)[0] for party, ask in signers.items()]
    assert signed == [200] * 4
    assert editor("GET", "api-project", pk)[1]["state"] == ProjectState.UNDER_WAY
    assert sum(each.planned_fen for each in Instalment.objects.filter(project=pk)) == WAN("1000")


def test_an_objection_is_filed_and_answered_by_programs_and_its_words_stay_away(make, clock):
    project = make.project_in_notice(clock)
    notice = make.award_notice(project)
    objector, inspector = asking(make.person()), asking(make.official(Role.DISCIPLINE))

    filed, objection = objector(
        "POST", "api-objection-file", notice.pk, item=str(project.pk), name="李华", phone="0551", reason="专家与揭榜方合著。"
    )
    again, clash = objector(
        "POST", "api-objection-file", notice.pk, item=str(project.pk), name="李华", phone="0551", reason="再次。"
    )
    admitted, _body = inspector("POST", "api-objection-admit", objection["id"])
    decided, answer = inspector("POST", "api-objection-decide", objection["id"], upheld=False, reply="名次不变。")

    assert (filed, again, clash["code"], admitted, decided) == (201, 409, "objection_open", 200, 200)
    assert (answer["state"], answer["reply"]) == ("dismissed", "名次不变。")
    assert "李华" not in str(objection) and "合著" not in str(answer)
    assert asking(make.case_officer())("GET", "api-objection", objection["id"])[0] == 404
