"""Addresses of the API: boards."""

from challenges.api import boards
from portal.api.views import serve

urlpatterns = [
    serve("boards/", "api-boards", get=boards.list_boards),
    serve("boards/<uuid:pk>/", "api-board", get=boards.show_board),
]
