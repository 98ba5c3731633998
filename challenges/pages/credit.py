"""Where a page sends somebody who has to look an organisation's credit up."""

from django.urls import reverse

from portal.models import Organisation


def credit_page(organisation: Organisation) -> str:
    """The page on which an organisation's credit is recorded."""
    return reverse("organisation-credit", args=[organisation.pk])
