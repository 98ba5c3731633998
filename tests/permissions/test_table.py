"""The permission table is walked: every role, in every situation, at every route."""

import pytest

from tests.permissions.asking import routes
from tests.permissions.reading import read_file, read_table, used
from tests.permissions.situations import SITUATIONS

BLOCKS = read_table()
WATCHED_ELSEWHERE = {
    "readyz": "answers for the machines of the portal, not for people",
    "style": "exists only with DEBUG",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", used(BLOCKS, SITUATIONS))
def test_everybody_gets_what_the_table_says(name, walked):
    assert not walked(name).outcomes, "\n".join(["", *walked(name).outcomes])


def test_every_route_stands_in_the_table():
    known = {(block.method, block.route) for block in BLOCKS}
    by_name = {route for _method, route in known}

    missing = sorted(
        f"{method} {route}" if method else route
        for method, route in routes()
        if route not in WATCHED_ELSEWHERE and ((method, route) not in known if method else route not in by_name)
    )

    assert missing == []


def test_the_table_names_only_what_exists():
    served = {route for _method, route in routes()}

    unknown = sorted({block.route for block in BLOCKS} - served)
    situations = sorted({name for block in BLOCKS for name in block.rows} - set(SITUATIONS))

    assert (unknown, situations) == ([], [])


def test_a_row_that_forgets_a_role_cannot_be_read():
    with pytest.raises(ValueError, match="nothing is said of visitor"):
        read_file("sample", "GET boards\n    draft yes poster_admin")
