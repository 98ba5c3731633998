"""The one screen at the end of ./dev run: address, demo accounts, how to stop."""

from unicodedata import east_asian_width

LINE = "─" * 72


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes; Chinese letters take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def in_columns(text: str) -> list[str]:
    """Lines with tabs, set in columns."""
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    most = max((len(row) for row in rows), default=0)
    widths = [max(width_of(row[place]) for row in rows if len(row) > place) for place in range(most)]
    return [
        "  ".join(cell + " " * (widths[place] - width_of(cell)) for place, cell in enumerate(row)).rstrip()
        for row in rows
    ]


def screen(address: str, seconds: float, accounts: str) -> str:
    """The whole screen; ``accounts`` is what demo_accounts printed, or nothing where there is no demo."""
    rows = ["", LINE, f"  揭榜 Jiebang is serving (ready in {seconds:.0f} s)", "", f"      {address}", ""]
    if listed := in_columns(accounts):
        rows += [*(f"  {row}" for row in listed), ""]
    return "\n".join([*rows, "  Logs: var/log    Mail: var/mail    Stop: Ctrl-C", LINE])
