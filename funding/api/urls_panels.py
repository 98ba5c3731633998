"""Addresses of the API: panels on applications."""

from funding.api import rounds
from portal.api.views import serve

urlpatterns = [
    serve("rounds/<uuid:pk>/panel/", "api-project-panels", post=rounds.convene_project_panel),
    serve("project-panels/<uuid:pk>/lock/", "api-project-panel-lock", post=rounds.lock_project_panel),
]
