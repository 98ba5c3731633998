"""Addresses of the pages of applications and projects."""

from django.urls import path

from funding.pages import projects

urlpatterns = [
    path("projects/", projects.index, name="projects"),
    path("projects/start/<uuid:agreement>/", projects.start, name="project-start"),
    path("projects/<uuid:pk>/", projects.show, name="project"),
    path("projects/<uuid:pk>/edit/", projects.edit, name="project-edit"),
    path("projects/<uuid:pk>/checks/", projects.checks, name="project-checks"),
    path("projects/<uuid:pk>/contract/", projects.contract, name="project-contract"),
    path("projects/<uuid:pk>/submit/", projects.submit, name="project-submit"),
    path("projects/<uuid:pk>/contract/file/", projects.file, name="project-file"),
    path("projects/<uuid:pk>/decide/", projects.decide, name="project-decide"),
    path("projects/<uuid:pk>/end/", projects.end, name="project-end"),
    path("projects/<uuid:pk>/give-up/", projects.give_up, name="project-give-up"),
]
