"""The folder into which the treasury's confirmation files are put: what waits there, and where it goes afterwards.

Whoever writes a file writes it under another ending and renames it to ``.csv`` when it is whole.
"""

from hashlib import sha256
from pathlib import Path

DONE, REFUSED = "done", "refused"


def waiting(inbox: Path) -> list[Path]:
    """The CSV files in the folder, by name; the folder is made when it is not there."""
    inbox.mkdir(parents=True, exist_ok=True)
    return sorted(path for path in inbox.iterdir() if path.suffix.lower() == ".csv" and path.is_file())


def put(inbox: Path, name: str, content: bytes) -> Path:
    """Put a file into the folder, whole or not at all."""
    inbox.mkdir(parents=True, exist_ok=True)
    part = inbox / f"{name}.part"
    part.write_bytes(content)
    return part.replace(inbox / name)


def put_away(path: Path, content: bytes, folder: str, sentence: str = "") -> None:
    """Move a file that was read to ``done`` or ``refused``, with a sentence beside it.

    Done again after a kill it comes to the same. Nothing is overwritten by other bytes: a second
    file of the same name is kept under its fingerprint, and one that changed since it was read stays.
    """
    target = path.parent / folder / path.name
    target.parent.mkdir(exist_ok=True)
    if path.read_bytes() != content:
        return
    if target.exists() and target.read_bytes() != content:
        target = target.with_name(f"{path.stem}-{sha256(content).hexdigest()[:12]}{path.suffix}")
    if sentence:
        target.with_suffix(".txt").write_text(f"{sentence}\n", encoding="utf-8")
    path.replace(target)
