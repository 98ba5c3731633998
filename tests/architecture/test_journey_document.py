"""docs/journey.md names only what exists, and leaves no action of the road out."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/journey.md").read_text()
PLACES = sorted(set(re.findall(r"`([\w/]+\.(?:py|html|txt)):?(\w+)?`", TEXT)))
ACTIONS = sorted(
    (str(file.relative_to(ROOT)), node.name)
    for app in ("portal", "challenges", "funding")
    for file in sorted((ROOT / app / "actions").rglob("*.py"))
    for node in ast.parse(file.read_text()).body
    if isinstance(node, ast.FunctionDef)
    and any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
    and not node.name.startswith("_")
)


def names_in(path: Path) -> set[str]:
    """What a Python file defines at its top, and the methods of its classes."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)}
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_the_document_names_places_at_all():
    assert len(PLACES) > 60


@pytest.mark.parametrize(("file", "name"), PLACES)
def test_every_place_it_names_exists(file, name):
    path = ROOT / file

    assert path.is_file()
    if name:
        assert name in names_in(path)


@pytest.mark.parametrize(("file", "name"), [place for place in ACTIONS if place[0].startswith(("challenges", "funding"))])
def test_every_step_of_the_road_stands_in_it(file, name):
    assert f"`{file}:{name}`" in TEXT
