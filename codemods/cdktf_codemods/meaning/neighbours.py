"""Which files of a project can mean anything to each other.

A project may hold thousands of programs that know nothing of one another. A file that reaches another spells its name:
in an import, or in a text that is imported or patched by. So files are put together by the names of modules that occur
in them, and who uses a name is asked only of those that are together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_WORD = re.compile(r"[^\W\d]\w*")
_UNSPELLED = frozenset(
    (
        "__import__",
        "eval",
        "exec",
        "import_module",
        "iter_modules",
        "run_path",
        "run_module",
        "spec_from_file_location",
        "SourceFileLoader",
        "walk_packages",
    )
)
"""By these a file may reach modules whose names it works out while it runs."""
_INHERITED = ("__init__.py", "conftest.py")
"""What files of the folder and those below it can reach without spelling its name."""
_ALL = "*"
"""What stands for all modules at once."""

_ByWord = dict[str, set[str]]


class Neighbours:
    """The files of a project in groups, with the files of each in which a word occurs, or has occurred.

    Who looked for a word is kept, so that after a change these can be told that their answer may be another.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._parents: dict[str, str] = {}
        self._index: dict[str, _ByWord] = {}
        self._askers: dict[str, _ByWord] = {}
        self._modules = frozenset(map(_module, files))
        self._is_one = False
        found = {path: _words(code) for path, code in files.items()}
        for path, words in found.items():
            self._link(path, words)
            for folder in _folders(path):
                for each in _INHERITED:
                    if folder + each in found:
                        self._join(_node(path), _node(folder + each))
        for path, words in found.items():
            self._enter(path, words)

    def with_word(self, asker: str, word: str) -> list[str]:
        """The files together with one in which a word occurs, or has occurred, itself included; in order."""
        group = self._group(_node(asker))
        self._askers.setdefault(group, {}).setdefault(word, set()).add(asker)
        return sorted(self._index[group].get(word, ()))

    def change(self, path: str, old: str, new: str) -> set[str]:
        """Take in a file's new text; who looked for a word that it held, or holds now."""
        words = _words(new)
        joined = self._link(path, words)
        self._enter(path, words)
        askers = self._askers.get(self._group(_node(path)), {})
        concerned = list(askers) if joined else words | _words(old)
        return set().union(*(askers.pop(word, ()) for word in concerned))

    def _link(self, path: str, words: frozenset[str]) -> bool:
        """Put a file together with the modules that it names; True where any of them was in another group."""
        joined = [self._join(_node(path), name) for name in (_module(path), *(words & self._modules))]
        if not words.isdisjoint(_UNSPELLED):
            joined.append(self._join(_node(path), _ALL))
            joined += [self._join(name, _ALL) for name in (() if self._is_one else self._modules)]
            self._is_one = True
        return any(joined)

    def _enter(self, path: str, words: frozenset[str]) -> None:
        index = self._index.setdefault(self._group(_node(path)), {})
        for word in words:
            index.setdefault(word, set()).add(path)

    def _join(self, one: str, other: str) -> bool:
        one, other = self._group(one), self._group(other)
        if one == other:
            return False
        self._parents[one] = other
        for table in (self._index, self._askers):
            kept = table.setdefault(other, {})
            for word, paths in table.pop(one, {}).items():
                kept.setdefault(word, set()).update(paths)
        return True

    def _group(self, node: str) -> str:
        while (parent := self._parents.get(node, node)) != node:
            self._parents[node] = self._parents.get(parent, parent)
            node = parent
        return node


def _node(path: str) -> str:
    """What stands for a file among the names of modules, which hold no slash."""
    return f"/{path}"


def _module(path: str) -> str:
    """The last part of the name that a file is imported by; nothing for the package at the project's root."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] if name == "__init__.py" else name.removesuffix(".py")


def _folders(path: str) -> Iterator[str]:
    """The folder of a file and those above it, each with its slash; the project's root is nothing."""
    parts = path.split("/")[:-1]
    for depth in range(len(parts) + 1):
        yield "".join(f"{part}/" for part in parts[:depth])


def _words(code: str) -> frozenset[str]:
    return frozenset(_WORD.findall(code))
