"""An expert scores with the keyboard: what is typed is kept at once, with its sum and band."""

import pytest
from django.test import Client
from django.urls import reverse

from challenges.models import Sheet
from tests.browsing import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [None, PHONE])
def test_points_are_kept_as_they_are_typed(make, clock, open_page, live_server, size):
    panel = make.seated_panel(clock, count=1)
    seat, candidate = make.seats(panel)[0], panel.candidates.get()
    client = Client()
    client.force_login(seat.expert.user)
    page = open_page(size, locale="en-GB") if size else open_page(locale="en-GB")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])

    page.goto(reverse("score", args=[seat.pk, candidate.pk]))
    page.get_by_label("Fit to the indicators", exact=True).fill("23")
    page.keyboard.press("Tab")
    page.get_by_text("Draft saved").wait_for()

    assert page.locator("#sum").inner_text().startswith("23")
    assert page.locator(".jb-band .on").first.inner_text() == "Excellent 23–25"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_label("Fit to the indicators", exact=True).fill("26")
    page.keyboard.press("Tab")
    page.get_by_text("Not saved yet").wait_for()
    assert [str(point.points) for point in Sheet.objects.get().points.all()] == ["23.00"]
