"""Where a page leads: a button or a link that the table refuses to this role leads nowhere, a greyed button says why."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape

from tests.permissions.asking import address, outcome
from tests.permissions.reading import Block
from tests.permissions.situations import Situation

NOWHERE = {"no", "refused", "wrong-state"}
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
BUTTON = re.compile(r"<button\b([^>]*)>")
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"]*)"')
GREYED = re.compile(r'aria-disabled="true"(?: aria-describedby="([^"]*)")?')
TYPED = re.compile(r'(\w+)="([^"]*)"')


class Leads:
    """The addresses of one situation, with what each role gets there."""

    def __init__(self, name: str, situation: Situation, blocks: Iterable[Block]) -> None:
        self.got: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for block in blocks:
            self.got[block.method, address(block, situation)].append(block.rows[name])

    def nowhere(self, response, role: str) -> Iterator[str]:
        """Every way from one page that does not lead on."""
        if outcome(response) != "yes" or not response.get("Content-Type", "").startswith("text/html"):
            return
        text = response.whole.decode()
        for path in {unescape(each).partition("#")[0].partition("?")[0] for each in LINK.findall(text)}:
            if refused := self.refused("GET", path, role):
                yield f"a link to {path} leads to “{refused}”"
        for path in {unescape(each) for each in sendable(text, response.wsgi_request.path)}:
            if refused := self.refused("POST", path, role):
                yield f"a button sends to {path}, which answers “{refused}”"
        for why in GREYED.findall(text):
            if not why or f'id="{why}"' not in text:
                yield "a greyed button does not say why"

    def refused(self, method: str, path: str, role: str) -> str:
        """How this role is refused there, whatever is sent; nothing where it is not, or the table has no row."""
        answers = {cells[role] for cells in self.got.get((method, path), [])}
        return " or ".join(sorted(answers)) if answers and answers <= NOWHERE else ""


def sendable(text: str, path: str) -> Iterator[str]:
    """The addresses to which the forms of a page post that have a button to press."""
    buttons = [dict(TYPED.findall(each)) for each in BUTTON.findall(text)]
    outside = {each["form"] for each in buttons if "form" in each and pressable(each)}
    for head, inside in FORM.findall(text):
        given = dict(TYPED.findall(head))
        own = any(pressable(dict(TYPED.findall(each))) for each in BUTTON.findall(inside))
        if given.get("method", "").lower() == "post" and (own or given.get("id") in outside):
            yield given.get("action") or path


def pressable(button: dict[str, str]) -> bool:
    """Whether this button sends its form."""
    return button.get("type", "submit") == "submit" and "disabled" not in button
