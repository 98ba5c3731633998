"""Addresses of officials: who holds which role, proposals, and invitations to offices."""

from django.urls import path

from portal.pages import official_proposals, officials

urlpatterns = [
    path("officials/", officials.index, name="officials"),
    path("officials/propose/", officials.propose, name="official-propose"),
    path("officials/invite/", official_proposals.invite, name="official-invite"),
    path("officials/invitations/<uuid:pk>/resend", official_proposals.resend, name="official-invitation-resend"),
    path("officials/invitations/<uuid:pk>/withdraw", official_proposals.withdraw_offer, name="official-invitation-withdraw"),
    path("officials/proposals/<uuid:pk>/", official_proposals.show, name="official-proposal"),
    path("officials/proposals/<uuid:pk>/letter", official_proposals.give_letter, name="official-proposal-letter"),
    path("officials/proposals/<uuid:pk>/confirm", official_proposals.confirm, name="official-proposal-confirm"),
    path("officials/proposals/<uuid:pk>/decline", official_proposals.decline, name="official-proposal-decline"),
    path("officials/proposals/<uuid:pk>/withdraw", official_proposals.withdraw, name="official-proposal-withdraw"),
    path("officials/<uuid:pk>/", officials.show, name="official"),
    path("officials/<uuid:pk>/end", officials.end, name="official-end"),
]
