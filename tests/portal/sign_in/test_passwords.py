"""Passwords that many people use or that were published are refused."""

from hashlib import sha1

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.sign_in.passwords import common, is_breached


def codes(password: str) -> set[str]:
    """Why a password is refused."""
    try:
        validate_password(password)
    except ValidationError as refused:
        return {error.code for error in refused.error_list}
    return set()


@pytest.mark.parametrize("password", ["woaini1314", "WoAiNi5201314", "5201314woaini", "jiebang2026!", "kejiju2026", "1qaz2wsx3edc"])
def test_what_is_common_here_is_refused(password):
    assert "password_common_here" in codes(password)


@pytest.mark.parametrize("password", ["quantum-diamond-27", "量子钻石磁力仪二十七", "correct horse battery"])
def test_a_good_password_passes(password):
    assert codes(password) == set()


def test_the_list_has_no_word_twice_and_is_not_short():
    assert len(common()) > 100


def written(path, passwords) -> object:
    """A file of breached passwords, as it is published: sorted, with counts and Windows line ends."""
    hashes = sorted(sha1(each.encode()).hexdigest().upper() for each in set(passwords))
    path.write_bytes(b"".join(f"{each}:{number + 1}\r\n".encode() for number, each in enumerate(hashes)))
    return path


def test_a_published_password_is_refused(settings, tmp_path):
    settings.BREACHED_PASSWORDS = written(tmp_path / "pwned.txt", [f"secret number {n}" for n in range(1000)])

    assert [codes(f"secret number {n}") for n in range(1000)] == [{"password_breached"}] * 1000
    assert codes("secret number 1000") == set()


@given(st.sets(st.text(min_size=1, max_size=12), min_size=1, max_size=40), st.text(min_size=1, max_size=12))
def test_the_search_finds_exactly_what_stands_in_the_file(tmp_path_factory, published, other):
    path = written(tmp_path_factory.mktemp("pwned") / "pwned.txt", published)

    assert all(is_breached(each, path) for each in published)
    assert is_breached(other, path) == (other in published)


def test_a_file_without_a_last_line_end_is_read(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(sha1(b"only one").hexdigest().upper())

    assert is_breached("only one", path)
    assert not is_breached("another", path)
