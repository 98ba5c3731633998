"""Addresses of the API on credit, dishonesty and affiliations."""

from portal.api import declared_ties, employments, standing
from portal.api.views import serve

urlpatterns = [
    serve("organisations/<uuid:pk>/credit-checks/", "api-credit-checks", get=standing.list_credit_checks, post=standing.record_credit_check),
    serve("organisations/<uuid:pk>/dishonesty/", "api-dishonesty", get=standing.list_dishonesty, post=standing.record_dishonesty),
    serve("organisations/<uuid:pk>/dishonesty/<uuid:entry>/confirmation/", "api-dishonesty-confirm", post=standing.confirm_dishonesty),
    serve("organisations/<uuid:pk>/affiliations/", "api-affiliations", get=standing.list_affiliations, post=standing.enter_affiliation),
    serve("organisations/<uuid:pk>/credit-checks/<uuid:check>/ruling/", "api-credit-check-pass", post=standing.let_record_pass),
    serve("organisations/<uuid:pk>/dishonesty/<uuid:entry>/dropping/", "api-dishonesty-drop", post=standing.drop_dishonesty),
    serve("organisations/<uuid:pk>/dishonesty/<uuid:entry>/repair/", "api-dishonesty-repair", post=standing.repair_dishonesty),
    serve("organisations/<uuid:pk>/affiliations/<uuid:tie>/end/", "api-affiliation-end", post=standing.end_affiliation),
    serve("organisations/<uuid:pk>/affiliations/<uuid:tie>/withdrawal/", "api-affiliation-withdraw", post=standing.withdraw_affiliation),
    serve("organisations/<uuid:pk>/affiliations/<uuid:tie>/kin/", "api-kin", post=standing.enter_kin),
    serve("own-ties/", "api-own-ties", get=declared_ties.list_own_ties),
    serve("own-ties/<uuid:pk>/answer/", "api-own-tie-answer", post=declared_ties.answer_tie),
    serve("declared-ties/", "api-declared-ties", get=declared_ties.list_declared_ties),
    serve("declared-ties/<uuid:pk>/decision/", "api-declared-tie-settle", post=declared_ties.settle_tie),
    serve("employments/", "api-employments", get=employments.list_employments, post=employments.enter_employment),
    serve("employments/declaration/", "api-employments-declare", post=employments.declare_employments),
    serve("employments/<uuid:pk>/end/", "api-employment-end", post=employments.end_employment),
    serve("employments/<uuid:pk>/withdrawal/", "api-employment-withdraw", post=employments.withdraw_employment),
    serve(
        "experts/<uuid:pk>/employments/", "api-expert-employments",
        get=employments.list_employments_of_expert, post=employments.enter_employment_of_expert,
    ),
]
