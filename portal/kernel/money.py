"""Money: whole fen in, whole fen out; sums that add up, and the words on documents."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from portal.kernel.errors import Refused

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
MOST_FEN = 2**53 - 1  # the largest whole number that JSON carries everywhere
MOST_DIGITS = 20
DIGITS = "零壹贰叁肆伍陆柒捌玖"
WAN, YI = 10_000, 100_000_000


def split(total_fen: int, shares: Sequence[int]) -> list[int]:
    """Divide ``total_fen`` in proportion to ``shares``; the parts add up exactly.

    Each part is rounded down to a fen; the fen left over go one each to the
    parts with the largest remainders, ties to the earliest part.

    Raises ValueError if a share is negative or all are zero.
    Source: largest-remainder method; programme rules, instalment schedule.
    """
    whole = sum(shares)
    if whole <= 0 or min(shares) < 0:
        raise ValueError(f"shares {list(shares)} cannot divide an amount")
    parts = [total_fen * share // whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: (-(total_fen * shares[i] % whole), i))
    for i in by_remainder[: total_fen - sum(parts)]:
        parts[i] += 1
    return parts


def share_floor(total_fen: int, percent: int | Decimal) -> int:
    """``percent`` of an amount, rounded down to a whole fen: the most that a share rule allows."""
    part = _share(total_fen, percent)
    return part.numerator // part.denominator


def share_ceiling(total_fen: int, percent: int | Decimal) -> int:
    """``percent`` of an amount, rounded up to a whole fen: the least that a share rule demands."""
    part = _share(total_fen, percent)
    return -(-part.numerator // part.denominator)


def yuan_to_fen(text: str) -> int:
    """Read an amount in yuan as people type it: ``"1,234.50"`` is 123450 fen.

    Raises Refused ``not_whole_fen`` (fact ``amount``) for a negative amount, a part of a
    fen, or anything that is not a number, and ``amount_too_large`` beyond :data:`MOST_FEN`.
    """
    return _to_fen(text, FEN_PER_YUAN)


def wan_to_fen(amount: Decimal | str) -> int:
    """Read an amount in 万元 (ten thousand yuan): ``Decimal("1200")`` is 1,200,000,000 fen.

    Raises as :func:`yuan_to_fen` does.
    """
    return _to_fen(amount, FEN_PER_WAN)


def wan(fen: int) -> Decimal:
    """The amount in 万元, exact and without idle zeros: 960,000,000 fen is ``Decimal("960")``."""
    return _plain(fen, 6)


def yuan(fen: int) -> Decimal:
    """The amount in yuan, exact, always with two digits: 5 fen is ``Decimal("0.05")``."""
    sign, rest = _sign(fen)
    return Decimal(f"{sign}{rest // FEN_PER_YUAN}.{rest % FEN_PER_YUAN:02}")


def in_capitals(fen: int) -> str:
    """The amount in the capital numerals (大写) that stand on contracts and payment papers.

    No 人民币 before it; ends in 整 when there is no 分; nothing is 零元整. Where the rules
    leave a 零 to the writer (a zero in the 万 or 元 place before other digits), none is written.

    Raises ValueError for a negative amount.
    Source: 支付结算办法, annex 1, 正确填写票据和结算凭证的基本规定.
    """
    if fen < 0:
        raise ValueError("a negative amount has no capital numerals")
    whole, (jiao, rest) = fen // FEN_PER_YUAN, divmod(fen % FEN_PER_YUAN, 10)
    words = f"{_whole_in_capitals(whole)}元" if whole or not (jiao or rest) else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif rest and words:
        words += "零"
    return words + (f"{DIGITS[rest]}分" if rest else "整")


def _share(total_fen: int, percent: int | Decimal) -> Fraction:
    if not isinstance(percent, int | Decimal):
        raise TypeError(f"a share is an int or a Decimal, not {type(percent).__name__}")
    return total_fen * Fraction(percent) / 100


def _to_fen(amount: Decimal | str, unit: int) -> int:
    try:
        number = Decimal(amount.strip().replace(",", "") if isinstance(amount, str) else amount)
    except (InvalidOperation, ValueError):
        raise Refused("not_whole_fen", amount=str(amount)) from None
    if not number.is_finite() or number < 0 or number.as_tuple().exponent < -MOST_DIGITS:
        raise Refused("not_whole_fen", amount=str(amount))
    if number.adjusted() > MOST_DIGITS:
        raise Refused("amount_too_large", amount=str(amount), most_fen=MOST_FEN)
    fen = Fraction(number) * unit
    if fen.denominator != 1:
        raise Refused("not_whole_fen", amount=str(amount))
    if fen > MOST_FEN:
        raise Refused("amount_too_large", amount=str(amount), most_fen=MOST_FEN)
    return int(fen)


def _plain(fen: int, places: int) -> Decimal:
    sign, rest = _sign(fen)
    text = f"{rest // 10**places}.{rest % 10**places:0{places}}"
    return Decimal(sign + text.rstrip("0").rstrip("."))


def _sign(fen: int) -> tuple[str, int]:
    return ("-" if fen < 0 else ""), abs(fen)


def _whole_in_capitals(number: int) -> str:
    for unit, word in ((YI, "亿"), (WAN, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return _whole_in_capitals(high) + word + (gap + _whole_in_capitals(low) if low else "")
    return _four_in_capitals(number)


def _four_in_capitals(number: int) -> str:
    words, gap = "", False
    for unit, word in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + word
        gap = not digit
    return words or DIGITS[0]
