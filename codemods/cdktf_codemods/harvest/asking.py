"""Terraform, asked about configurations of a provider; one resource at a time where it fails over several."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .probes import Probe, Writing
from .shapes import Path as Names

_SECONDS = 300


@dataclass(frozen=True)
class Said:
    """One error: the probe that it is about (by its place), the argument on whose line it is, and the words."""

    probe: int
    line: Names | None
    text: str


class Asked:
    """A folder that is initialised with one provider.

    :raises OSError: Terraform is not installed, or has no such provider.
    """

    def __init__(self, folder: Path, mirror: Path, source: str, version: str) -> None:
        self._folder = folder
        self.broken: list[str] = []
        """The resources over which the provider hung or crashed."""
        (folder / "rc").write_text(f'provider_installation {{\n  filesystem_mirror {{ path = "{mirror}" }}\n}}\n')
        required = {source.rpartition("/")[2]: {"source": source, "version": version}}
        wanted = {"terraform": {"required_providers": required}}
        (folder / "main.tf.json").write_text(json.dumps(wanted))
        done = self._run("init", "-input=false", "-no-color", "-backend=false")
        if done.returncode:
            raise OSError(" ".join((done.stderr or done.stdout).split())[:300])

    def schema(self) -> dict[str, Any]:
        """The provider's schema: ``resource_schemas``, ``data_source_schemas``."""
        found = json.loads(self._run("providers", "schema", "-json").stdout)["provider_schemas"]
        schema: dict[str, Any] = next(iter(found.values()))
        return schema

    def ask(self, probes: Sequence[Probe]) -> Iterator[Said]:
        """What is said against the probes."""
        writing = Writing()
        (self._folder / "asked.tf.json").write_text(writing.text(probes))
        try:
            answer = json.loads(self._run("validate", "-json").stdout)
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            answer = {"diagnostics": [{"severity": "error", "summary": "plugin crashed"}]}
        errors = [each for each in answer["diagnostics"] if each["severity"] == "error"]
        if any(not each.get("address") and _is_crash(each) for each in errors):
            if len(probes) == 1:
                self.broken.append(probes[0].shape.name)
                return
            for at, probe in enumerate(probes):
                for said in self.ask([probe]):
                    yield Said(at, said.line, said.text)
            return
        for each in errors:
            if each.get("address"):
                text = " ".join(f"{each['summary']}: {each.get('detail', '')}".split())
                line = writing.places.get(each.get("range", {}).get("start", {}).get("line"))
                yield Said(int(each["address"].rpartition(".p")[2]), line, text)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        program = shutil.which("terraform")
        if program is None:
            raise OSError("terraform is not installed")
        environment = {**os.environ, "TF_CLI_CONFIG_FILE": str(self._folder / "rc"), "CHECKPOINT_DISABLE": "1"}
        return subprocess.run(
            [program, *arguments],
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )


def _is_crash(error: dict[str, Any]) -> bool:
    return any(word in error["summary"].lower() for word in ("plugin", "rpc", "request cancelled"))
