"""Addresses of the pages of panels on applications."""

from django.urls import path

from funding.pages import panels

urlpatterns = [
    path("rounds/<uuid:pk>/panel/", panels.convene, name="project-panel-convene"),
    path("project-panels/<uuid:pk>/", panels.show, name="project-panel"),
    path("project-panels/<uuid:pk>/lock/", panels.lock, name="project-panel-lock"),
]
