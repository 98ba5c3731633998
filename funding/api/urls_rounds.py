"""Addresses of the API: rounds."""

from funding.api import rounds
from portal.api.views import serve

urlpatterns = [
    serve("appropriations/", "api-appropriations", get=rounds.list_appropriations, post=rounds.record_appropriation),
    serve("rounds/", "api-rounds", get=rounds.list_rounds, post=rounds.open_round),
    serve("rounds/<uuid:pk>/", "api-round", get=rounds.show_round),
    serve("rounds/<uuid:pk>/awards/", "api-awards", post=rounds.propose_awards),
    serve("rounds/<uuid:pk>/notice/", "api-award-notice", post=rounds.give_award_notice),
]
