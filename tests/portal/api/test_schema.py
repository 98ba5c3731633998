"""The API describes itself: a valid OpenAPI document without warnings, and a page that shows it."""

import json

import pytest
from django.urls import get_resolver
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import validate

pytestmark = pytest.mark.django_db


def described() -> dict:
    """The document as it is served."""
    return SchemaGenerator().get_schema(request=None, public=True)


def served_operations():
    """Every operation that some address serves."""
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", []):
            yield from walk(inner)


def walk(pattern):
    """The operations under one address pattern."""
    for inner in getattr(pattern, "url_patterns", []):
        yield from walk(inner)
    made = getattr(getattr(pattern, "callback", None), "cls", None)
    yield from getattr(made, "operations", {}).values()


def test_the_schema_is_valid_and_made_without_warnings(client):
    with GENERATOR_STATS.silence():
        schema = described()

    assert dict(GENERATOR_STATS._warn_cache) == {}
    assert dict(GENERATOR_STATS._error_cache) == {}
    validate(json.loads(json.dumps(schema, default=str)))


def test_the_schema_names_every_operation_once():
    named = [operation["operationId"] for path in described()["paths"].values() for operation in path.values()]
    served = [operation.run.__name__ for operation in served_operations()]

    assert sorted(named) == sorted(served)
    assert len(set(named)) == len(named)


def test_schema_and_page_are_open_to_everybody(client):
    assert client.get("/api/v1/schema/").status_code == 200
    page = client.get("/api/v1/")
    assert page.status_code == 200
    assert "<style" not in page.content.decode()
    assert "<script>" not in page.content.decode()
