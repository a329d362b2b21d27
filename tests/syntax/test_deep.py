"""What CPython compiles is read and written, however deep it is nested."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from functools import reduce

import libcst as cst
import pytest
from cdktf_codemods.editing.edits import Edits
from cdktf_codemods.syntax.deep import with_deep_stack
from cdktf_codemods.syntax.scopes import Names
from cdktf_codemods.syntax.text import Text
from cdktf_codemods.syntax.walk import descendants

BOUNDED = (3, 12) <= sys.version_info < (3, 14)
"""Whether Python bounds recursion through native code, which nobody can raise: at some 5,000 levels of LibCST's."""
DEEP = {
    "and": "x = " + " and ".join(["a"] * (4_000 if BOUNDED else 12_000)) + "\n",
    "or, and": "x = " + " or b and ".join(["a"] * 3_000) + "\n",
    "elif": "if a:\n    pass\n" + "elif a == 1:\n    pass\n" * 2_400,
    "sums": "x = " + " + ".join(["a"] * 1_500) + "\n",
    "calls": "x = y" + ".f(z)" * 500 + "\n",
    "not": "x = " + "not " * 900 + "a\n",
    "powers": "x = " + " ** ".join(["a"] * 900) + "\n",
    "conditions": "x = " + "a if b else " * 700 + "c\n",
    "lambdas": "x = " + "lambda: " * 500 + "c\n",
    "brackets": "x = " + "f([{1: (" * 49 + "a" + ")}])" * 49 + "\n",
    "blocks": "".join(" " * i + "def f():\n" for i in range(98)) + " " * 98 + "pass\n",
    "imports": "import a" + ".b" * (4_000 if BOUNDED else 9_000) + "\n",
    "long, not deep": "x = [" + "a, " * 5_000 + "]\ny = a" + " < a" * 5_000 + "\n",
}


def _through(text: str) -> None:
    module = cst.parse_module(text)
    names = Names(module, frozenset((cst.Name,)))
    assert module.code == text
    assert module.deep_equals(cst.parse_module(text))
    assert names.scope_of(list(descendants(module))[-1]).find("nothing") == []
    assert module.code_for_node(module.body[0]) in text
    for deepest in names.order[:1]:
        edits = Edits(Text(text, module, frozenset((cst.Name,))))
        edits.replace(deepest, cst.Name("changed"))
        assert any("changed" in splice.text for splice in edits.splices())
    assert module.with_changes(footer=[]).body is module.body


@pytest.mark.slow
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_trees(text: str) -> None:
    compile(text, "text", "exec")
    with_deep_stack(lambda: _through(text))


def test_the_tree_outlives_the_stack() -> None:
    module = with_deep_stack(lambda: cst.parse_module(DEEP["and"]))
    assert isinstance(module, cst.Module)
    del module


def test_result_and_exceptions_pass_through() -> None:
    assert with_deep_stack(lambda: 7) == 7
    assert with_deep_stack(lambda: None) is None
    error = ValueError("own")
    with pytest.raises(ValueError, match="own") as caught:
        with_deep_stack(lambda: (_ for _ in ()).throw(error))
    assert caught.value is error
    with pytest.raises(SystemExit):
        with_deep_stack(lambda: sys.exit(3))


def test_what_it_changes_it_puts_back() -> None:
    before = sys.getrecursionlimit(), threading.stack_size(), threading.active_count()
    assert with_deep_stack(sys.getrecursionlimit) > 100_000
    assert with_deep_stack(lambda: with_deep_stack(threading.current_thread) is threading.current_thread())
    assert (sys.getrecursionlimit(), threading.stack_size(), threading.active_count()) == before


def test_endless_recursion_is_still_an_error() -> None:
    def python(n: int) -> int:
        return python(n + 1)

    def native(n: int) -> int:
        return reduce(lambda _, value: native(value), [n, n])

    class Compared:
        def __lt__(self, other: object) -> bool:
            return sorted([Compared(), Compared()]) is None

    for action in (lambda: python(0), lambda: native(0), lambda: Compared() < Compared()):
        with pytest.raises(RecursionError):
            with_deep_stack(action)


def test_without_a_large_stack_it_just_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert with_deep_stack(lambda: threading.current_thread().name) == threading.current_thread().name


@pytest.mark.skipif(sys.platform == "win32", reason="sends itself a signal")
def test_an_interrupt_ends_it_at_once() -> None:
    ended = threading.Event()

    def work() -> None:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            for _ in range(1_000):
                time.sleep(0.01)
        finally:
            ended.set()

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        with_deep_stack(work)
    assert time.monotonic() - start < 3
    assert ended.is_set()
