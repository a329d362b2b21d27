"""What the oracle says of a project."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Literal, TypeVar, get_args

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
        """Whether a repair made it worse: it fails where it did not, loses more, has fewer resources, or is refused.

        Terraform refusing it counts only against what was whole and not refused: where keys were lost, or one complaint
        hid others, a complaint more may be a step forward.
        """
        if self.failure is not None:
            return other.failure is None
        if other.failure is not None:
            return False
        if len(self.dropped) > len(other.dropped) or self.resources < other.resources:
            return True
        return bool(self.complaints) and not other.complaints and not other.dropped

    def as_json(self) -> dict[str, Any]:
        """The answer for programs, without the stacks themselves."""
        left_out = ("stacks", "constructs")
        plain = asdict(replace(self, stacks={}, constructs={}))
        plain = {name: value for name, value in plain.items() if name not in left_out}
        for name in ("column", "given", "owner", "known") if self.failure is not None else ():
            del plain["failure"][name]
        return {"status": self.status, "stacks": sorted(self.stacks), "resources": self.resources, **plain}


_DEEPEST = 200
"""How far a stack may be nested; what reads it does so by recursion, and no resource has a tenth of it."""
_MOST = 100_000
"""Of keys dropped, of constructs, of whatever else an answer lists."""
_LONGEST = 20_000
"""Characters of a message."""
_Type = TypeVar("_Type")


class _UnfitError(Exception):
    """What came back cannot be believed; of what kind of failure that is, and what is wrong with it."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.failure = Failure(kind, "", message)


def believed(said: object, driven: bool = False) -> Answer:
    """The answer that a worker's JSON is, each part of it looked at first: a stranger's code had a hand in it.

    What does not hold is that project's failure. The stacks come as the texts that Terraform would get: whoever wrote
    them, the synthesis or the project by its own hand, they are what becomes of it, and what they hold is counted here.
    """
    try:
        return _answer(_of(said, dict, "the answer"), driven)
    except _UnfitError as error:
        return Answer(error.failure, driven=driven)


def _answer(said: dict[str, Any], driven: bool) -> Answer:
    failure = _failure(said["failure"]) if said.get("failure") is not None else None
    stacks = _few(said.get("stacks", {}), dict, "stacks")
    constructs = _few(said.get("constructs", {}), dict, "constructs")
    seconds = said.get("seconds", 0.0)
    if not isinstance(seconds, (int, float)) or not 0 <= seconds < 1e9:
        raise _odd("seconds")
    if failure is None and not stacks:
        raise _odd("neither stacks nor a failure")
    return Answer(
        failure=failure,
        stacks={} if failure else {name: _stack(name, text) for name, text in stacks.items()},
        dropped=tuple(_drop(each) for each in _few(said.get("dropped", []), list, "dropped")),
        refused=_texts(said.get("refused", []), "refused"),
        driven=driven,
        constructs={path: place for path, each in constructs.items() if (place := _place(each)) is not None},
        notes=_texts(said.get("notes", []), "notes"),
        seconds=float(seconds),
    )


def _odd(what: str) -> _UnfitError:
    return _UnfitError("died", f"what came back is no answer: {what} is not what it should be")


def _of(value: object, kind: type[_Type], what: str) -> _Type:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _odd(what)
    return value


def _few(value: object, kind: type[_Type], what: str) -> _Type:
    if len(_of(value, kind, what)) > _MOST:  # type: ignore[arg-type]
        raise _UnfitError("died", f"what came back is no answer: {what} has more than {_MOST} entries")
    return value  # type: ignore[return-value]


def _text(value: object, what: str) -> str:
    text = _of(value, str, what)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _texts(value: object, what: str) -> tuple[str, ...]:
    return tuple(_text(each, what) for each in _few(value, list, what))


def _failure(said: object) -> Failure:
    said = _of(said, dict, "failure")
    kind: Kind | None = next((each for each in get_args(Kind) if each == said.get("kind")), None)
    if kind is None:
        raise _odd("the failure's kind")
    message = _text(said.get("message"), "the failure's message")
    place = said.get("place")
    column = place.pop() if isinstance(place, list) and len(place) == 3 else 0
    return Failure(
        kind,
        _text(said.get("type"), "the failure's type"),
        message,
        _place(place),
        column=_of(column, int, "the failure's column"),
        given=_text(said.get("given", ""), "the failure's value"),
        owner=_text(said.get("owner", ""), "the failure's owner"),
        known=_texts(said.get("known", []), "the failure's names"),
    )


def _drop(said: object) -> Dropped:
    said = _of(said, dict, "dropped")
    construct, argument, key = (_text(said.get(name), "dropped") for name in ("construct", "argument", "key"))
    return Dropped(construct, argument, key, _place(said.get("place")))


def _place(said: object) -> Place | None:
    """A place below the project's root: it is opened there by whoever repairs what it says."""
    if said is None:
        return None
    if not isinstance(said, list) or len(said) != 2:
        raise _odd("a place")
    path, line = _of(said[0], str, "a place"), _of(said[1], int, "a place")
    if not path or path.startswith("/") or ".." in PurePosixPath(path).parts or "\0" in path or not 0 < line < 1 << 31:
        raise _odd("a place")
    return Place(path, line)


def _stack(name: str, text: object) -> dict[str, Any]:
    """What a synthesised text holds.

    :raises _UnfitError: it is not what CDKTF writes, and Terraform would not take it.
    """
    try:
        text = _of(text, str, f"stack {name}")
        text.encode()
        stack = json.loads(text)
    except UnicodeEncodeError:
        raise _UnfitError("synthesis", f"stack {name} is not in UTF-8") from None
    except ValueError as error:
        raise _UnfitError("synthesis", f"stack {name} is no JSON: {error}") from None
    except RecursionError:
        raise _UnfitError("synthesis", f"stack {name} is nested too deeply") from None
    if not isinstance(stack, dict):
        raise _UnfitError("synthesis", f"stack {name} is no object")
    if _is_too_deep(stack):
        raise _UnfitError("synthesis", f"stack {name} is nested too deeply")
    for block, depth in (("resource", 2), ("data", 2), ("terraform", 0)):
        if not _is_object(stack.get(block, {}), depth):
            raise _UnfitError("synthesis", f"stack {name}: `{block}` is not as CDKTF writes it")
    providers = stack.get("terraform", {}).get("required_providers", {})
    if not _is_object(providers, 1) or not all(
        isinstance(each.get(field, ""), str) for each in providers.values() for field in ("source", "version")
    ):
        raise _UnfitError("synthesis", f"stack {name}: `required_providers` is not as CDKTF writes it")
    return stack


def _is_object(value: object, depth: int) -> bool:
    """Whether something is an object that holds objects, down to a depth."""
    if not isinstance(value, dict):
        return False
    return depth == 0 or all(_is_object(each, depth - 1) for each in value.values())


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, (dict, list))
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True
