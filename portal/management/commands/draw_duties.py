"""draw_duties: docs/duties.md from the table of duties and the search."""

from portal.management.drawing import DrawCommand
from portal.management.routes.drawing import draw


class Command(DrawCommand):
    """Draw which duties stand apart, and how few people can reach what."""

    help = "Write docs/duties.md from portal/duties.py; with --check only compare."
    document, draw = "duties.md", staticmethod(draw)
