"""Which addresses the web takes: the loopback, in both kinds of IP where this machine has them."""

import errno
import socket

from portal.local.trouble import Trouble


def taken(family: socket.AddressFamily, host: str, port: int) -> int:
    """0 when this address can be listened on, otherwise the number of the error."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return 0


def binds(port: int) -> list[str]:
    """The addresses to listen on; both, because a browser may read ``localhost`` either way.

    Raises Trouble when the port is not a port, is in use, or may not be used by us.
    """
    if not 1 <= port <= 65535:
        raise Trouble(f"{port} is not a port; choose one from 1024 to 65535 with --port.")
    found = {
        f"127.0.0.1:{port}": taken(socket.AF_INET, "127.0.0.1", port),
        f"[::1]:{port}": taken(socket.AF_INET6, "::1", port),
    }
    if errno.EADDRINUSE in found.values():
        raise Trouble(f"Port {port} is in use; stop the program that holds it, or choose another with --port.")
    if errno.EACCES in found.values():
        raise Trouble(f"Port {port} may only be used by root; choose one from 1024 to 65535 with --port.")
    return [address for address, error in found.items() if not error]
