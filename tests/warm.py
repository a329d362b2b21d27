"""One kernel for many projects, which makes tests with real synthesis fast: for projects that the tests themselves ship.

The oracle gives each project a kernel of its own, behind walls, as is right for strangers' code; that takes more than a
second. Here the same worker loads cdktf and every submodule that a test or a project of the corpus spells, once, and runs
projects in forked children. What it does not have, and whatever ends it, goes to the oracle itself.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from cdktf_codemods.oracle import Answer, Oracle, sandbox
from cdktf_codemods.oracle.answer import believed
from cdktf_codemods.oracle.lean import lean_tarballs

_TESTS = Path(__file__).parent
_MOST = 150
"""Projects for one kernel, which keeps the objects of all of them."""


class Warm(Oracle):
    """An oracle whose projects share a kernel."""

    _kernel: subprocess.Popen[bytes] | None = None
    _folder: str | None = None
    _asked = 0
    answered = 0
    """Projects for which the kernel alone was enough."""

    def close(self) -> None:
        """End the kernel, and the workers of the oracle."""
        super().close()
        self._end()

    def _run(self, request: dict[str, Any], data: bytes) -> Answer | tuple[str, str]:
        said = self._said(request, data) if self._has(request["packages"]) else None
        if said is None or "needs" in said:
            answer = super()._run(request, data)
            return without_folders(answer) if isinstance(answer, Answer) else answer
        self.answered += 1
        return without_folders(believed(said, driven=request["entry"] is None))

    def _has(self, packages: list[dict[str, Any]]) -> bool:
        """Whether the kernel has all that is wanted of each package."""
        loaded = {each["package"]: each["wanted"] for each in self._loaded}
        return all(set(each["wanted"] or ()) <= set(loaded.get(each["package"]) or ()) for each in packages)

    @cached_property
    def _loaded(self) -> list[dict[str, Any]]:
        """What the kernel loads: the submodules that tests and corpus spell."""
        texts = (path.read_text(encoding="utf-8", errors="ignore") for path in self._spelling())
        words = frozenset(word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text))
        return [self._wanted(package, words, {}) for package in self.packages]

    def _spelling(self) -> list[Path]:
        return [*_TESTS.rglob("*.py"), *(_TESTS.parent / "corpus").rglob("*.py")]

    def _said(self, request: dict[str, Any], data: bytes) -> dict[str, Any] | None:
        """What the kernel's worker says of a project; None where it has ended."""
        kernel = self._started()
        self._asked += 1
        message = {**request, "environment": self.environment, "size": len(data)}
        try:
            kernel.stdin.write(json.dumps(message).encode() + b"\n" + data)  # type: ignore[union-attr]
            kernel.stdin.flush()  # type: ignore[union-attr]
            said: dict[str, Any] = json.loads(kernel.stdout.readline())  # type: ignore[union-attr]
        except (OSError, ValueError):
            self._end()
            return None
        return said

    def _started(self) -> subprocess.Popen[bytes]:
        if self._asked >= _MOST:
            self._end()
        if self._kernel is None:
            self._folder = tempfile.mkdtemp(prefix="cdktf-fix-warm-")
            environment = sandbox.environment() | {"HOME": self._folder, "TMPDIR": tempfile.gettempdir()}
            self._kernel = subprocess.Popen(
                [sys.executable, "-P", _TESTS / "kernel.py", self._folder],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
            snapshots = [(str(each.path), each.package, each.version) for each in self.schema.snapshots.values()]
            header = {"limits": asdict(self.limits), "lean": lean_tarballs(), "snapshots": snapshots}
            header["packages"] = self._loaded
            self._kernel.stdin.write(json.dumps(header).encode() + b"\n")  # type: ignore[union-attr]
        return self._kernel

    def _end(self) -> None:
        """Have the kernel read that there is no more, at which it ends."""
        kernel, self._kernel, self._asked = self._kernel, None, 0
        if kernel is not None:
            kernel.communicate()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def without_folders(answer: Answer) -> Answer:
    """The answer as it is wherever the project lies: a local backend names the folder, which is another for each kernel."""
    told = re.sub(r'"/[^"]*/terraform\.', '"terraform.', json.dumps(answer.stacks))
    return replace(answer, stacks=json.loads(told))
