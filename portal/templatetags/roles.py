"""The word for a role in the reader's language."""

from django import template

from portal.models import Role

register = template.Library()


@register.filter
def role_word(code: str) -> str:
    """The word for a role by its code."""
    return str(Role(code).label)
