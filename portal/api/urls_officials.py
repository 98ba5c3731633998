"""Addresses of the API on officials."""

from portal.api import officials
from portal.api.views import serve

urlpatterns = [
    serve("officials/", "api-officials", get=officials.list_officials),
    serve("officials/proposals/", "api-official-proposals", get=officials.list_role_proposals, post=officials.propose_role),
    serve("officials/proposals/<uuid:pk>/", "api-official-proposal", get=officials.show_role_proposal),
    serve("officials/proposals/<uuid:pk>/confirmation/", "api-official-confirm", post=officials.confirm_role_proposal),
    serve("officials/proposals/<uuid:pk>/refusal/", "api-official-decline", post=officials.decline_role_proposal),
    serve("officials/proposals/<uuid:pk>/withdrawal/", "api-official-withdraw", post=officials.withdraw_role_proposal),
    serve("officials/invitations/", "api-official-invitations", get=officials.list_office_invitations, post=officials.invite_official),
    serve("officials/<uuid:pk>/", "api-official", get=officials.show_official),
    serve("officials/<uuid:pk>/end/", "api-official-end", post=officials.propose_role_end),
    serve("invitations/accept-office/", "api-invitation-accept-office", post=officials.accept_office),
]
