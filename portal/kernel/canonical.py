"""One spelling for every document: canonical JSON, so that equal contents have equal hashes."""

from hashlib import sha256

import rfc8785


def canonical(value: object) -> bytes:
    """The canonical JSON (RFC 8785) of dicts, lists, strings, whole numbers, booleans and None.

    Decimals, ids and moments are handed over as strings. Raises ValueError for anything JSON
    cannot carry exactly: other types, lone surrogates, whole numbers beyond 2^53.
    """
    return rfc8785.dumps(value)


def digest(value: object) -> str:
    """The SHA-256 of the canonical JSON, in lower-case hex."""
    return sha256(canonical(value)).hexdigest()
