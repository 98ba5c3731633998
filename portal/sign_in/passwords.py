"""Passwords that are refused because others use them: common in China, or found in a public breach."""

import mmap
from functools import cache
from hashlib import sha1
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LIST = Path(__file__).parent / "common_in_china.txt"
HASH_CHARACTERS = 40


class CommonHere:
    """Refuses what is common in China, whatever its case and whatever signs or digits were hung on its end."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a common password."""
        typed = password.lower()
        if typed in common() or typed.rstrip("!@#$%^&*._-?~！。0123456789") in stems():
            raise ValidationError(_("Many people use this password, so it is guessed first."), code="password_common_here")

    def get_help_text(self) -> str:
        """For lists of what a password needs."""
        return _("No password that many people use.")


class Breached:
    """Refuses what stands in the file of breached passwords: sorted lines ``SHA-1`` or ``SHA-1:count`` in capitals."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError for a password that was published."""
        if settings.BREACHED_PASSWORDS and is_breached(password, settings.BREACHED_PASSWORDS):
            raise ValidationError(
                _("This password was published in a data breach elsewhere. Choose one that you use nowhere else."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """For lists of what a password needs."""
        return _("No password that was published in a data breach.")


@cache
def common() -> frozenset[str]:
    """The shipped list, in small letters."""
    lines = LIST.read_text().splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


@cache
def stems() -> frozenset[str]:
    """The common passwords of letters, five at least, which digits at the end do not make better."""
    return frozenset(word for word in common() if len(word) >= 5 and word.isalpha())


def is_breached(password: str, path: Path) -> bool:
    """Search the file for the password's SHA-1 by halving; some forty reads for a billion lines."""
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            middle = (low + high) // 2
            begin = lines.rfind(b"\n", 0, middle) + 1
            end = lines.find(b"\n", begin)
            end = len(lines) if end < 0 else end
            found = lines[begin : begin + HASH_CHARACTERS].upper()
            if found == wanted:
                return True
            if found < wanted:
                low = end + 1
            else:
                high = begin
    return False
