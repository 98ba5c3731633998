"""Addresses of the pages: needs."""

from django.urls import path

from challenges.pages import needs, vetting

urlpatterns = [
    path("needs/", needs.index, name="needs"),
    path("needs/start/", needs.start, name="need-start"),
    path("needs/<uuid:pk>/", needs.show, name="need"),
    path("needs/<uuid:pk>/edit/", needs.edit, name="need-edit"),
    path("needs/<uuid:pk>/checks/", needs.checks, name="need-checks"),
    path("needs/<uuid:pk>/submit/", needs.submit, name="need-submit"),
    path("needs/<uuid:pk>/decide/", vetting.decide, name="need-decide"),
    path("needs/<uuid:pk>/notice/", vetting.notice, name="need-notice"),
    path("needs/<uuid:pk>/publish/", vetting.publish, name="need-publish"),
    path("needs/<uuid:pk>/withdraw/", vetting.withdraw, name="need-withdraw"),
    path("files/<uuid:pk>/", needs.file, name="challenge-file"),
]
