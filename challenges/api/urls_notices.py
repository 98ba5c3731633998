"""Addresses of the API: public notices."""

from challenges.api import notices
from portal.api.views import serve

urlpatterns = [
    serve("notices/", "api-notices", get=notices.list_notices),
    serve("notices/<uuid:pk>/", "api-notice", get=notices.show_notice),
]
