"""Why an expert must stay away from a candidate: plain facts about organisations and people.

The database refuses an assignment on a conflicted pair; these functions find the same facts
beforehand, so that the refusal can say which ones.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True)
class Post:
    """An expert's place at an organisation; ``until`` None means to this day, ``since`` None means unknown."""

    organisation: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, order=True)
class Conflict:
    """One reason: its code, and the organisation or person it hangs on."""

    code: str
    subject: str
    until: date | None = None


def conflicts_with(
    *,
    person: str,
    posts: Iterable[Post],
    parties: Collection[str],
    people: Collection[str],
    on: date,
    window_years: int,
    tied: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list[Conflict]:
    """Every reason why the expert ``person`` may not score a candidate on the day ``on``.

    ``parties`` are the ids of the organisations that stand behind the candidate, poster and
    consortium members included; ``people`` those of its team. Codes: ``own_team``,
    ``same_organisation`` (works there now), ``same_organisation_recently`` (left within
    ``window_years``; the day exactly that long ago still counts), ``employer_tied`` (works now for an
    organisation that is tied to one of ``parties``: ``tied`` names for each such organisation the
    parties). Sorted, each once.
    Source: rules on avoidance (回避): employer now or within three years.
    """
    found = {Conflict("own_team", person)} if person in people else set()
    left_before = years_before(on, window_years)
    for post in posts:
        if not (post.since is not None and post.since > on) and (post.until is None or post.until >= on):
            found |= {Conflict("employer_tied", party) for party in tied.get(post.organisation, ()) if party in parties}
        if post.organisation not in parties or (post.since is not None and post.since > on):
            continue
        if post.until is None or post.until >= on:
            found.add(Conflict("same_organisation", post.organisation))
        elif post.until >= left_before:
            found.add(Conflict("same_organisation_recently", post.organisation, post.until))
    return sorted(found, key=lambda conflict: (conflict.code, conflict.subject, conflict.until or date.max))


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 29 February becomes 28 February, as PostgreSQL has it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
