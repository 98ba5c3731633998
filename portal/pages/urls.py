"""Addresses of the pages that belong to no one app."""

from django.urls import include, path

from portal.pages import messages, organisations, people, security, sign_in

urlpatterns = [
    path("", include("portal.pages.urls_members")),
    path("", include("portal.pages.urls_officials")),
    path("", include("portal.pages.urls_organisations")),
    path("", include("portal.pages.urls_standing")),
    path("", include("portal.pages.urls_acting")),
    path("demo/", sign_in.accounts, name="demo"),
    path("demo/sign-in", sign_in.demo_sign_in, name="demo-sign-in"),
    path("account/", people.show, name="account"),
    path("account/tokens/", people.list_tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/revoke", people.revoke_token, name="token-revoke"),
    path("security/", security.show, name="security-log"),
    path("messages/", messages.list_messages, name="messages"),
    path("messages/read", messages.read_all, name="messages-read"),
    path("messages/<uuid:pk>/", messages.open_message, name="message"),
    path("organisations/", organisations.list_organisations, name="organisations"),
    path("organisations/new/", organisations.register, name="organisation-new"),
    path("organisations/<uuid:pk>/", organisations.show, name="organisation"),
    path("organisations/<uuid:pk>/correct/", organisations.correct, name="organisation-correct"),
    path("organisations/<uuid:pk>/verify", organisations.verify, name="organisation-verify"),
    path("organisations/<uuid:pk>/return", organisations.return_entry, name="organisation-return"),
]
