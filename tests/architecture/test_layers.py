"""The walls between the layers, and what plain checks of the source find."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def said_by(*command: str) -> tuple[int, str]:
    """The exit code and everything a command of this environment printed."""
    program = str(Path(sys.executable).with_name(command[0]))
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_no_layer_imports_one_above_it():
    code, said = said_by("lint-imports", "--no-cache")

    assert code == 0, said


def test_ruff_finds_nothing():
    code, said = said_by("ruff", "check", "--no-cache", ".")

    assert code == 0, said
