"""The style guide shows every component, in both languages, and keeps what is typed."""

import re

import pytest
from django.urls import path

from portal.pages import style
from portal.urls import urlpatterns as real

urlpatterns = [path("style/", style.guide, name="style"), *real]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_shows_and_its_ids_are_unique(client, language):
    answer = client.get("/style/", headers={"accept-language": language})

    ids = re.findall(r'\sid="([^"]+)"', answer.content.decode())
    assert answer.status_code == 200
    assert len(ids) == len(set(ids))


def test_it_does_not_exist_without_debug(client):
    assert [each for each in real if getattr(each, "name", "") == "style"] == []
