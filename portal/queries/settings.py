"""Settings of the city in force today, and the foot of every page; no tables are named here, the frame is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.known_settings import KNOWN
from portal.queries.frame import Frame, present_frame
from portal.show import in_english


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
