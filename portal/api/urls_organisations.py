"""Addresses of the API on profiles, changes, names and merges of organisations, merged accounts and letters."""

from portal.api import accounts, organisation_names, organisations
from portal.api.views import serve

OF = "organisations/<uuid:pk>/"

urlpatterns = [
    serve("organisations/alike/", "api-organisations-alike", get=organisations.find_alike),
    serve(f"{OF}facts/", "api-facts", get=organisations.list_facts, post=organisations.state_facts),
    serve(f"{OF}facts/vouching/", "api-fact-vouch", post=organisations.vouch_fact),
    serve(f"{OF}facts/<slug:item>/history/", "api-fact-history", get=organisations.list_fact_history),
    serve(f"{OF}remarks/", "api-remarks", get=organisations.list_remarks),
    serve(f"{OF}changes/", "api-changes", get=organisations.list_changes, post=organisations.ask_change),
    serve(f"{OF}changes/<uuid:change>/confirmation/", "api-change-confirm", post=organisations.confirm_change),
    serve(f"{OF}changes/<uuid:change>/refusal/", "api-change-refuse", post=organisations.refuse_change),
    serve(f"{OF}changes/<uuid:change>/withdrawal/", "api-change-withdraw", post=organisations.withdraw_change),
    serve(f"{OF}branches/", "api-branches", get=organisations.list_branches),
    serve(f"{OF}join-requests/", "api-organisation-join", post=organisations.ask_to_join),
    serve(f"{OF}names/", "api-other-names", get=organisation_names.list_other_names, post=organisation_names.add_other_name),
    serve(f"{OF}names/<uuid:alias>/removal/", "api-other-name-remove", post=organisation_names.remove_other_name),
    serve(f"{OF}merges/", "api-organisation-merges", get=organisation_names.list_merges, post=organisation_names.propose_merge),
    serve(f"{OF}merges/<uuid:merge>/confirmation/", "api-organisation-merge-confirm", post=organisation_names.confirm_merge),
    serve(f"{OF}merges/<uuid:merge>/refusal/", "api-organisation-merge-refuse", post=organisation_names.refuse_merge),
    serve(f"{OF}merges/<uuid:merge>/end/", "api-organisation-merge-end", post=organisation_names.end_merge),
    serve(f"{OF}letters/", "api-letters", get=accounts.list_letters, post=accounts.propose_administrator),
    serve("letters/<uuid:pk>/", "api-letter", get=accounts.show_letter),
    serve("letters/<uuid:pk>/file/", "api-letter-file", get=accounts.give_letter),
    serve("letters/<uuid:pk>/confirmation/", "api-letter-confirm", post=accounts.confirm_administrator),
    serve("letters/<uuid:pk>/refusal/", "api-letter-refuse", post=accounts.refuse_administrator),
    serve("account/merges/", "api-account-merges", get=accounts.list_account_merges, post=accounts.ask_account_merge),
    serve("account/merges/<uuid:pk>/", "api-account-merge", post=accounts.merge_accounts),
    serve("merges/", "api-merges", get=accounts.list_made_merges),
    serve("merges/<uuid:pk>/undo/", "api-merge-undo", post=accounts.undo_account_merge),
]
