"""The home of each person: what to do next, by when, and what waits for whom."""

from django.http import HttpRequest
from django.shortcuts import redirect

from challenges.queries.todo import todo_of
from challenges.queries.waiting import waiting_of
from portal.clock import portal_now
from portal.queries.people import powers_of
from portal.timing import today_and_week
from portal.web import Answer, page


@page("challenges/home.html")
def home(request: HttpRequest) -> Answer:
    """My work."""
    now = portal_now()
    todo = todo_of(request.user, now)
    today, week = today_and_week(todo, now)
    return {
        "now": now,
        "todo": todo,
        "today": today,
        "week": week,
        "waiting": waiting_of(request.user, now),
        "powers": powers_of(request.user),
    }


def front(request: HttpRequest):
    """The front door: the boards for visitors, their work for people."""
    return redirect("home" if request.user.is_authenticated else "boards")
