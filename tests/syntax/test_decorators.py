"""A decorator is what it refers to, however it is spelled."""

from __future__ import annotations

from textwrap import dedent

import libcst as cst
import pytest
from cdktf_codemods import Schema
from cdktf_codemods.meaning import Project, Source
from cdktf_codemods.meaning.origins import _is_fixture, is_property


def function(schema: Schema, text: str) -> tuple[Source, cst.FunctionDef]:
    """The file, and the last function in it."""
    files = {"main.py": dedent(text), "own.py": "def property(f): return f\ndef fixture(f): return f\n"}
    source = Project(files, schema).source("main.py")
    assert source is not None
    found = [each.node for each in source.names.scopes.values() if isinstance(each.node, cst.FunctionDef)]
    return source, found[-1]


IN_CLASS = "class C:\n    {0}\n    def f(self): return 1\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (IN_CLASS.format("@property"), True),
        ("import builtins\n" + IN_CLASS.format("@builtins.property"), True),
        ("from functools import cached_property\n" + IN_CLASS.format("@cached_property"), True),
        ("from functools import cached_property as lazy\n" + IN_CLASS.format("@lazy"), True),
        ("import functools as ft\n" + IN_CLASS.format("@ft.cached_property"), True),
        ("from django.utils.functional import cached_property\n" + IN_CLASS.format("@cached_property"), True),
        ("import abc\n" + IN_CLASS.format("@abc.abstractproperty"), True),
        ("import abc\n" + IN_CLASS.format("@property\n    @abc.abstractmethod"), True),
        ("lazy = property\n" + IN_CLASS.format("@lazy"), True),
        ("def property(f): return f\n" + IN_CLASS.format("@property"), False),
        ("from own import property\n" + IN_CLASS.format("@property"), False),
        ("def cached_property(f): return f\n" + IN_CLASS.format("@cached_property"), False),
        (IN_CLASS.format("@unknown"), False),
        (IN_CLASS.format("@staticmethod"), False),
        (IN_CLASS.format("@property\n    def f(self): return 2\n    @f.setter"), False),
        (IN_CLASS.format("@property\n    def g(self): return 2\n    @g.getter"), True),
        (IN_CLASS.format("@property\n    def f(self): return 2\n    @f.getter"), True),
        (IN_CLASS.format("def g(self): return 2\n    @g.getter"), False),
    ],
)
def test_property(schema: Schema, text: str, expected: bool) -> None:
    assert is_property(*function(schema, text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (IN_CLASS.format("pass"), True),
        (IN_CLASS.format("@classmethod"), True),
        (IN_CLASS.format("@staticmethod"), False),
        ("import builtins as b\n" + IN_CLASS.format("@b.staticmethod"), False),
        ("static = staticmethod\n" + IN_CLASS.format("@static"), False),
        ("def staticmethod(f): return f\n" + IN_CLASS.format("@staticmethod"), True),
        ("def f(self): return 1\n", False),
        ("class C:\n    def f[T](self, a: T): return 1\n", True),
    ],
)
def test_method(schema: Schema, text: str, expected: bool) -> None:
    source, node = function(schema, text)
    assert source.is_method(node) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import pytest\n@pytest.fixture\ndef f(): pass\n", True),
        ("from pytest import fixture as fx\n@fx(scope='module')\ndef f(): pass\n", True),
        ("import pytest as p\n@p.fixture()\ndef f(): pass\n", True),
        ("from own import fixture\n@fixture\ndef f(): pass\n", False),
        ("def fixture(f): return f\n@fixture\ndef f(): pass\n", False),
    ],
)
def test_fixture(schema: Schema, text: str, expected: bool) -> None:
    assert _is_fixture(*function(schema, text)) is expected
