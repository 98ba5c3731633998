"""What is remembered from request to request is what the database would answer, and nothing stays of a request."""

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.http import JsonResponse
from django.urls import path

from portal import urls
from portal.models import District
from tests.permissions.asking import ask, signed_in
from tests.permissions.reading import Block
from tests.permissions.remembering import kind_of
from tests.permissions.situations import Situation

TAKEN = "340199"


def districts(request):
    """Counts, adds one where that is asked, and counts again."""
    before = District.objects.count()
    if "add" in request.GET:
        with transaction.atomic():
            District.objects.create(code=TAKEN, name="某区", name_en="Some")
    if "fail" in request.GET:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    return JsonResponse({"counts": [before, District.objects.count()]})


urlpatterns = [*urls.urlpatterns, path("planted/", districts, name="planted-districts")]
handler404 = urls.handler404


@pytest.fixture
def counts(make, clock, quiet):
    """Asks how many districts there are before and after a request did something."""
    situation, client = Situation(make, clock), signed_in(None)

    def asked(**query: str):
        response = ask(Block("", "GET", "planted-districts", {}), situation, client, query=query)
        return response.json()["counts"] if response.status_code == 200 else response.status_code

    return asked


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_remembering")
def test_a_request_sees_what_it_wrote_and_the_next_one_does_not(counts):
    here = District.objects.count()

    assert counts() == [here, here]
    assert counts(add="1") == [here, here + 1]
    assert counts() == [here, here]
    assert District.objects.count() == here


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_remembering")
def test_what_happens_between_requests_is_seen_and_kept(counts):
    here = District.objects.count()
    assert counts() == [here, here]

    District.objects.create(code=TAKEN, name="某区", name_en="Some")

    assert counts() == [here + 1, here + 1]
    assert counts(add="1") == 500  # the code is taken
    assert counts() == [here + 1, here + 1]


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_remembering")
def test_a_statement_that_fails_leaves_the_next_request_whole(counts):
    here = District.objects.count()

    assert counts(fail="1") == 500
    assert counts(add="1") == [here, here + 1]
    assert counts() == [here, here]


@pytest.mark.django_db
def test_an_answer_is_asked_for_once(make, clock, quiet, monkeypatch):
    situation, client, sent = Situation(make, clock), signed_in(None), []
    clock.set(clock.now())
    execute = CursorWrapper._execute
    monkeypatch.setattr(CursorWrapper, "_execute", lambda cursor, sql, *values: [sent.append(sql), execute(cursor, sql, *values)][1])

    ask(Block("", "GET", "boards", {}), situation, client)
    first = len(sent)
    ask(Block("", "GET", "boards", {}), situation, client)

    assert first > 3
    assert sent[first:] == []


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT 1", "question"),
        ('(SELECT "id" FROM "portal_user") UNION (SELECT 2)', "question"),
        ("WITH one AS (SELECT 1) SELECT portal_now()", "question"),
        ('SELECT "id" FROM "portal_user" FOR UPDATE OF "portal_user"', "locks"),
        ("SELECT pg_advisory_xact_lock(1)", "locks"),
        ('WITH one AS (DELETE FROM "portal_user" RETURNING 1) SELECT 1', "writes"),
        ('INSERT INTO "portal_user" SELECT 1', "writes"),
        ("SELECT tests_as_owner('UPDATE')", "writes"),
        ('SAVEPOINT "s1"', "block"),
        ('RELEASE SAVEPOINT "s1"', "block"),
        ('ROLLBACK TO SAVEPOINT "s1"', "writes"),
        ("SET TRANSACTION READ ONLY", "writes"),
    ],
)
def test_the_kind_of_a_statement(statement, kind):
    assert kind_of(statement) == kind
