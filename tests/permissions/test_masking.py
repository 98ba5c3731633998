"""No page, file or answer of the API carries a contact or an account in full to anybody but whom it belongs to."""

import pytest
from django.http import JsonResponse
from django.urls import path

from portal import urls
from portal.models import User
from tests.permissions.reading import ROLES, read_file

SEARCHED = ("people", "sent")
"""Where contacts and where accounts are shown."""


def first_address(request):
    """A leak: somebody's address in full."""
    return JsonResponse({"email": User.objects.order_by("pk").first().email})


urlpatterns = [*urls.urlpatterns, path("planted/", first_address, name="planted-address")]
handler404 = urls.handler404


@pytest.mark.django_db
@pytest.mark.parametrize("name", SEARCHED)
def test_nobody_reads_the_contacts_and_accounts_of_others(name, walked):
    assert not walked(name).in_full, "\n".join(["", *walked(name).in_full])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_masking")
def test_a_planted_address_is_found(new_walk):
    wrong = new_walk("people").through(read_file("planted", "GET planted-address\n    people yes rest")).in_full

    owners = [role for role in ROLES if not any(f" {role} " in line for line in wrong)]
    assert len(wrong) + len(owners) == len(ROLES) and len(owners) <= 1
