"""Addresses of the API for what is forgotten and destroyed."""

from portal.api import destroying, erasures, retention
from portal.api.views import serve

urlpatterns = [
    serve("account/erasures/", "api-own-erasures", get=erasures.list_own_erasures, post=erasures.ask_erasure),
    serve("account/erasures/withdrawal/", "api-own-erasure-withdraw", post=erasures.withdraw_erasure),
    serve("account/erasures/obstacles/", "api-own-erasure-obstacles", get=erasures.list_own_erasure_obstacles),
    serve("erasures/", "api-erasures", get=erasures.list_erasures),
    serve("erasures/<uuid:pk>/obstacles/", "api-erasure-obstacles", get=erasures.list_erasure_obstacles),
    serve("erasures/<uuid:pk>/completion/", "api-erasure-carry-out", post=erasures.carry_out_erasure),
    serve("erasures/<uuid:pk>/refusal/", "api-erasure-decline", post=erasures.decline_erasure),
    serve("record/words/", "api-words", get=destroying.list_text_destructions),
    serve("record/words/<uuid:pk>/destruction/", "api-words-of-event", post=destroying.ask_text_destruction),
    serve("record/words/proposals/<uuid:pk>/confirmation/", "api-words-destroy", post=destroying.confirm_text_destruction),
    serve("record/words/proposals/<uuid:pk>/refusal/", "api-words-keep", post=destroying.decline_text_destruction),
    serve("retention/", "api-retention", get=retention.show_retention),
]
