"""Every refusal of the policies has a sentence, and every sentence names only facts that come with it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
RAISERS = {"Refused", "Incomplete", "Problem", "Conflict"}


def codes_raised():
    """The codes in the source of the policies: the string handed to a refusal, a problem or a conflict."""
    for path in (ROOT / "challenges" / "policy").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISERS:
                place = 1 if node.func.id == "Problem" else 0
                yield from (c.value for c in ast.walk(node.args[place]) if isinstance(c, ast.Constant) and c.value)


def sentences(app="challenges"):
    """An app's words by code, read from the source, so that no translation gets in the way."""
    found = {}
    for node in ast.walk(ast.parse((ROOT / app / "words.py").read_text())):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Call):
                    assert key.value not in found
                    found[key.value] = value.args[0].value
    return found


def test_every_code_of_the_policies_has_words():
    missing = set(codes_raised()) - set(sentences()) - set(sentences("portal"))

    assert len(set(codes_raised())) > 30
    assert missing == set()


def test_every_sentence_can_be_filled_in_and_ends_like_one():
    for code, sentence in sentences().items():
        facts = dict.fromkeys(re.findall(r"%\((\w+)\)s", sentence), "…")

        assert sentence % facts, code
        assert sentence.endswith("."), code
