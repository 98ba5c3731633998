"""Static files as they are served: named by their content, and the look in one file instead of many."""

import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\);')


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Collects as WhiteNoise does (hashed names, compressed copies), after putting the stylesheets that ``site.css`` imports into it."""

    def post_process(self, paths, dry_run=False, **options):
        """Replace the list of imports by what it imports, then name every file by its content."""
        if BUNDLE in paths and not dry_run:
            text = self._inlined(paths)
            self.delete(BUNDLE)
            self._save(BUNDLE, ContentFile(text.encode()))
            paths[BUNDLE] = (self, BUNDLE)
        yield from super().post_process(paths, dry_run, **options)

    def _inlined(self, paths: dict) -> str:
        def content(match: re.Match) -> str:
            name = _beside(BUNDLE, match.group(1))
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode().strip()

        storage, path = paths[BUNDLE]
        with storage.open(path) as file:
            return IMPORT.sub(content, file.read().decode())


def _beside(name: str, address: str) -> str:
    """The name of a file that another names by a relative address."""
    parts: list[str] = []
    for part in (*PurePosixPath(name).parent.parts, *PurePosixPath(address).parts):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
