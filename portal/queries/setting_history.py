"""Every setting of the city with what is proposed for it, what comes, and what was before."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.clock import china_date
from portal.known_settings import BILINGUAL, DAYS, GROUPS, KNOWN, MINUTES, SWITCH, Known
from portal.models import Setting


@dataclass(frozen=True)
class Row:
    """One setting on the page of settings: what it is, its value today, and what is proposed or comes."""

    known: Known
    shown: str
    is_shipped: bool
    since: Setting | None
    coming: Setting | None
    waiting: Setting | None


def history(name: str) -> QuerySet[Setting]:
    """Everything ever proposed for a setting, the newest first."""
    found = Setting.objects.filter(name=name).select_related("set_by", "decision__by")
    return found.order_by("-starts_on", "-set_at")


def rows(now) -> dict[object, list[Row]]:
    """Every known setting by group, as the page shows it."""
    proposed: dict[str, list[Setting]] = {}
    for each in Setting.objects.select_related("set_by", "decision__by").order_by("-starts_on", "-decision__at"):
        proposed.setdefault(each.name, []).append(each)
    found: dict[object, list[Row]] = {heading: [] for heading in GROUPS.values()}
    for known in KNOWN.values():
        found[GROUPS[known.group]].append(row_of(known, proposed.get(known.name, []), now))
    return found


def row_of(known: Known, proposed: list[Setting], now) -> Row:
    """One setting out of everything proposed for it, the latest first day first."""
    today = china_date(now)
    confirmed = [each for each in proposed if (decision := decision_of(each)) and decision.confirmed]
    since = next((each for each in confirmed if each.starts_on <= today), None)
    coming = next((each for each in reversed(confirmed) if each.starts_on > today), None)
    waiting = next((each for each in proposed if decision_of(each) is None), None)
    shown = show(known, since.value if since else known.shipped)
    return Row(known, shown, since is None, since, coming, waiting)


def decision_of(proposed: Setting) -> Any:
    """The decision on a proposal, None while it waits."""
    return getattr(proposed, "decision", None)


def show(known: Known, value: Any) -> str:
    """A value as people read it."""
    if known.kind == SWITCH:
        return _("yes") if value else _("no")
    if known.kind == DAYS:
        return ngettext("%(count)s day", "%(count)s days", value) % {"count": value}
    if known.kind == MINUTES:
        return ngettext("%(count)s minute", "%(count)s minutes", value) % {"count": value}
    if known.kind == BILINGUAL:
        return " · ".join(filter(None, (value["zh"], value["en"]))) or "–"
    return str(value) or "–"
