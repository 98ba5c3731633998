"""Counting queries: a list must cost the same for one row and for fifty."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements.extend(query["sql"] for query in captured.captured_queries)


def queries_of(client: Client, url: str) -> int:
    """How many statements a page costs, once what is kept between requests is warm."""
    assert client.get(url).status_code == 200
    with counted() as statements:
        client.get(url)
    return len(statements)
