"""Addresses of the pages: scoring."""

from django.urls import path

from challenges.pages import scoring

urlpatterns = [
    path("reviews/", scoring.index, name="reviews"),
    path("reviews/<uuid:pk>/", scoring.show, name="review"),
    path("reviews/<uuid:pk>/leave/", scoring.leave, name="review-leave"),
    path("reviews/<uuid:pk>/candidates/<uuid:candidate>/", scoring.score, name="score"),
    path("reviews/<uuid:pk>/candidates/<uuid:candidate>/draft/", scoring.save, name="score-save"),
    path("reviews/<uuid:pk>/candidates/<uuid:candidate>/files/<uuid:file>/", scoring.file, name="score-file"),
]
