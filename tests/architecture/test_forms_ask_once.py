"""No form asks again for what an organisation's profile knows."""

import importlib
import pkgutil
import re

import pytest
from django import forms
from django.utils.translation import override

import challenges
import funding
import portal
from portal.forms import Form, ModelForm
from portal.profile_items import ITEMS

KEEPS_IT = {
    "portal.pages.forms.OrganisationForm": "the entry itself, once, and its corrections",
    "portal.pages.organisation_forms.ProfileForm": "the profile itself",
    "portal.pages.organisation_forms.RemarksForm": "remarks on items, not their values",
    "portal.pages.organisation_forms.AliasForm": "another name than the one that is known",
}
"""Forms in which a profile is written."""
OTHER = {
    "challenges.forms.needs.NeedForm.contact": "filled in from the profile; another may be written for one board",
    "challenges.forms.needs.IndicatorForm.name": "of an indicator",
    "challenges.forms.bidding.MemberRow.uscc": "of a partner, from which the name is filled in",
    "challenges.forms.bidding.MemberRow.name": "of a partner that is not registered here",
    "challenges.forms.bidding.TeamRow.name": "of a person",
    "challenges.forms.objections.ObjectionForm.name": "of a person, filled in from the account",
    "challenges.forms.objections.ObjectionForm.phone": "of a person who objects",
    "challenges.forms.programming.ProgrammeForm.name": "of a programme",
    "challenges.forms.programming.SiteForm.name": "of a site on which credit is looked up",
    "challenges.forms.programming.SiteForm.name_en": "of a site on which credit is looked up",
    "challenges.forms.programming.SiteForm.address": "of a site on which credit is looked up",
    "challenges.forms.programming.ProgrammeForm.name_en": "of a programme",
    "funding.forms.payments.BankAccountForm.holder": "chosen among known names, where another organisation took this one in",
    "funding.forms.payments.ReceiptForm.payer": "as the bank wrote it on the slip, filled in; it is compared with the poster",
    "funding.forms.payments.ReceiptForm.payee": "as the bank wrote it on the slip, filled in; it is compared with the bidder",
    "funding.forms.rounds.DecisionForm.kind": "of a decision",
    "portal.pages.forms.AccountForm.name": "of a person",
    "portal.pages.forms.TokenForm.name": "of a token",
    "portal.pages.access.FindForm.email": "of an account",
    "portal.pages.acting_forms.SupportForm.email": "of the person who is helped",
    "portal.pages.official_forms.OfficeForm.email": "of a newcomer",
    "portal.pages.official_forms.OfficeForm.district_id": "where the role holds",
    "portal.pages.official_forms.ProposeForm.email": "of the official",
    "portal.pages.official_forms.ProposeForm.district_id": "where the role holds",
    "portal.pages.standing_forms.KinForm.name": "of a person",
    "portal.pages.standing_forms.KinForm.email": "of a person",
    "portal.pages.member_forms.InviteForm.email": "of a newcomer",
    "portal.pages.member_forms.OtherAccountForm.email": "of one's other account",
    "portal.pages.member_forms.ReplacementForm.email": "of a newcomer",
    "portal.pages.standing_forms.DishonestyForm.kind": "of an entry on a list",
    "portal.pages.standing_forms.TieForm.kind": "of a tie",
    "portal.pages.standing_forms.TieForm.name": "of the other side, where it is not registered here",
    "portal.pages.standing_forms.TieForm.email": "of a person on the other side",
    "portal.pages.standing_forms.TieForm.organisation": "the other side",
    "portal.pages.standing_forms.EmploymentForm.organisation": "the employer of an expert",
    "portal.pages.standing_forms.EmploymentForm.employer": "an employer that is not registered here",
}
"""Fields that sound like an item of the profile and are something else, or come filled in."""
ALSO = {
    "name", "holder", "payer", "payee", "organisation", "organisation_name", "company", "enterprise", "employer",
    "credit_code", "legal_person", "representative", "phone", "telephone", "mobile", "email", "contact", "city",
    "province", "capital", "employees", "turnover", "revenue", "name_en", "registered_address", "postal_address",
}  # fmt: skip
NOT_OF_ORGANISATIONS = ("portal.sign_in.", "portal.pages.style.")


def every_form() -> list[type]:
    """Every form class of the source."""
    for package in (portal, challenges, funding):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if re.search(r"\.(forms|pages|sign_in)\b", module.name):
                importlib.import_module(module.name)
    return sorted({*subclasses(Form), *subclasses(ModelForm)}, key=named)


def subclasses(form: type) -> set[type]:
    return {each for direct in form.__subclasses__() for each in ({direct} | subclasses(direct))}


def named(form: type) -> str:
    return f"{form.__module__}.{form.__qualname__}"


def sounds_like_the_profile(name: str, label: str) -> bool:
    """Whether a field's name or label is one of an item of the profile."""
    words = {str(item.word).lower() for item in ITEMS.values()}
    return name in ITEMS or name in ALSO or label.lower() in words


@pytest.fixture(autouse=True)
def english():
    """Labels are compared in the language of the source."""
    with override("en"):
        yield


def asked_again(every: list[type]) -> list[str]:
    """Fields that ask for what is known, by their full names."""
    return [
        f"{named(form)}.{name}"
        for form in every
        if named(form) not in KEEPS_IT and not named(form).startswith(NOT_OF_ORGANISATIONS)
        for name, field in form.base_fields.items()
        if sounds_like_the_profile(name, str(field.label or ""))
    ]


def ours() -> list[type]:
    return [form for form in every_form() if form.__module__.split(".")[0] in ("portal", "challenges", "funding")]


def test_no_form_asks_for_what_the_profile_knows():
    every = ours()

    assert len(every) > 80
    assert [field for field in asked_again(every) if field not in OTHER] == []


def test_the_exceptions_are_all_there_still():
    assert sorted(set(OTHER) - set(asked_again(ours()))) == []
    assert sorted(set(KEEPS_IT) - {named(form) for form in ours()}) == []


def test_a_form_that_asks_again_is_found():
    class Planted(Form):
        legal_representative = forms.CharField()
        boss = forms.CharField(label="Legal representative")
        title = forms.CharField()

    assert [field.rpartition(".")[2] for field in asked_again([Planted])] == ["legal_representative", "boss"]
