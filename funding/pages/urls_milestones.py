"""Addresses of the pages: milestones."""

from django.urls import path

from funding.pages import milestones

urlpatterns = [
    path("milestones/", milestones.index, name="milestones"),
    path("milestones/<uuid:pk>/", milestones.show, name="milestone"),
    path("milestones/<uuid:pk>/report/", milestones.report, name="milestone-report"),
    path("milestones/<uuid:pk>/acceptance/", milestones.accept, name="milestone-accept"),
    path("milestones/<uuid:pk>/return/", milestones.send_back, name="milestone-return"),
    path("milestone-evidence/<uuid:pk>/file/", milestones.evidence, name="milestone-evidence"),
]
