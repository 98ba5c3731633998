"""The public list, a board, a notice: what everybody reads, and at what cost."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from challenges.actions.publishing import withdraw_challenge
from challenges.models import Challenge
from portal.models import MemberRole

LIST_MOST, BOARD_MOST = 6, 8
"""The most statements of the list and of one board."""

INSTANT = timedelta(microseconds=1)

COPY_BOARDS = """
INSERT INTO challenges_challenge ({columns}, id, number, title, closes_at)
SELECT {columns}, gen_random_uuid(), 'Z-' || {count} || '-' || n, '第' || n || '号榜单', closes_at + n * interval '1 minute'
FROM challenges_challenge, generate_series(1, {count}) n WHERE id = '{board}'
"""
COPY_INDICATORS = """
INSERT INTO challenges_indicator (id, challenge_id, position, name, comparator, value, unit, test_method)
SELECT gen_random_uuid(), c.id, i.position, i.name, i.comparator, i.value, i.unit, i.test_method
FROM challenges_challenge c, challenges_indicator i
WHERE i.challenge_id = '{board}' AND c.number LIKE 'Z-{count}-%'
"""


@pytest.fixture
def visitor() -> Client:
    """A browser without a session, in English."""
    return Client(headers={"Accept-Language": "en"})


@contextmanager
def counting():
    """The statements of a block and the rows they fetched: ``[statements, rows]``."""
    found = [0, 0]

    def count(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        found[0] += 1
        found[1] += max(0, context["cursor"].rowcount)
        return result

    with connection.execute_wrapper(count):
        yield found


def copy(board: Challenge, count: int, owner) -> None:
    """So many copies of a board, written by the owner: how boards come about is not what is measured."""
    columns = [field.column for field in Challenge._meta.concrete_fields]
    kept = ", ".join(name for name in columns if name not in ("id", "number", "title", "closes_at"))
    with owner.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("challenges_challenge", "challenges_indicator"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(COPY_BOARDS.format(columns=kept, count=count, board=board.pk))
        cursor.execute(COPY_INDICATORS.format(board=board.pk, count=count))
        for table in ("challenges_challenge", "challenges_indicator"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    owner.commit()


@pytest.mark.django_db(transaction=True)
def test_list_and_board_cost_the_same_at_20_and_at_2000_boards(make, visitor, owner_connection):
    board = make.board()
    costs = []
    for count in (19, 1980):
        copy(board, count, owner_connection)
        with counting() as of_list:
            listed = visitor.get(reverse("boards"))
        with counting() as of_page:
            visitor.get(reverse("boards"), {"page": "1", "phase": "open", "class": "major", "q": "榜单"})
        with counting() as of_board:
            visitor.get(reverse("board", args=[board.pk]))
        costs.append((list(of_list), list(of_page), list(of_board)))

    small, large = costs
    assert "2000 boards" in listed.text
    assert large[0][0] == small[0][0] <= LIST_MOST
    assert large[1][0] == small[1][0] <= LIST_MOST
    assert large[2] == small[2]
    assert large[2][0] <= BOARD_MOST
    assert large[0][1] - small[0][1] <= 5  # the page is full, whatever is behind it
    assert listed.text.count('class="ind"') == 25


@pytest.mark.django_db
def test_visitors_read_published_boards_and_nothing_else(make, visitor):
    board = make.board(title="已发榜的")
    hidden = [make.need(state, title=f"没有发榜的 {state}") for state in ("draft", "submitted", "pooled", "rejected")]

    listed = visitor.get(reverse("boards"))

    assert "已发榜的" in listed.text
    assert "没有发榜的" not in listed.text
    assert visitor.get(reverse("board", args=[board.pk])).status_code == 200
    assert [visitor.get(reverse("board", args=[need.pk])).status_code for need in hidden] == [404] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_board_shows_what_bidders_need(make, language):
    board = make.board()
    page = Client(headers={"Accept-Language": language}).get(reverse("board", args=[board.pk])).text

    assert board.number in page
    assert "≥ 1,000 A" in page
    assert "≤ 0.05 % FS" in page
    assert ("26.00" if language == "en" else "2,600") in page
    assert "61.5 %" in page
    assert "60 %" in page
    assert board.box.recipient[:4] in page


@pytest.mark.django_db
def test_filters_and_search_narrow_the_list(make, visitor):
    make.board(title="电流传感器")
    make.board(title="固态电解质", field="energy")
    make.board(title="按键", class_code="key", months=12, total_fen=10**8, own_fen=6 * 10**7, city_fen=4 * 10**7, board_fen=None)

    def titles(**asked) -> set[str]:
        page = visitor.get(reverse("boards"), asked).text
        return {title for title in ("电流传感器", "固态电解质", "按键") if title in page}

    assert titles() == {"电流传感器", "固态电解质", "按键"}
    assert titles(field="energy") == {"固态电解质"}
    assert titles(**{"class": "key"}) == {"按键"}
    assert titles(q="电解") == {"固态电解质"}
    assert titles(phase="matched") == set()
    assert titles(phase="open", page="99") == {"电流传感器", "固态电解质", "按键"}
    assert titles(page="x", phase="nonsense") == {"电流传感器", "固态电解质", "按键"}


@pytest.mark.django_db(transaction=True)
def test_open_is_what_the_clock_says_to_the_microsecond(make, clock, visitor):
    now = clock.china(2026, 5, 11)
    board = make.board(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=9))
    words = []
    for moment in (now, board.opens_at, board.closes_at, board.closes_at + INSTANT):
        clock.set(moment)
        words.append([word for word in ("Opening soon", "Open for bids", "Closed") if f"</svg>{word}" in visitor.get(reverse("board", args=[board.pk])).text])

    assert words == [["Opening soon"], ["Open for bids"], ["Open for bids"], ["Closed"]]


@pytest.mark.django_db
def test_a_withdrawn_board_can_still_be_read(make, visitor):
    board = make.board()
    withdraw_challenge(board.pk, why="政策有变", by=make.case_officer(), now=board.published_at)

    page = visitor.get(reverse("board", args=[board.pk]))

    assert page.status_code == 200
    assert "This board was withdrawn" in page.text
    assert "政策有变" not in page.text


@pytest.mark.django_db
def test_each_is_told_whether_they_may_bid_and_if_not_why(make, visitor):
    board = make.board()
    bidder, unverified = make.organisation(), make.organisation(verified=False)
    people = {
        "Start a bid": make.editor(bidder),
        "This is your own board": make.administrator(board.poster),
        "Only editors and administrators": make.member(bidder, MemberRole.VIEWER),
        "is not verified yet": make.administrator(unverified),
        "Bidding needs an organisation": make.person(),
    }
    for words, person in people.items():
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(person)
        page = client.get(reverse("board", args=[board.pk])).text
        assert words in page
        assert (f'href="{reverse("bid-start", args=[board.pk])}"' in page) == (words == "Start a bid")

    assert "Sign in to bid" in visitor.get(reverse("board", args=[board.pk])).text


@pytest.mark.django_db
def test_no_page_of_a_board_tells_of_its_bids(make, visitor):
    board = make.board()
    url = reverse("board", args=[board.pk])
    before = visitor.get(url).content.split(b"jb-foot")[0]
    bid = make.sealed_bid(board)

    pages = []
    for person in (None, make.case_officer(), make.administrator(board.poster)):
        client = Client(headers={"Accept-Language": "en"})
        if person:
            client.force_login(person)
        pages.append(client.get(url).content)

    assert str(bid.lead.name).encode() not in b"".join(pages)
    assert strip_clock(before) == strip_clock(pages[0].split(b"jb-foot")[0])


@pytest.mark.django_db
def test_a_page_for_visitors_is_made_once_and_its_clock_runs_on(make, visitor, settings):
    settings.VISITOR_PAGE_SECONDS = 30
    cache.clear()
    board = make.board()
    first = visitor.get(reverse("board", args=[board.pk]))

    with counting() as again:
        second = visitor.get(reverse("board", args=[board.pk]))
    chinese = Client(headers={"Accept-Language": "zh-hans"}).get(reverse("board", args=[board.pk]))
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(make.case_officer())
    with counting() as own:
        client.get(reverse("board", args=[board.pk]))
    cache.clear()

    assert again[0] == 1
    assert clock_of(first) < clock_of(second)
    assert strip_clock(first.content) == strip_clock(second.content)
    assert "首页" in chinese.text or "榜单" in chinese.text
    assert own[0] > 1


@pytest.mark.django_db(transaction=True)
def test_notices_are_public_from_their_first_day(make, clock, visitor):
    clock.china(2026, 4, 30)
    need = make.need("in_notice", title="拟发布的需求")
    notice = make.notice_of(need)

    listed = visitor.get(reverse("notices"))
    page = visitor.get(reverse("notice", args=[notice.pk]))
    clock.china(2026, 4, 29)
    early = visitor.get(reverse("notice", args=[notice.pk]))

    assert "拟发布的需求" in listed.text
    assert "9 May 2026" in page.text
    assert early.status_code == 404


def strip_clock(page: bytes) -> bytes:
    """A page without the moments and counts that run on."""
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:.+]+|\d\d:\d\d:\d\d|<b>\d+</b>", b"", page)


def clock_of(response) -> str:
    """The server's clock on a page."""
    return response.text.split('data-clock="')[1].split('"')[0]
