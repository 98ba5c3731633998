"""What is done and what is missing in a bid, section by section, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from challenges.models import Bid
from challenges.policy.shape import Problem
from challenges.queries.bidding import Draft, problems_of
from challenges.states import BidState
from portal.faces import Check
from portal.kernel.errors import PortalError
from portal.words import sentence

SECTIONS: dict[str, tuple[object, tuple[str, ...]]] = {
    "summary": (gettext_lazy("Summary and price"), ("summary", "price_fen", "months")),
    "offers": (gettext_lazy("Indicators offered"), ("offers",)),
    "route": (gettext_lazy("Technical route"), ("route",)),
    "team": (gettext_lazy("Team"), ("team",)),
    "consortium": (gettext_lazy("Consortium"), ("consortium",)),
    "milestones": (gettext_lazy("Milestones"), ("milestones",)),
    "budget": (gettext_lazy("Budget"), ("budget",)),
    "risks": (gettext_lazy("Risks"), ("risks",)),
    "ip": (gettext_lazy("Intellectual property"), ("ip_terms",)),
    "files": (gettext_lazy("Files"), ("files",)),
}
"""The sections of a bid in the order of work: slug, word, and the fields of the document in them."""

FIELDS: dict[str, object] = {
    "summary": gettext_lazy("Summary"),
    "price_fen": gettext_lazy("Price"),
    "months": gettext_lazy("Months"),
    "offers": gettext_lazy("Offer"),
    "route": gettext_lazy("Technical route"),
    "team": gettext_lazy("Team"),
    "consortium": gettext_lazy("Consortium"),
    "milestones": gettext_lazy("Milestones"),
    "budget": gettext_lazy("Budget"),
    "risks": gettext_lazy("Risks"),
    "ip_terms": gettext_lazy("Terms on intellectual property"),
    "files": gettext_lazy("Files"),
    "name": gettext_lazy("Name"),
    "role": gettext_lazy("Part in the project"),
    "title": gettext_lazy("Title"),
    "uscc": gettext_lazy("Credit code"),
    "share_percent": gettext_lazy("Share"),
    "task": gettext_lazy("Task"),
    "value": gettext_lazy("Value offered"),
    "note": gettext_lazy("Note"),
    "month": gettext_lazy("Month"),
    "deliverable": gettext_lazy("What is delivered"),
    "amount_fen": gettext_lazy("Amount"),
    "subject": gettext_lazy("Subject"),
    "indicator": gettext_lazy("Indicator"),
}


@dataclass(frozen=True)
class Section:
    """One section on the way to the seal: its word, its address, and what is still missing in it."""

    slug: str
    word: str
    url: str
    problems: Sequence[Check]

    @property
    def missing(self) -> str:
        """How many things are missing, in words; nothing when it is complete."""
        count = len(self.problems)
        return ngettext("%(count)s to do", "%(count)s to do", count) % {"count": count} if count else ""


@dataclass(frozen=True)
class Overview:
    """All sections, how many are complete, and one line for each thing that is missing."""

    sections: Sequence[Section]

    @property
    def complete(self) -> int:
        """Sections in which nothing is missing."""
        return sum(not section.problems for section in self.sections)

    @property
    def checks(self) -> list[Check]:
        """A line for each section: complete, or what is missing first and the way there."""
        return [_line(section) for section in self.sections]

    @property
    def ready(self) -> bool:
        """Whether the bid can be signed off as it is."""
        return self.complete == len(self.sections)


def overview(bid: Bid, draft: Draft) -> Overview:
    """What the draft still needs; ``bid`` comes from ``with_everything``."""
    found = problems_of(draft.document, bid)
    sections = []
    for slug, (word, fields) in SECTIONS.items():
        url = reverse("bid-section", args=[bid.pk, slug])
        here = [said(problem, url) for problem in found if problem.field.split(".")[0] in fields]
        sections.append(Section(slug, str(word), url, here))
    return Overview(sections)


def said(problem: Problem, url: str = "") -> Check:
    """A problem of a document in words: where it is, and what to do."""
    return Check(where(problem.field), "missing", sentence(PortalError(problem.code, **problem.facts)), url=url, act=_("Go there"))


def where(field: str) -> str:
    """The name of a field: ``milestones.0.month`` is the month in row 1 of the milestones."""
    name, _dot, rest = field.partition(".")
    word = str(FIELDS.get(name, name))
    if not rest:
        return word
    row, _dot, column = rest.partition(".")
    facts = {"field": word, "row": int(row) + 1, "column": FIELDS.get(column, column)}
    return (_("%(field)s, row %(row)s: %(column)s") if column else _("%(field)s, row %(row)s")) % facts


def next_step(bid: Bid, now: datetime) -> Mapping[str, str]:
    """What comes next for a bid and who acts: ``word``, ``who``, ``then``."""
    if bid.state in (BidState.DRAFT, BidState.SIGNING_OFF) and now > bid.challenge.closes_at:
        return {"word": _("The deadline has passed"), "who": "", "then": ""}
    words = {
        BidState.DRAFT: (_("Fill in what is missing, then ask for sign-off"), _("Your team"), _("Sign-off and sealing")),
        BidState.SIGNING_OFF: (_("Check the bid and seal it"), _("Your administrator"), _("The box closes at the deadline")),
        BidState.SEALED: (_("Wait for the opening"), _("The clock"), _("Formal check by the bureau")),
        BidState.OPENED: (_("Formal check"), _("The bureau"), _("Review by a panel")),
        BidState.QUALIFIED: (_("Review by a panel"), _("Experts"), _("The poster selects")),
        BidState.RANKED: (_("The poster selects"), _("The poster"), _("Agreement")),
        BidState.RESERVE: (_("In reserve: the poster has selected another bid"), _("The poster"), ""),
        BidState.SELECTED: (_("Agreement"), _("Poster and bidder"), _("Registration")),
    }
    word, who, then = words.get(bid.state, (_("Nothing more to do"), "", ""))
    return {"word": word, "who": who, "then": then}


def _line(section: Section) -> Check:
    if not section.problems:
        return Check(section.word, "met", end=_("complete"))
    first = section.problems[0]
    remedy = first.remedy if first.what == section.word else f"{first.what}: {first.remedy}"
    return Check(section.word, "missing", remedy, url=section.url, act=section.missing)
