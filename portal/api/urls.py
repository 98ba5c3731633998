"""Addresses of the API that belong to no stage: its schema, its page, people and organisations."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from portal.api import people
from portal.api.views import serve

urlpatterns = [
    path("", include("portal.api.urls_members")),
    path("", SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="portal/api.html"), name="api"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", include("portal.api.urls_standing")),
    path("", include("portal.api.urls_organisations")),
    path("", include("portal.api.urls_officials")),
    path("", include("portal.api.urls_acting")),
    serve("account/", "api-account", get=people.show_account),
    serve("districts/", "api-districts", get=people.list_districts),
    serve("messages/", "api-messages", get=people.list_messages),
    serve("messages/<uuid:pk>/read/", "api-message-read", post=people.read_message),
    serve("organisations/", "api-organisations", get=people.list_organisations, post=people.register_organisation),
    serve("organisations/<uuid:pk>/", "api-organisation", get=people.show_organisation, put=people.correct_organisation),
    serve("organisations/<uuid:pk>/verification/", "api-organisation-verify", post=people.verify_organisation),
    serve("organisations/<uuid:pk>/return/", "api-organisation-return", post=people.return_organisation),
]
