"""Addresses of who acts for an organisation: members, invitations, open work, the bureau's letter; and of merged accounts."""

from django.urls import path

from portal.pages import invitations, members, merging, replacements

urlpatterns = [
    path("organisations/<uuid:pk>/members/", members.index, name="members"),
    path("organisations/<uuid:pk>/members/<uuid:member>/", members.show, name="member"),
    path("organisations/<uuid:pk>/members/<uuid:member>/role", members.change_role, name="member-role"),
    path("organisations/<uuid:pk>/members/<uuid:member>/last-day", members.set_last_day, name="member-last-day"),
    path("organisations/<uuid:pk>/members/<uuid:member>/end", members.end, name="member-end"),
    path("organisations/<uuid:pk>/leave", members.leave, name="organisation-leave"),
    path("organisations/<uuid:pk>/hand-over", members.hand_over, name="administration-hand-over"),
    path("organisations/<uuid:pk>/work/", members.show_work, name="work"),
    path("organisations/<uuid:pk>/invitations", invitations.invite, name="invitation-send"),
    path("organisations/<uuid:pk>/invitations/<uuid:invitation>/resend", invitations.resend, name="invitation-resend"),
    path("organisations/<uuid:pk>/invitations/<uuid:invitation>/withdraw", invitations.withdraw, name="invitation-withdraw"),
    path("organisations/<uuid:pk>/replacement/", replacements.propose, name="replacement-propose"),
    path("invitations/<str:secret>/", invitations.show, name="invitation"),
    path("invitations/<str:secret>/accept", invitations.accept, name="invitation-accept"),
    path("invitations/<str:secret>/decline", invitations.decline, name="invitation-decline"),
    path("replacements/<uuid:pk>/", replacements.show, name="replacement"),
    path("replacements/<uuid:pk>/letter", replacements.give_letter, name="replacement-letter"),
    path("replacements/<uuid:pk>/confirm", replacements.confirm, name="replacement-confirm"),
    path("replacements/<uuid:pk>/refuse", replacements.refuse, name="replacement-refuse"),
    path("account/merge/", merging.index, name="account-merges"),
    path("account/merge/<uuid:pk>/", merging.prove, name="account-merge"),
    path("account-merges/", merging.listed, name="merges"),
    path("account-merges/<uuid:pk>/undo", merging.undo, name="merge-undo"),
]
