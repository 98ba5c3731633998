"""Addresses of the API: decisions."""

from funding.api import decisions
from portal.api.views import serve

urlpatterns = [
    serve("decisions/", "api-decisions", get=decisions.list_decisions),
    serve("decisions/<uuid:pk>/", "api-decision", get=decisions.show_decision),
    serve("rounds/<uuid:pk>/decisions/", "api-decision-record", post=decisions.record_decision),
    serve("decisions/<uuid:pk>/confirmation/", "api-decision-confirm", post=decisions.confirm_decision),
]
