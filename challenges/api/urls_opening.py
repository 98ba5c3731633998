"""Addresses of the API: opened bids and the formal check."""

from challenges.api import opening
from portal.api.views import serve

urlpatterns = [
    serve("boards/<uuid:pk>/bids/", "api-board-bids", get=opening.list_opened_bids),
    serve("boards/<uuid:pk>/no-taker/", "api-board-no-taker", post=opening.declare_board_failed),
    serve("bids/<uuid:pk>/document/", "api-bid-document", get=opening.show_bid_document),
    serve("bids/<uuid:pk>/qualification/", "api-bid-qualification", post=opening.decide_on_bid),
]
