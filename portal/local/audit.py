"""Look up every locked package in the register of known vulnerabilities (OSV).

Whether that register could be asked is said apart from what it answered: a lock that was not
looked up is not a clean lock.
"""

import json
import os
import subprocess
import sys

from portal.local.children import ROOT

LOCKS = ("runtime", "embedded", "test")
CLEAN, FOUND, NOT_ASKED = 0, 1, 2


def audit(arguments: list[str]) -> int:
    """Audit the locks and print what was found: 0 nothing, 1 vulnerable packages, 2 the register cannot be reached.

    OSV_URL names a mirror of the register. ``--where-possible`` turns 2 into 0, for machines
    without a way out; the sentence that nothing was looked up stays.
    """
    command = [
        sys.executable, "-m", "pip_audit", "--vulnerability-service", "osv", "--no-deps", "--disable-pip",
        "--progress-spinner", "off", "--format", "json", "--timeout", "20",
    ]  # fmt: skip
    if mirror := os.environ.get("OSV_URL", "").strip():
        command += ["--osv-url", mirror]
    for lock in LOCKS:
        command += ["--requirement", f"requirements/{lock}.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    found = answer(done.stdout)
    if found is None:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        print(f"audit: NOT AUDITED, the register of vulnerabilities could not be asked ({said[:200]}).")
        return CLEAN if "--where-possible" in arguments else NOT_ASKED
    vulnerable = [package for package in found if package.get("vulns")]
    for package in vulnerable:
        for flaw in package["vulns"]:
            mended = ", ".join(flaw.get("fix_versions") or []) or "no release yet"
            print(f"audit: {package['name']} {package['version']}: {flaw['id']}, mended in: {mended}")
    print(f"audit: {len(found)} packages looked up, {len(vulnerable)} with known vulnerabilities.")
    return FOUND if vulnerable else CLEAN


def answer(printed: str) -> list[dict] | None:
    """The packages that were really looked up, or nothing when one of them was not."""
    try:
        packages = json.loads(printed)["dependencies"]
    except (ValueError, KeyError):
        return None
    return None if not packages or any("vulns" not in package for package in packages) else packages
