"""The page is written from the shards and the inputs, a hundred outputs at a time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from ...documents import DocumentError
from ...rules import all_rules
from ..inputs import Item, Source, sources
from .cases import case, row
from .figures import Figures

LISTED = 20_000
"""Outputs that can be opened in the page; of more, the figures tell."""
_CHUNK = 100
_STYLES = ("vendor/dataTables.dataTables.min.css", "vendor/diff2html.min.css", "vendor/charts.min.css", "page.css")
_SCRIPTS = ("vendor/dataTables.min.js", "vendor/diff2html.min.js", "case.js", "page.js")


class ReportError(Exception):
    """A report that cannot be made; the message is one line."""


def write_report(folder: Path, target: Path) -> None:
    """Write the page of a batch, finished or not; inputs are read where the batch read them.

    Of texts that others wrote, none is in the page but as Base64 or escaped, and its own scripts are all that it runs.

    :param folder: the batch's output folder.
    :raises ReportError: it is none, an input is gone or was changed, or the page cannot be written.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        settings, names = manifest["settings"], [Path(each["name"]) for each in manifest["inputs"]]
        figures = Figures(bool(settings["verify"]), bool(settings.get("terraform")))
        inputs = sources(names, settings["field"])
    except (OSError, ValueError, KeyError, TypeError, DocumentError) as error:
        raise ReportError(f"{folder}: no report of it: {_reason(error)}") from error
    for _, item, known in _joined(folder, inputs):
        figures.add(known["record"], item.output.files, known["texts"])
    rows: list[list[Any]] = []
    page = _template().stream(
        figures=figures,
        names={rule.code: rule.name for rule in all_rules()},
        listed=min(figures.outputs, LISTED),
        chunks=map(_packed, _chunks(folder, inputs, rows)),
        chunk_size=_CHUNK,
        packed_rows=lambda: _packed(rows),
        key=hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:16],
        **_assets(),
    )
    page.enable_buffering(8)
    unfinished = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            page.dump(file)
        unfinished.replace(target)
    except OSError as error:
        raise ReportError(f"{target}: cannot write: {_reason(error)}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return f"no {error}" if isinstance(error, KeyError) else str(error)


def _results(folder: Path) -> Iterator[dict[str, Any]]:
    for shard in sorted((folder / "shards").glob("*.jsonl")):
        with shard.open("rb") as file:
            yield from map(json.loads, file)


def _chunks(folder: Path, inputs: list[Source], rows: list[list[Any]]) -> Iterator[list[dict[str, Any]]]:
    """What the listed outputs open to, some at a time; their rows are added."""
    listed = islice(_joined(folder, inputs), LISTED)
    while chunk := list(islice(listed, _CHUNK)):
        rows += (row(known["record"]) for _, _, known in chunk)
        yield [case(*each) for each in chunk]


def _joined(folder: Path, inputs: list[Source]) -> Iterator[tuple[Source, Item, dict[str, Any]]]:
    """The outputs with what became of them.

    :raises ReportError: an input is another one by now.
    """
    items = ((source, item) for source in inputs for item in source.items())
    for known in _results(folder):
        source, item = next(items, (None, None))
        if source is None or item is None or known["record"]["id"] != item.output.id:
            raise ReportError(
                f"{known['record']['source']}: changed since the batch read it, or not seen from this folder"
            )
        yield source, item, known


def _packed(value: object) -> str:
    """JSON, compressed and in Base64, in which no text can end an element."""
    return base64.b64encode(gzip.compress(json.dumps(value).encode("ascii"), 6, mtime=0)).decode("ascii")


def _template() -> Any:
    return Environment(
        loader=PackageLoader(__package__, "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    ).get_template("page.html")


def _assets() -> dict[str, Any]:
    """Styles and scripts, and the digests by which the page's policy knows the scripts."""
    here = files(__package__)
    styles = [here.joinpath(name).read_text("utf-8") for name in _STYLES]
    scripts = [f"\n{here.joinpath(name).read_text('utf-8')}\n" for name in _SCRIPTS]
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts]
    return {"styles": styles, "scripts": scripts, "digests": digests}
