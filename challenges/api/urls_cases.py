"""Addresses of the API: the record of a case."""

from challenges.api import cases
from portal.api.views import serve

urlpatterns = [
    serve("cases/<uuid:pk>/record/", "api-case-record", get=cases.list_case_events),
    serve("cases/<uuid:pk>/record/<uuid:event>/proof/", "api-case-proof", get=cases.show_proof),
]
