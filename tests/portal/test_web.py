"""Pages: what is typed is kept, refusals say why, and who may not know gets 404."""

import re

import pytest
from django import forms
from django.http import HttpResponse
from django.urls import include, path

from portal.forms import Form, WanField, rows_of
from portal.kernel.errors import NotFound, Refused, WrongState
from portal.models import District
from portal.pages import errors
from portal.web import find, page

ran: list[str] = []


class NeedForm(Form):
    """What the test's page asks."""

    title = forms.CharField(label="Title")
    city_fen = WanField(label="City money")


class RowForm(Form):
    """One row."""

    name = forms.CharField(label="Indicator")


Rows = rows_of(RowForm, extra=1)


def act(title: str, city_fen: int) -> None:
    """An action that takes at most 960."""
    ran.append(title)
    if title == "wrong field":
        raise Refused("over", "Choose another title.", field="title")
    if city_fen > 960_000_000:
        raise Refused("over", "The city gives at most %(most_fen)s.", most_fen=960_000_000)


@page("tests/form.html", public=True)
def ask(request):
    """A page with a form and rows."""
    form = NeedForm(request.POST or None)
    rows = Rows(request.POST if "rows-TOTAL_FORMS" in request.POST else None, prefix="rows")
    if form.is_valid() and (not rows.is_bound or rows.is_valid()):
        act(form.cleaned_data["title"], form.cleaned_data["city_fen"])
        return HttpResponse("done")
    return {"form": form, "rows": rows}


@page("tests/form.html", public=True)
def press(request):
    """A page without a form."""
    ran.append("press")
    raise WrongState


@page("tests/form.html", public=True, part="tests/part.html")
def pieces(request):
    """A page that answers htmx with a piece."""
    return {"form": NeedForm()}


@page("tests/form.html")
def inside(request):
    """A page for those who signed in."""
    return {"form": NeedForm()}


@page("tests/form.html", public=True)
def one(request, pk):
    """A page of one row."""
    return {"form": NeedForm(), "row": find(District.objects, pk=pk)}


@page("tests/form.html", public=True)
def nowhere(request):
    """A page of something that is not there."""
    raise NotFound


handler404 = errors.not_found
urlpatterns = [
    path("ask", ask),
    path("press", press),
    path("pieces", pieces),
    path("inside", inside),
    path("one/<str:pk>", one),
    path("nowhere", nowhere),
    path("", include("portal.urls")),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def templates(settings, tmp_path):
    """Two templates of the test's own, and English."""
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "form.html").write_text('{% extends "base.html" %}{% block content %}{{ form }}{{ rows }}{% endblock %}')
    (folder / "part.html").write_text("a piece of {{ form.title.label }}")
    engine, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}, *others]
    settings.LANGUAGE_CODE = "en"
    ran.clear()


def typed(response, name: str) -> str:
    """What stands in a field of the page."""
    return re.search(rf'name="{name}"[^>]*?value="([^"]*)"', response.content.decode()).group(1)


def test_a_refused_form_keeps_what_was_typed_and_says_why_on_top(client):
    response = client.post("/ask", {"title": "Sensor", "city_fen": "1,000"})

    assert response.status_code == 422
    assert (typed(response, "title"), typed(response, "city_fen")) == ("Sensor", "1,000")
    assert "<p>The city gives at most RMB 9.60 million.</p>" in response.content.decode()
    assert ran == ["Sensor"]


def test_a_refusal_that_names_its_field_stands_at_the_field(client):
    text = client.post("/ask", {"title": "wrong field", "city_fen": "1"}).content.decode()

    assert re.search(r'id="id_title_error">.*Choose another title\.', text)
    assert re.search(r'aria-describedby="id_title_error"', text)


def test_a_refused_form_keeps_its_rows(client):
    rows = {"rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "0", "rows-0-name": "Range", "rows-1-name": ""}

    response = client.post("/ask", {"title": "Sensor", "city_fen": "1000", **rows})

    assert response.status_code == 422
    assert typed(response, "rows-0-name") == "Range"


def test_a_form_that_is_not_right_is_shown_again_with_the_places(client):
    response = client.post("/ask", {"title": "", "city_fen": "ten"})

    assert response.status_code == 422
    assert re.findall(r'<li><a href="#id_(\w+)">', response.content.decode()) == ["title", "city_fen"]
    assert ran == []


def test_a_form_that_is_right_acts_once(client):
    assert client.post("/ask", {"title": "Sensor", "city_fen": "960"}).content == b"done"
    assert ran == ["Sensor"]


def test_a_refusal_without_a_form_is_a_page_of_its_own_and_the_act_runs_once(client):
    response = client.post("/press")

    assert response.status_code == 409
    assert "nothing has changed" in response.content.decode()
    assert "wrong_state" in response.content.decode()
    assert ran == ["press"]


def test_the_way_back_leads_only_to_this_portal(client):
    ours = client.post("/press", headers={"referer": "http://testserver/ask"}).content.decode()
    theirs = client.post("/press", headers={"referer": "http://elsewhere.example/ask"}).content.decode()

    assert 'href="http://testserver/ask"' in ours
    assert "elsewhere" not in theirs


@pytest.mark.parametrize(
    "address", ["/nowhere", "/one/7", "/one/2a5bb1b1-9f6f-4f0c-8d5e-0f3a3f2a2b11", "/no/such/page"]
)
def test_what_is_not_there_and_what_one_may_not_know_look_the_same(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "There is nothing here for you" in response.content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(client):
    response = client.get("/inside?tab=2")

    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/inside%3Ftab%3D2")


def test_htmx_gets_a_piece_of_the_page(client):
    piece = client.get("/pieces", headers={"HX-Request": "true"})
    whole = client.get("/pieces")

    assert piece.content == b"a piece of Title"
    assert b"<html" in whole.content
    assert "HX-Request" in piece["Vary"]
    assert "HX-Request" in whole["Vary"]
