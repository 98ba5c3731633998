"""Gathering sentences, and keeping the Chinese catalogue in step."""

import json
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import words as command
from portal.sentences import Sentence, gather

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Plain %(name)s.")
ngettext("%(count)s thing", "%(count)s things", 2)
pgettext("unit", "d")
"""
TEMPLATE = """{% load i18n %}
{% translate "In a tag" %} {% button _("In an argument") kind="stop" %} {{ _("In a variable") }}
{% translate "d" context "unit" %}
{% blocktranslate trimmed with who=user.name %}
  Hello {{ who }}, 60 % done
{% endblocktranslate %}
{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
"""


@pytest.fixture
def project(tmp_path: Path, settings) -> Path:
    """A project of two files."""
    (tmp_path / "portal").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "portal/a.py").write_text(PYTHON)
    (tmp_path / "templates/a.html").write_text(TEMPLATE)
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


def test_every_way_to_say_something_is_found(project):
    found = gather(project)

    assert {(key, each.plural) for key, each in found.items()} == {
        (("", "Plain %(name)s."), ""),
        (("", "%(count)s thing"), "%(count)s things"),
        (("unit", "d"), ""),
        (("", "In a tag"), ""),
        (("", "In an argument"), ""),
        (("", "In a variable"), ""),
        (("", "Hello %(who)s, 60 %% done"), ""),
        (("", "%(n)s row"), "%(n)s rows"),
    }
    assert found[("unit", "d")].places == ["portal/a.py", "templates/a.html"]


def test_a_sentence_that_is_worked_out_is_an_error(project):
    (project / "portal/b.py").write_text('_(f"Bid {ref}")')

    with pytest.raises(ValueError, match=r"portal/b\.py:1"):
        gather(project)


def test_the_catalogue_gains_loses_and_keeps(project, capsys):
    call_command("words")
    taken = project / "taken.json"
    taken.write_text(json.dumps({"In a tag": "标签", "unit|d": "天", "%(n)s row": "%(n)s 行"}))
    call_command("words", take=str(taken))
    (project / "templates/a.html").write_text('{% translate "In a tag" %}{% translate "New" %}')

    call_command("words")

    catalogue = polib.pofile(str(project / "locale/zh_Hans/LC_MESSAGES/django.po"))
    assert {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalogue} == {
        (None, "%(count)s thing"): "",
        ("unit", "d"): "天",
        (None, "In a tag"): "标签",
        (None, "New"): "",
        (None, "Plain %(name)s."): "",
    }
    assert "untranslated: 'New'" in capsys.readouterr().out


def test_the_check_names_what_is_amiss(project):
    call_command("words")
    (project / "portal/a.py").write_text('_("Another")')

    with pytest.raises(CommandError) as amiss:
        call_command("words", check=True)

    assert "missing: 'Another' (portal/a.py)" in str(amiss.value)
    assert "obsolete: 'Plain %(name)s.'" in str(amiss.value)
    assert "untranslated: 'In a tag'" in str(amiss.value)


def test_a_translation_names_the_same_facts():
    assert Sentence("Bid %(ref)s is in.").placeholders_fit("揭榜书 %(ref)s 已收到。")
    assert not Sentence("Bid %(ref)s is in.").placeholders_fit("揭榜书已收到。")
    assert not Sentence("Bid %(ref)s is in.").placeholders_fit("揭榜书 %(name)s 已收到。")
    assert Sentence("60 %% of it").placeholders == set()
    assert command.LANGUAGE == "zh_Hans"
