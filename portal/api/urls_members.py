"""Addresses of the API about who acts for an organisation: members, invitations, hand-overs."""

from portal.api import members
from portal.api.views import serve

OF = "organisations/<uuid:pk>/"

urlpatterns = [
    serve(f"{OF}members/", "api-members", get=members.list_members, post=members.invite_member),
    serve(f"{OF}members/former/", "api-members-former", get=members.list_former_members),
    serve(f"{OF}members/<uuid:member>/role/", "api-member-role", post=members.change_role),
    serve(f"{OF}members/<uuid:member>/last-day/", "api-member-last-day", post=members.set_last_day),
    serve(f"{OF}members/<uuid:member>/end/", "api-member-end", post=members.end_membership),
    serve(f"{OF}leave/", "api-organisation-leave", post=members.leave_organisation),
    serve(f"{OF}hand-over/", "api-administration-hand-over", post=members.hand_over_administration),
    serve(f"{OF}work/", "api-work", get=members.list_open_work, post=members.hand_over_work),
    serve(f"{OF}invitations/", "api-invitations", get=members.list_invitations),
    serve(f"{OF}invitations/<uuid:invitation>/resend/", "api-invitation-resend", post=members.resend_invitation),
    serve(f"{OF}invitations/<uuid:invitation>/withdraw/", "api-invitation-withdraw", post=members.withdraw_invitation),
    serve("invitations/offer/", "api-invitation-offer", post=members.show_offer),
    serve("invitations/accept/", "api-invitation-accept", post=members.accept_invitation),
    serve("invitations/decline/", "api-invitation-decline", post=members.decline_invitation),
]
