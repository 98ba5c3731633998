"""Addresses of the pages: panels."""

from django.urls import path

from challenges.pages import panels

urlpatterns = [
    path("panels/", panels.index, name="panels"),
    path("boards/<uuid:pk>/panel/", panels.convene, name="panel-convene"),
    path("panels/<uuid:pk>/", panels.show, name="panel"),
    path("panels/<uuid:pk>/experts/", panels.experts, name="panel-experts"),
    path("panels/<uuid:pk>/lock/", panels.lock, name="panel-lock"),
    path("panels/<uuid:pk>/result/", panels.result, name="panel-result"),
]
