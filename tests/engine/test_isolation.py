"""One failure does not cost another: a rule that raises, that never rests, a fix that breaks the file, odd files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import libcst as cst
import pytest
from cdktf_codemods import Repair, Schema, Settings, repair
from cdktf_codemods.engine import selection
from cdktf_codemods.rules import all_rules
from cdktf_codemods.rules.rule import SAFE, Rule

EIP = 'from cdktf_cdktf_provider_aws.eip import Eip\n\n\ndef make(scope):\n    Eip(scope, "e", vpc=True)\n'
MENDED = EIP.replace("vpc=True", 'domain="vpc"')
Install = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Let rules run beside the real ones."""

    def install(*rules: type[Rule]) -> None:
        every = tuple(sorted((*all_rules(), *rules), key=lambda rule: rule.code))
        selection.selected.cache_clear()
        monkeypatch.setattr(selection, "all_rules", lambda: every)

    yield install
    selection.selected.cache_clear()


def rule(code: str, change: Callable[[Rule, cst.Name], cst.BaseExpression | None]) -> type[Rule]:
    """A rule about names, which become what *change* says, if anything."""

    class Made(Rule):
        name = f"made-{code.lower()}"
        safety = SAFE

        def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
            new = change(self, original_node)
            return (
                new
                if new is not None and self.found(original_node, f"{original_node.value} is not wanted")
                else updated_node
            )

    Made.code = code
    return Made


def renames(code: str, names: dict[str, str]) -> type[Rule]:
    return rule(code, lambda self, node: cst.Name(names[node.value]) if node.value in names else None)


def after(result: Repair, path: str) -> str | None:
    return next((file.after for file in result.files if file.path == path), None)


def failed(result: Repair) -> list[tuple[str, str]]:
    return sorted((failure.code, failure.path) for failure in result.failures)


def test_a_rule_that_raises_costs_only_itself_in_that_file(install: Install, schema: Schema) -> None:
    def change(self: Rule, node: cst.Name) -> cst.BaseExpression | None:
        if node.value == "trap":
            raise ZeroDivisionError("in\ntwo lines")
        return cst.Name("good") if node.value == "bad" else None

    install(rule("Z901", change))
    files = {"a.py": EIP + "bad\ntrap\n", "b.py": EIP + "bad\n"}
    result = repair(files, schema)
    assert failed(result) == [("Z901", "a.py")]
    assert "ZeroDivisionError" in result.failures[0].reason
    assert "\n" not in result.failures[0].reason
    assert after(result, "a.py") == MENDED + "bad\ntrap\n"
    assert after(result, "b.py") == MENDED + "good\n"
    assert not [each for each in result.findings if each.code == "Z901" and each.path == "a.py"]


def test_a_rule_whose_edit_cannot_be_made_costs_only_itself(install: Install, schema: Schema) -> None:
    class Odd(cst.Name):
        def _codegen_impl(self, state: object, default_semicolon: bool = False) -> None:
            raise KeyError("printing")

    install(
        rule("Z901", lambda self, node: Odd("x") if node.value == "bad" else None), renames("Z902", {"ugly": "fine"})
    )
    result = repair({"a.py": EIP + "bad\nugly\n", "b.py": EIP}, schema)
    assert failed(result) == [("Z901", "a.py")]
    assert after(result, "a.py") == MENDED + "bad\nfine\n"
    assert after(result, "b.py") == MENDED


@pytest.mark.parametrize(
    "rules",
    [
        lambda: [renames("Z901", {"one": "two", "two": "one"})],
        lambda: [renames("Z901", {"one": "two"}), renames("Z902", {"two": "three"}), renames("Z903", {"three": "one"})],
        lambda: [rule("Z901", lambda self, node: cst.Name(node.value + "e") if node.value.startswith("one") else None)],
        pytest.param(lambda: [rule("Z901", lambda self, node: cst.Tuple([cst.Element(node), cst.Element(node)], lpar=[cst.LeftParen()], rpar=[cst.RightParen()]) if node.value == "one" else None)], marks=pytest.mark.slow),
    ],
    ids=["with itself", "with others", "growing", "doubling"],
)  # fmt: skip
def test_a_rule_that_never_rests_is_left_out_in_that_file(
    rules: Callable[[], list[type[Rule]]], install: Install, schema: Schema
) -> None:
    made = rules()
    install(*made, renames("Z950", {"ugly": "fine"}))
    result = repair({"a.py": EIP + "one\nugly\n", "b.py": EIP + "ugly\n"}, schema)
    assert {path for _, path in failed(result)} == {"a.py"}
    assert {code for code, _ in failed(result)} <= {each.code for each in made}
    assert all(failure.reason == "it does not come to rest" for failure in result.failures)
    assert (after(result, "a.py") or "").startswith(MENDED)
    assert (after(result, "a.py") or "").endswith("\nfine\n")
    assert after(result, "b.py") == MENDED + "fine\n"


def test_a_fix_that_breaks_the_file_is_dropped_alone(install: Install, schema: Schema) -> None:
    install(renames("Z901", {"bad": "class"}), renames("Z902", {"ugly": "fine"}))
    result = repair({"a.py": EIP + "x = bad.attribute\nugly\n"}, schema)
    assert after(result, "a.py") == MENDED + "x = bad.attribute\nfine\n"
    (left,) = [each for each in result.findings if not each.fixed]
    assert (left.code, left.safety) == ("Z901", "shown")
    assert "would not parse" in left.message
    assert result.failures == ()


def test_a_fix_that_only_the_running_python_cannot_parse_is_dropped(install: Install, schema: Schema) -> None:
    """LibCST's parser takes newer syntax too."""
    nested = cst.parse_expression('f"{f"{x}"}"')
    install(rule("Z901", lambda self, node: nested if node.value == "bad" else None))
    result = repair({"a.py": EIP + "bad\n"}, schema)
    text = after(result, "a.py")
    try:
        compile('f"{f"{x}"}"', "", "eval")
    except SyntaxError:
        assert text == MENDED + "bad\n"
    else:
        assert text == MENDED + 'f"{f"{x}"}"\n'


def test_of_fixes_that_overlap_the_first_stands_and_the_other_follows(install: Install, schema: Schema) -> None:
    class Calls(Rule):
        code, name = "Z902", "made-calls"

        def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
            if isinstance(original_node.func, cst.Name) and original_node.func.value == "wrap":
                if self.found(original_node, "wrap is not wanted"):
                    return cst.parse_expression(f"better({cst.Module([]).code_for_node(original_node.args[0].value)})")
            return updated_node

    install(renames("Z901", {"bad": "good"}), Calls)
    result = repair({"a.py": "x = wrap(bad)\n"}, schema)
    assert after(result, "a.py") == "x = better(good)\n"
    assert sorted(each.code for each in result.findings if each.fixed) == ["Z901", "Z902"]


def test_a_file_that_does_not_parse_costs_only_itself(schema: Schema) -> None:
    result = repair({"a.py": EIP + "x = = 1\n", "b.py": EIP}, schema)
    assert list(result.errors) == ["a.py"]
    assert result.errors["a.py"].startswith("6:5: cannot parse")
    assert after(result, "b.py") == MENDED
    assert after(result, "a.py") is None


@pytest.mark.parametrize(
    "text",
    [
        "type X = int\n", "def f[T](x: T) -> T:\n    return x\n", 'print(f"{f"{x}"}")\n', "class C[T: int, *Ts, **P]: pass\n",
        "try:\n    pass\nexcept* ValueError:\n    pass\n", "match x:\n    case {'a': [1, *rest]} if rest:\n        pass\n",
        "x = " + " + ".join(["1"] * 1_000) + "\n",
        "x = " + " + ".join(['"a"'] * 1_000) + "\n",
        "if a == 0:\n    pass\n" + "".join(f"elif a == {at}:\n    pass\n" for at in range(1_000)),
        "x = b" + "".join(f".add({at})" for at in range(400)) + "\n",
        "x = " + "[" * 90 + "]" * 90 + "\n",
    ],
    ids=["type", "generic", "f-string", "generic class", "except*", "match", "sum", "texts", "elif", "calls", "brackets"],
)  # fmt: skip
def test_what_is_new_or_deep_is_repaired(text: str, schema: Schema) -> None:
    result = repair({"a.py": EIP + text}, schema)
    assert after(result, "a.py") == MENDED + text
    assert not result.errors
    assert result.failures == ()


def test_a_deep_expression_is_itself_repaired(schema: Schema) -> None:
    call = (
        'from cdktf_cdktf_provider_aws.eip import Eip\nEip(s, "x", vpc=True, instance='
        + " + ".join(["a"] * 800)
        + ")\n"
    )
    assert after(repair({"a.py": call}, schema), "a.py") == call.replace("vpc=True", 'domain="vpc"')


@pytest.mark.parametrize("newline", ["\r", "\r\n"])
def test_line_endings_stay(newline: str, schema: Schema) -> None:
    result = repair({"a.py": EIP.replace("\n", newline)}, schema)
    assert after(result, "a.py") == MENDED.replace("\n", newline)


# Said is done

MISSING = 'import json\n\nfrom cdktf import App\n\n\ndef make(scope):\n    S3Bucket(scope, "b", bucket="x")\n    Eip(scope, "e", vpc=True)\n    Eip(scope, "f", vcp=1, nothing=2)\n'


def test_places_are_those_of_the_text_before_and_after(schema: Schema) -> None:
    result = repair({"a.py": MISSING}, schema, Settings())
    text = after(result, "a.py")
    assert text is not None
    assert text.count("\n") > MISSING.count("\n")
    old, new = MISSING.split("\n"), text.split("\n")
    for each in result.findings:
        assert old[each.line - 1][each.column - 1 :].startswith(("S3Bucket", "Eip", "vpc", "vcp", "nothing")), each
    (left,) = [each for each in result.findings if not each.fixed and "nothing" in each.message]
    assert new[left.place.line_after - 1][left.place.column_after - 1 :].startswith("nothing")


def test_a_second_run_finds_what_the_first_has_left_where_it_said(schema: Schema) -> None:
    result = repair({"a.py": MISSING}, schema)
    again = repair({"a.py": after(result, "a.py") or ""}, schema)
    left = [
        (each.code, each.place.line_after, each.place.column_after, each.message_after)
        for each in result.findings
        if not each.fixed
    ]
    assert left == [(each.code, each.line, each.column, each.message) for each in again.findings]
