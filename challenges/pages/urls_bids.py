"""Addresses of the pages: bids."""

from django.urls import path

from challenges.pages import bidding, bids, sealing

urlpatterns = [
    path("bids/", bids.mine, name="bids"),
    path("boards/<uuid:pk>/bid/", bids.start, name="bid-start"),
    path("bids/<uuid:pk>/", bids.show, name="bid"),
    path("bids/<uuid:pk>/draft/", bidding.draft, name="bid-draft"),
    path("bids/<uuid:pk>/draft/<slug:slug>/", bidding.section, name="bid-section"),
    path("bids/<uuid:pk>/draft/files/<uuid:file>/remove/", bidding.remove_file, name="bid-file-remove"),
    path("bids/<uuid:pk>/sign-off/", bids.sign_off, name="bid-sign-off"),
    path("bids/<uuid:pk>/send-back/", bids.send_back, name="bid-send-back"),
    path("bids/<uuid:pk>/seal/", sealing.seal, name="bid-seal"),
    path("bids/<uuid:pk>/receipt/", sealing.receipt, name="bid-receipt"),
    path("bids/<uuid:pk>/receipt.json", sealing.receipt_file, name="bid-receipt-file"),
    path("bids/<uuid:pk>/withdrawal/", bids.withdraw, name="bid-withdraw"),
    path("bids/<uuid:pk>/files/<uuid:file>/", bids.file, name="bid-file"),
    path("receipts/check/", sealing.check, name="receipt-check"),
]
