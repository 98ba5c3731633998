"""Who may stand together in a bid: the lead among them, the poster not."""

from collections.abc import Collection, Iterator, Mapping

from challenges.policy.shape import Problem


def check_consortium(document: Mapping[str, object], *, lead: str, poster: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the members of a bid, beyond their shares.

    ``lead`` is a credit code, ``poster`` those of everything that counts as the poster: its branches,
    its head office, what it was merged with.

    A bid without members is the lead's alone. Source: independence of poster and bidder
    (关联关系), which every published board demands.
    """
    members = [row for row in document.get("consortium") or [] if isinstance(row, Mapping)]
    codes = [str(row.get("uscc") or "").strip() for row in members]
    if members and lead not in codes:
        yield Problem("consortium", "lead_not_a_member", {"uscc": lead})
    for place, code in enumerate(codes):
        if code in poster:
            yield Problem(f"consortium.{place}.uscc", "poster_is_a_member", {"uscc": code})
