"""Addresses of credit, dishonesty, affiliations and employments."""

from django.urls import path

from portal.pages import standing

urlpatterns = [
    path("organisations/<uuid:pk>/credit/", standing.credit, name="organisation-credit"),
    path("organisations/<uuid:pk>/credit/checks", standing.record_check, name="credit-check-record"),
    path("organisations/<uuid:pk>/credit/checks/<uuid:check>/picture", standing.screenshot, name="credit-check-picture"),
    path("organisations/<uuid:pk>/credit/checks/<uuid:check>/pass", standing.let_pass, name="credit-check-pass"),
    path("organisations/<uuid:pk>/credit/dishonesty", standing.record_dishonesty, name="dishonesty-record"),
    path("organisations/<uuid:pk>/credit/dishonesty/<uuid:entry>/confirm", standing.confirm_dishonesty, name="dishonesty-confirm"),
    path("organisations/<uuid:pk>/credit/dishonesty/<uuid:entry>/drop", standing.drop_dishonesty, name="dishonesty-drop"),
    path("organisations/<uuid:pk>/credit/dishonesty/<uuid:entry>/repair", standing.repair_dishonesty, name="dishonesty-repair"),
    path("organisations/<uuid:pk>/affiliations/", standing.show_affiliations, name="organisation-affiliations"),
    path("organisations/<uuid:pk>/affiliations/<uuid:tie>/end", standing.end_affiliation, name="affiliation-end"),
    path("organisations/<uuid:pk>/affiliations/<uuid:tie>/withdraw", standing.withdraw_affiliation, name="affiliation-withdraw"),
    path("account/employments/", standing.employments, name="employments"),
    path("account/employments/<uuid:pk>/end", standing.end_employment, name="employment-end"),
    path("account/employments/<uuid:pk>/withdraw", standing.withdraw_employment, name="employment-withdraw"),
]
