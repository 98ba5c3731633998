"""Addresses of the pages of task books."""

from django.urls import path

from funding.pages import taskbooks

urlpatterns = [
    path("projects/<uuid:pk>/taskbook/", taskbooks.draft, name="taskbook-draft"),
    path("taskbooks/<uuid:pk>/", taskbooks.show, name="taskbook"),
    path("taskbooks/<uuid:pk>/edit/", taskbooks.edit, name="taskbook-edit"),
    path("taskbooks/<uuid:pk>/send/", taskbooks.send, name="taskbook-send"),
    path("taskbooks/<uuid:pk>/sign/", taskbooks.sign, name="taskbook-sign"),
    path("taskbooks/<uuid:pk>/withdraw/", taskbooks.withdraw, name="taskbook-withdraw"),
]
