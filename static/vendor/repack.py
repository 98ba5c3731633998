"""Fetch the browser-side packages named in manifest.json and keep only what the portal ships.

Run ``python static/vendor/repack.py`` after changing the manifest; it needs ``npm`` on this
machine, nothing needs it later. Every tarball must have the sha256 the manifest names; an empty
one is filled in, to be reviewed with the commit.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from reduce import reduce_css

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "manifest.json"


def fetch(package: dict, folder: Path) -> Path:
    """Download one tarball with npm, compare its digest, unpack it, and return its root folder."""
    spec = f"{package['name']}@{package['version']}"
    told = subprocess.run(["npm", "pack", "--json", spec], cwd=folder, check=True, capture_output=True, text=True)
    tarball = folder / json.loads(told.stdout)[0]["filename"].replace("@", "").replace("/", "-")
    digest = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if package["sha256"] not in ("", digest):
        sys.exit(f"{spec}: sha256 is {digest}, the manifest says {package['sha256']}. Nothing was changed for it.")
    package["sha256"] = digest
    unpacked = folder / package["folder"]
    with tarfile.open(tarball) as archive:
        archive.extractall(unpacked, filter="data")
    return unpacked / "package"


def keep(package: dict, root: Path) -> None:
    """Copy the files that the manifest takes from an unpacked package into its folder here."""
    target = HERE / package["folder"]
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for source, name in package["take"].items():
        if (root / source).is_dir():
            shutil.copytree(root / source, target / name)
        else:
            shutil.copyfile(root / source, target / name)


def sprite(root: Path, names: list[str]) -> str:
    """One SVG file with a symbol for each icon; strokes take the colour of the text around them."""
    symbols = []
    for name in sorted(names):
        source = (root / "icons" / "outline" / f"{name}.svg").read_text()
        inside = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL).group(1)
        paths = re.findall(r"<(?!path stroke=\"none\")[^>]+>", inside)
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{"".join(paths)}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def main() -> None:
    """Repack everything the manifest names."""
    manifest = json.loads(MANIFEST.read_text())
    with tempfile.TemporaryDirectory() as scratch:
        for package in manifest["packages"]:
            root = fetch(package, Path(scratch))
            keep(package, root)
            if package["folder"] == "tabler-icons":
                (HERE / "tabler-icons" / "icons.svg").write_text(sprite(root, manifest["icons"]))
            if package["folder"] == "tabler":
                whole = HERE / "tabler" / "tabler.css"
                whole.write_text(reduce_css(whole.read_text(), set(manifest["tabler_classes"])))
    MANIFEST.write_text(as_text(manifest))


def as_text(manifest: dict) -> str:
    """The manifest as JSON, with short lists on one line where they fit."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    return re.sub(r"\[\s+((?:\"[a-z0-9-]+\",?\s*)+)\]", lambda m: "[" + " ".join(m.group(1).split()) + "]", text) + "\n"


if __name__ == "__main__":
    main()
