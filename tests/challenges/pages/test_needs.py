"""Pages of needs: who sees which, and what a person can do on them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.models import Challenge, Indicator
from challenges.states import ChallengeState
from portal.models import District, MemberRole, Role
from tests.making.needs import FIELDS


def signed_in(person) -> Client:
    """A browser in which this person has signed in, in English."""
    client = Client(headers={"Accept-Language": "en"})
    if person is not None:
        client.force_login(person)
    return client


def typed(challenge: Challenge, **changes: object) -> dict[str, object]:
    """What the form of a complete need posts; amounts in 万元."""
    filled = {
        **{name: value for name, value in FIELDS.items() if not name.endswith("_fen") and value is not False},
        "title": challenge.title, "class_code": "major", "version": challenge.version,
        "total_fen": "2600", "own_fen": "1600", "city_fen": "1000", "other_fen": "", "board_fen": "1200", "declared_unclassified": "on", "declared_commitment": "on",
        "indicators-TOTAL_FORMS": "1", "indicators-INITIAL_FORMS": "0", "indicators-MIN_NUM_FORMS": "0",
        "indicators-MAX_NUM_FORMS": "50", "indicators-0-name": "量程", "indicators-0-comparator": ">=",
        "indicators-0-value": "1000", "indicators-0-unit": "A", "indicators-0-test_method": "直流，双向",
    }  # fmt: skip
    return {**filled, **changes}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "rejected", "recommended", "pooled", "published", "withdrawn"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_of_a_need_opens_in_every_state(make, state, language):
    need = make.need(state)
    client = Client(headers={"Accept-Language": language})
    client.force_login(make.administrator(need.poster))

    response = client.get(reverse("need", args=[need.pk]))

    assert response.status_code == 200
    assert need.title in response.text


@pytest.mark.django_db
def test_a_draft_is_known_to_its_organisation_only(make):
    need = make.need("draft")
    people = [make.reviewer(need.poster), make.case_officer(), make.administrator(make.organisation()), make.person()]

    answers = [signed_in(person).get(reverse("need", args=[need.pk])).status_code for person in people]

    assert answers == [404, 404, 404, 404]
    assert signed_in(None).get(reverse("need", args=[need.pk])).status_code == 302


@pytest.mark.django_db
def test_an_editor_starts_fills_and_submits_a_need(make):
    call, poster = make.call(), make.organisation()
    editor, administrator = signed_in(make.editor(poster)), signed_in(make.administrator(poster))

    started = editor.post(f"{reverse('need-start')}?call={call.pk}", {
        "poster_id": str(poster.pk), "class_code": "major", "title": "宽量程电流传感器",
    })  # fmt: skip
    need = Challenge.objects.get()
    editor.post(reverse("need-edit", args=[need.pk]), typed(need))
    administrator.post(reverse("need-submit", args=[need.pk]))

    need.refresh_from_db()
    assert started.headers["Location"] == reverse("need-edit", args=[need.pk])
    assert (need.state, need.total_fen, need.own_fen, need.city_fen, need.board_fen) == (
        ChallengeState.SUBMITTED, 2_600_000_000, 1_600_000_000, 1_000_000_000, 1_200_000_000,
    )  # fmt: skip
    assert list(need.indicators.values_list("name", "comparator", "unit")) == [("量程", ">=", "A")]


@pytest.mark.django_db
def test_a_draft_may_be_saved_with_nearly_nothing_in_it(make):
    need = make.need("draft")
    client = signed_in(make.editor(need.poster))
    row = {f"indicators-0-{name}": "" for name in ("name", "value", "unit", "test_method")}
    empty = typed(need, **dict.fromkeys(FIELDS, ""), **row)

    response = client.post(reverse("need-edit", args=[need.pk]), empty)

    need.refresh_from_db()
    assert response.status_code == 302, response.text
    assert (need.total_fen, need.months, need.board_fen, need.background) == (0, 0, None, "")
    assert Indicator.objects.count() == 0


@pytest.mark.django_db
def test_too_much_city_money_is_named_while_typing_and_at_submission(make):
    need = make.need("draft")
    editor, administrator = signed_in(make.editor(need.poster)), signed_in(make.administrator(need.poster))
    too_much = typed(need, total_fen="2400", own_fen="1400", city_fen="1000")

    live = editor.post(reverse("need-checks", args=[need.pk]), too_much)
    editor.post(reverse("need-edit", args=[need.pk]), too_much)
    refused = administrator.post(reverse("need-submit", args=[need.pk]))

    need.refresh_from_db()
    assert "RMB 9.60 million" in live.text
    assert (refused.status_code, need.state) == (422, ChallengeState.DRAFT)
    assert "RMB 9.60 million" in refused.text


@pytest.mark.django_db
def test_a_save_over_somebody_elses_keeps_both(make):
    need = make.need("draft")
    first, second = signed_in(make.editor(need.poster)), signed_in(make.administrator(need.poster))
    version = need.version

    first.post(reverse("need-edit", args=[need.pk]), typed(need, background="甲写的", version=version))
    clash = second.post(reverse("need-edit", args=[need.pk]), typed(need, background="乙写的", version=version))
    again = second.post(reverse("need-edit", args=[need.pk]), typed(need, background="乙写的", version=version + 1))

    need.refresh_from_db()
    assert clash.status_code == 409
    assert "甲写的" in clash.text
    assert "乙写的" in clash.text
    assert f'name="version" value="{version + 1}"' in clash.text
    assert (again.status_code, need.background) == (302, "乙写的")


@pytest.mark.django_db
def test_a_field_that_cannot_be_read_keeps_everything_typed(make):
    need = make.need("draft")
    client = signed_in(make.editor(need.poster))

    response = client.post(reverse("need-edit", args=[need.pk]), typed(need, total_fen="-3", background="留着"))

    assert response.status_code == 422
    assert "留着" in response.text
    assert 'value="-3"' in response.text


@pytest.mark.django_db
def test_a_viewer_reads_and_does_not_write(make):
    need = make.need("draft")
    client = signed_in(make.member(need.poster, MemberRole.VIEWER))

    assert client.get(reverse("need", args=[need.pk])).status_code == 200
    assert client.get(reverse("need-edit", args=[need.pk])).status_code == 403
    assert client.post(reverse("need-edit", args=[need.pk]), typed(need)).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["officer", "poster", "reviewer"])
def test_the_list_asks_as_often_for_fifty_rows_as_for_one(make, who):
    poster = make.organisation()
    person = {"officer": make.case_officer(), "poster": make.administrator(poster), "reviewer": make.reviewer(poster)}[who]
    make.need("submitted", poster=poster)
    with CaptureQueriesContext(connection) as with_one:
        signed_in(person).get(reverse("needs"))

    for number in range(49):
        make.need("submitted", poster=poster, title=f"传感器 {number}")
    with CaptureQueriesContext(connection) as with_fifty:
        response = signed_in(person).get(reverse("needs"))

    assert response.text.count("传感器 ") == 25
    assert len(with_fifty) == len(with_one)


@pytest.mark.django_db
def test_the_queue_shows_what_waits(make):
    poster = make.organisation()
    here = make.need("submitted", poster=poster, title="等县区的")
    make.need("recommended", poster=poster, title="等处室的")
    elsewhere = make.official(Role.DISTRICT, other_district())

    mine = signed_in(make.reviewer(poster)).get(reverse("needs"), {"view": "waiting"})
    bureau = signed_in(make.case_officer()).get(reverse("needs"), {"view": "waiting"})
    others = signed_in(elsewhere).get(reverse("needs"))

    assert "等县区的" in mine.text
    assert "等处室的" not in mine.text
    assert "等处室的" in bureau.text
    assert "等县区的" not in bureau.text
    assert here.title not in others.text


def other_district() -> District:
    """A district of nobody's."""
    return District.objects.create(code="340111", name="包河区", name_en="Baohe")
