"""A real browser's way: from the public list to the board, through the sign-in to the seal, its receipt and the check."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_public_list_to_a_checked_receipt(make, open_page):
    bid = make.signed_off_bid(make.board())
    person = make.administrator(bid.lead)
    person.set_password("a long enough password")
    person.save(update_fields=["password"])
    page = open_page(locale="en-GB")

    page.goto(reverse("boards"))
    page.get_by_role("link", name=bid.challenge.title).first.click()
    assert page.url.endswith(reverse("board", args=[bid.challenge_id]))
    page.goto(reverse("bid-seal", args=[bid.pk]))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill("a long enough password")
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=agreed]").check()
    page.locator("main form:has(input[name=agreed]) button").last.click()
    page.wait_for_url("**" + reverse("bid-receipt", args=[bid.pk]))
    receipt = page.evaluate(
        "url => fetch(url).then(answer => answer.text())", reverse("bid-receipt-file", args=[bid.pk])
    )
    page.goto(reverse("receipt-check"))
    page.locator("textarea[name=text]").fill(receipt)
    page.locator("main form:has(textarea) button[type=submit]").first.click()

    page.get_by_text("The signature is this portal's, and the text is unchanged").wait_for()
    page.get_by_text("The bid was sealed in time").wait_for()
    assert make.fresh_bid(bid).state == "sealed"
