"""What has to be done before the servers start, each step only when what it works on has changed."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.local import places
from portal.local.children import ROOT, Child, shown, start
from portal.local.trouble import Trouble, last_line

SOURCES = ("portal", "challenges", "funding")


@dataclass(frozen=True)
class Step:
    """One command of manage.py, the files it works on, where its mark is kept, and whether to mind that mark."""

    command: tuple[str, ...]
    works_on: tuple[Path, ...]
    marks: Path
    always: bool = False

    @property
    def name(self) -> str:
        """The command's name."""
        return self.command[0]


class Marks:
    """A small file that says on what each step was last done."""

    def __init__(self, path: Path):
        self.path = path

    def read(self) -> dict[str, str]:
        """Step → digest; nothing when there is no file or it was cut off."""
        try:
            return json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}

    def write(self, step: str, digest: str) -> None:
        """Note that a step was done on this."""
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps({**self.read(), step: digest}))
        draft.replace(self.path)


def files(*folders: str, like: str) -> tuple[Path, ...]:
    """The files under some folders of the project, and the locks, since a new package may change the outcome."""
    found: Iterable[Path] = (path for folder in folders for path in (ROOT / folder).rglob(like) if path.is_file())
    return (*found, ROOT / "requirements" / "runtime.txt")


def words() -> Step:
    """Translations; done again when a compiled file is missing."""
    sources = files("locale", like="*.po")
    missing = any(not path.with_suffix(".mo").exists() for path in sources if path.suffix == ".po")
    return Step(("compile_words",), sources, places.VAR / "marks.json", always=missing)


def migrate(services: Path, *, always: bool) -> Step:
    """Tables, triggers and grants, as the owner."""
    return Step(("migrate", "--no-input"), files(*SOURCES, like="*.py"), services / "marks.json", always)


def collect() -> Step:
    """Static files with their digests in their names."""
    return Step(
        ("collectstatic", "--no-input", "--clear"), files("static", like="*"), places.VAR / "static" / "marks.json"
    )


def seed(services: Path, *, always: bool) -> Step:
    """The demo; nothing happens where it stands already."""
    return Step(("seed_demo",), files(*SOURCES, like="*.py"), services / "marks.json", always)


def prepare(steps: Iterable[Step], values: Mapping[str, str], logs: Path) -> list[str]:
    """Do the steps that are due, side by side; the names of those done.

    Raises Trouble with the last words of the first step that fails; the others are stopped.
    """
    running: list[tuple[Step, str, Child]] = []
    try:
        for step in steps:
            digest = places.digest_of(step.works_on)
            if step.always or Marks(step.marks).read().get(step.name) != digest:
                log = logs / f"{step.name}.log"
                log.unlink(missing_ok=True)
                command = [sys.executable, "manage.py", *step.command]
                running.append((step, digest, start(step.name, command, log=log, env={**os.environ, **values})))
        for step, digest, child in running:
            if child.process.wait():
                raise Trouble(f"manage.py {step.name} failed: {last_line(child.log)} (log: {shown(child.log)})")
            step.marks.parent.mkdir(parents=True, exist_ok=True)
            Marks(step.marks).write(step.name, digest)
    finally:
        for _, _, child in running:
            child.stop()
    return [step.name for step, _, _ in running]
