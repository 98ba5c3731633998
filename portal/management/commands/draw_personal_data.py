"""draw_personal_data: docs/personal-data.md from the register of personal data."""

from collections.abc import Iterator

from django.utils.translation import override

from portal.known_settings import KNOWN
from portal.management.drawing import DrawCommand
from portal.personal_data import REGISTER, Line

HEADING = """# Personal data

Drawn by `manage.py draw_personal_data` from the register (`portal/personal_data.py`, `portal/personal_lines.py`,
`challenges/personal_data.py`, `funding/personal_data.py`); CI compares. The privacy page shows the same lines. A test
walks every field of the three apps and fails on one that may be about a person and stands neither here nor among the
fields that are about nobody. A star stands for any table; a number of days is the value as shipped, the city sets its
own.

| Data | Fields | Purpose | Legal ground | Kept | In the end |
| --- | --- | --- | --- | --- | --- |
"""


def draw() -> str:
    """The register as one Markdown document, always the same for the same lines."""
    with override("en"):
        return HEADING + "\n".join(_row(line) for line in REGISTER) + "\n"


def _row(line: Line) -> str:
    fields = "<br>".join(f"`{field}`" for field in line.fields)
    cells = (line.what, fields, line.purpose, line.basis, " ".join(_kept(line)), line.ending)
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _kept(line: Line) -> Iterator[str]:
    if isinstance(line.kept, str):
        known = KNOWN[line.kept]
        yield f"{known.shipped} days (`{known.name}`)"
    else:
        yield str(line.kept)


class Command(DrawCommand):
    """Draw which personal data the portal holds."""

    help = "Write docs/personal-data.md from the register of personal data; with --check only compare."
    document, draw = "personal-data.md", staticmethod(draw)
