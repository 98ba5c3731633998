"""Addresses of the API for delegations and for looks of support."""

from portal.api import acting
from portal.api.views import serve

urlpatterns = [
    serve("account/delegations/", "api-delegations", get=acting.list_delegations, post=acting.offer_delegation),
    serve("account/delegations/powers/", "api-own-powers", get=acting.list_own_powers),
    serve("account/delegations/<uuid:pk>/acceptance/", "api-delegation-accept", post=acting.accept_delegation),
    serve("account/delegations/<uuid:pk>/refusal/", "api-delegation-decline", post=acting.decline_delegation),
    serve("account/delegations/<uuid:pk>/end/", "api-delegation-end", post=acting.end_delegation),
    serve("officials/delegations/", "api-all-delegations", get=acting.list_all_delegations),
    serve("officials/support-views/", "api-all-support-views", get=acting.list_all_support_views),
    serve("account/support-views/", "api-support-views", get=acting.list_support_views),
    serve("account/support-views/<uuid:pk>/agreement/", "api-support-view-agree", post=acting.agree_to_support_view),
    serve("account/support-views/<uuid:pk>/refusal/", "api-support-view-refuse", post=acting.refuse_support_view),
    serve("account/support-views/<uuid:pk>/end/", "api-support-view-end", post=acting.end_support_view),
]
