"""Addresses of the API: task books."""

from funding.api import taskbooks
from portal.api.views import serve

urlpatterns = [
    serve("taskbooks/<uuid:pk>/", "api-taskbook", get=taskbooks.show_taskbook, put=taskbooks.save_taskbook),
    serve("projects/<uuid:pk>/taskbook/", "api-taskbook-draft", post=taskbooks.draft_taskbook),
    serve("taskbooks/<uuid:pk>/sending/", "api-taskbook-send", post=taskbooks.send_taskbook_to_sign),
    serve("taskbooks/<uuid:pk>/signatures/", "api-taskbook-sign", post=taskbooks.sign_taskbook),
    serve("taskbooks/<uuid:pk>/withdrawal/", "api-taskbook-withdraw", post=taskbooks.withdraw_taskbook),
]
