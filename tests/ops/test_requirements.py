"""The locks: pinned by hash, for every machine alike, under licences a city can take."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCKS = Path(__file__).parent.parent.parent / "requirements"
NAMES = ("runtime", "embedded", "test")


def pinned(name: str) -> list[Requirement]:
    """The packages of a lock that this Python installs."""
    lines = re.findall(r"^([a-zA-Z0-9][^\\\n]*?)\s*\\$", (LOCKS / f"{name}.txt").read_text(), re.MULTILINE)
    every = [Requirement(line) for line in lines]
    return [one for one in every if one.marker is None or one.marker.evaluate()]


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_names_no_host_and_no_path(name):
    text = (LOCKS / f"{name}.txt").read_text()

    assert "://" not in text
    assert not re.search(r"(^|\s)/\w", text)
    assert "--index" not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_pinned_with_hashes(name):
    text = (LOCKS / f"{name}.txt").read_text()
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", text.strip())

    assert [block.splitlines()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


def test_what_is_asked_for_is_locked():
    for name in NAMES:
        asked = {
            Requirement(line).name.lower()
            for line in (LOCKS / f"{name}.in").read_text().splitlines()
            if line[:1].isalpha()
        }

        assert asked <= {one.name.lower() for one in pinned(name)}


def test_the_layers_agree_on_versions():
    versions: dict[str, set[str]] = {}
    for name in NAMES:
        for one in pinned(name):
            versions.setdefault(one.name.lower(), set()).add(str(one.specifier))

    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_what_runs_is_under_no_strong_copyleft():
    strong = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
    found = {}
    for one in pinned("runtime") + pinned("embedded"):
        about = distribution(one.name).metadata
        said = [about.get("License-Expression") or "", about.get("License") or "", *(about.get_all("Classifier") or [])]
        found[one.name] = [word[:80] for word in said if strong.search(word[:200])]

    assert {name: words for name, words in found.items() if words} == {}
