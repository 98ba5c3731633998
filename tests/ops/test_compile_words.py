"""Translations compile without any tool of the machine."""

import gettext

from django.core.management import call_command

SOURCE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Seal the bid"
msgstr "密封投标"
"""


def test_a_po_file_becomes_what_gettext_reads(tmp_path, settings, capsys):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(SOURCE)
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compile_words")

    with (folder / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Seal the bid") == "密封投标"
    assert capsys.readouterr().out == "zh_Hans: 1 of 1 sentences\n"
