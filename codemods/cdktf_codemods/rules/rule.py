"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import libcst as cst

from ..editing.edits import Edits
from ..editing.fix import Fix
from ..editing.imports import Imports
from ..editing.ownership import Owner
from ..editing.safety import SAFE, SHOWN, UNSAFE, Safety
from ..knowledge.evidence import Evidence
from ..meaning import Source, Use, dispute
from ..meaning.tried import is_expected_to_fail
from ..schema import Schema
from .settings import Settings

__all__ = ["DESCRIBED", "SAFE", "SHOWN", "UNSAFE", "Context", "Note", "Rule", "Safety"]


DESCRIBED = "<described>"
"""Among the words that wake a rule: any word that a text with a described package in it holds."""
BY_SCHEMA = frozenset("ANTV")
"""Families of rules that edit what the schema says is wrong."""
_OF_CALLS = frozenset("AT")
"""Families about what makes a call fail that a test may mean to fail: not a name that its file lacks."""


@dataclass(frozen=True, eq=False)
class Note:
    """A finding whose place is still a node; the engine turns it into a finding for people at the end.

    ``asker`` is the path of the file that the rule looked at. ``fix`` is None where there is none, or none was asked
    for. ``also`` are other places that the message is about.
    """

    rule: type[Rule]
    asker: str
    source: Source
    node: cst.CSTNode
    message: str
    safety: Safety
    fix: Fix | None
    also: tuple[Use, ...] = ()

    @property
    def line(self) -> int:
        """The line on which the node begins, from 1."""
        return self.source.spans.line_and_column(self.source.spans.start(self.node))[0]


@dataclass(frozen=True)
class Context:
    """What the engine lends to a rule while it looks at one file."""

    source: Source
    settings: Settings
    note: Callable[[Note], None]
    new_fix: Callable[[], Fix]
    silenced: Callable[[type[Rule], Source, cst.CSTNode], bool]
    evidence: tuple[Evidence, ...] = ()
    """What running the project has shown of this file."""


class Rule(cst.CSTTransformer):
    """Base of all rules: a LibCST transformer with its metadata beside it.

    The engine offers a node by ``leave_X(original_node, updated_node)``, children before parents; both are the node of
    the file. :meth:`found` opens a fix, and what is edited after it belongs to that fix: what the method returns takes
    the node's place, and a value written elsewhere is repaired there with :meth:`edit`. Nodes of the file that the new
    code holds are left as they are, so that the fixes of other rules reach them too.
    """

    code: ClassVar[str]
    """One letter of the catalogue's section and three digits."""
    name: ClassVar[str]
    safety: ClassVar[Safety] = SAFE
    catalogue: ClassVar[tuple[str, ...]] = ()
    """Rows of the catalogue of documented failures that the rule repairs."""
    wakes: ClassVar[tuple[str, ...]] = ()
    """The rule looks at a file only if its text holds one of these; empty: at every file."""
    makes: ClassVar[frozenset[str] | None] = None
    """``leave_Call`` is offered only the calls that make a construct or struct of one of these modules of a package
    (``eip``); of any, where this is empty; every call, where it is None."""
    provider: ClassVar[str] = ""
    """The provider whose constructs and structs the rule knows, ``aws``: it is offered no other's; empty: any."""
    across: ClassVar[bool] = False
    """The rule also looks at files without those words, if another file of the project has one."""
    once: ClassVar[bool] = False
    """The rule is about the project as a whole: it is offered only the file that stands for it."""
    first: ClassVar[bool] = False
    """The rule settles names: it looks once before the others, so that they judge arguments by what is meant."""
    last: ClassVar[bool] = False
    """The rule replaces whole statements, or reads what a whole program does, so it looks only once the others have
    nothing more to do."""
    default: ClassVar[bool] = True
    """Whether the rule runs without being selected: if it is about what fails, is lost in silence, or is a secret."""
    guided: ClassVar[bool] = False
    """The rule is led by evidence: it looks at a file where running the project has shown something, and only then.
    Whoever asks for that asks for its unsafe fixes too."""
    repeats: ClassVar[tuple[str, ...]] = ()
    """Codes of rules whose findings say the same: of a line of which one says it, this rule says nothing more."""
    equivalents: ClassVar[tuple[str, ...]] = ()
    """Codes and names by which other tools check the same: a comment that silences one of them silences the rule."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.source = context.source
        self.fix: Fix | None = None
        """The one that :meth:`found` has opened."""

    @classmethod
    def wants(cls, text: str, settings: Settings, marks: tuple[str, ...]) -> bool:
        """Whether a file of this text may hold the failure: a cheap test, before any parse.

        :param marks: what stands for ``DESCRIBED`` (see :attr:`Schema.marks`).
        """
        words = (*cls.wakes, *marks) if DESCRIBED in cls.wakes else cls.wakes
        return not words or any(word in text for word in words)

    @property
    def schema(self) -> Schema:
        return self.source.schema

    def create(self, path: str, data: bytes) -> None:
        """Make a new file that is not Python, for the open fix."""
        self.open_fix().create(path, data)

    def open_fix(self) -> Fix:
        """The fix that :meth:`found` has opened."""
        assert self.fix is not None, f"{self.code} edits what it has not found"
        return self.fix

    def edits_of(self, source: Source) -> Edits:
        """The edits of a file that belong to the open fix."""
        return self.open_fix().edits(source)

    def imports_of(self, source: Source) -> Imports:
        """What a file has to import for the open fix."""
        return self.open_fix().imports(source)

    @property
    def imports(self) -> Imports:
        """What this file has to import for the open fix."""
        return self.imports_of(self.source)

    def found(
        self,
        node: cst.CSTNode,
        message: str,
        *,
        safety: Safety | None = None,
        source: Source | None = None,
        also: Sequence[Use] = (),
    ) -> bool:
        """Record a failure at *node*; True where the settings allow the fix, which is then open for edits.

        The places *also* concerned are listed behind the message. Of a place that a test expects to fail nothing is
        said. A failure in a file that this run may not change is
        shown, and so is one over which two versions disagree that the declared one is between.
        """
        safety = safety or self.safety
        where = source or self.source
        if self.code[0] in _OF_CALLS and is_expected_to_fail(where, node):
            self.fix = None
            return False
        if safety != SHOWN and where.path not in where.project.editable:
            safety, message = SHOWN, f"{message}; it is written in {where.path}, which this run may not change"
        if safety != SHOWN and self.code[0] in BY_SCHEMA and (versions := dispute(where, node)):
            safety, message = SHOWN, f"{message}; {versions}"
        allowed = safety == SAFE or (safety == UNSAFE and (self.guided or self.context.settings.unsafe))
        self.fix = self.context.new_fix() if allowed else None
        self.context.note(Note(type(self), self.source.path, where, node, message, safety, self.fix, tuple(also)))
        return allowed

    def is_silenced(self, node: cst.CSTNode) -> bool:
        """Whether a comment silences the rule at a node of this file; the engine asks for every finding by itself."""
        return self.context.silenced(type(self), self.source, node)

    def edit(self, node: cst.CSTNode, replacement: cst.CSTNode, source: Source | None = None) -> None:
        """Put *replacement* (which may hold *node* and its children) in the place of a node of any file.

        For what is spelled there: a name, a keyword, a statement. A value may have other readers: see :attr:`owner`.
        """
        self.edits_of(source or self.source).put(node, replacement)

    @property
    def owner(self) -> Owner:
        """Edits values and arguments for the open fix, by who else reads them."""
        return Owner(self.open_fix())

    def string(self, value: str) -> cst.SimpleString:
        """A string literal in the quotes that the file prefers."""
        quote = self.source.names.preferred_quote
        return cst.SimpleString(f"{quote}{value}{quote}")
