"""Settings of the city in force today, and the foot of every page; no tables are named here, the frame is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from portal.known_settings import KNOWN
from portal.queries.frame import Frame, present_frame, read_frame
from portal.show import in_english

LATELY_SECONDS = 5
_lately: list[tuple[float, Mapping[str, Any]]] = []


@dataclass(frozen=True)
class Filing:
    """A filing number and where it leads."""

    number: str
    link: str


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every page, in the reader's language; empty lines are left out."""

    host: str
    address: str
    phone: str
    mail: str
    support: str
    filings: tuple[Filing, ...]
    site_code: str


def setting(name: str) -> Any:
    """The value of a known setting in force today; the shipped one until somebody sets it.

    Within a request all settings are read once, together with the page's frame.
    """
    return present_frame().settings.get(name, KNOWN[name].shipped)


def number_lately(name: str) -> int:
    """A number as it stood at most five seconds ago, for what is asked at every request: each process reads once in that time.

    It lies within the limits of the setting whatever was stored, so that no number shuts everybody out.
    """
    if not _lately or _lately[0][0] < monotonic() - LATELY_SECONDS:
        _lately[:] = [(monotonic(), read_frame().settings)]
    known = KNOWN[name]
    return max(known.least, min(known.most, _lately[0][1].get(name, known.shipped)))


def forget_lately() -> None:
    """A setting was decided just now: this process reads anew at once, the others within seconds."""
    _lately.clear()


def worded(value: Mapping[str, str]) -> str:
    """A bilingual value in the reader's language."""
    return value["en" if in_english() else "zh"]


def foot(frame: Frame) -> Foot:
    """The foot of every page."""

    def value(name: str) -> Any:
        return frame.settings.get(name, KNOWN[name].shipped)

    filings = (Filing(value("icp_number"), value("icp_link")), Filing(value("police_number"), value("police_link")))
    return Foot(
        host=worded(value("host_organisation")),
        address=worded(value("host_address")),
        phone=value("contact_phone"),
        mail=value("contact_mail"),
        support=worded(value("support_contact")),
        filings=tuple(each for each in filings if each.number),
        site_code=value("site_code"),
    )
