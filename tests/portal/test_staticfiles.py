"""Collecting static files puts the look into one file."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

STATIC = Path(__file__).parents[2] / "static"


@pytest.fixture
def collected(settings, tmp_path) -> Path:
    """Everything collected into a folder of the test's own."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "portal.staticfiles.StaticFiles"}}
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["drf_spectacular_sidecar", "rest_framework"]
    )
    return tmp_path


def test_the_look_is_one_small_file(collected):
    [sheet] = list((collected / "css").glob("site.*.css"))

    text = sheet.read_text()
    assert "@import" not in text
    assert ".jb-sheet" in text
    assert "--jb-paper" in text
    assert sheet.with_suffix(".css.gz").stat().st_size < 25_000


def test_every_stylesheet_is_named_in_the_list():
    listed = set(re.findall(r'@import url\("([\w-]+\.css)"\)', (STATIC / "css/site.css").read_text()))

    assert listed == {file.name for file in (STATIC / "css").glob("*.css")} - {"site.css"}


def test_what_is_vendored_names_no_host():
    manifest = (STATIC / "vendor/manifest.json").read_text()

    assert "://" not in manifest
    assert re.findall(r'"sha256": ""', manifest) == []
