"""From the panel to the registered agreement through the API, as the people who take part."""

import json
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.test import Client

from challenges.models import Agreement, Panel, Score
from challenges.states import AgreementState, ChallengeState
from portal.clock import portal_now

API = "/api/v1"


def program_of(person):
    """Somebody's program: sends JSON, and fails the test unless the status is the expected one."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)

    def send(method: str, path: str, body: dict | None = None, *, status: int = 200):
        response = client.generic(method, f"{API}{path}", json.dumps(body or {}), content_type="application/json")
        assert response.status_code == status, response.text
        return response.json() if response.content else None

    return send


def test_a_panel_scores_and_two_sides_sign_without_a_page(make, clock):
    bid = make.qualified_bids(clock, count=1, files=1)[0]
    board, poster = bid.challenge, bid.challenge.poster
    officer, clerk = program_of(make.case_officer()), program_of(make.draw_clerk())
    admin, editor, lead = (program_of(person) for person in (
        make.administrator(poster), make.editor(poster), make.administrator(bid.lead)))  # fmt: skip
    due = (portal_now() + timedelta(days=9)).isoformat()

    small = officer("POST", f"/boards/{board.pk}/panel/", {"size": 4, "due_at": due}, status=422)
    assert small["code"] == "panel_too_small"
    panel = officer("POST", f"/boards/{board.pk}/panel/", {"size": 5, "due_at": due}, status=201)
    experts = [make.expert() for _ in range(5)]
    pool = clerk("GET", f"/panels/{panel['id']}/pool/")
    assert {each["id"] for each in pool if each["free"]} == {str(each.pk) for each in experts}
    clerk("POST", f"/panels/{panel['id']}/experts/", {"experts": [str(each.pk) for each in experts]})

    for expert, total in zip(experts, (91, 88, 90, 86, 93), strict=True):
        own = program_of(expert)
        seat = own("GET", "/reviews/")["results"][0]["id"]
        own("GET", f"/reviews/{seat}/candidates/", status=403)
        refused = own("POST", f"/reviews/{seat}/acceptance/", {"declares_no_conflict": True, "keeps_confidential": False}, status=422)
        assert refused["code"] == "declarations_missing"
        own("POST", f"/reviews/{seat}/acceptance/", {"declares_no_conflict": True, "keeps_confidential": True})
        candidate = own("GET", f"/reviews/{seat}/candidates/")["results"][0]["id"]
        document = own("GET", f"/reviews/{seat}/candidates/{candidate}/document/")
        assert document["price_fen"] == bid.document.price_fen and len(document["files"]) == 1
        rubric = own("GET", f"/reviews/{seat}/rubric/")
        given = make.points(Panel.objects.get(pk=panel["id"]), total)
        points = [{"criterion": line["id"], "points": str(given[UUID(line["id"])]), "comment": ""} for line in rubric]
        sheet = own("PUT", f"/reviews/{seat}/candidates/{candidate}/sheet/", {"points": points, "comment": "好"})
        handed_in = own("POST", f"/sheets/{sheet['id']}/submission/")
        assert Decimal(handed_in["total"]) == total and handed_in["state"] == "submitted"
    assert officer("GET", f"/panels/{panel['id']}/progress/")["complete"] is True
    assert officer("GET", f"/panels/{panel['id']}/result/", status=403)["code"] == "unlocked"

    officer("POST", f"/panels/{panel['id']}/lock/")
    assert officer("POST", f"/panels/{panel['id']}/lock/", status=409)["code"] == "wrong_state"
    [line] = officer("GET", f"/panels/{panel['id']}/result/")
    assert (line["official"], line["rank"], len(line["sheets"])) == (str(Score.objects.get().official), 1, 5)
    assert sum(sheet["dropped"] for sheet in line["sheets"]) == 2
    [rank] = admin("GET", f"/boards/{board.pk}/results/")
    assert (rank["official"], rank["rank"]) == (line["official"], 1)

    lead("GET", f"/bids/{bid.pk}/score/", status=409)
    admin("POST", f"/bids/{bid.pk}/selection/", status=201)
    assert lead("GET", f"/bids/{bid.pk}/score/")["official"] == line["official"]
    agreement = editor("POST", f"/bids/{bid.pk}/agreement/", status=201)
    path = f"/agreements/{agreement['id']}"
    assert sum(payment["amount_fen"] for payment in agreement["payments"]) == agreement["amount_fen"]
    lead("GET", f"{path}/", status=404)
    editor("POST", f"{path}/send/")
    lead("POST", f"{path}/signature/")
    assert admin("POST", f"{path}/signature/")["state"] == AgreementState.SIGNED
    assert officer("POST", f"{path}/registration/", {"number": "2026340100000123"})["state"] == AgreementState.REGISTERED
    assert Agreement.objects.get().registration_number == "2026340100000123"
    assert make.fresh_bid(bid).challenge.state == ChallengeState.MATCHED


def test_the_same_key_selects_once_and_answers_the_same(make, clock):
    bids = make.qualified_bids(clock, count=1)
    make.locked_panel(clock, bids, totals=[(80,) * 5])
    client = Client()
    client.force_login(make.administrator(bids[0].challenge.poster))
    url, key = f"{API}/bids/{bids[0].pk}/selection/", {"HTTP_IDEMPOTENCY_KEY": "a-choice-of-ours"}

    first = client.post(url, "{}", content_type="application/json", **key)
    second = client.post(url, "{}", content_type="application/json", **key)

    assert (first.status_code, second.status_code, first.json()) == (201, 201, second.json())
    assert client.post(url, "{}", content_type="application/json").json()["code"] == "bid_selected_already"


def test_fractions_of_a_fen_and_negative_amounts_do_not_get_in(make, clock):
    agreement = make.agreement(clock, totals=[(80,) * 5])
    editor = program_of(make.editor(agreement.bid.challenge.poster))
    party = str(agreement.bid.parties.get().pk)

    def terms(amount, payment=100):
        payments = [{"due_for": "签约", "amount_fen": payment}]
        shares = [{"party": party, "amount_fen": 100}]
        return {"amount_fen": amount, "months": 12, "ip_terms": "共有", "payments": payments, "shares": shares}

    path = f"/agreements/{agreement.pk}/"
    editor("PUT", path, terms(100.5), status=400)
    assert editor("PUT", path, terms(-100), status=422)["code"] == "amount_not_positive"
    assert editor("PUT", path, terms(100, payment=-1), status=422)["code"] == "amount_not_positive"
    editor("PUT", path, terms(100))
    assert Agreement.objects.get().amount_fen == 100
