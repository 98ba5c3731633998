"""Sealed envelopes: only the box's key opens them, and only what was promised is accepted."""

import json
import secrets
from hashlib import sha256

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel import sealing
from portal.kernel.sealing import Unreadable

DOCUMENT = {"summary": "金刚石传感器", "price_fen": 120_000_000_000, "offers": [{"value": "0.05"}]}
FILES = [("路线.pdf", 5, sha256(b"route").hexdigest()), ("a.pdf", 4, sha256(b"team").hexdigest())]
NONCE = bytes(range(32))
AGE_HEADER_PLAY = 1024  # age puts a random line of random length into each header


def test_an_envelope_comes_back_as_it_was_frozen():
    identity, recipient = sealing.new_box()
    frozen, promised = sealing.commitment(DOCUMENT, NONCE, FILES, about={"bid": "b1"})

    opened = sealing.open_envelope(sealing.seal_envelope(frozen, recipient), identity, promised)

    assert opened == sealing.Envelope(DOCUMENT, tuple(sorted(FILES)), {"bid": "b1"}, NONCE, promised)
    assert promised == sha256(frozen).hexdigest()


def test_any_age_tool_opens_an_envelope_and_reads_json():
    identity, recipient = sealing.new_box()
    frozen, _ = sealing.commitment(DOCUMENT, NONCE)
    cipher = sealing.seal_envelope(frozen, recipient)

    plain = pyrage.decrypt(cipher, [pyrage.x25519.Identity.from_str(identity)])

    assert cipher.startswith(b"age-encryption.org/v1\n")
    assert json.loads(plain)["document"] == DOCUMENT


def test_the_commitment_knows_no_order_and_every_difference():
    _, promised = sealing.commitment(DOCUMENT, NONCE, FILES)
    shuffled = dict(reversed(DOCUMENT.items()))

    assert sealing.commitment(shuffled, NONCE, FILES[::-1])[1] == promised
    different = [
        sealing.commitment({**DOCUMENT, "price_fen": 1}, NONCE, FILES)[1],
        sealing.commitment(DOCUMENT, bytes(32), FILES)[1],
        sealing.commitment(DOCUMENT, NONCE, FILES[:1])[1],
        sealing.commitment(DOCUMENT, NONCE, FILES, about={"bid": "b1"})[1],
    ]
    assert len({promised, *different}) == 5


def test_a_nonce_has_32_bytes():
    assert len(sealing.new_nonce()) == 32
    assert sealing.new_nonce() != sealing.new_nonce()
    with pytest.raises(ValueError, match="32"):
        sealing.commitment(DOCUMENT, b"short")


def test_another_key_a_damaged_cipher_and_a_broken_promise_are_told_apart():
    identity, recipient = sealing.new_box()
    stranger, _ = sealing.new_box()
    frozen, promised = sealing.commitment(DOCUMENT, NONCE)
    cipher = sealing.seal_envelope(frozen, recipient)
    torn = cipher[:-1] + bytes([cipher[-1] ^ 1])
    no_envelope = sealing.encrypt(b'{"document":1}', recipient)

    attempts = [
        (cipher, stranger, promised, "cipher"),
        (torn, identity, promised, "cipher"),
        (b"", identity, promised, "cipher"),
        (cipher, "not an identity", promised, "cipher"),
        (cipher, identity, "0" * 64, "commitment"),
        (no_envelope, identity, sha256(b'{"document":1}').hexdigest(), "envelope"),
    ]
    for attempt, key, promise, what in attempts:
        with pytest.raises(Unreadable) as refusal:
            sealing.open_envelope(attempt, key, promise)
        assert (refusal.value.code, refusal.value.facts) == ("unreadable", {"what": what})


def test_envelopes_of_any_usual_length_look_alike():
    identity, recipient = sealing.new_box()
    short = sealing.commitment({"route": ""}, NONCE)[0]
    long = sealing.commitment({"route": "路" * 20_000}, NONCE)[0]

    sealed = [sealing.seal_envelope(frozen, recipient) for frozen in (short, long)]
    assert [len(sealing.decrypt(cipher, identity)) for cipher in sealed] == [sealing.LEAST_ENVELOPE] * 2
    assert abs(len(sealed[0]) - len(sealed[1])) < AGE_HEADER_PLAY


@pytest.mark.parametrize(("size", "room"), [(0, 8), (8, 8), (9, 16), (17, 32), (33, 64)])
def test_size_classes_double(size, room):
    assert sealing.size_class(size, 8) == room


@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=200))
def test_a_file_comes_back_byte_for_byte_even_with_zeros_at_its_end(content):
    identity, recipient = sealing.new_box()
    cipher = sealing.seal_file(content, recipient)

    assert sealing.open_file(cipher, identity, len(content), sha256(content).hexdigest()) == content
    assert abs(len(cipher) - len(sealing.seal_file(b"", recipient))) < AGE_HEADER_PLAY


def test_a_file_that_was_exchanged_is_noticed():
    identity, recipient = sealing.new_box()
    cipher = sealing.seal_file(b"another", recipient)

    with pytest.raises(Unreadable) as refusal:
        sealing.open_file(cipher, identity, 5, sha256(b"route").hexdigest())

    assert refusal.value.facts == {"what": "file"}


def test_a_malformed_recipient_is_refused():
    with pytest.raises(ValueError, match="Bech32"):
        sealing.encrypt(b"x", "age1nonsense")


@given(st.binary(max_size=100), st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_wrapped_secret_comes_back_under_its_key_and_context_only(secret, context):
    key = secrets.token_bytes(32)
    wrapped = sealing.wrap(key, secret, context)

    assert sealing.unwrap(key, wrapped, context) == secret
    assert sealing.wrap(key, secret, context) != wrapped
    torn = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    for wrong in [
        (bytes(32), wrapped, context),
        (key, wrapped, context + "x"),
        (key, torn, context),
        (key, b"", context),
    ]:
        with pytest.raises(Unreadable) as refusal:
            sealing.unwrap(*wrong)
        assert refusal.value.facts == {"what": "wrapped_key"}


def test_a_wrapping_key_has_32_bytes():
    with pytest.raises(ValueError, match="32"):
        sealing.wrap(b"short", b"secret", "box")
