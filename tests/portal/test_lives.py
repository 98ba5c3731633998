"""docs/states.md is what the flow tables say."""

from django.conf import settings
from django.core.management import call_command

from portal.lives import draw


def test_the_drawn_states_are_those_of_the_tables():
    assert (settings.BASE_DIR / "docs" / "states.md").read_text() == draw()


def test_the_command_compares_quietly():
    call_command("draw_states", check=True)
