"""Addresses of the API: selection."""

from challenges.api import selection
from portal.api.views import serve

urlpatterns = [
    serve("boards/<uuid:pk>/results/", "api-board-results", get=selection.show_ranks),
    serve("bids/<uuid:pk>/selection/", "api-bid-selection", post=selection.select_bid),
    serve("bids/<uuid:pk>/score/", "api-bid-score", get=selection.show_own_score),
]
