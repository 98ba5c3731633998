"""Text messages: the ways to send one, chosen by SMS_GATEWAY.

``file`` writes each message into a folder and stands in for a gateway on a machine of one's own.
``http`` posts ``{"to": "+86…", "text": "…"}`` as JSON to SMS_URL with ``Authorization: Bearer
SMS_TOKEN``; any 2xx answer means taken. A provider that speaks otherwise gets a class here, or a
few lines of its own between its address and this one.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import requests
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SECONDS = 10


class Undeliverable(Exception):
    """The gateway has refused this message; trying again would not help."""


class Gateway(Protocol):
    """A way to send a text message."""

    def send(self, to: str, text: str) -> None:
        """Send; OSError when it may work later, Undeliverable when it never will."""


class FileGateway:
    """Writes each message into a file of SMS_FOLDER: its number on the first line, then the text."""

    def send(self, to: str, text: str) -> None:
        """Write the file."""
        folder = Path(settings.SMS_FOLDER)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.txt"
        (folder / name).write_text(f"{to}\n{text}\n")


class HttpGateway:
    """Posts each message to the provider's address."""

    def send(self, to: str, text: str) -> None:
        """Post; requests' own errors are OSErrors."""
        answer = requests.post(
            settings.SMS_URL, json={"to": to, "text": text}, timeout=SECONDS, allow_redirects=False,
            headers={"Authorization": f"Bearer {settings.SMS_TOKEN}"},
        )  # fmt: skip
        if 400 <= answer.status_code < 500 and answer.status_code not in (408, 429):
            raise Undeliverable(f"status {answer.status_code}")
        if not answer.ok or answer.is_redirect:
            raise OSError(f"status {answer.status_code}")


GATEWAYS = {"file": FileGateway, "http": HttpGateway}


def gateway() -> Gateway:
    """The gateway that SMS_GATEWAY names."""
    try:
        return GATEWAYS[settings.SMS_GATEWAY]()
    except KeyError:
        names = ", ".join(sorted(GATEWAYS))
        raise ImproperlyConfigured(f"The variable SMS_GATEWAY is wrong; it should hold one of: {names}.") from None
