"""Addresses of the API: objections."""

from challenges.api import objections
from portal.api.views import serve

urlpatterns = [
    serve("objections/", "api-objections", get=objections.list_objections),
    serve("objections/<uuid:pk>/", "api-objection", get=objections.show_objection),
    serve("notices/<uuid:pk>/objections/", "api-objection-file", post=objections.file_objection),
    serve("objections/<uuid:pk>/admission/", "api-objection-admit", post=objections.admit_objection),
    serve("objections/<uuid:pk>/refusal/", "api-objection-refuse", post=objections.refuse_objection),
    serve("objections/<uuid:pk>/decision/", "api-objection-decide", post=objections.decide_objection),
]
