"""The locked packages are looked up in a register of vulnerabilities, and a silence is not taken for a clean answer."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.local.audit import CLEAN, FOUND, NOT_ASKED, audit

FLAW = {
    "id": "OSV-2026-1", "aliases": [], "summary": "a flaw", "details": "a flaw", "published": "2026-01-01T00:00:00Z",
    "modified": "2026-01-01T00:00:00Z",
}  # fmt: skip


class Register(BaseHTTPRequestHandler):
    """Stands in for the outside register: knows a flaw of the packages in ``flawed``."""

    flawed: frozenset[str] = frozenset()

    def do_POST(self) -> None:
        """Answer one look-up as the register does."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        affected = {"package": {"name": asked, "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}]}
        body = json.dumps({"vulns": [{**FLAW, "affected": [affected]}]} if asked in self.flawed else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_line: object) -> None:
        """Say nothing."""


@pytest.fixture
def register(monkeypatch) -> Iterator[type[Register]]:
    """A register on this machine, to which OSV_URL points."""
    kind = type("Known", (Register,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OSV_URL", f"http://127.0.0.1:{server.server_port}/v1/query")
    yield kind
    server.shutdown()
    server.server_close()


def test_packages_without_known_flaws_pass(register, capsys):
    assert audit([]) == CLEAN
    assert "0 with known vulnerabilities" in capsys.readouterr().out


def test_a_flawed_package_fails_and_is_named(register, capsys):
    register.flawed = frozenset({"django"})

    assert audit(["--where-possible"]) == FOUND
    assert "OSV-2026-1, mended in: 99.0" in capsys.readouterr().out


def test_a_register_that_cannot_be_reached_is_said_and_is_not_a_clean_answer(monkeypatch, capsys):
    monkeypatch.setenv("OSV_URL", "http://127.0.0.1:9/v1/query")

    assert audit([]) == NOT_ASKED
    assert "NOT AUDITED" in capsys.readouterr().out
    assert audit(["--where-possible"]) == CLEAN
    assert "NOT AUDITED" in capsys.readouterr().out
