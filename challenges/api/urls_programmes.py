"""Addresses of the API: programmes, rules and calls."""

from challenges.api import programmes
from portal.api.views import serve

urlpatterns = [
    serve("programmes/", "api-programmes", get=programmes.list_programmes, post=programmes.create_programme),
    serve("programmes/<uuid:pk>/rules/", "api-programme-rules", get=programmes.list_rules, post=programmes.adopt_rules),
    serve("rules/<uuid:pk>/", "api-rules", get=programmes.show_rules),
    serve("rules/<uuid:pk>/calls/", "api-rules-calls", post=programmes.open_call),
    serve("calls/", "api-calls", get=programmes.list_calls),
]
