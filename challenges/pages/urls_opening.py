"""Addresses of the pages: opening."""

from django.urls import path

from challenges.pages import opening, qualifying, ties

urlpatterns = [
    path("boards/<uuid:pk>/bids/", opening.bids, name="board-bids"),
    path("boards/<uuid:pk>/no-taker/", opening.fail, name="board-fail"),
    path("bids/<uuid:pk>/qualification/", qualifying.decide, name="bid-qualification"),
    path("bids/<uuid:pk>/affiliations/", ties.decide, name="bid-ties"),
]
