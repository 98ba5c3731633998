"""A real browser writes a need and sees at once what is missing."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_conditions_follow_what_is_typed(make, open_page, live_server):
    need = make.need("draft")
    client = Client()
    client.force_login(make.editor(need.poster))
    page = open_page(locale="en-GB")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])

    page.goto(reverse("need-edit", args=[need.pk]))
    page.get_by_label("Total investment").fill("2400")
    page.get_by_label("Own funds of the poster").fill("1400")
    page.get_by_label("Own funds of the poster").blur()
    page.get_by_text("RMB 9.60 million", exact=False).first.wait_for()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("The draft is saved.").wait_for()

    need.refresh_from_db()
    assert (need.total_fen, need.own_fen) == (2_400_000_000, 1_400_000_000)
