"""How the tests are shared out among processes: what judges one walk of the permission table runs in one process."""

import re

import pytest

WALK = re.compile(r"tests/permissions/.*\[(\w+)\]")


def together(nodeid: str) -> str:
    """The tests of one situation of the permission table by its name, every other test alone."""
    walk = WALK.fullmatch(nodeid)
    return f"walk {walk[1]}" if walk else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand out the walks first, each whole, so that a situation is walked once."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return together(nodeid)

    return Sharing(config, log)
