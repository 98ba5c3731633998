"""Addresses of the road of city money, one list per stage."""

from django.urls import include, path

STAGES = ("rounds", "projects", "panels", "decisions", "taskbooks", "milestones", "instalments", "payments", "ledger")

urlpatterns = [path("", include(f"funding.pages.urls_{stage}")) for stage in STAGES]
