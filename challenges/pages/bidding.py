"""The bid editor: one page for each section, saved with a look at who else has written."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.actions import bidding
from challenges.forms.bidding import FileForm, form_for, read_from
from challenges.models import Bid
from challenges.permissions.bidding import WORKED_ON, may_save_draft
from challenges.queries import bidding as bids
from challenges.queries.bid_overview import SECTIONS, overview
from challenges.queries.bid_showing import Theirs, asked_for, in_words
from challenges.queries.bidding import Draft
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.queries.profiles import profile_of
from portal.show import listed
from portal.web import find, page

FIRST = next(iter(SECTIONS))


@page("challenges/bid_section.html")
def draft(request, pk: UUID):
    """The editor opens at the first section in which something is missing."""
    bid = find(bids.own(request.user), pk=pk)
    if bid.state not in WORKED_ON:
        return redirect("bid", pk=pk)
    read = bids.read_draft(bid, request.user)
    sections = overview(bids.with_everything(bid.pk), read).sections
    open_one = next((section.slug for section in sections if section.problems), FIRST)
    return redirect("bid-section", pk=pk, slug=open_one)


@page("challenges/bid_section.html", part="challenges/parts/bid_saved.html")
def section(request, pk: UUID, slug: str):
    """One section: fill it in, save it; another's newer text is shown beside one's own."""
    now = portal_now()
    if slug not in SECTIONS:
        raise NotFound()
    if find(bids.own(request.user), pk=pk).state not in WORKED_ON:
        return redirect("bid", pk=pk)
    bid = bids.with_everything(pk)
    read = bids.read_draft(bid, request.user)
    if slug == "files":
        return _files(request, bid, read, now)
    seen = _version(request, read)
    form = form_for(slug, request.POST or None, read.document, bid)
    if request.POST and form.is_valid():
        bidding.save_draft(pk, document=read_from(slug, form), version=seen, by=request.user, now=now)
        if request.htmx:
            return {"now": now, "read": bids.read_draft(bid, request.user), "saved": True}
        messages.success(request, _("Saved, and kept encrypted."))
        return redirect("bid-section", pk=pk, slug=_next(slug) if "next" in request.POST else slug)
    theirs = _theirs(slug, read, seen, bid) if request.POST else []
    shown = {"form": form, "theirs": theirs, "seen": read.version if theirs else seen, "started": seen}
    if slug == "offers":
        shown["offers"] = [(row, one, asked_for(one)) for row, one in zip(form.forms, bid.asked, strict=False)]
    return _around(request, bid, read, slug, now) | shown


@require_POST
@page("challenges/bid_section.html")
def remove_file(request, pk: UUID, file: UUID):
    """Take a file out of the draft."""
    find(bids.own(request.user), pk=pk)
    bidding.remove_file(pk, file, by=request.user, now=portal_now())
    messages.success(request, _("The file is removed from the bid."))
    return redirect("bid-section", pk=pk, slug="files")


def _files(request, bid: Bid, read: Draft, now) -> object:
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["content"]
        bidding.add_file(bid.pk, name=upload.name, content=upload.read(), by=request.user, now=now)
        messages.success(request, _("The file is added. It is encrypted to the board's box and cannot be read here any more."))
        return redirect("bid-section", pk=bid.pk, slug="files")
    return _around(request, bid, read, "files", now) | {"form": form, "files": read.document["files"], "limits": _limits(bid)}


OF_THE_LEAD = ("summary", "consortium")
"""Sections beside which the lead's profile stands, so that nobody types it in again."""


def _around(request, bid: Bid, read: Draft, slug: str, now) -> dict[str, object]:
    """What stands around every section."""
    slugs = list(SECTIONS)
    shown = overview(bid, read)
    return {
        "now": now,
        "bid": bid,
        "board": bid.challenge,
        "read": read,
        "overview": shown,
        "slug": slug,
        "word": SECTIONS[slug][0],
        "profile": profile_of(bid.lead) if slug in OF_THE_LEAD else None,
        "place": slugs.index(slug) + 1,
        "here": next(section for section in shown.sections if section.slug == slug),
        "may_save": may_save_draft(request.user, bid, now=now),
    }


def _limits(bid: Bid) -> str:
    rules = bid.challenge.rules
    facts = {"most": rules.files_most, "mib": rules.file_most_mib, "kinds": listed(kind.split("/")[-1].upper() for kind in rules.file_kinds)}
    return _("At most %(most)s files of %(mib)s MiB each: %(kinds)s.") % facts


def _next(slug: str) -> str:
    slugs = list(SECTIONS)
    return slugs[min(slugs.index(slug) + 1, len(slugs) - 1)]


def _version(request, read: Draft) -> int:
    """The save from which the writer started; what is not a number counts as the first."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else (1 if request.POST else read.version)


def _theirs(slug: str, read: Draft, seen: int, bid: Bid) -> list[Theirs]:
    """What others have saved in this section since the writer began."""
    newer: list[tuple[str, Mapping[str, object]]] = [
        (name, read.touched[name]) for name in SECTIONS[slug][1] if read.touched.get(name, {}).get("version", 0) > seen
    ]
    return [Theirs.of(name, touch, in_words(name, read.document[name], bid)) for name, touch in newer]
