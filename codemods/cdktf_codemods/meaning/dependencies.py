"""Which file asked about what, so that after a change only those are asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Relation:
    """Who asked for which things, looked up either way."""

    def __init__(self) -> None:
        self._things: dict[str, set[str]] = {}
        self._askers: dict[str, set[str]] = {}

    def add(self, asker: str, thing: str) -> None:
        things = self._things.setdefault(asker, set())
        if thing not in things:
            things.add(thing)
            self._askers.setdefault(thing, set()).add(asker)

    def askers(self, thing: str) -> Iterable[str]:
        """Who asked for a thing."""
        return self._askers.get(thing, ())

    def things(self) -> Iterator[str]:
        """All that was asked for."""
        return (thing for thing, askers in self._askers.items() if askers)

    def forget(self, asker: str) -> None:
        """What one asked for so far no longer counts."""
        for thing in self._things.pop(asker, ()):
            self._askers[thing].discard(asker)


class Dependencies:
    """What the files of a project read: other files, and which hold a text."""

    def __init__(self) -> None:
        self.files = Relation()
        self.texts = Relation()

    def readers(self, paths: Iterable[str]) -> set[str]:
        """Some files, what read them, what read that, and so on; what all of these asked for is forgotten."""
        found = set(paths)
        waiting = list(found)
        while waiting:
            new = set(self.files.askers(waiting.pop())) - found
            found |= new
            waiting += new
        for each in found:
            for relation in (self.files, self.texts):
                relation.forget(each)
        return found
