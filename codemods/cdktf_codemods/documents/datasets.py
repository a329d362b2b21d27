"""Folders of datasets, as Hugging Face's ``datasets`` saves them and as they are on its Hub: which files are tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

_SAVED = ("dataset_info.json", "dataset_dict.json", "state.json")
STATE = "state.json"
"""Beside tables that were saved: which these are, and the fingerprint by which what was made of them is kept."""


def is_dataset(folder: Path) -> bool:
    """Whether a folder is a dataset: it was saved as one, or has Parquet files and no Python."""
    if not folder.is_dir():
        return False
    if any((folder / name).is_file() for name in _SAVED) and next(tables(folder), None) is not None:
        return True
    if next(folder.glob("*.py"), None) is not None:
        return False
    return any(next(folder.glob(pattern), None) is not None for pattern in ("*.parquet", "data/*.parquet"))


def tables(folder: Path) -> Iterator[Path]:
    """The tables of a dataset, by path; of a part with a ``state.json`` those that it names, in its order."""
    found = (*folder.rglob("*.parquet"), *folder.rglob("*.arrow"))
    parts = {each.parent for each in found if not any(name[0] == "." for name in each.relative_to(folder).parts)}
    for part in sorted(parts):
        yield from _named(part) or sorted(each for each in found if each.parent == part)


def _named(part: Path) -> list[Path]:
    try:
        given = json.loads((part / STATE).read_bytes())["_data_files"]
        named = [part / each["filename"] for each in given]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [each for each in named if each.parent == part and each.is_file()]


def renewed(state: bytes, part: Path) -> bytes:
    """A ``state.json`` for other tables: by the old fingerprint, results of the old ones would be theirs.

    :param state: what it was.
    :param part: the folder with the tables as they are now.
    """
    import hashlib

    from .carriers import json_text

    try:
        text = state.decode("utf-8")
        place = next(span for span in json_text.spans(text) if span.path == ("_fingerprint",))
        digest = hashlib.sha256(state)
        for name in [each["filename"] for each in json.loads(text)["_data_files"]]:
            with (part / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    except (OSError, ValueError, TypeError, KeyError, StopIteration):
        return state
    return (text[: place.start] + json.dumps(digest.hexdigest()[:16]) + text[place.end :]).encode()
