"""draw_states: docs/states.md from the flow tables."""

from portal.lives import draw
from portal.management.drawing import DrawCommand


class Command(DrawCommand):
    """Draw the lives of everything that has a state."""

    help = "Write docs/states.md from the flow tables; with --check only compare."
    document, draw = "states.md", staticmethod(draw)
