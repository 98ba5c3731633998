"""The unified social credit code (统一社会信用代码) of an organisation and its check character."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_valid(code: str) -> bool:
    """Whether ``code`` is 18 upper-case characters of the alphabet whose last one checks the others.

    Nothing is trimmed or folded. A real company's code is known that fails, so callers warn
    and let a person confirm; they do not refuse.
    Source: GB 32100-2015.
    """
    if len(code) != 18 or any(character not in ALPHABET for character in code):
        return False
    return code[17] == check_character(code[:17])


def check_character(first_17: str) -> str:
    """The character that belongs after the first 17; the second ``% 31`` matters at remainder 0."""
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(WEIGHTS, first_17, strict=True))
    return ALPHABET[(31 - total % 31) % 31]
