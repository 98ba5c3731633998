"""What went wrong on this machine, in one sentence for the person at the keyboard."""

from pathlib import Path


class Trouble(Exception):
    """One sentence: what happened, and what to do."""


def last_line(log: Path) -> str:
    """The last line of a log that says something; for the end of a sentence."""
    if not log.exists():
        return "it wrote nothing"
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it wrote nothing"
