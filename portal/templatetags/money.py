"""Money in templates: 万元 (RMB million in English), yuan, capital numerals."""

from decimal import Decimal

from django.template import Library, TemplateSyntaxError

from portal.kernel.money import in_capitals
from portal.show import NONE, in_english, show_amount, show_number, show_percent, show_yuan

register = Library()


def _options(words: str, accepted: set[str]) -> set[str]:
    given = set(words.split())
    if unknown := given - accepted:
        raise TemplateSyntaxError(f"money: {', '.join(sorted(unknown))} is not one of {', '.join(sorted(accepted))}.")
    return given


@register.filter
def wan(fen: int | None, options: str = "") -> str:
    """``1,200.00`` 万元 (``12.00`` RMB million); ``"unit"`` adds the unit, ``"whole"`` leaves idle zeros off."""
    given = _options(options, {"unit", "whole"})
    return show_amount(fen, places=0 if "whole" in given else 2, unit="unit" in given)


@register.filter
def yuan(fen: int | None, options: str = "") -> str:
    """``12,000,000.00`` in full yuan; ``"unit"`` adds the unit."""
    return show_yuan(fen, unit="unit" in _options(options, {"unit"}))


@register.filter
def percent(share: Decimal | int | None) -> str:
    """``60 %``; a share with digits after the point keeps them."""
    return NONE if share is None else show_percent(share)


@register.filter
def capitals(fen: int | None) -> str:
    """The capital numerals of documents: 壹仟贰佰万元整."""
    return NONE if fen is None else in_capitals(fen)


@register.simple_tag
def money_unit() -> str:
    """The unit of ``wan``, once per table or sheet."""
    return "RMB million" if in_english() else "万元"


@register.filter
def exact(number: Decimal | int | None) -> str:
    """A number with its thousands separated, as many digits after the point as it has and no more."""
    return NONE if number is None else show_number(number)
