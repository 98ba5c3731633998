"""No page has a button or a link that its reader is refused: an absent power stands there greyed, with its reason."""

from textwrap import dedent

import pytest
from django.http import HttpResponse
from django.urls import path, reverse

from portal import urls
from tests.permissions.reading import ROLES, read_file, read_table, used
from tests.permissions.situations import SITUATIONS

BLOCKS = read_table()


def leads_nowhere(request):
    """A page for everybody with a button of preparers, a link of support, and a greyed button without a reason."""
    act, link = reverse("appropriations"), reverse("support")
    return HttpResponse(
        f'<form method="post" action="{act}"><button type="submit">Go</button></form><a class="btn" href="{link}?q=1">Look</a>'
        '<button type="button" aria-disabled="true" aria-describedby="why-1">No</button>'
    )


urlpatterns = [*urls.urlpatterns, path("planted/", leads_nowhere, name="planted-page")]
handler404 = urls.handler404


@pytest.mark.django_db
@pytest.mark.parametrize("name", used(BLOCKS, SITUATIONS))
def test_every_button_and_link_leads_on(name, walked):
    assert not walked(name).nowhere, "\n".join(["", *sorted(walked(name).nowhere)])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_leading")
def test_a_planted_page_is_found(new_walk):
    rows = """
        GET planted-page
            people yes rest
        GET support
            people yes support | refused rest
        POST appropriations
            people yes preparer | refused rest
    """

    found = new_walk("people").through(read_file("planted", dedent(rows))).nowhere

    for role in ROLES:
        mine = sorted(line.partition(f"{role}: ")[2] for line in found if f"] {role}: " in line)
        assert ("a button sends to /appropriations/, which answers “refused”" in mine) == (role != "preparer")
        assert ("a link to /support/ leads to “refused”" in mine) == (role != "support")
        assert "a greyed button does not say why" in mine
