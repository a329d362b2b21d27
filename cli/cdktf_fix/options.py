"""What the command line says of a repair, and what becomes of a project."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .configuration import Choice

if TYPE_CHECKING:
    from cdktf_codemods import FileRepair, Finding
    from cdktf_codemods.documents import PythonFile
    from cdktf_codemods.documents.carriers import Output
    from cdktf_codemods.oracle import Answer
    from cdktf_codemods.schema.versions import Missing

    from .decisions import Decisions


@dataclass(frozen=True)
class OracleOptions:
    """How projects are run: ``environment`` has what they see beyond a bare minimum, ``seconds`` what each may take."""

    sandbox: bool = True
    environment: tuple[tuple[str, str], ...] = ()
    terraform: bool = False
    seconds: float = 60.0


@dataclass(frozen=True)
class Given:
    """A text from standard input, and the path of the file that it is of, or would be."""

    path: Path
    data: bytes


class Row(NamedTuple):
    """A row of a table, counted from 1."""

    path: Path
    line: int


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    paths: tuple[Path, ...]
    dry_run: bool = False
    diff: bool = True
    """Whether a dry run prints what it would change."""
    choice: Choice = field(default_factory=Choice)
    providers: tuple[str, ...] = ()
    jobs: int | None = None
    quiet: bool = False
    verbose: bool = False
    exit_zero: bool = False
    verify: OracleOptions | None = None
    guided: bool = False
    add_schemas: bool = False
    given: Given | None = None
    cache: bool = True
    """Whether what was found before counts where nothing has changed."""
    field: str | None = None
    """The column of a table that the responses are in."""
    decisions: Decisions | None = None
    """Which repairs are made, and no others; all that the choice of rules allows, if not given."""


@dataclass(frozen=True)
class PinFound:
    """A version that a file declares and that is not the one asked for; whether it is raised, or could be."""

    path: Path
    line: int
    column: int
    text: str
    raised: bool
    possible: bool


class RuleTold(NamedTuple):
    """What is said of a rule beside its findings: its name, and whether it is on by default."""

    name: str
    default: bool


@dataclass
class Done:
    """What became of one project. ``errors`` are lines for people; ``notes`` and ``missing`` concern versions."""

    root: Path
    changed: list[tuple[PythonFile, FileRepair]] = field(default_factory=list)
    created: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    rules: dict[str, RuleTold] = field(default_factory=dict)
    """Those that findings are of, by code."""
    texts: dict[str, str] = field(default_factory=dict)
    """The files that findings are about, as they were."""
    pins: list[PinFound] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    files: int = 0
    before: Answer | None = None
    after: Answer | None = None
    dismissed: list[str] = field(default_factory=list)
    output: Output | None = None
    """The response that the files are in."""
    row: Row | None = None
    """Where that is in a table."""
    repaired: Output | None = None
    """The response with the repaired sources in it, where it goes back into a row."""
    origins: list[Finding] = field(default_factory=list)
    """Of a response, the findings as they stand in its sources, one for each of ``findings``."""
