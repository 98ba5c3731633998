"""What every plan of money keeps to, as constraints: its sources add up, and the shares and the class cap hold."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, DecimalField, ExpressionWrapper, F, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual


def times(amount: str, factor: object) -> ExpressionWrapper:
    """The column ``amount`` times a number or column, exactly."""
    return ExpressionWrapper(F(amount) * factor, output_field=DecimalField(max_digits=30, decimal_places=4))


def sources_kept(table: str, *, loose: Iterable[str]) -> list[CheckConstraint]:
    """The rules of a table with total, own, city and other money in fen; in the ``loose`` states none of them is asked yet.

    The rows carry the rules they were made under: ``least_percent`` and ``most_percent`` of the
    total, and ``cap_fen`` of their class.
    """
    unasked = Q(state__in=loose)
    own_share = GreaterThanOrEqual(times("own_fen", 100), times("total_fen", F("least_percent")))
    city_share = LessThanOrEqual(times("city_fen", 100), times("total_fen", F("most_percent")))
    return [
        CheckConstraint(
            condition=unasked | Q(total_fen=F("own_fen") + F("city_fen") + F("other_fen")), name=f"{table}_sources_add_up"
        ),
        CheckConstraint(condition=unasked | (Q(total_fen__gt=0) & Q(own_share)), name=f"{table}_own_share_kept"),
        CheckConstraint(condition=unasked | Q(city_share), name=f"{table}_city_share_kept"),
        CheckConstraint(condition=unasked | Q(city_fen__lte=F("cap_fen")), name=f"{table}_class_cap_kept"),
    ]
