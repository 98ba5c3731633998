"""How far this year's cases have come, for the bureau's home."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import Challenge
from challenges.queries.needs import of_bureau
from portal.clock import CHINA
from portal.faces import Bar

STEPS = (
    ("submitted_at", gettext_lazy("Needs submitted")),
    ("pooled_at", gettext_lazy("Pooled")),
    ("published_at", gettext_lazy("Published")),
    ("opened_at", gettext_lazy("Bids opened")),
    ("evaluated_at", gettext_lazy("Evaluated")),
    ("matched_at", gettext_lazy("Matched")),
)


def funnel_of(user, now: datetime) -> list[Bar]:
    """Needs of this person's programmes submitted since the first of January in China, and how many came to each later step."""
    year = datetime(now.astimezone(CHINA).year, 1, 1, tzinfo=CHINA)
    reached = {name: Count("pk", filter=Q(**{f"{name}__isnull": False})) for name, _word in STEPS}
    counts = Challenge.objects.filter(of_bureau(user), submitted_at__gte=year).aggregate(**reached)
    bars, before = [], None
    for name, word in STEPS:
        count = counts[name]
        loss = _("−%(count)s") % {"count": before - count} if before is not None and before > count else ""
        bars.append(Bar(word, count, loss))
        before = count
    return bars
