"""The letters by which a panel speaks of its candidates."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def label(place: int) -> str:
    """The label of a place counted from 0: A to Z, then AA, AB and so on."""
    text = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, len(LETTERS))
        text = LETTERS[letter] + text
    return text
