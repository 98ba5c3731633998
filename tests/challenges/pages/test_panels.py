"""Pages of panels, as officer and draw clerk see them."""

from django.urls import reverse


def shown(client, user, route, *args, status=200):
    """The page as this person sees it."""
    client.force_login(user)
    response = client.get(reverse(route, args=args))
    assert response.status_code == status
    return response.content.decode()


def test_the_clerk_sees_who_cannot_be_named_and_why(make, clock, client):
    panel = make.named_panel(clock, count=1)
    free, conflicted = make.expert(), make.expert(employer=make.bids_of(panel)[0].lead)
    seated = make.seats(panel)[0].expert.user

    page = shown(client, make.draw_clerk(), "panel-experts", panel.pk)

    def row_of(person):
        row = page[page.index(f'value="{person.pk}"') :]
        return row[: row.index("</tr>")]

    assert "disabled" not in row_of(free)
    assert "disabled" in row_of(conflicted) and "circle-x" in row_of(conflicted)
    assert "disabled" in row_of(seated)
