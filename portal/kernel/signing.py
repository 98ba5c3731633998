"""The portal's signature under receipts and checkpoints: Ed25519 over canonical JSON."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.kernel.canonical import canonical


def sign(payload: Mapping[str, object], seed: bytes) -> str:
    """Sign ``payload`` with the key grown from the 32-byte ``seed``; the signature in base64."""
    return b64encode(_key(seed).sign(canonical(payload))).decode()


def verify(payload: Mapping[str, object], signature: str, public_key: bytes) -> bool:
    """Whether ``signature`` (base64) under ``payload`` was made with the key of ``public_key``.

    Whatever is malformed does not verify; nothing is raised.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(b64decode(signature, validate=True), canonical(payload))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def public_key(seed: bytes) -> bytes:
    """The 32 bytes of the public key that belongs to ``seed``."""
    return _key(seed).public_key().public_bytes_raw()


def fingerprint(public_key: bytes) -> str:
    """The SHA-256 of a public key in hex, as printed beside it."""
    return sha256(public_key).hexdigest()


def key_id(public_key: bytes) -> str:
    """The first 16 characters of the fingerprint: which key a signature asks for."""
    return fingerprint(public_key)[:16]


def _key(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
