"""What the oracle says of a project."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Status = Literal["synthesises", "loses", "fails", "unknown"]
Kind = Literal[
    "import", "code", "synthesis", "exit", "entry", "time", "memory", "processes", "disk", "died", "oracle"
]  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A line of the project: the file's path below its root, and the line, from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Failure:
    """Why a project does not synthesise.

    ``kind`` says at what: importing, running its own code, ``app.synth()``, a limit (time, memory, processes, disk),
    no entry point; ``died`` where the process ended without an answer, ``oracle`` where the oracle itself could not.
    ``place`` is the innermost line of the project's own code that the error came through. ``column``, from 1, is
    where in it (0: not known); ``given`` the value that was refused, as Python writes it; ``owner`` the class of an
    object without an attribute, ``known`` what it has.
    """

    kind: Kind
    type: str
    message: str
    place: Place | None = None
    column: int = 0
    given: str = ""
    owner: str = ""
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ": ".join(part for part in (self.type, self.message) if part)


@dataclass(frozen=True)
class Dropped:
    """A key of a dict that jsii dropped without a word: the construct, the place of the dict in it, and the key."""

    construct: str
    argument: str
    key: str
    place: Place | None = None


@dataclass(frozen=True)
class Complaint:
    """What ``terraform validate`` has against a stack; the construct's path and its line where they can be told."""

    stack: str
    message: str
    construct: str | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Answer:
    """What became of one project.

    ``stacks`` has the synthesised JSON of each stack by its name. ``refused`` is what the project tried and the sandbox
    did not let it do. ``driven`` says that there was no entry point, so that every stack was built with made-up
    arguments. ``constructs`` has the line that made each construct, by its path. ``seconds`` is what it took.
    """

    failure: Failure | None = None
    stacks: dict[str, dict[str, Any]] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    refused: tuple[str, ...] = ()
    driven: bool = False
    constructs: dict[str, Place] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def status(self) -> Status:
        if self.failure is not None:
            return "unknown" if self.failure.kind == "oracle" else "fails"
        return "loses" if self.dropped else "synthesises"

    @property
    def error(self) -> str | None:
        """The failure as one line, None where there is none."""
        return str(self.failure) if self.failure is not None else None

    @property
    def resources(self) -> int:
        """How many resources the stacks hold."""
        return sum(len(each) for stack in self.stacks.values() for each in stack.get("resource", {}).values())

    def is_worse_than(self, other: Answer) -> bool:
        """Whether a repair made it worse: it fails where it did not, loses more, or has fewer resources."""
        if self.failure is not None:
            return other.failure is None
        if other.failure is not None:
            return False
        return len(self.dropped) > len(other.dropped) or self.resources < other.resources

    def as_json(self) -> dict[str, Any]:
        """The answer for programs, without the stacks themselves."""
        left_out = ("stacks", "constructs")
        plain = {name: value for name, value in asdict(self).items() if name not in left_out}
        for name in ("column", "given", "owner", "known") if self.failure is not None else ():
            del plain["failure"][name]
        return {"status": self.status, "stacks": sorted(self.stacks), "resources": self.resources, **plain}
