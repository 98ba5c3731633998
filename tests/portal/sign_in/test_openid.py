"""Signing in with a public identity, against a real provider that runs as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from portal.local.children import ROOT
from portal.models import Event, User
from tests.making.people import code_of

pytestmark = pytest.mark.django_db
BACK = "http://testserver/sign-in/identity/identity/back/"
PASSWORD = "correct horse battery"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def issuer(tmp_path_factory) -> Iterator[str]:
    """A running provider; its address is the issuer's."""
    folder, port = tmp_path_factory.mktemp("provider"), free_port()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    (folder / "login.html").write_text("<form method=post>{% csrf_token %}{{ form }}</form>")
    issuer = f"http://127.0.0.1:{port}/o"
    env = {**os.environ, "PROVIDER_FOLDER": str(folder), "PROVIDER_ISSUER": issuer}
    command = [sys.executable, "-m", "tests.openid_provider", str(port), "jiebang", "client secret", BACK]
    with (folder / "log").open("w") as log:
        child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        for _ in range(300):
            if child.poll() is not None:
                break
            try:
                requests.get(f"{issuer}/.well-known/openid-configuration", timeout=2).raise_for_status()
                break
            except requests.RequestException:
                time.sleep(0.1)
        assert child.poll() is None, (folder / "log").read_text()[-3000:]
        yield issuer
    finally:
        child.terminate()
        child.wait(10)


@pytest.fixture(autouse=True)
def connected(settings, issuer) -> None:
    """The portal as its environment would connect it."""
    settings.OIDC_ISSUER, settings.OIDC_NAME = issuer, "安徽政务服务网"
    app = {
        "provider_id": "identity", "name": "安徽政务服务网", "client_id": "jiebang", "secret": "client secret",
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def person(make) -> User:
    """Somebody with a password, and the address that the provider knows of lin."""
    person = make.person(email="lin@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


def prove(address: str, name: str) -> str:
    """Sign in at the provider as a browser would; the address to which it sends the browser back."""
    browser = requests.Session()
    while not address.startswith(BACK):
        answer = browser.get(address, allow_redirects=False, timeout=5)
        if answer.status_code == 200:
            typed = {
                "username": name,
                "password": f"{name}-password",
                "next": parse_qs(urlsplit(address).query)["next"][0],
                "csrfmiddlewaretoken": browser.cookies["csrftoken"],
            }
            answer = browser.post(address, typed, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, (address, answer.status_code, answer.text[:500])
        address = urljoin(address, answer.headers["Location"])
    return address


def come_by_identity(client: Client, name: str, process: str = "login"):
    """Press the button, sign in at the provider, and come back."""
    away = client.post(f"/sign-in/identity/identity/?process={process}")
    assert away.status_code == 302, away.content.decode()[:2000]
    parts = urlsplit(prove(away["Location"], name))
    return client.get(f"{parts.path}?{parts.query}", follow=True)


def signed_in(client: Client) -> str | None:
    """Who this browser is."""
    return client.session.get("_auth_user_id")


def entered(person: User) -> Client:
    """A browser in which this person has just signed in with the password."""
    client = Client(headers={"accept-language": "en"})
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    return client


def test_the_way_there_carries_state_and_a_challenge(issuer):
    client = Client()

    away = client.post("/sign-in/identity/identity/?process=login")

    asked = parse_qs(urlsplit(away["Location"]).query)
    assert away["Location"].startswith(f"{issuer}/authorize/")
    assert (asked["code_challenge_method"], asked["redirect_uri"], asked["response_type"]) == (["S256"], [BACK], ["code"])
    assert asked["state"][0]
    assert len(asked["code_challenge"][0]) == 43


def test_joined_by_its_owner_the_identity_signs_in(person):
    joined = come_by_identity(entered(person), "lin", process="connect")
    client = Client()
    come_by_identity(client, "lin")

    assert "The identity is joined to your account." in joined.content.decode()
    assert list(SocialAccount.objects.values_list("provider", "user")) == [("identity", person.pk)]
    assert signed_in(client) == str(person.pk)
    assert Event.objects.filter(kind="user.identity_connected", subject_id=person.pk).count() == 1


def test_a_claimed_address_alone_opens_no_account_even_when_it_is_verified(person):
    client = Client(headers={"accept-language": "en"})

    answer = come_by_identity(client, "lin")

    assert (signed_in(client), SocialAccount.objects.count(), User.objects.count()) == (None, 0, 1)
    assert answer.redirect_chain[-1][0].startswith("/sign-in/?next=%2Faccount%2Fidentity%2F")
    assert "not joined to an account" in answer.content.decode()


def test_after_that_one_signs_in_and_is_where_it_is_joined(person):
    client = Client()
    come_by_identity(client, "lin")

    answer = client.post("/sign-in/", {"login": person.email, "password": PASSWORD, "next": "/account/identity/"})

    assert answer["Location"] == "/account/identity/"


def test_an_identity_belongs_to_one_account(make, person):
    come_by_identity(entered(person), "lin", process="connect")
    other = make.person()
    other.set_password(PASSWORD)
    other.save()

    answer = come_by_identity(entered(other), "lin", process="connect")

    assert "belongs to another account already" in answer.content.decode()
    assert list(SocialAccount.objects.values_list("user", flat=True)) == [person.pk]


def test_an_identity_is_no_second_factor(make):
    officer = make.officer()
    officer.set_password(PASSWORD)
    officer.save()
    client = entered(officer)
    client.post("/sign-in/second-factor/", {"code": code_of()})
    come_by_identity(client, "gu", process="connect")

    fresh = Client()
    answer = come_by_identity(fresh, "gu")

    assert answer.redirect_chain[-1][0] == "/sign-in/second-factor/"
    assert signed_in(fresh) is None


def test_two_answers_about_different_people_are_refused(person):
    come_by_identity(entered(person), "lin", process="connect")
    client = Client(headers={"accept-language": "en"})

    answer = come_by_identity(client, "mallory")

    assert signed_in(client) is None
    assert "Signing in did not work" in answer.content.decode()


def test_an_answer_that_nobody_asked_for_is_refused(person):
    away = Client().post("/sign-in/identity/identity/?process=login")
    parts = urlsplit(prove(away["Location"], "lin"))
    victim = Client(headers={"accept-language": "en"})

    answer = victim.get(f"{parts.path}?{parts.query}", follow=True)

    assert signed_in(victim) is None
    assert "Signing in did not work" in answer.content.decode()


def test_it_is_separated_again(person):
    client = entered(person)
    come_by_identity(client, "lin", process="connect")

    client.post("/account/identity/", {"account": SocialAccount.objects.get().pk})

    assert not SocialAccount.objects.exists()


def test_a_provider_that_is_down_is_a_sentence(settings, client):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = f"http://127.0.0.1:{free_port()}/o"

    answer = client.post("/sign-in/identity/identity/?process=login", headers={"accept-language": "en"})

    assert answer.status_code in (200, 503)
    assert "Signing in did not work" in answer.content.decode()


def test_the_environment_alone_connects_the_portal(issuer):
    script = "from django.conf import settings as s; print(s.SOCIALACCOUNT_PROVIDERS, s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    variables = {"OIDC_ISSUER": issuer, "OIDC_NAME": "政务网", "OIDC_CLIENT_ID": "id-of-ours", "OIDC_CLIENT_SECRET": "secret-of-ours"}

    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=os.environ | variables, capture_output=True, text=True)

    assert all(value in said.stdout for value in variables.values()), said.stderr
    assert said.stdout.count(issuer.removesuffix("/o")) >= 2


def test_without_it_there_is_no_button(settings, client):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}

    assert "/sign-in/identity/" not in client.get("/sign-in/").content.decode()
