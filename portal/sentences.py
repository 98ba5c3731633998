"""Where the sentences are: every gettext call in Python and in templates, read without running anything."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import template as django_template

FOLDERS = ("portal", "challenges", "funding", "templates")

SHAPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("english",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("english", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "english")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "english", "plural")),
}
"""What the first arguments of each call are."""

IN_TEMPLATE = re.compile(
    r"""(?<!\w)(_|gettext|pgettext|ngettext|npgettext)\(\s*((?:u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*,?\s*)+)"""
)
LITERAL = re.compile(r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
PLACEHOLDER = re.compile(r"%%|%(?:\((\w+)\))?[#0\-+]*\d*(?:\.\d+)?([sdifr])")


@dataclass
class Sentence:
    """One sentence in English: its context, its plural, and the files that say it."""

    english: str
    context: str = ""
    plural: str = ""
    places: list[str] = field(default_factory=list)

    @property
    def placeholders(self) -> set[str]:
        """The names that stand for facts."""
        return named(self.english) | named(self.plural)

    def placeholders_fit(self, translation: str) -> bool:
        """Whether a translation names only facts the English has, and all of its single form's unless it has a plural."""
        facts = named(translation)
        return facts <= self.placeholders if self.plural else facts == self.placeholders


def named(text: str) -> set[str]:
    """The facts a sentence names; a doubled per cent sign names none."""
    return {name or kind for name, kind in PLACEHOLDER.findall(text)} - {""}


def gather(root: Path) -> dict[tuple[str, str], Sentence]:
    """Every sentence under ``root``, by context and English.

    Raises ValueError where a call's sentence is not a plain literal, which no catalogue could hold.
    """
    found: dict[tuple[str, str], Sentence] = {}
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in (".py", ".html", ".txt", ".typ") or "migrations" in file.parts:
                continue
            place = file.relative_to(root).as_posix()
            for sentence in _in_python(file, place) if file.suffix == ".py" else _in_template(file):
                _add(found, sentence, place)
    return found


def _add(found: dict[tuple[str, str], Sentence], sentence: Sentence, place: str) -> None:
    known = found.setdefault((sentence.context, sentence.english), sentence)
    known.plural = known.plural or sentence.plural
    if place not in known.places:
        known.places.append(place)


def _in_python(file: Path, place: str) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in SHAPES or len(node.args) < len(SHAPES[name]):
            continue
        texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args[: len(SHAPES[name])]]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError(f"{place}:{node.lineno}: {name}() needs a plain sentence, not something worked out")
        yield Sentence(**dict(zip(SHAPES[name], texts, strict=True)))


def _in_template(file: Path) -> Iterator[Sentence]:
    source = file.read_text(encoding="utf-8")
    if "{%" not in source and "{{" not in source:
        return
    for name, arguments in IN_TEMPLATE.findall(django_template.templatize(source, origin=str(file))):
        texts = [ast.literal_eval(literal) for literal in LITERAL.findall(arguments)]
        yield Sentence(**dict(zip(SHAPES[name], texts, strict=False)))
