"""Questions that nobody should ask change no answer, and what is hidden answers like what is not there."""

import logging

import pytest
from django.http import JsonResponse
from django.urls import path

from challenges.models import Bid
from portal import urls
from tests.permissions.asking import record_what_is_read
from tests.permissions.probing import Probes
from tests.permissions.reading import read_file, read_table
from tests.permissions.situations import SITUATIONS, Situation

BLOCKS = read_table()
PROBED = ("sealed",)
"""Where most is hidden; each costs two requests for every cell."""


def filtered_by_reviewer(request):
    """A leak such as the one of 2025: a parameter that is passed on to the database."""
    found = Bid.objects.filter(lead=request.GET["bid__lead"]) if "bid__lead" in request.GET else Bid.objects.none()
    return JsonResponse({"count": found.count()})


def known_but_hidden(request, pk):
    """A refusal that says whether there is something to hide."""
    return JsonResponse({"code": "hidden" if Bid.objects.filter(pk=pk).exists() else "not_found"}, status=404)


urlpatterns = [
    *urls.urlpatterns,
    path("planted/", filtered_by_reviewer, name="planted-filter"),
    path("planted/<uuid:pk>/", known_but_hidden, name="planted-refusal"),
]
handler404 = urls.handler404


@pytest.fixture
def quiet(monkeypatch):
    """The names read from each query string are recorded; the log keeps silent."""
    record_what_is_read(monkeypatch)
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def probes(make, clock, quiet):
    """Builds a situation with the clock at a standstill."""

    def build(name: str) -> Probes:
        situation = Situation(make, clock)
        SITUATIONS[name](situation)
        clock.set(clock.now())
        return Probes(name, situation)

    return build


@pytest.mark.django_db
@pytest.mark.parametrize("name", PROBED)
def test_no_question_tells_what_is_hidden(name, probes):
    wrong = list(probes(name).all(BLOCKS))

    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_probes")
def test_a_planted_filter_is_found(probes):
    planted = probes("sealed")
    planted.worth_finding = lambda: str(planted.situation.lead.pk)

    wrong = list(planted.all(read_file("planted", "GET planted-filter\n    sealed yes rest")))

    assert len([line for line in wrong if "answers differently with bid__lead" in line]) == 18
    assert wrong[-1].startswith("planted:1 planted-filter reads bid__lead from its query string")


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_probes")
def test_a_planted_refusal_that_tells_is_found(probes):
    wrong = list(probes("sealed").all(read_file("planted", "GET planted-refusal pk=bid\n    sealed no rest")))

    assert len([line for line in wrong if "hidden differs from absent" in line]) == 18
