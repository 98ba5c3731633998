"""Addresses of profiles, changes, names and merges of organisations."""

from django.urls import path

from portal.pages import organisation_changes, organisation_names, organisations, profiles

AT = "organisations/<uuid:pk>/"

urlpatterns = [
    path(f"{AT}join", organisations.join, name="organisation-join"),
    path(f"{AT}profile/", profiles.show, name="organisation-profile"),
    path(f"{AT}profile/edit/", profiles.edit, name="organisation-profile-edit"),
    path(f"{AT}profile/vouch", profiles.vouch, name="organisation-vouch"),
    path(f"{AT}files/<uuid:file>/", profiles.file, name="organisation-file"),
    path(f"{AT}changes/new/<slug:item>/", organisation_changes.ask, name="organisation-change"),
    path(f"{AT}changes/<uuid:change>/decide", organisation_changes.decide, name="organisation-change-decide"),
    path(f"{AT}names/", organisation_names.show, name="organisation-names"),
    path(f"{AT}names/add", organisation_names.add_alias, name="organisation-alias-add"),
    path(f"{AT}names/<uuid:alias>/remove", organisation_names.remove_alias, name="organisation-alias-remove"),
    path(f"{AT}merges/propose", organisation_names.propose, name="organisation-merge-propose"),
    path(f"{AT}merges/<uuid:merge>/decide", organisation_names.decide, name="organisation-merge-decide"),
]
