"""The table of fields holds: nobody is shown more than it says, and every field of the tables stands in it."""

import pytest
from django.http import JsonResponse
from django.urls import path

from challenges.models import Assignment, Bid, BidDocument
from portal import urls
from tests.permissions.fields import Kind, read_fields, read_kinds, read_technical
from tests.permissions.marking import tables
from tests.permissions.reading import read_file, read_table, used
from tests.permissions.situations import SITUATIONS

BLOCKS = read_table()
WALKED = used(BLOCKS, SITUATIONS)


def price_for_everybody(request, pk):
    """A field that a page hands to whoever asks."""
    return JsonResponse({"price": list(BidDocument.objects.filter(bid=pk).values_list("price_fen", flat=True))})


def who_sits_there(request, pk):
    """Experts by name and by key, while the panel scores."""
    seats = Assignment.objects.filter(panel=pk)
    return JsonResponse({"seats": [(seat.expert.user.name, str(seat.expert_id)) for seat in seats]})


def how_many(request):
    """The keys of bids before opening."""
    return JsonResponse({"bids": [str(pk) for pk in Bid.objects.values_list("pk", flat=True)]})


urlpatterns = [
    *urls.urlpatterns,
    path("planted/price/<uuid:pk>/", price_for_everybody, name="planted-price"),
    path("planted/seats/<uuid:pk>/", who_sits_there, name="planted-seats"),
    path("planted/bids/", how_many, name="planted-bids"),
]
handler404 = urls.handler404


@pytest.mark.django_db
@pytest.mark.parametrize("name", WALKED)
def test_nobody_is_shown_more_than_the_table_says(name, walked):
    assert not walked(name).fields, "\n".join(["", *walked(name).fields])


def test_every_field_of_every_model_stands_in_the_table():
    table, technical = read_fields(), read_technical()
    rows: dict[str, set[str]] = {}
    for kind in table.values():
        rows.setdefault(kind.name.partition("[")[0], set()).update(kind.fields)

    fields = {(model._meta.label, field.name) for model in tables() for field in model._meta.fields}
    listed = {(label, name) for label, names in rows.items() for name in names} | technical

    assert sorted(fields - listed) == []
    assert sorted(listed - fields) == []


def test_each_kind_of_an_object_says_the_same_fields():
    by_label: dict[str, list[Kind]] = {}
    for kind in read_fields().values():
        by_label.setdefault(kind.name.partition("[")[0], []).append(kind)

    differing = [kinds[0].name for kinds in by_label.values() if any(set(kind.fields) != set(kinds[0].fields) for kind in kinds)]

    assert differing == []


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_fields")
@pytest.mark.parametrize(
    ("situation", "block", "shown"),
    [
        ("opened", "GET planted-price pk=bid\n    opened yes rest", "challenges.BidDocument price_fen"),
        ("seated", "GET planted-seats pk=panel\n    seated yes rest", "portal.User[expert] name"),
        ("sealed", "GET planted-bids\n    sealed yes rest", "challenges.Bid id"),
    ],
)
def test_a_planted_leak_is_found(situation, block, shown, new_walk):
    wrong = new_walk(situation).through(read_file("planted", block)).fields

    told = {line.split()[4].rstrip(":") for line in wrong if f"shows {shown}" in line}
    assert {"visitor", "district", "support", "other_officer"} <= told


def test_a_field_twice_an_unknown_role_and_stages_out_of_order_cannot_be_read():
    for text in ("bid\n    a a", "bid\n    a\n        from sealed stranger", "bid\n    a\n        from ranked OWN\n        from draft OWN"):
        with pytest.raises(ValueError, match="fields/sample:"):
            list(read_kinds("sample", text))
