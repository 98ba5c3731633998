"""Pages of bids: the list, the editor, the seal, the receipt."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.actions import bidding
from challenges.models import Bid, BidDraft, Seal
from challenges.queries import receipts
from challenges.queries.bidding import read_draft
from challenges.states import BidState
from portal.clock import portal_now
from portal.record import sequence
from tests.making.bids import PDF


def at(name, *arguments):
    return reverse(name, args=arguments)


def version(bid) -> int:
    return BidDraft.objects.get(bid=bid).version


@pytest.fixture
def team(make, client):
    """A complete draft, and its editor signed in."""
    bid = make.bid(files=1)
    client.force_login(make.editor(bid.lead))
    return bid


def test_a_bid_is_begun_from_the_board_and_opens_in_the_editor(make, client):
    board, lead = make.board(), make.bidder()
    client.force_login(make.editor(lead))
    begun = client.post(at("bid-start", board.pk), {"lead": lead.pk})
    bid = Bid.objects.get()
    assert begun["Location"] == at("bid-draft", bid.pk)
    assert client.get(begun["Location"])["Location"] == at("bid-section", bid.pk, "summary")


def test_every_section_can_be_opened_and_saved_as_it_is(make, client, team):
    before = read_draft(team, make.editor(team.lead)).document
    for slug in ("summary", "offers", "route", "team", "consortium", "milestones", "budget", "risks", "ip"):
        page = client.get(at("bid-section", team.pk, slug))
        form = page.context["form"]
        typed = posted(form) | {"version": page.context["seen"]}
        saved = client.post(at("bid-section", team.pk, slug), typed)
        assert (page.status_code, saved.status_code) == (200, 302), (slug, saved.context["form"].errors)
        assert saved["Location"] == at("bid-section", team.pk, slug)
    assert read_draft(team, make.editor(team.lead)).document == before


def posted(form) -> dict[str, object]:
    """What a browser would send of a form as it was shown."""
    forms = [form.management_form, *form.forms] if hasattr(form, "forms") else [form]
    fields = [field for one in forms for field in one]
    return {field.html_name: field.value() for field in fields if field.value() is not None and field.value() is not False}


def test_money_is_typed_in_wan_and_kept_in_fen(make, client, team):
    typed = {"summary": "一句话", "price_fen": "1,180.5", "months": "36", "version": version(team), "next": "yes"}
    saved = client.post(at("bid-section", team.pk, "summary"), typed)
    assert saved["Location"] == at("bid-section", team.pk, "offers")
    assert read_draft(team, make.editor(team.lead)).document["price_fen"] == 1_180_500_000


def test_what_is_wrong_keeps_everything_typed(client, team):
    typed = {"summary": "写了很多", "price_fen": "一千", "months": "-1", "version": version(team)}
    page = client.post(at("bid-section", team.pk, "summary"), typed)
    assert page.status_code == 422
    assert {"写了很多", "一千"} <= {page.context["form"]["summary"].value(), page.context["form"]["price_fen"].value()}
    assert set(page.context["form"].errors) == {"price_fen", "months"}


def test_a_clash_shows_both_and_saving_again_puts_ones_own_in_place(make, client, team):
    seen = version(team)
    other = make.administrator(team.lead)
    bidding.save_draft(team.pk, document={"route": "乙的路线"}, version=seen, by=other, now=portal_now())

    page = client.post(at("bid-section", team.pk, "route"), {"text": "甲的路线", "version": seen})
    assert page.status_code == 409
    assert [(one.name, one.lines) for one in page.context["theirs"]] == [(other.name, ["乙的路线"])]
    assert page.context["form"]["text"].value() == "甲的路线"
    assert read_draft(team, other).document["route"] == "乙的路线"

    again = client.post(at("bid-section", team.pk, "route"), {"text": "甲的路线", "version": page.context["seen"]})
    assert again.status_code == 302
    assert read_draft(team, other).document["route"] == "甲的路线"


def test_saving_in_the_background_answers_with_the_new_version(client, team):
    answer = client.post(at("bid-section", team.pk, "risks"), {"text": "新的风险", "version": version(team)}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert f'value="{version(team)}"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_saving_a_page_twice_keeps_the_rows_that_were_added_on_it(make, client, team):
    url = at("bid-section", team.pk, "team")
    typed = posted(client.get(url).context["form"]) | {"version": version(team)}
    typed |= {"team-1-name": "罗沛", "team-1-role": "光学", "team-1-title": ""}
    for text in ("光学", "光学与封装"):
        client.post(url, typed | {"team-1-role": text, "version": version(team)}, headers={"HX-Request": "true"})
    client.post(url, typed | {"team-1-role": "光学与封装", "version": version(team)})
    team_rows = read_draft(team, make.editor(team.lead)).document["team"]
    assert [(row["name"], row["role"]) for row in team_rows] == [("陈砚", "项目负责人"), ("罗沛", "光学与封装")]


def test_a_save_in_the_background_over_newer_text_is_not_made_and_says_so(make, client, team):
    seen = version(team)
    bidding.save_draft(team.pk, document={"route": "乙的路线"}, version=seen, by=make.administrator(team.lead), now=portal_now())
    answer = client.post(at("bid-section", team.pk, "route"), {"text": "甲的路线", "version": seen}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert f'value="{seen}"' in answer.content.decode()
    assert read_draft(team, make.editor(team.lead)).document["route"] == "乙的路线"


def test_a_file_is_added_and_removed_on_its_page(make, client, team):
    upload = SimpleUploadedFile("方案.pdf", PDF + b"% new", content_type="application/pdf")
    client.post(at("bid-section", team.pk, "files"), {"content": upload})
    files = read_draft(team, make.editor(team.lead)).document["files"]
    assert [file["name"] for file in files] == ["附件1.pdf", "方案.pdf"]
    client.post(at("bid-file-remove", team.pk, files[0]["id"]))
    assert [file["name"] for file in read_draft(team, make.editor(team.lead)).document["files"]] == ["方案.pdf"]


def test_a_program_is_refused_with_its_sentence_on_the_page(client, team):
    upload = SimpleUploadedFile("附件.pdf", b"MZ\x90\x00" + b"\0" * 300)
    page = client.post(at("bid-section", team.pk, "files"), {"content": upload})
    assert page.status_code == 422
    assert "附件.pdf" in page.context["form"].non_field_errors()[0]


def test_the_administrator_seals_and_gets_the_receipt(make, client, team):
    client.post(at("bid-sign-off", team.pk))
    client.force_login(make.administrator(team.lead))
    without = client.post(at("bid-seal", team.pk), {"agreed": ""})
    sealed = client.post(at("bid-seal", team.pk), {"agreed": "on"})
    sequence()
    page, file = client.get(sealed["Location"]), client.get(at("bid-receipt-file", team.pk))

    assert (without.status_code, sealed["Location"]) == (422, at("bid-receipt", team.pk))
    assert (page.status_code, page.context["inclusion"].holds) == (200, True)
    assert json.loads(file.content)["receipt"]["commitment"] == Seal.objects.get(bid=team).commitment
    assert make.fresh_bid(team).state == BidState.SEALED
    second = client.post(at("bid-seal", team.pk), {"agreed": "on"})
    assert second.status_code in (302, 409)


def test_sealing_takes_few_statements(make, client, team, django_assert_max_num_queries):
    client.post(at("bid-sign-off", team.pk))
    client.force_login(make.administrator(team.lead))
    with django_assert_max_num_queries(60) as captured:
        assert client.post(at("bid-seal", team.pk), {"agreed": "on"}).status_code == 302
    said = [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]
    transaction = said[next(at for at, sql in enumerate(said) if "FOR SHARE" in sql) :]

    assert len(transaction) <= 15, "\n".join(said)


def test_a_visitor_checks_a_receipt_by_text_and_by_file(make, client):
    bid = make.sealed_bid()
    text = receipts.file_of(Seal.objects.get(bid=bid).receipt)
    by_text = client.post(at("receipt-check"), {"text": text})
    by_file = client.post(at("receipt-check"), {"file": SimpleUploadedFile("receipt.json", text.encode())})
    nothing = client.post(at("receipt-check"), {"text": ""})
    for page in (by_text, by_file):
        assert [finding.state for finding in page.context["findings"]][:2] == ["met", "met"]
    assert nothing.status_code == 422


def test_my_bids_take_the_same_number_of_statements_with_one_and_with_fifty(make, client):
    lead = make.bidder()
    client.force_login(make.editor(lead))
    counts = []
    for more in (1, 29):
        for _bid in range(more):
            make.bid(make.board(title=f"榜单{more}-{_bid}"), lead=lead, empty=True)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("bids")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_opened_bids_take_the_same_number_of_statements_with_one_and_with_many(make, clock, client):
    counts = []
    for count in (1, 12):
        board = make.board(title=f"榜单{count}")
        make.opened_bids(clock, board, count=count)
        clock.release()
        client.force_login(make.case_officer())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(at("board-bids", board.pk)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_officer_disqualifies_with_a_reason_that_the_bidder_reads(make, clock, client):
    bid = make.opened_bids(clock, count=1)[0]
    client.force_login(make.case_officer())
    without = client.post(at("bid-qualification", bid.pk), {"outcome": "disqualified"})
    client.post(at("bid-qualification", bid.pk), {"outcome": "disqualified", "why": "发榜方持股 12 %。"})
    client.force_login(make.editor(bid.lead))
    page = client.get(at("bid", bid.pk)).content.decode()
    assert without.status_code == 422
    assert "发榜方持股 12 %。" in page


def test_files_of_an_opened_bid_are_read_by_the_bureau(make, clock, client):
    bid = make.opened_bids(clock, count=1, files=1)[0]
    file = bid.files.get()
    client.force_login(make.case_officer())
    answer = client.get(at("bid-file", bid.pk, file.file_id))
    assert (answer.content, answer["Content-Type"]) == (PDF + f"% {bid.pk} 1".encode(), "application/pdf")
    assert "attachment" in answer["Content-Disposition"]
