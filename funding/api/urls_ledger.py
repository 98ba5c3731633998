"""Addresses of the API: the ledger."""

from funding.api import ledger
from portal.api.views import serve

urlpatterns = [
    serve("ledger/", "api-ledger", get=ledger.show_trial_balance),
    serve("projects/<uuid:pk>/account/", "api-project-account", get=ledger.show_project_account),
    serve("projects/<uuid:pk>/entries/", "api-project-entries", get=ledger.list_project_entries),
]
