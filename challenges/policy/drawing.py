"""The draw of experts, which anybody can repeat from the published pool and seed."""

import hashlib


def draw(key: str, pool_size: int, count: int, *, digest: str = "sha256") -> list[int]:
    """Draw ``count`` different numbers out of 1 to ``pool_size``, in the order drawn.

    ``key`` is the whole published ASCII string with its last "/". Before and after it stands
    the number of the round, from 0, in two bytes; the hash, read as one big number, divided by
    what is left in the pool gives the remainder that is drawn.

    Raises ValueError when more are asked for than the pool holds, for negative figures, for a
    key that is not ASCII, and for an unknown ``digest``.
    Source: RFC 3797, section 4, with SHA-256 instead of MD5.
    """
    if not 0 <= count <= pool_size:
        raise ValueError(f"cannot draw {count} out of {pool_size}")
    text, left, drawn = key.encode("ascii"), list(range(1, pool_size + 1)), []
    for turn in range(count):
        around = turn.to_bytes(2, "big")
        hashed = hashlib.new(digest, around + text + around).digest()
        drawn.append(left.pop(int.from_bytes(hashed, "big") % len(left)))
    return drawn
