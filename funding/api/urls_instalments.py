"""Addresses of the API: instalments."""

from funding.api import instalments
from portal.api.views import serve

urlpatterns = [
    serve("instalments/", "api-instalments", get=instalments.list_instalments),
    serve("instalments/<uuid:pk>/", "api-instalment", get=instalments.show_instalment),
    serve("projects/<uuid:pk>/receipts/", "api-receipts", get=instalments.list_receipts, post=instalments.add_receipt),
    serve("instalments/<uuid:pk>/claim/", "api-instalment-claim", post=instalments.claim_instalment),
    serve("instalments/<uuid:pk>/verification/", "api-instalment-verify", post=instalments.verify_claim),
    serve("instalments/<uuid:pk>/return/", "api-instalment-return", post=instalments.return_claim),
    serve("instalments/<uuid:pk>/hold/", "api-instalment-hold", post=instalments.hold_instalment),
    serve("instalments/<uuid:pk>/release/", "api-instalment-release", post=instalments.release_instalment),
]
