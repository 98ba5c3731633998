"""Addresses of the pages: instalments and bank receipts."""

from django.urls import path

from funding.pages import instalments

urlpatterns = [
    path("instalments/", instalments.index, name="instalments"),
    path("instalments/<uuid:pk>/", instalments.show, name="instalment"),
    path("projects/<uuid:pk>/receipts/new/", instalments.add_receipt, name="receipt-add"),
    path("bank-receipts/<uuid:pk>/file/", instalments.receipt_file, name="receipt-file"),
    path("instalments/<uuid:pk>/claim/", instalments.claim, name="instalment-claim"),
    path("instalments/<uuid:pk>/verification/", instalments.verify, name="instalment-verify"),
    path("instalments/<uuid:pk>/return/", instalments.return_claim, name="instalment-return"),
    path("instalments/<uuid:pk>/hold/", instalments.hold, name="instalment-hold"),
    path("instalments/<uuid:pk>/release/", instalments.release, name="instalment-release"),
]
