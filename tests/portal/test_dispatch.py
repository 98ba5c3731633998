"""Mails and text messages with codes: sealed until sent, sent once, given up when late."""

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from portal import sms
from portal.dispatch import CODES_LIVE, promise, send
from portal.models import Channel, Dispatch, OutboxJob
from portal.tasks import send_dispatch

pytestmark = pytest.mark.django_db


def promised(channel: Channel = Channel.MAIL, to: str = "lin@example.org") -> Dispatch:
    """Something that waits."""
    return promise(channel, to=to, subject="Your code", text="Your code is 123456.", live=CODES_LIVE)


def row(dispatch: Dispatch) -> dict:
    """The row as it is."""
    return Dispatch.objects.values("sealed", "tries", "error").get(pk=dispatch.pk)


def test_a_mail_waits_sealed_with_its_job_and_is_emptied_once_sent(clock):
    dispatch = promised()
    sealed = bytes(Dispatch.objects.get(pk=dispatch.pk).sealed)

    send_dispatch(str(dispatch.pk))
    send_dispatch(str(dispatch.pk))

    assert b"123456" not in sealed
    assert b"lin@example.org" not in sealed
    assert [(each.to, each.subject, each.body) for each in mail.outbox] == [
        (["lin@example.org"], "Your code", "Your code is 123456.")
    ]
    assert row(dispatch) == {"sealed": None, "tries": 1, "error": ""}
    assert list(OutboxJob.objects.values_list("task", "arguments")) == [("portal.send_dispatch", [str(dispatch.pk)])]


def test_a_code_that_comes_too_late_is_not_sent(clock):
    clock.china(2026, 9, 14)
    dispatch = promised()
    clock.forward(minutes=16)

    assert send(dispatch.pk)
    assert (mail.outbox, row(dispatch)) == ([], {"sealed": None, "tries": 0, "error": "too late"})


def test_a_mail_server_that_is_down_is_tried_again(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9
    dispatch = promised()

    with pytest.raises(OSError):
        send_dispatch.run(str(dispatch.pk))

    assert Dispatch.objects.get(pk=dispatch.pk).sealed is not None
    assert row(dispatch)["error"] == "ConnectionRefusedError"


def test_the_stand_in_writes_each_text_message_into_a_file(settings, tmp_path):
    settings.SMS_GATEWAY, settings.SMS_FOLDER = "file", tmp_path / "sms"
    dispatch = promised(Channel.SMS, "+8613912345678")

    send(dispatch.pk)

    assert [path.read_text() for path in Path(tmp_path / "sms").iterdir()] == ["+8613912345678\nYour code is 123456.\n"]


class Provider(BaseHTTPRequestHandler):
    """A provider of text messages: notes what it is sent and answers as told."""

    taken: list[tuple[str, dict]] = []
    status = 200

    def do_POST(self) -> None:
        """Take a message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings):
    """A running provider that the portal is told of."""
    server = HTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_GATEWAY, settings.SMS_TOKEN = "http", "key"
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    Provider.taken, Provider.status = [], 200
    yield Provider
    server.shutdown()
    server.server_close()


def test_the_http_gateway_posts_number_and_text(provider):
    dispatch = promised(Channel.SMS, "+8613912345678")

    send(dispatch.pk)

    assert provider.taken == [("Bearer key", {"to": "+8613912345678", "text": "Your code is 123456."})]
    assert row(dispatch)["sealed"] is None


@pytest.mark.parametrize(("status", "done", "error"), [(400, True, "refused"), (503, False, "OSError"), (429, False, "OSError")])
def test_a_refused_message_ends_and_an_overloaded_provider_is_asked_again(provider, status, done, error):
    provider.status = status
    dispatch = promised(Channel.SMS, "+8613912345678")

    assert send(dispatch.pk) is done
    assert row(dispatch)["error"] == error
    assert (row(dispatch)["sealed"] is None) is done


def test_an_unknown_gateway_is_a_sentence(settings):
    settings.SMS_GATEWAY = "pigeon"

    with pytest.raises(ImproperlyConfigured, match="SMS_GATEWAY"):
        sms.gateway()


def test_a_promise_lives_for_a_while():
    assert promised().expires_at - promised().created_at >= CODES_LIVE - timedelta(seconds=5)
