"""Addresses of the API: agreements."""

from challenges.api import agreements
from portal.api.views import serve

urlpatterns = [
    serve("agreements/", "api-agreements", get=agreements.list_agreements),
    serve("bids/<uuid:pk>/agreement/", "api-bid-agreement", post=agreements.draft_agreement),
    serve("agreements/<uuid:pk>/", "api-agreement", get=agreements.show_agreement, put=agreements.save_agreement),
    serve("agreements/<uuid:pk>/send/", "api-agreement-send", post=agreements.send_agreement),
    serve("agreements/<uuid:pk>/signature/", "api-agreement-sign", post=agreements.sign_agreement),
    serve("agreements/<uuid:pk>/registration/", "api-agreement-register", post=agreements.register_agreement),
    serve("agreements/<uuid:pk>/end/", "api-agreement-void", post=agreements.void_agreement),
]
