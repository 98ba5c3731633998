"""Addresses of the API: panels."""

from challenges.api import panels
from portal.api.views import serve

urlpatterns = [
    serve("panels/", "api-panels", get=panels.list_panels),
    serve("boards/<uuid:pk>/panel/", "api-board-panel", post=panels.convene_panel),
    serve("panels/<uuid:pk>/", "api-panel", get=panels.show_panel),
    serve("panels/<uuid:pk>/seats/", "api-panel-seats", get=panels.list_seats),
    serve("panels/<uuid:pk>/progress/", "api-panel-progress", get=panels.show_progress),
    serve("panels/<uuid:pk>/pool/", "api-panel-pool", get=panels.list_pool),
    serve("panels/<uuid:pk>/experts/", "api-panel-experts", post=panels.name_experts),
    serve("panels/<uuid:pk>/lock/", "api-panel-lock", post=panels.lock_panel),
    serve("panels/<uuid:pk>/result/", "api-panel-result", get=panels.show_panel_result),
]
