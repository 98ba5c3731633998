"""Addresses of delegations, and of looks for support."""

from django.urls import path

from portal.pages import delegations, supporting, watching

urlpatterns = [
    path("account/delegations/", delegations.index, name="delegations"),
    path("account/delegations/<uuid:pk>/accept", delegations.accept, name="delegation-accept"),
    path("account/delegations/<uuid:pk>/decline", delegations.decline, name="delegation-decline"),
    path("account/delegations/<uuid:pk>/end", delegations.end, name="delegation-end"),
    path("account/delegations/<uuid:pk>/act", delegations.act, name="delegation-act"),
    path("acting/stop", delegations.stop, name="acting-stop"),
    path("account/support-views/", supporting.index, name="support-views"),
    path("account/support-views/<uuid:pk>/agree", supporting.agree, name="support-view-agree"),
    path("account/support-views/<uuid:pk>/refuse", supporting.refuse, name="support-view-refuse"),
    path("account/support-views/<uuid:pk>/end", supporting.end, name="support-view-end"),
    path("officials/delegations/", watching.delegations, name="all-delegations"),
    path("officials/support-views/", watching.support_views, name="all-support-views"),
    path("support/", supporting.support, name="support"),
    path("support/<uuid:pk>/begin", supporting.begin, name="support-view-begin"),
    path("support/stop", supporting.stop, name="support-view-stop"),
]
