"""``terraform validate`` over synthesised stacks, without a network and without ``init`` for each of them.

Terraform reads what is synthesised; it runs none of the project's code. One folder with the providers and their lock
file is prepared, and copied beside each stack.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from .answer import Answer, Complaint, Place

_SECONDS = 120


class TerraformError(Exception):
    """Terraform or a provider is not at hand; the message is one line."""


class Terraform:
    """A prepared Terraform. A context manager.

    :param mirror: a filesystem mirror of providers; those of ``TF_PLUGIN_DIR``, of Terraform's implied folders and of
        ``/opt/tf-plugins`` are looked for, if not given.
    :raises TerraformError: Terraform is not installed.
    """

    def __init__(self, mirror: Path | None = None) -> None:
        program = shutil.which("terraform")
        if program is None:
            raise TerraformError("terraform is not installed (developer.hashicorp.com/terraform/install)")
        self._program = program
        self._mirrors = [mirror] if mirror is not None else [path for path in _mirrors() if path.is_dir()]
        self._folder = Path(tempfile.mkdtemp(prefix="cdktf-fix-terraform-"))
        self._prepared: dict[str, Path] = {}

    def __enter__(self) -> Terraform:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def checked(self, answer: Answer) -> Answer:
        """The answer with what Terraform has against its stacks."""
        complaints: list[Complaint] = []
        notes = list(answer.notes)
        for name, stack in answer.stacks.items():
            try:
                complaints += self._validate(name, stack, answer.constructs, notes)
            except TerraformError as error:
                notes.append(f"stack {name} is not validated: {error}")
        return replace(answer, complaints=tuple(complaints), notes=tuple(dict.fromkeys(notes)))

    def _validate(
        self, name: str, stack: dict[str, Any], constructs: Mapping[str, Place], notes: list[str]
    ) -> Iterator[Complaint]:
        terraform = dict(stack.get("terraform", {}))
        terraform.pop("backend", None)
        terraform["required_providers"] = wanted = {
            local: self._at_hand(local, dict(provider), notes)
            for local, provider in terraform.get("required_providers", {}).items()
        }
        stack = {**stack, "terraform": terraform}
        prepared = self._prepare(wanted)
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        text = json.dumps(stack, indent=1)
        (folder / "cdk.tf.json").write_text(text, encoding="utf-8")
        for file in prepared.iterdir():
            (folder / file.name).symlink_to(file) if file.is_dir() else shutil.copy(file, folder)
        said = json.loads(self._run(folder, "validate", "-json").stdout or "{}")
        shutil.rmtree(folder)
        for each in said.get("diagnostics", ()):
            if each.get("severity") == "error":
                path = _construct(stack, text, each)
                message = ": ".join(part for part in (each.get("summary"), each.get("detail")) if part)
                yield Complaint(name, " ".join(message.split()), path, constructs.get(path or ""))

    def _at_hand(self, local: str, provider: dict[str, str], notes: list[str]) -> dict[str, str]:
        """The provider in the version wanted, or else in the nearest that the mirrors have.

        :raises TerraformError: they have none.
        """
        source = provider.get("source", local)
        source = source if "/" in source else f"hashicorp/{source}"
        if re.fullmatch(r"[\w.-]+(/[\w.-]+){1,2}", source) is None:
            raise TerraformError(f"{source} is no provider")
        folders = (path for mirror in self._mirrors for path in mirror.glob(f"*/{source}/*") if path.is_dir())
        versions = sorted({path.name for path in folders}, key=_number)
        if not versions:
            raise TerraformError(f"no mirror has the provider {source}")
        wanted = provider.get("version", versions[-1])
        nearest = wanted if wanted in versions else versions[-1]
        if nearest != wanted:
            notes.append(f"validated with {source} {nearest}, the nearest at hand; the project is for {wanted}")
        return {**provider, "source": source, "version": nearest}

    def _prepare(self, wanted: dict[str, dict[str, str]]) -> Path:
        """A folder that is initialised with these providers.

        :raises TerraformError: it cannot be.
        """
        key = json.dumps(wanted, sort_keys=True)
        if key not in self._prepared:
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            (folder / "cdk.tf.json").write_text(json.dumps({"terraform": {"required_providers": wanted}}))
            done = self._run(folder, "init", "-input=false", "-no-color", "-backend=false")
            if done.returncode:
                raise TerraformError(" ".join((done.stderr or done.stdout).split())[:300])
            (folder / "cdk.tf.json").unlink()
            self._prepared[key] = folder
        return self._prepared[key]

    def _run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        configuration = self._folder / "terraform.rc"
        mirrors = "\n".join(f'  filesystem_mirror {{ path = "{path}" }}' for path in self._mirrors)
        configuration.write_text(f"provider_installation {{\n{mirrors}\n}}\n" if mirrors else "")
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self._folder),
            "TF_CLI_CONFIG_FILE": str(configuration),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
        }
        try:
            return subprocess.run(
                [self._program, *arguments],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise TerraformError(f"terraform {arguments[0]}: {error}") from error


def _mirrors() -> Iterator[Path]:
    if configured := os.environ.get("TF_PLUGIN_DIR"):
        yield Path(configured)
    yield Path.home() / ".terraform.d" / "plugins"
    yield Path.home() / ".local" / "share" / "terraform" / "plugins"
    yield Path("/usr/local/share/terraform/plugins")
    yield Path("/usr/share/terraform/plugins")
    yield Path("/opt/tf-plugins")


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def _construct(stack: dict[str, Any], text: str, diagnostic: dict[str, Any]) -> str | None:
    """The path of the construct that a diagnostic is about: by its address, else by the line of the JSON."""
    address = (diagnostic.get("address") or "").split(".")
    if len(address) >= 2:
        block = stack.get("data" if address[0] == "data" else "resource", {})
        found = block.get(address[-2], {}).get(address[-1])
        if found is not None:
            return _path_of(found)
    line = diagnostic.get("range", {}).get("start", {}).get("line")
    if line is None:
        return None
    # The metadata stands first in every construct's block, so the last one above the line is its own.
    above = re.findall(r'"path": ("(?:[^"\\]|\\.)*")', "\n".join(text.split("\n")[:line]))
    return json.loads(above[-1]) if above else None


def _path_of(block: Any) -> str | None:
    for name in ("//", "metadata", "path"):
        block = block.get(name) if isinstance(block, dict) else None
    return block if isinstance(block, str) else None
