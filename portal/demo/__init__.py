"""The demo: a small city in the summer of 2026, only where ``seed_demo`` found an empty database."""

from portal.demo.cast import SHOWN
from portal.models import Demo

PASSWORD = "jiebang-demo-2026"
"""The password of every demo account; they exist nowhere else."""


def is_demo() -> bool:
    """Whether this portal is a demo: the mark was written after everything was in place."""
    return Demo.objects.filter(complete=True).exists()


def accounts() -> list[tuple[str, str, str]]:
    """The accounts to try: what the person is, their name, their e-mail; empty where this is no demo."""
    return [(str(part), name, email) for part, name, email in SHOWN] if is_demo() else []
