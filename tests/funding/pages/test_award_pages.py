"""The pages from the round to the task book: who sees them, what they say, and what a list costs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.actions import drawing
from challenges.actions.objecting import file_objection
from challenges.models import Objection
from funding.actions import opening_rounds, reviewing_projects
from funding.actions.deciding import end_award_notice
from funding.models import Project
from funding.states import ProjectState
from portal.clock import portal_now
from portal.kernel.money import wan_to_fen
from portal.models import Role


@pytest.fixture
def browse():
    """Opens pages as somebody, in English."""

    def open_as(user):
        client = Client(headers={"Accept-Language": "en"})
        if user is not None:
            client.force_login(user)
        return client

    return open_as


def test_every_page_of_the_road_opens_for_those_it_concerns(make, clock, browse):
    clock.china(2026, 7, 10)
    project = make.application(clock)
    poster, officer = browse(make.administrator(project.poster)), browse(make.case_officer())
    opened = project.round

    for name, args in (
        ("rounds", []),
        ("round", [opened.pk]),
        ("projects", []),
        ("project", [project.pk]),
        ("project-edit", [project.pk]),
        ("project-submit", [project.pk]),
        ("project-file", [project.pk]),
    ):
        assert poster.get(reverse(name, args=args)).status_code == 200, name
    for name, args in (("round-open", []), ("appropriations", []), ("round", [opened.pk]), ("project-panel-convene", [opened.pk])):
        assert officer.get(reverse(name, args=args)).status_code == 200, name
    assert officer.get(reverse("project", args=[project.pk])).status_code == 404

    make._submit_project(project)
    district = browse(make.reviewer(project.poster))
    assert district.get(reverse("project-decide", args=[project.pk])).status_code == 200
    answer = district.post(reverse("project-decide", args=[project.pk]), {"outcome": "pass", "why": ""})
    assert answer.status_code == 302
    answer = officer.post(reverse("project-decide", args=[project.pk]), {"outcome": "pass", "why": ""})
    assert answer.status_code == 422
    answer = officer.post(reverse("project-decide", args=[project.pk]), {"outcome": "pass", "why": "信用无不良。"})
    assert answer.status_code == 302
    panel = make.project_panel(opened)
    assert officer.get(reverse("project-panel", args=[panel.pk])).status_code == 200


def test_every_page_from_the_scores_to_the_signatures_opens(make, clock, browse):
    clock.china(2026, 7, 17)
    project = make.reviewed_project(clock)
    officer, head = browse(make.case_officer()), browse(make.division_head())
    opened = project.round
    assert officer.get(reverse("round", args=[opened.pk])).status_code == 200
    assert officer.get(reverse("awards-propose", args=[opened.pk])).status_code == 200
    assert officer.post(reverse("awards-propose", args=[opened.pk]), {str(project.pk): "1001"}).status_code == 422
    assert officer.post(reverse("awards-propose", args=[opened.pk]), {str(project.pk): "1000"}).status_code == 302
    assert officer.get(reverse("award-notice-give", args=[opened.pk])).status_code == 200
    clock.china(2026, 8, 3)
    given = {"starts_on": "2026-08-03", "projects": [str(project.pk)]}
    answer = officer.post(reverse("award-notice-give", args=[opened.pk]), given)
    assert answer.status_code == 302
    notice = make.award_notice(project)
    cache.clear()
    visitor = browse(None)
    shown = visitor.get(reverse("notice", args=[notice.pk]))
    assert project.title in shown.text and "10.00" in shown.text
    assert visitor.get(reverse("notices")).status_code == 200
    somebody = browse(make.person("举报人"))
    assert somebody.get(reverse("objection-file", args=[notice.pk])).status_code == 200
    sent = {"item": str(project.pk), "name": "李华", "phone": "0551", "reason": "专家与揭榜方合著。"}
    answer = somebody.post(reverse("objection-file", args=[notice.pk]), sent)
    assert answer.status_code == 302 and somebody.get(answer.url).status_code == 200
    inspector = browse(make.official(Role.DISCIPLINE))
    assert inspector.get(reverse("objections")).status_code == 200
    assert "李华" in inspector.get(answer.url).text
    assert officer.get(answer.url).status_code == 404
    assert inspector.post(answer.url, {"outcome": "admit", "reply": ""}).status_code == 302
    assert inspector.post(answer.url, {"outcome": "dismiss", "reply": "经核，顺序不变。"}).status_code == 302
    clock.set(notice.ends_at)
    end_award_notice(notice.pk, now=clock.now())
    assert officer.get(reverse("decision-record", args=[opened.pk])).status_code == 200
    typed = {"kind": "government", "document_number": "合政办〔2026〕9号", "decided_on": "2026-08-08", str(project.pk): "1000"}
    recorded = officer.post(reverse("decision-record", args=[opened.pk]), typed)
    assert recorded.status_code == 302
    assert head.get(recorded.url).status_code == 200
    assert officer.post(f"{recorded.url}confirm/").status_code == 403
    assert head.post(f"{recorded.url}confirm/").status_code == 302
    poster = browse(make.editor(project.poster))
    drafted = poster.post(reverse("taskbook-draft", args=[project.pk]))
    assert drafted.status_code == 302 and poster.get(drafted.url).status_code == 200
    taskbook = make.fresh_project(project).taskbooks.get()
    assert poster.get(reverse("taskbook", args=[taskbook.pk])).status_code == 200
    assert poster.post(reverse("taskbook-send", args=[taskbook.pk])).status_code == 302
    for party, signer in make.signers(project).items():
        page = browse(signer)
        assert page.get(reverse("taskbook", args=[taskbook.pk])).status_code == 200
        if party == "poster":
            assert page.get(reverse("taskbook-withdraw", args=[taskbook.pk])).status_code == 200
        assert page.post(reverse("taskbook-sign", args=[taskbook.pk]), {"party": party}).status_code == 302
    assert poster.get(reverse("project", args=[project.pk])).status_code == 200
    assert make.fresh_project(project).state == ProjectState.UNDER_WAY


COPY = """
INSERT INTO funding_project ({columns}, id, state, number)
SELECT {columns}, gen_random_uuid(), 'rejected', NULL FROM funding_project, generate_series(1, 49) WHERE id = '{pk}'
"""
COPY_OBJECTIONS = """
INSERT INTO challenges_objection ({columns}, id, filed_by_id)
SELECT {columns}, gen_random_uuid(), u.id FROM challenges_objection o, portal_user u
WHERE o.id = '{pk}' AND u.id <> o.filed_by_id LIMIT 49
"""


def copy(owner, row, statement: str, *apart: str) -> None:
    """So many copies of a row, written by the owner: how they come about is not what is measured."""
    table = row._meta.db_table
    kept = [field.column for field in row._meta.concrete_fields if field.column not in ("id", *apart)]
    with owner.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        names = ", ".join(f"o.{name}" if "challenges_objection o" in statement else name for name in kept)
        cursor.execute(statement.format(columns=", ".join(kept), pk=row.pk).replace(f"SELECT {', '.join(kept)}", f"SELECT {names}"))
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    owner.commit()


@pytest.mark.django_db(transaction=True)
def test_lists_cost_the_same_with_one_row_and_with_fifty(make, clock, browse, owner_connection):
    project = make.project_in_notice(clock)
    officer, inspector = browse(make.case_officer()), browse(make.official(Role.DISCIPLINE))
    for _number in range(49):
        make.person()
    notice = make.award_notice(project)
    objection = file_objection(
        notice.pk, project.pk, name="李华", phone="0551", reason="请核查。", by=make.person(), now=clock.now()
    )
    lists = [
        (officer, reverse("projects")),
        (officer, reverse("round", args=[project.round_id])),
        (officer, reverse("rounds")),
        (officer, reverse("appropriations")),
        (inspector, reverse("objections")),
    ]
    before = [cost(client, url) for client, url in lists]

    copy(owner_connection, project, COPY, "state", "number")
    copy(owner_connection, objection, COPY_OBJECTIONS, "filed_by_id")
    for number in range(49):
        opening_rounds.open_round(
            project.rules_id, make.appropriation("1").pk, title=f"轮次{number}", title_en=f"Round {number}",
            opens_at=project.round.opens_at, closes_at=project.round.closes_at, by=make.case_officer(), now=portal_now(),
        )  # fmt: skip

    assert (Project.objects.count(), Objection.objects.count()) == (50, 50)
    assert [cost(client, url) for client, url in lists] == before


def cost(client, url: str) -> int:
    """The statements of one page."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_application_says_the_largest_city_money_as_one_types(make, clock, browse):
    project = make.application(clock)
    poster = browse(make.editor(project.poster))
    indicators = {f"promises-{each.pk}": f"{each.value}" for each in project.challenge.indicators.all()}
    typed = {
        "version": project.version, "title": project.title, "lead_person": "周衡", "months": "36",
        "total_fen": "2400", "own_fen": "1400", "city_fen": "1000", "other_fen": "",
        "costs-TOTAL_FORMS": "1", "costs-INITIAL_FORMS": "0", "costs-0-purpose": "合同", "costs-0-amount_fen": "2400",
        **indicators,
    }  # fmt: skip

    answer = poster.post(reverse("project-checks", args=[project.pk]), typed)

    assert answer.status_code == 200
    assert "9.60 million" in answer.text or "960" in answer.text or "9.6" in answer.text
    assert make.fresh_project(project).total_fen == wan_to_fen("2600")


def test_everybody_finds_the_next_step_at_home_and_experts_read_the_application(make, clock, browse):
    clock.china(2026, 7, 17)
    project = make.application(clock, ProjectState.CHECKED)
    clock.set(project.round.closes_at)
    clock.forward(seconds=1)
    opened, officer = project.round, make.case_officer()
    home = reverse("home")
    assert reverse("project-panel-convene", args=[opened.pk]) in browse(officer).get(home).text
    panel = reviewing_projects.convene_project_panel(
        opened.pk, size=5, due_at=clock.now() + timedelta(days=9), by=officer, now=clock.now()
    )
    clerk = browse(make.draw_clerk())
    naming = reverse("panel-experts", args=[panel.pk])
    assert naming in clerk.get(home).text
    assert clerk.get(naming).status_code == 200
    people = [make.expert() for _ in range(5)]
    drawing.name_experts(panel.pk, experts=[each.pk for each in people], by=make.draw_clerk(), now=clock.now())
    seat = make.seats(panel)[0]
    expert = browse(seat.expert.user)
    review = reverse("review", args=[seat.pk])
    assert review in expert.get(home).text
    assert project.poster.name in expert.get(review).text
    make.accept(seat)
    desk = reverse("score", args=[seat.pk, panel.candidates.get().pk])
    assert expert.get(review).status_code == 200
    assert "周衡" in expert.get(desk).text
    assert browse(officer).get(reverse("panels")).status_code == 200
    assert expert.get(reverse("reviews")).status_code == 200


def test_who_has_a_signed_agreement_is_led_to_the_open_round(make, clock, browse):
    clock.china(2026, 7, 3)
    agreement = make.signed_agreement(clock)
    poster = browse(make.editor(agreement.bid.challenge.poster))
    start = reverse("project-start", args=[agreement.pk])
    assert start not in poster.get(reverse("home")).text
    opened = make.round()

    assert start in poster.get(reverse("home")).text
    assert start in poster.get(reverse("round", args=[opened.pk])).text
    assert poster.get(start).status_code == 200
    answer = poster.post(start, {"round": str(opened.pk)})
    assert answer.status_code == 302
    assert start not in poster.get(reverse("home")).text
    assert Project.objects.get().round == opened
