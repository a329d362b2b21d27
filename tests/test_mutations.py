"""No harm: the corpus, changed at random where it still parses, is repaired without a crash, a lost comment or unrest."""

from __future__ import annotations

import ast
import random
import re
import tokenize
from io import StringIO
from pathlib import Path

import pytest
from cdktf_codemods import Schema, Settings, repair

FILES = sorted((Path(__file__).parents[1] / "corpus").glob("*/before/**/*.py"))
VALUES = ("None", '"x"', "[1]", "{}", 'f"{a}"', "x.y", "g()")


def mutated(text: str, chance: random.Random) -> str:
    """The text with a few lines dropped, doubled, or with other values, brackets or names of arguments."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, chance.choice(lines))
            case 2:
                lines[at] = re.sub(r"\b(True|False|\d+)\b", lambda _: chance.choice(VALUES), lines[at])
            case 3:
                lines[at] = lines[at].replace("[", "(", 1).replace("]", ")", 1)
            case 4:
                end = chance.choice(["", "s", "_id", "Name"])
                lines[at] = re.sub(r"(\w+)=", rf"\1{end}=", lines[at], count=1)
        lines = lines or [""]
    return "\n".join(lines)


def comments(text: str) -> list[str]:
    tokens = tokenize.generate_tokens(StringIO(text).readline)
    return [token.string.strip() for token in tokens if token.type == tokenize.COMMENT]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_mutated_corpus(seed: int, unsafe: bool, schema: Schema) -> None:
    chance = random.Random(seed)
    settings = Settings(unsafe=unsafe)
    tried = 0
    while tried < 20:
        text = mutated(chance.choice(FILES).read_text(encoding="utf-8"), chance)
        try:
            ast.parse(text)
        except SyntaxError:
            continue
        tried += 1
        result = repair({"main.py": text}, schema, settings)
        after = result.files[0].after if result.files else text
        ast.parse(after)
        assert repair({"main.py": after}, schema, settings).files == [], text
        kept = comments(after)
        assert [comment for comment in comments(text) if comment not in kept] == [], text
