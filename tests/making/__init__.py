"""Situations for tests, built through the real actions."""

from tests.making.acting import Acting
from tests.making.agreements import Agreements
from tests.making.bids import Bids
from tests.making.city import City
from tests.making.members import Members
from tests.making.needs import Needs
from tests.making.officials import Officials
from tests.making.organisations import Organisations
from tests.making.panels import Panels
from tests.making.payments import Payments
from tests.making.people import People
from tests.making.projects import Projects


class Make(People, Members, Acting, Officials, Organisations, Needs, Bids, Panels, Agreements, Projects, Payments, City):
    """Builds what a test starts from, step by step as people would."""


__all__ = ["Make"]
