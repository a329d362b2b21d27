"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import libcst as cst

from ..meaning import Given, Source
from ..schema import Schema

if TYPE_CHECKING:
    from ..editing.edits import Edits
    from ..editing.imports import Imports
    from ..engine.run import Settings

Safety = Literal["safe", "unsafe", "shown"]
SAFE: Safety = "safe"
UNSAFE: Safety = "unsafe"
SHOWN: Safety = "shown"


@dataclass(frozen=True)
class Finding:
    """One failure at one place.

    ``line`` and ``column`` count from 1, in the text before the repair. ``fixed`` says whether the repair holds the
    fix; where it does not, ``safety`` says why: an *unsafe* one was not asked for, a *shown* one has no edit.
    """

    code: str
    path: str
    line: int
    column: int
    message: str
    safety: Safety
    fixed: bool


@dataclass(frozen=True)
class Note:
    """A finding whose place is still a node; the engine turns it into a :class:`Finding` at the end."""

    rule: type[Rule]
    source: Source
    node: cst.CSTNode
    message: str
    safety: Safety
    fixed: bool
    also: tuple[tuple[Source, cst.CSTNode], ...] = ()
    """Other places that the message is about; the engine adds them to it."""


@dataclass(frozen=True)
class Context:
    """What the engine lends to a rule while it looks at one file."""

    source: Source
    settings: Settings
    note: Callable[[Note], None]
    may_fix: Callable[[type[Rule], Safety], bool]
    edits: Callable[[Source], Edits]
    imports: Callable[[Source], Imports]
    create: Callable[[str, bytes], None]


class Rule(cst.CSTTransformer):
    """Base of all rules: a LibCST transformer with its metadata beside it.

    The engine offers a node by ``leave_X(original_node, updated_node)``, children before parents. ``original_node`` is
    the node of the file, to ask the source about; ``updated_node`` is what earlier rules made of it in this pass, its
    children still those of the file. What the method returns takes the node's place. A value written elsewhere is
    repaired there with :meth:`edit`.
    """

    code: ClassVar[str]
    """One letter of the catalogue's section and three digits."""
    name: ClassVar[str]
    safety: ClassVar[Safety] = SAFE
    catalogue: ClassVar[tuple[str, ...]] = ()
    """Rows of the catalogue of documented failures that the rule repairs."""
    wakes: ClassVar[tuple[str, ...]] = ()
    """The rule looks at a file only if its text holds one of these; empty: at every file."""
    across: ClassVar[bool] = False
    """The rule also looks at files without those words, if another file of the project has one."""
    once: ClassVar[bool] = False
    """The rule is about the project as a whole: it is offered only the file that stands for it."""
    last: ClassVar[bool] = False
    """The rule replaces whole statements, so it looks only once the others have nothing more to do."""
    default: ClassVar[bool] = True
    """Whether the rule runs without being selected."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.source = context.source

    @classmethod
    def wants(cls, text: str, settings: Settings) -> bool:
        """Whether a file of this text may hold the failure: a cheap test, before any parse."""
        return not cls.wakes or any(word in text for word in cls.wakes)

    @property
    def schema(self) -> Schema:
        return self.source.schema

    @property
    def imports(self) -> Imports:
        """What the file's repaired code has to import."""
        return self.context.imports(self.source)

    def found(
        self,
        node: cst.CSTNode,
        message: str,
        *,
        safety: Safety | None = None,
        source: Source | None = None,
        also: Sequence[tuple[Source, cst.CSTNode]] = (),
    ) -> bool:
        """Record a failure at *node*; True where the settings allow the fix, which the caller then has to make.

        The places *also* concerned are listed behind the message. A failure in a file that this run may not change is
        shown.
        """
        safety = safety or self.safety
        where = source or self.source
        if safety != SHOWN and where.path not in where.project.editable:
            safety, message = SHOWN, f"{message}; it is written in {where.path}, which this run may not change"
        fix = safety != SHOWN and self.context.may_fix(type(self), safety)
        self.context.note(Note(type(self), where, node, message, safety, fix, tuple(also)))
        return fix

    def edit(self, node: cst.CSTNode, replacement: cst.CSTNode, source: Source | None = None) -> None:
        """Put *replacement* (which may hold *node* and its children) in the place of a node of any file."""
        self.context.edits(source or self.source).put(node, replacement)

    def rename(self, given: Given, name: str) -> None:
        """Give an argument another name, wherever it is written."""
        key: cst.CSTNode = cst.Name(name)
        if isinstance(given.key, cst.SimpleString):
            key = cst.SimpleString(f"{given.key.prefix}{given.key.quote}{name}{given.key.quote}")
        self.edit(given.key, key, given.source)

    def drop(self, given: Given) -> None:
        """Take an argument out of the call or dict that it is written in."""
        self.context.edits(given.source).drop(given.owner, given.item)

    def string(self, value: str) -> cst.SimpleString:
        """A string literal in the quotes that the file prefers."""
        quote = self.source.names.preferred_quote
        return cst.SimpleString(f"{quote}{value}{quote}")
