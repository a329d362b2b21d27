"""A fix: the edits that one finding calls for, in any files, made together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..meaning import Source, Use
from ..syntax.splices import Splice
from .edits import Edits
from .imports import Imports, Plan, Request


class Fix:
    """Gathers edits by file; *plan* has the names that all fixes of a round import into a file."""

    def __init__(self, plan: Callable[[Source], Plan]) -> None:
        self._plan = plan
        self._edits: dict[str, Edits] = {}
        self.requests: dict[str, Request] = {}
        self.created: dict[str, bytes] = {}
        self.readers: tuple[Use, ...] | None = None
        """Why the fix is not made: who else reads the value that it would change."""
        self.broken = False
        """Whether it is not made because its result does not parse."""
        self._splices: dict[str, list[Splice]] | None = None

    def edits(self, source: Source) -> Edits:
        """The edits of a file."""
        return self._edits.setdefault(source.path, Edits(source.text))

    def imports(self, source: Source) -> Imports:
        """What the file's repaired code has to import."""
        request = self.requests.setdefault(source.path, Request())
        return Imports(source, self._plan(source), request, self.edits(source))

    def create(self, path: str, data: bytes) -> None:
        """Make a new file that is not Python."""
        self.created[path] = data

    def refuse(self, readers: Iterable[Use]) -> None:
        """Do not make the fix: it would change a value that these read too."""
        self.readers = tuple(readers)

    @property
    def splices(self) -> dict[str, list[Splice]]:
        """The changes of each file, imports that are added or left unused apart."""
        if self._splices is None:
            every = {path: edits.splices() for path, edits in self._edits.items()}
            self._splices = {path: found for path, found in every.items() if found}
        return self._splices

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        if self.readers is not None or self.broken:
            return False
        return bool(self.splices or self.created or any(each.wanted or each.dropped for each in self.requests.values()))

    @property
    def paths(self) -> set[str]:
        """The files that it changes."""
        return {*self.splices, *(path for path, each in self.requests.items() if each.wanted or each.dropped)}
