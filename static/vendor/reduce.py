"""Keep of a stylesheet only the rules for plain elements and for the classes we use.

A rule stays when every class in one of its selectors is wanted; a custom property stays when
something that stayed refers to it. The text of a kept rule is not changed.
"""

import re
from collections.abc import Iterator

Rule = tuple[str, "str | list[Rule]"]

NESTING = ("@media", "@supports", "@layer", "@container")


def reduce_css(css: str, wanted: set[str]) -> str:
    """The stylesheet ``css`` with the rules that elements and the ``wanted`` classes need; its licence comment stays."""
    licence = re.search(r"/\*!.*?\*/", css, re.DOTALL)
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).replace('@charset "UTF-8";', "")
    rules = list(_kept(list(_rules(bare)), wanted))
    return f"{licence.group(0) if licence else ''}\n{_written(_without_unused_properties(rules))}"


def _rules(css: str) -> Iterator[Rule]:
    """Split a stylesheet into (head, body); a nesting at-rule's body is again a list of rules."""
    at = 0
    while (opening := css.find("{", at)) >= 0:
        head = css[at:opening].strip()
        closing = _closing(css, opening)
        body = css[opening + 1 : closing]
        yield (head, list(_rules(body)) if head.startswith(NESTING) else body)
        at = closing + 1


def _closing(css: str, opening: int) -> int:
    depth, quote = 0, ""
    for at in range(opening, len(css)):
        letter = css[at]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if not depth:
                return at
    raise ValueError("a brace is not closed")


def _kept(rules: list[Rule], wanted: set[str]) -> Iterator[Rule]:
    for head, body in rules:
        if isinstance(body, list):
            if inside := list(_kept(body, wanted)):
                yield head, inside
        elif head.startswith("@"):
            continue
        elif selectors := [s for s in _selectors(head) if _is_wanted(s, wanted)]:
            yield ",".join(selectors), body


def _selectors(head: str) -> list[str]:
    return [part.strip() for part in re.split(r",(?![^(]*\))", head)]


def _is_wanted(selector: str, wanted: set[str]) -> bool:
    # A class inside :not() excludes, so it does not ask for that class.
    asked = re.sub(r":not\([^()]*\)", "", selector)
    if re.search(r"data-bs-(?!theme)|\[type=\"?range|apexcharts", asked) and "." not in asked:
        return False
    return set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", asked)) <= wanted


def _without_unused_properties(rules: list[Rule]) -> list[Rule]:
    used = _used(rules)
    while True:
        fewer = _drop_properties(rules, used)
        now = _used(fewer)
        if now == used:
            return fewer
        rules, used = fewer, now


def _used(rules: list[Rule]) -> set[str]:
    return set(re.findall(r"var\((--[\w-]+)", _written(rules)))


def _drop_properties(rules: list[Rule], used: set[str]) -> list[Rule]:
    kept = []
    for head, body in rules:
        if isinstance(body, list):
            left = _drop_properties(body, used)
        else:
            lines = re.split(r";(?![^(]*\))", body)
            left = ";".join(
                line for line in lines if not line.strip().startswith("--") or line.split(":")[0].strip() in used
            )
        if left:
            kept.append((head, left))
    return kept


def _written(rules: list[Rule]) -> str:
    return "\n".join(f"{head}{{{_written(body) if isinstance(body, list) else body}}}" for head, body in rules)
