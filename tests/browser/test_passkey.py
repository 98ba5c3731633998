"""A real browser with a virtual authenticator: a passkey is added to an account, and signs in alone."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page

from tests.making.people import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long enough password"


@pytest.fixture
def host(live_server) -> str:
    """The portal under the name that browsers take for a safe place without a certificate."""
    return f"http://localhost:{urlsplit(live_server.url).port}"


def with_authenticator(page: Page) -> str:
    """Give the page's browser an authenticator that always finds the finger right; its id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def sign_in(page: Page, host: str, person) -> None:
    """By the page, with the password."""
    page.goto(f"{host}/sign-in/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def watched(page: Page) -> list[str]:
    """What the browser refuses or breaks on, from now on."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_passkey_is_added_and_signs_in_alone(make, open_page, host):
    person = make.person("林芳")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    page = open_page(locale="en-GB")
    complaints = watched(page)
    with_authenticator(page)

    sign_in(page, host, person)
    page.goto(f"{host}/account/second-factor/keys/add/")
    page.locator("input[name=passwordless]").check()
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(f"{host}/account/second-factor/keys/")
    page.get_by_role("cell", name="passkey").wait_for()
    page.context.clear_cookies()
    page.goto(f"{host}/sign-in/?next=/account/")
    page.get_by_role("button", name="With a passkey").click()
    page.get_by_role("heading", name="Your account", exact=True).wait_for()

    assert page.locator("main").get_by_text(person.email).first.is_visible()
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    assert complaints == []


def test_a_security_key_is_the_second_factor_of_an_official(make, open_page, host):
    officer = make.officer()
    officer.set_password(PASSWORD)
    officer.save(update_fields=["password"])
    page = open_page(locale="en-GB")
    complaints = watched(page)
    with_authenticator(page)

    sign_in(page, host, officer)
    page.locator("input[name=code]").fill(code_of())
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{host}/account/second-factor/keys/add/")
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.context.clear_cookies()
    sign_in(page, host, officer)
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_url(f"{host}/home/**")

    assert complaints == []


def test_without_a_passkey_of_this_portal_a_sentence_helps(open_page, host):
    page = open_page(locale="en-GB")
    with_authenticator(page)

    page.goto(f"{host}/sign-in/")
    page.get_by_role("button", name="With a passkey").click()

    page.get_by_text("The passkey was not used.").wait_for()
