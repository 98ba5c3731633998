"""Questions that nobody should ask change no answer, and what is hidden answers like what is not there."""

import pytest
from django.http import JsonResponse
from django.urls import path

from challenges.models import Bid
from portal import urls
from tests.permissions.reading import ROLES, read_file, read_table, used
from tests.permissions.situations import SITUATIONS

BLOCKS = read_table()


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


@pytest.mark.django_db
@pytest.mark.parametrize("name", used(BLOCKS, SITUATIONS))
def test_no_question_tells_what_is_hidden(name, walked):
    assert not walked(name).questions, "\n".join(["", *walked(name).questions])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_probes")
def test_a_planted_filter_is_found(new_walk):
    walk = new_walk("sealed")
    walk.probes.worth_finding = lambda: str(walk.situation.lead.pk)

    wrong = walk.through(read_file("planted", "GET planted-filter\n    sealed yes rest")).questions

    assert len([line for line in wrong if "answers differently with bid__lead" in line]) == len(ROLES)
    assert wrong[-1].startswith("planted:1 planted-filter reads bid__lead from its query string")


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_probes")
def test_a_planted_refusal_that_tells_is_found(new_walk):
    wrong = new_walk("sealed").through(read_file("planted", "GET planted-refusal pk=bid\n    sealed no rest")).questions

    assert len([line for line in wrong if "hidden differs from absent" in line]) == len(ROLES)
