"""The home of each person: what to do next, by when, and what waits for whom."""

from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import get_language

from challenges.queries.funnel import funnel_of
from challenges.queries.todo import todo_of
from challenges.queries.waiting import waiting_of
from portal.clock import portal_now
from portal.delivery import words
from portal.permissions import reads_cases
from portal.queries.messages import visible_to
from portal.queries.people import powers_of
from portal.timing import today_and_week
from portal.web import Answer, page

NEWS = 4
"""So many messages are shown; the others are in the inbox."""


@page("challenges/home.html")
def home(request: HttpRequest) -> Answer:
    """My work."""
    now, language = portal_now(), get_language() or "zh-hans"
    todo = todo_of(request.user, now)
    today, week = today_and_week(todo, now)
    return {
        "now": now,
        "todo": todo,
        "today": today,
        "week": week,
        "waiting": waiting_of(request.user, now),
        "funnel": funnel_of(request.user, now) if reads_cases(request.user) else [],
        "news": [(message, *words(message, language)) for message in visible_to(request.user)[:NEWS]],
        "powers": powers_of(request.user),
    }


def front(request: HttpRequest):
    """The front door: the boards for visitors, their work for people."""
    return redirect("home" if request.user.is_authenticated else "boards")
