"""words: gather every sentence people see and keep the Chinese catalogue in step; no tools of the machine are needed."""

import json
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.sentences import Sentence, gather

LANGUAGE = "zh_Hans"
METADATA = {
    "Project-Id-Version": "jiebang",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Command(BaseCommand):
    """Add what is missing, drop what nobody says any more, keep every translation; or only check."""

    help = "Update locale/zh_Hans from the source; --check only compares, --take brings in translations."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Only compare, or bring translations along."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing; list what is amiss, exit 1 if anything is"
        )
        parser.add_argument(
            "--take", metavar="FILE", help='a JSON file {"English": "中文"}; before a context: "context|English"'
        )

    def handle(self, *arguments: object, check: bool, take: str | None, **options: object) -> None:
        """Compare the source with the catalogue."""
        file = Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES" / "django.po"
        known = polib.pofile(str(file), wrapwidth=110) if file.exists() else polib.POFile(wrapwidth=110)
        sentences = gather(settings.BASE_DIR)
        amiss = [*differences(known, sentences), *untranslated(known, sentences)]
        if check:
            if amiss:
                raise CommandError("The Chinese catalogue is not in step:\n" + "\n".join(amiss))
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = merged(known, sentences)
        if take:
            bring(fresh, json.loads(Path(take).read_text(encoding="utf-8")))
        fresh.save(str(file))
        for line in untranslated(fresh, sentences):
            self.stdout.write(line)
        self.stdout.write(f"{len(fresh)} sentences, {len(fresh.translated_entries())} translated.")


def key_of(entry: polib.POEntry) -> tuple[str, str]:
    """What tells one entry from another: its context and its English."""
    return (entry.msgctxt or "", entry.msgid)


def differences(known: polib.POFile, sentences: dict[tuple[str, str], Sentence]) -> list[str]:
    """Sentences that the catalogue lacks, and entries that nobody says any more."""
    have = {key_of(entry) for entry in known if not entry.obsolete}
    missing = [f"missing: {key[1]!r} ({', '.join(sentences[key].places)})" for key in sorted(set(sentences) - have)]
    return missing + [f"obsolete: {key[1]!r}" for key in sorted(have - set(sentences))]


def untranslated(known: polib.POFile, sentences: dict[tuple[str, str], Sentence]) -> list[str]:
    """Entries without Chinese, or whose Chinese names other placeholders than the English."""
    lines = []
    for entry in known:
        if entry.obsolete or key_of(entry) not in sentences:
            continue
        chinese = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        if not chinese:
            lines.append(f"untranslated: {entry.msgid!r} ({', '.join(sentences[key_of(entry)].places)})")
        elif not sentences[key_of(entry)].placeholders_fit(chinese):
            lines.append(f"placeholders differ: {entry.msgid!r} / {chinese!r}")
    return lines


def bring(catalogue: polib.POFile, chinese: dict[str, str]) -> None:
    """Put translations into the catalogue, over what stands there."""
    for entry in catalogue:
        said = chinese.get(f"{entry.msgctxt}|{entry.msgid}" if entry.msgctxt else entry.msgid)
        if said and entry.msgid_plural:
            entry.msgstr_plural = {0: said}
        elif said:
            entry.msgstr = said


def merged(known: polib.POFile, sentences: dict[tuple[str, str], Sentence]) -> polib.POFile:
    """The catalogue in step with the source: sorted, with references but no line numbers."""
    old = {key_of(entry): entry for entry in known}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = METADATA
    for key in sorted(sentences, key=lambda each: (each[1].lower(), each)):
        sentence, before = sentences[key], old.get(key)
        entry = polib.POEntry(
            msgid=sentence.english,
            msgctxt=sentence.context or None,
            occurrences=[(place, "") for place in sentence.places],
            flags=["python-format"] if sentence.placeholders else [],
        )
        if sentence.plural:
            entry.msgid_plural = sentence.plural
            entry.msgstr_plural = {0: (before.msgstr_plural.get(0, "") or before.msgstr) if before else ""}
        elif before:
            entry.msgstr = before.msgstr or before.msgstr_plural.get(0, "")
        fresh.append(entry)
    return fresh
