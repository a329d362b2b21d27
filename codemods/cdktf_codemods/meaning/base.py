"""What the questions about meaning share: a file of a project, and what a name in it refers to.

The questions ask each other (a type is told by where a value comes from, and that by what the type of its owner is), so
what a file can be asked is said here, and answered by the modules beside this one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import libcst as cst

from ..schema import ApiClass, Schema
from ..schema.types import TypeRef
from ..syntax.scopes import Binding, Names, Scope
from ..syntax.spans import Spans
from ..syntax.text import Text

_DEPTH = 12
Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False)
class Reference:
    """What a name refers to: its full name, and the ``def``, ``class`` or module where the project defines it.

    A name of a package is full from the package on (``cdktf_cdktf_provider_aws.eip.Eip``), a builtin's starts with
    ``builtins.``, one of the project starts with the path of its file.
    """

    name: str
    source: Source | None = None
    node: cst.CSTNode | None = None

    @property
    def scope(self) -> Scope | None:
        """The scope of the project's class or function."""
        return self.source.names.scopes.get(id(self.node)) if self.source else None

    def bases(self) -> Iterator[Reference]:
        """The direct bases of a class of the project."""
        if isinstance(self.node, cst.ClassDef) and self.source:
            for base in self.node.bases:
                if found := self.source.reference(base.value):
                    yield found

    def ancestors(self, depth: int = _DEPTH) -> Iterator[Reference]:
        """The bases of a class of the project, and theirs."""
        if depth:
            for base in self.bases():
                yield base
                yield from base.ancestors(depth - 1)

    def inherits(self, schema: Schema, base: str) -> bool:
        """Whether the class, of the project or of a package, is *base* or derives from it."""
        return any(each.source is None and schema.inherits(each.name, base) for each in [self, *self.ancestors()])


Use = tuple["Source", cst.CSTNode]
"""A place that reads a value, and its file."""


class Files(Protocol):
    """The project, as one of its files asks it; *asker* is the path of the file that asks."""

    schema: Schema
    editable: frozenset[str]
    files: Mapping[str, str]
    resources: Mapping[str, bytes] | None

    def source(self, path: str, asker: str | None = None) -> Source | None:
        """The parsed file, or None where there is none or it does not parse."""

    def mentioning(self, word: str, asker: str) -> Iterator[Source]:
        """The files in which a name occurs."""

    def holding(self, text: str, asker: str) -> Iterator[Source]:
        """The files that hold a text."""

    def find_module(self, importer: str, module: str) -> Source | None:
        """The file that *importer* reaches as *module*, relative or absolute."""


class Source(ABC):
    """One file of a project. What is asked once is remembered, until a file changes that the answer was read from."""

    def __init__(self, project: Files, path: str, text: Text) -> None:
        self.project = project
        self.path = path
        self.text = text
        self._answers: dict[str, dict[int, Any]] = {}

    def take_apart(self) -> None:
        """Let go of all that is known of the file. Nothing may be asked of it any more.

        What knows each other in a circle, as scopes and the trees that hang on them do, stays in memory until Python
        searches for it, which costs a fifth of a repair.
        """
        self._answers.clear()
        for scope in self.names.scopes.values() if not self.text.is_kept else ():
            scope.take_apart()

    @property
    def module(self) -> cst.Module:
        return self.text.module

    @property
    def names(self) -> Names:
        return self.text.names

    @property
    def spans(self) -> Spans:
        return self.text.spans

    @property
    def schema(self) -> Schema:
        return self.project.schema

    def remembered(self, question: str, node: cst.CSTNode, unknown: Answer, answer: Callable[[], Answer]) -> Answer:
        """The answer to a question about a node; *unknown* to who asks it again while it is being answered."""
        known = self._answers.setdefault(question, {})
        key = id(node)
        if key not in known:
            known[key] = unknown
            known[key] = answer()
        return known[key]  # type: ignore[no-any-return]

    def mentioning(self, word: str) -> Iterator[Source]:
        """The files of the project in which a name occurs, this one included."""
        return self.project.mentioning(word, self.path)

    def holding(self, text: str) -> Iterator[Source]:
        """The files of the project that hold a text, this one included."""
        return self.project.holding(text, self.path)

    def find_module(self, module: str) -> Source | None:
        """The file that this one reaches as *module*, relative or absolute."""
        return self.project.find_module(self.path, module)

    def local_binding(self, name: str) -> list[Binding]:
        """What binds a name at the top level of the file."""
        return self.names.module_scope.bindings.get(name, [])

    @abstractmethod
    def reference(self, node: cst.CSTNode | None) -> Reference | None:
        """What a name, an attribute or a quoted annotation refers to, or None where that is unknown."""

    @abstractmethod
    def exported(self, name: str) -> Reference | None:
        """What the name refers to at this module's top level, as an importer of it sees it."""

    @abstractmethod
    def called(self, call: cst.Call) -> ApiClass | None:
        """The construct or struct that the call makes, or None."""

    @abstractmethod
    def name_called(self, call: cst.BaseExpression) -> str:
        """The full name of the package's or builtin function or class that a call calls, ``""`` where it is none."""

    @abstractmethod
    def callee(self, call: cst.Call) -> Reference | None:
        """The function of the project that a call runs; of a class, its ``__init__``."""

    @abstractmethod
    def calls_of(self, function: cst.FunctionDef) -> list[tuple[Source, cst.Call]]:
        """The calls in the project of a function of this file; of a class, for its ``__init__``."""

    @abstractmethod
    def class_of(self, node: cst.BaseExpression) -> Reference | None:
        """The class of the project that the expression is an instance of, or None."""

    @abstractmethod
    def function_of(self, node: cst.BaseExpression) -> Reference | None:
        """The function or method of the project that an expression names, or None."""

    @abstractmethod
    def super_init(self, call: cst.Call) -> cst.FunctionDef | None:
        """The project's ``__init__`` that ``super().__init__(…)`` or ``Base.__init__(self, …)`` calls."""

    @abstractmethod
    def initialized(self, call: cst.Call) -> list[Reference]:
        """The classes whose ``__init__`` a call runs: ``super().__init__(…)`` or ``Base.__init__(self, …)``."""

    @abstractmethod
    def bases_meant(self, node: cst.BaseExpression) -> list[Reference]:
        """The classes that ``super()`` stands for, in order; of a name, the class itself."""

    @abstractmethod
    def is_method(self, function: cst.FunctionDef) -> bool:
        """Whether calls of the function leave out its first parameter."""

    @abstractmethod
    def is_imported(self, name: str) -> bool:
        """Whether another file of the project imports *name* from this one, or names it in a string to patch it."""

    @abstractmethod
    def importers(self, name: str) -> Iterator[tuple[Source, Binding]]:
        """The other files of the project that import *name* from this one, and what binds it there."""

    @abstractmethod
    def member_reads(self, owner: cst.ClassDef, name: str) -> tuple[list[tuple[Source, cst.Attribute]], bool]:
        """Where the project reads an attribute of a class of this file; False where other reads may be among them."""

    @abstractmethod
    def parameter_of(self, call: cst.Call, value: cst.BaseExpression) -> tuple[Source, Binding] | None:
        """The parameter of the project's function that a call gives a value to, and the function's file."""

    @abstractmethod
    def parameter_named(self, call: cst.Call, name: str) -> tuple[Source, Binding] | None:
        """The parameter that a keyword of a call of the project's function is for, ``**kwargs`` included."""

    @abstractmethod
    def calls_are_all(self, function: cst.FunctionDef) -> bool:
        """Whether a function of this file is called only where :meth:`calls_of` says."""

    @abstractmethod
    def used_elsewhere(self, name: str) -> Iterator[tuple[Source, cst.BaseExpression | None]]:
        """Where other files use a name of this one; None for a use that cannot be seen."""

    @abstractmethod
    def type_of(self, node: cst.BaseExpression) -> TypeRef:
        """The type of an expression: a type reference, ``UNKNOWN`` where it cannot be told."""

    @abstractmethod
    def wanted_at(self, node: cst.CSTNode) -> TypeRef | None:
        """What the place wants that a value goes to, or None where that cannot be told."""

    @abstractmethod
    def is_misplaced(self, call: cst.Call, made: ApiClass) -> bool:
        """Whether a struct stands where another class is wanted, so that its own fields say nothing."""

    @abstractmethod
    def wanted_at_call_of(self, func: cst.BaseExpression) -> TypeRef | None:
        """What the place wants of the call of *func*; None where it is not called."""

    @abstractmethod
    def is_read_from_construct(self, node: cst.BaseExpression) -> bool:
        """Whether a value is an attribute of a construct, so that only Terraform knows it."""

    @abstractmethod
    def imported(self, module: str, attribute: str | None) -> Reference | None:
        """What ``from module import attribute`` (or ``import module``) gives."""
