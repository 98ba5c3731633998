"""Retention times: what is kept how long, what is due, and when it was applied last."""

from django.http import HttpRequest

from portal.actions.retaining import RULES
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.known_settings import KNOWN
from portal.queries import retaining
from portal.queries.setting_history import show as show_value
from portal.queries.settings import setting
from portal.rights import may_read_settings
from portal.web import Answer, page


@page("portal/retention.html")
def show(request: HttpRequest) -> Answer:
    """Every retention time with its last run."""
    if not may_read_settings(request.user):
        raise NotFound()
    last = retaining.last_runs()
    rows = [
        {
            "rule": rule,
            "kept": show_value(KNOWN[rule.kept], setting(rule.kept)) if rule.kept else "",
            "run": last.get(rule.name),
        }
        for rule in RULES
    ]
    return {"now": portal_now(), "rows": rows, "newest": max((run.at for run in last.values()), default=None)}
