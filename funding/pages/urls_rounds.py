"""Addresses of the pages of appropriations and rounds."""

from django.urls import path

from funding.pages import rounds

urlpatterns = [
    path("appropriations/", rounds.appropriations, name="appropriations"),
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/open/", rounds.open_one, name="round-open"),
    path("rounds/<uuid:pk>/", rounds.show, name="round"),
    path("rounds/<uuid:pk>/awards/", rounds.propose, name="awards-propose"),
    path("rounds/<uuid:pk>/notice/", rounds.give_notice, name="award-notice-give"),
]
