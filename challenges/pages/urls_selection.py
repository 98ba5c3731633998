"""Addresses of the pages: selection."""

from django.urls import path

from challenges.pages import selection

urlpatterns = [
    path("boards/<uuid:pk>/results/", selection.results, name="results"),
    path("bids/<uuid:pk>/selection/", selection.select, name="bid-select"),
    path("bids/<uuid:pk>/score/", selection.own_score, name="bid-score"),
]
