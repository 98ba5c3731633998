"""Before the opening no page, list, count, header, message or record tells how many bids there are."""

import logging

import pytest
from django.http import JsonResponse
from django.urls import path

from challenges.models import Bid
from portal import urls
from portal.clock import CLOCK
from portal.models import Event
from portal.record import record
from tests.permissions.counting import OWN, STRANGERS, WATCHERS, World, changes
from tests.permissions.probing import NEW_EACH_TIME
from tests.permissions.reading import Block, read_file, read_table
from tests.permissions.walking import ALIKE_FOR_ALL

NOT_COMPARED = {*NEW_EACH_TIME, *ALIKE_FOR_ALL}


def count_of_sealed(request):
    """A leak: a page with the number of sealed bids."""
    return JsonResponse({"sealed": Bid.objects.filter(state="sealed").count()})


def header_of_drafts(request):
    """A leak: a header that is there when somebody has begun."""
    return JsonResponse({}, headers={"ETag": '"drafts"'} if Bid.objects.exists() else {})


def one_read_more(request):
    """A leak: one statement for each bid, and the same answer."""
    return JsonResponse({"done": sum(Bid.objects.filter(pk=each.pk).exists() for each in Bid.objects.all()) >= 0})


def growth_of_the_record(request):
    """A leak: how much was ever recorded."""
    return JsonResponse({"events": Event.objects.count()})


PLANTED = {"count": count_of_sealed, "header": header_of_drafts, "reads": one_read_more, "growth": growth_of_the_record}
urlpatterns = [*urls.urlpatterns, *(path(f"planted/{name}/", view, name=f"planted-{name}") for name, view in PLANTED.items())]
handler404 = urls.handler404


@pytest.fixture
def world(make, clock):
    """A world in which nobody has begun a bid; thousands of lines of log would say nothing."""
    logging.disable(logging.ERROR)
    yield World(make, clock)
    logging.disable(logging.NOTSET)


def addresses() -> list[Block]:
    """Each address once, but for those that answer otherwise each time or that are watched elsewhere."""
    asked = [block for block in read_table() if block.method == "GET" and block.route not in NOT_COMPARED]
    return list({(block.route, str(block.arguments)): block for block in asked}.values())


@pytest.mark.django_db
def test_nobody_is_told_how_many_bids_there_are(world):
    asked, lead, rival = addresses(), world.situation.lead, world.situation.rival
    world.told(asked[:1], STRANGERS)  # what is read only once is read

    none = world.told(asked, STRANGERS)
    three = world.told(asked, STRANGERS, lambda: world.sealed(lead, rival, world.third), lambda: world.draft(world.fourth))

    wrong = changes(none, three)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
def test_nobody_is_told_how_many_bids_a_closed_box_holds(world):
    asked = addresses()
    world.told(asked[:1], WATCHERS)

    none = world.told(asked, WATCHERS, world.closed)
    one = world.told(asked, WATCHERS, lambda: world.sealed(world.situation.lead), world.closed)

    wrong = changes(none, one)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
def test_a_team_is_told_of_its_own_bid_only(world):
    asked, lead, rival = addresses(), world.situation.lead, world.situation.rival
    team = tuple(role for role, of in OWN.items() if of == "lead")
    world.told(asked[:1], team)

    own = world.told(asked, team, lambda: world.sealed(lead))
    all_three = world.told(asked, team, lambda: world.sealed(lead, rival, world.third))

    wrong = changes(own, all_three)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_counts")
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_is_found(world, name):
    planted = read_file("planted", f"GET planted-{name}\n    sealed yes rest")
    none = world.told(planted, STRANGERS)

    some = world.told(planted, STRANGERS, lambda: world.sealed(world.situation.lead, world.situation.rival))

    assert len(changes(none, some)) == len(STRANGERS)


@pytest.mark.django_db
def test_a_record_that_grows_by_a_bid_is_found(world):
    def told_to_the_record() -> None:
        record("bid.noted", world.draft(world.situation.lead), by=CLOCK)  # open by mistake

    asked = [block for block in addresses() if block.route in ("case-record", "case-proof", "api-case-proof")]
    wrong = changes(world.told(asked, STRANGERS), world.told(asked, STRANGERS, told_to_the_record))

    assert {line.split()[0] for line in wrong} == {"case-record", "case-proof", "api-case-proof"}
