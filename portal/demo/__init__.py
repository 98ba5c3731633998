"""The demo: a small city in the summer of 2026, only where ``seed_demo`` found an empty database."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from portal.demo.cast import SHOWN
from portal.models import Demo

PASSWORD = "jiebang-demo-2026"
"""The password of every demo account; they exist nowhere else."""
SECRET = "JIEBANGDEMO2345672345672345672AB"
"""What the authenticator of every official and expert of the demo is made from."""


def is_demo() -> bool:
    """Whether this portal is a demo: the mark was written after everything was in place."""
    return Demo.objects.filter(complete=True).exists()


def code() -> str:
    """What those authenticators show now."""
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(SECRET, counter))


def accounts() -> list[tuple[str, str, str]]:
    """The accounts to try: what the person is, their name, their e-mail; empty where this is no demo."""
    return [(str(part), name, email) for part, name, email in SHOWN] if is_demo() else []
