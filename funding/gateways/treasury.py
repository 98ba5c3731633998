"""The treasury's side of payments: a list of orders out, confirmations in, both as CSV with columns from the rules.

A confirmation file ends with a closing line, ``#END``, the number of lines and their sum in yuan,
so that a file that was cut off is never half taken over.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from portal.kernel.errors import Refused
from portal.kernel.money import yuan, yuan_to_fen

CLOSING = "#END"
STATES = {"paid": "paid", "已支付": "paid", "failed": "failed", "支付失败": "failed"}
LONGEST_VOUCHER = 60
LONGEST_SHOWN = 60
Columns = Mapping[str, str]
"""Which column holds what: our word, and the label in the file's first line."""


OUT = (
    "reference", "payee", "account", "bank", "amount", "budget_year", "document_number", "function_code", "economic_code",
    "purpose",
)  # fmt: skip
BACK = ("reference", "state", "amount", "voucher", "value_date")
"""The order of the columns; the rules name them, but a mapping in the database keeps no order."""


@dataclass(frozen=True)
class Order:
    """One payment as the treasury is asked for it; the fields are those that the rules' columns may name."""

    reference: str
    payee: str
    account: str
    bank: str
    amount_fen: int
    budget_year: int
    document_number: str
    function_code: str
    economic_code: str
    purpose: str

    def cell(self, name: str) -> str:
        """What stands in the column called ``name``; an amount in yuan with two digits."""
        return str(yuan(self.amount_fen)) if name == "amount" else str(getattr(self, name))


@dataclass(frozen=True)
class Answer:
    """One line of a confirmation: which payment, what became of it, how much, under which voucher and day."""

    line: int
    reference: str
    outcome: str
    amount_fen: int
    voucher: str
    value_on: date


def payment_list(orders: Iterable[Order], columns: Columns) -> bytes:
    """The payment list as CSV (UTF-8 with a mark, so that spreadsheets read it), in the order given."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    names = [name for name in OUT if name in columns]
    rows.writerow([columns[name] for name in names])
    rows.writerows([order.cell(name) for name in names] for order in orders)
    return out.getvalue().encode("utf-8-sig")


def read_confirmations(content: bytes, known: Sequence[Columns]) -> list[Answer]:
    """The lines of a confirmation file whose first line fits one of the ``known`` mappings of columns.

    Raises Refused: ``confirmation_unreadable``, ``confirmation_header``, ``confirmation_cut``,
    ``confirmation_line`` or ``confirmation_twice``, with the line's number.
    """
    rows = _rows(content)
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    columns = next((each for each in known if set(each.values()) <= set(header)), None)
    if columns is None:
        raise Refused("confirmation_header", columns=labels(known[0]) if known else [])
    if len(rows) < 2 or rows[-1][1][0] != CLOSING:
        raise Refused("confirmation_cut", line=rows[-1][0])
    places = {name: header.index(label) for name, label in columns.items()}
    answers = [_answer(line, row, places, columns) for line, row in rows[1:-1]]
    _check_closing(rows[-1], answers)
    seen: set[str] = set()
    for answer in answers:
        if answer.reference in seen:
            raise Refused("confirmation_twice", line=answer.line, reference=answer.reference)
        seen.add(answer.reference)
    return answers


def labels(columns: Columns) -> list[str]:
    """The labels of a confirmation's columns, in order."""
    return [columns[name] for name in BACK]


def sandbox_answer(
    content: bytes, *, sent: Columns, back: Columns, value_on: date, failed: Iterable[str] = ()
) -> bytes:
    """What a treasury would answer to a payment list: every order paid but those ``failed``; for demo and tests."""
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    out = StringIO()
    answers = csv.writer(out, lineterminator="\r\n")
    answers.writerow(labels(back))
    refused, total = set(failed), 0
    for number, row in enumerate(rows, start=1):
        reference, amount = row[sent["reference"]], row[sent["amount"]]
        total += yuan_to_fen(amount)
        cells = {
            "reference": reference,
            "state": "failed" if reference in refused else "paid",
            "amount": amount,
            "voucher": f"GK{value_on:%Y%m%d}{number:04d}",
            "value_date": value_on.isoformat(),
        }
        answers.writerow([cells[name] for name in BACK])
    answers.writerow([CLOSING, len(rows), yuan(total)])
    return out.getvalue().encode("utf-8-sig")


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with the number of their line."""
    try:
        text = content.decode("utf-8-sig")
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error):
        raise Refused("confirmation_unreadable") from None


def _answer(line: int, row: Sequence[str], places: Mapping[str, int], columns: Columns) -> Answer:
    """One line read; what does not fit is named with its column."""

    def wrong(name: str, value: str) -> Refused:
        return Refused("confirmation_line", line=line, value=value[:LONGEST_SHOWN], column=columns[name])

    cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
    for name, value in cells.items():
        if not value:
            raise wrong(name, value)
    if cells["state"].lower() not in STATES:
        raise wrong("state", cells["state"])
    if len(cells["voucher"]) > LONGEST_VOUCHER:
        raise wrong("voucher", cells["voucher"])
    try:
        amount_fen = yuan_to_fen(cells["amount"])
    except Refused:
        raise wrong("amount", cells["amount"]) from None
    try:
        value_on = date.fromisoformat(cells["value_date"])
    except ValueError:
        raise wrong("value_date", cells["value_date"]) from None
    return Answer(line, cells["reference"], STATES[cells["state"].lower()], amount_fen, cells["voucher"], value_on)


def _check_closing(closing: tuple[int, list[str]], answers: Sequence[Answer]) -> None:
    """The closing line names how many lines there are and what they come to."""
    line, row = closing
    count, total = [*(cell.strip() for cell in row[1:3]), "", ""][:2]
    try:
        fits = int(count) == len(answers) and yuan_to_fen(total) == sum(answer.amount_fen for answer in answers)
    except (ValueError, Refused):
        fits = False
    if not fits:
        raise Refused("confirmation_cut", line=line)
