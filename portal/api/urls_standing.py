"""Addresses of the API on credit, dishonesty and affiliations."""

from portal.api import standing
from portal.api.views import serve

urlpatterns = [
    serve("organisations/<uuid:pk>/credit-checks/", "api-credit-checks", get=standing.list_credit_checks, post=standing.record_credit_check),
    serve("organisations/<uuid:pk>/dishonesty/", "api-dishonesty", get=standing.list_dishonesty, post=standing.record_dishonesty),
    serve("organisations/<uuid:pk>/dishonesty/<uuid:entry>/confirmation/", "api-dishonesty-confirm", post=standing.confirm_dishonesty),
    serve("organisations/<uuid:pk>/affiliations/", "api-affiliations", get=standing.list_affiliations, post=standing.enter_affiliation),
]
