"""Receipts and checkpoints: a signature holds for its payload and key, and for nothing else."""

from base64 import b64encode

import pytest

from portal.kernel.signing import fingerprint, key_id, public_key, sign, verify

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PAYLOAD = {"kind": "receipt", "bid": "b1", "size": 7}


def test_the_public_key_is_that_of_rfc_8032():
    assert public_key(SEED).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key_id(public_key(SEED)) == fingerprint(public_key(SEED))[:16]


def test_a_signature_holds_whatever_the_order_of_the_fields():
    signature = sign(PAYLOAD, SEED)

    assert verify(dict(reversed(PAYLOAD.items())), signature, public_key(SEED))


@pytest.mark.parametrize("changed", [{**PAYLOAD, "size": 8}, {**PAYLOAD, "more": 1}, {}, {"x": object()}])
def test_another_payload_does_not_verify(changed):
    assert not verify(changed, sign(PAYLOAD, SEED), public_key(SEED))


@pytest.mark.parametrize(
    "signature", ["", "not base64!", "名", b64encode(b"short").decode(), b64encode(bytes(64)).decode()]
)
def test_a_malformed_or_foreign_signature_does_not_verify(signature):
    assert not verify(PAYLOAD, signature, public_key(SEED))


def test_another_key_does_not_verify():
    assert not verify(PAYLOAD, sign(PAYLOAD, SEED), public_key(bytes(32)))
    assert not verify(PAYLOAD, sign(PAYLOAD, SEED), b"not a key")


def test_a_seed_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32"):
        sign(PAYLOAD, b"short")
