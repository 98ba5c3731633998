"""Addresses of the API: bids and receipts."""

from challenges.api import bids
from portal.api.views import serve

urlpatterns = [
    serve("bids/", "api-bids", get=bids.list_bids),
    serve("boards/<uuid:pk>/bid/", "api-board-bid", post=bids.start_bid),
    serve("bids/<uuid:pk>/", "api-bid", get=bids.show_bid),
    serve("bids/<uuid:pk>/draft/", "api-bid-draft", get=bids.read_draft, put=bids.save_draft),
    serve("bids/<uuid:pk>/draft/files/", "api-bid-draft-files", post=bids.add_bid_file),
    serve("bids/<uuid:pk>/draft/files/<uuid:file>/", "api-bid-draft-file", delete=bids.remove_bid_file),
    serve("bids/<uuid:pk>/sign-off/", "api-bid-sign-off", post=bids.ask_sign_off),
    serve("bids/<uuid:pk>/send-back/", "api-bid-send-back", post=bids.send_bid_back),
    serve("bids/<uuid:pk>/seal/", "api-bid-seal", post=bids.seal_bid),
    serve("bids/<uuid:pk>/receipt/", "api-bid-receipt", get=bids.show_receipt),
    serve("bids/<uuid:pk>/withdrawal/", "api-bid-withdrawal", post=bids.withdraw_bid),
    serve("bids/<uuid:pk>/files/<uuid:file>/", "api-bid-file", get=bids.read_bid_file),
    serve("receipts/check/", "api-receipt-check", post=bids.check_receipt),
]
