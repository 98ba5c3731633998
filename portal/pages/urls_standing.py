"""Addresses of credit, dishonesty, affiliations and employments."""

from django.urls import path

from portal.pages import affiliations, declared_ties, employments, standing

urlpatterns = [
    path("organisations/<uuid:pk>/credit/", standing.credit, name="organisation-credit"),
    path("organisations/<uuid:pk>/credit/checks", standing.record_check, name="credit-check-record"),
    path("organisations/<uuid:pk>/credit/checks/<uuid:check>/picture", standing.screenshot, name="credit-check-picture"),
    path("organisations/<uuid:pk>/credit/checks/<uuid:check>/pass", standing.let_pass, name="credit-check-pass"),
    path("organisations/<uuid:pk>/credit/dishonesty", standing.record_dishonesty, name="dishonesty-record"),
    path("organisations/<uuid:pk>/credit/dishonesty/<uuid:entry>/confirm", standing.confirm_dishonesty, name="dishonesty-confirm"),
    path("organisations/<uuid:pk>/credit/dishonesty/<uuid:entry>/drop", standing.drop_dishonesty, name="dishonesty-drop"),
    path("organisations/<uuid:pk>/credit/dishonesty/<uuid:entry>/repair", standing.repair_dishonesty, name="dishonesty-repair"),
    path("organisations/<uuid:pk>/affiliations/", affiliations.show, name="organisation-affiliations"),
    path("organisations/<uuid:pk>/affiliations/kin", affiliations.enter_kin, name="kin-enter"),
    path("organisations/<uuid:pk>/affiliations/<uuid:tie>/document", affiliations.document, name="affiliation-document"),
    path("organisations/<uuid:pk>/affiliations/<uuid:tie>/end", affiliations.end, name="affiliation-end"),
    path("organisations/<uuid:pk>/affiliations/<uuid:tie>/withdraw", affiliations.withdraw, name="affiliation-withdraw"),
    path("account/affiliations/", declared_ties.mine, name="own-ties"),
    path("account/affiliations/<uuid:pk>/", declared_ties.answer, name="own-tie"),
    path("declared-affiliations/", declared_ties.index, name="declared-ties"),
    path("declared-affiliations/<uuid:pk>/", declared_ties.settle, name="declared-tie"),
    path("declared-affiliations/<uuid:pk>/document", declared_ties.document, name="declared-tie-document"),
    path("account/employments/", employments.mine, name="employments"),
    path("account/employments/<uuid:pk>/document", employments.document, name="employment-document"),
    path("account/employments/<uuid:pk>/end", employments.end, name="employment-end"),
    path("account/employments/<uuid:pk>/withdraw", employments.withdraw, name="employment-withdraw"),
    path("experts/<uuid:pk>/employments/", employments.of_expert, name="expert-employments"),
]
