"""Addresses of what is forgotten and destroyed: accounts, words in the record, and what retention times end."""

from django.urls import path

from portal.pages import destroying, erasures, retention

urlpatterns = [
    path("account/erasure/", erasures.mine, name="own-erasure"),
    path("account/erasure/withdraw", erasures.withdraw, name="own-erasure-withdraw"),
    path("erasures/", erasures.index, name="erasures"),
    path("erasures/<uuid:pk>/", erasures.show, name="erasure"),
    path("erasures/<uuid:pk>/carry-out", erasures.carry_out, name="erasure-carry-out"),
    path("erasures/<uuid:pk>/decline", erasures.decline, name="erasure-decline"),
    path("record/words/", destroying.index, name="words"),
    path("record/words/<uuid:pk>/", destroying.show, name="words-of-event"),
    path("record/words/proposals/<uuid:pk>/destroy", destroying.destroy, name="words-destroy"),
    path("record/words/proposals/<uuid:pk>/keep", destroying.keep, name="words-keep"),
    path("retention/", retention.show, name="retention"),
]
