"""compile_words: turn the translations people edit (.po) into the form gettext reads (.mo)."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Compile every .po file of the locale folders; no tools of the machine are needed."""

    help = "Compile the translations."
    requires_system_checks = ()

    def handle(self, *arguments, **options) -> None:
        """Compile, and say how many words each language has."""
        for folder in map(Path, settings.LOCALE_PATHS):
            for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                words = polib.pofile(str(source))
                words.save_as_mofile(str(source.with_suffix(".mo")))
                language = source.parent.parent.name
                self.stdout.write(f"{language}: {len(words.translated_entries())} of {len(words)} sentences")
