"""Mobile numbers as people type them, and as they are kept: +, country, number (E.164)."""

import re
from unicodedata import normalize

CHINESE = re.compile(r"(?:\+86|0086)?(1[3-9]\d{9})")
FOREIGN = re.compile(r"\+(?!86)[1-9]\d{6,14}")


def full_number(typed: object) -> str:
    """The number with its country; empty when it is none. Without a country it is a Chinese mobile number."""
    digits = re.sub(r"[\s()\-.]", "", normalize("NFKC", str(typed or "")))
    if chinese := CHINESE.fullmatch(digits):
        return f"+86{chinese[1]}"
    return digits if FOREIGN.fullmatch(digits) else ""
