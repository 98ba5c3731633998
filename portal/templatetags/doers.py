"""Who did something, and for whom: ``{{ signature|doer }}``, ``{{ decision|doer:"recorded" }}``."""

from django import template

from portal.queries.doers import doer_of, doer_of_event

register = template.Library()


@register.filter
def doer(row: object, what: str = "") -> str:
    """“A for B” from the columns ``by`` and ``at`` of a row, or ``<what>_by`` and ``<what>_at``."""
    if row is None:
        return ""
    if hasattr(row, "on_behalf_of_id"):
        return doer_of_event(row)
    prefix = f"{what}_" if what else ""
    return doer_of(getattr(row, f"{prefix}by"), getattr(row, f"{prefix}at"))
