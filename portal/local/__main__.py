"""What ./dev goes on with once its environment stands."""

import os
import signal
import sys

from portal.local.audit import audit
from portal.local.manage import manage
from portal.local.run import run
from portal.local.trouble import Trouble


def interrupted(number: int, _frame) -> None:
    """End like Ctrl-C, so that every ``finally`` stops what it started."""
    raise SystemExit(128 + number)


def main(command: str, arguments: list[str]) -> int:
    """Do one command; its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)
    try:
        if command == "manage":
            return manage(arguments)
        if command == "run":
            return run(arguments)
        if command == "audit":
            return audit(arguments)
        if command == "test":
            whole = ["-n", "auto"]  # one process a core, each with a database of its own
            os.execv(sys.executable, [sys.executable, "-m", "pytest", *(arguments or whole)])
    except Trouble as trouble:
        print(f"dev: {trouble}", file=sys.stderr)
    except OSError as error:
        print(f"dev: {error.strerror or error}: {error.filename or 'this machine'}.", file=sys.stderr)
    return 1


sys.exit(main(sys.argv[1], sys.argv[2:]))
