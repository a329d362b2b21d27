"""The oracle as the host sees it: warm workers in their sandboxes, and what they say of a project."""

from __future__ import annotations

import importlib.metadata
import io
import json
import os
import queue
import select
import shutil
import subprocess
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from ..knowledge.entry_points import ENTRY_POINTS
from ..schema import Schema
from . import sandbox
from .answer import Answer, Failure, believed
from .limits import Limits

_START_SECONDS = 180.0
_PATIENCE = 15.0
"""Seconds beyond its own that a project's answer may take."""
_LONGEST = 256 << 20
"""Bytes of an answer: the largest stacks that a worker takes, and what JSON makes of them."""
_LEFT_OUT = frozenset((".git", ".venv", "venv", "node_modules", "__pycache__", "cdktf.out", ".terraform", ".gen"))


class OracleError(Exception):
    """The oracle cannot be asked; the message is one line that says what to install."""


def installed(schema: Schema) -> list[str]:
    """The providers that *schema* describes and that are installed in its versions.

    :raises OracleError: Node, cdktf or every provider is missing, or one is there in another version.
    """
    if shutil.which("node") is None:
        raise OracleError("Node.js is not installed, which jsii needs; install it (nodejs.org, version 18 or newer)")
    found = {}
    for package, snapshot in schema.snapshots.items():
        distribution = snapshot.about["distribution"]
        try:
            version = importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            continue
        if version != snapshot.version and package != "constructs":
            wanted = f"{distribution}=={snapshot.version}"
            raise OracleError(f"the repair is for {wanted}, and {version} is installed: pip install {wanted}")
        found[package] = snapshot
    if "cdktf" not in found or len(found.keys() - {"cdktf", "constructs"}) == 0:
        raise OracleError("cdktf or its provider is not installed: pip install 'cdktf-fix[verify]'")
    return [package for package in found if package not in ("cdktf", "constructs")]


class Oracle:
    """Synthesises projects with the real cdktf, in a sandbox. A context manager.

    :param schema: the versions to verify against; they have to be installed.
    :param jobs: workers, each with a kernel of its own, started when first needed.
    :param mode: how to lock up; the best that the machine has, if not given.
    :param environment: variables that projects see, beyond a bare minimum.
    :raises OracleError: Node or a package is missing.
    :raises SandboxError: nothing here can lock up a stranger's code.
    """

    def __init__(
        self,
        schema: Schema,
        jobs: int = 1,
        limits: Limits | None = None,
        mode: sandbox.Mode | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.packages = installed(schema)
        self.mode = sandbox.available(mode)
        self.schema = schema
        self.limits = limits or Limits()
        self.environment = dict(environment or {})
        self.jobs = jobs
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for _ in range(jobs):
            self._idle.put(_Worker(self))

    def __enter__(self) -> Oracle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        while not self._idle.empty():
            self._idle.get().stop()

    def synthesize(
        self,
        project: Path,
        entry: str | None = None,
        changed: Mapping[str, bytes] | None = None,
        files: Iterable[str] | None = None,
    ) -> Answer:
        """Run one project, on a copy; thread-safe.

        :param entry: its entry point; found, if not given.
        :param changed: what to put in the place of files of the copy, by path.
        :param files: where there is no entry point, the files whose stacks are built; all, if not given.
        """
        if not project.is_dir():
            return Answer(Failure("oracle", "", f"{project}: no such folder"))
        worker = self._idle.get()
        try:
            request, data = _request(project, entry, changed or {})
            return worker.ask(request if files is None else {**request, "files": sorted(files)}, data)
        finally:
            self._idle.put(worker)

    def warm(self) -> None:
        """Start every worker now."""
        workers = [self._idle.get() for _ in range(self.jobs)]
        with ThreadPoolExecutor(self.jobs) as pool:
            list(pool.map(_Worker.start, workers))
        for worker in workers:
            self._idle.put(worker)

    def synthesize_all(self, projects: Iterable[Path]) -> Iterator[Answer]:
        """The answers for several projects, in their order, as many at once as there are jobs."""
        with ThreadPoolExecutor(self.jobs) as pool:
            yield from pool.map(self.synthesize, projects)


def _request(project: Path, entry: str | None, changed: Mapping[str, bytes]) -> tuple[dict[str, Any], bytes]:
    """What a worker is sent: the entry point, the Python files, and a tar of the project."""
    entry = entry or next((name for name in ENTRY_POINTS if (project / name).is_file()), None)
    data = io.BytesIO()
    files = []
    with tarfile.open(fileobj=data, mode="w") as archive:
        for path in sorted(_files(project)):
            name = path.relative_to(project).as_posix()
            files += [name] if name.endswith(".py") else []
            if name not in changed:
                archive.add(path, name, recursive=False)
        for name, content in changed.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), int(time.time())
            archive.addfile(info, io.BytesIO(content))
    return {"entry": entry, "files": files}, data.getvalue()


def _files(project: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(project):
        names[:] = [name for name in names if name not in _LEFT_OUT]
        for name in files:
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path


class _Worker:
    """One sandboxed process, replaced when it is spent, hangs or has grown."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.process: subprocess.Popen[bytes] | None = None
        self.folder: Path | None = None

    def start(self) -> str | None:
        """Start it if it is not running; the reason where that fails."""
        if self.process is not None:
            return None
        oracle = self.oracle
        self.folder = Path(tempfile.mkdtemp(prefix="cdktf-fix-"))
        command = sandbox.command(oracle.mode, self.folder, oracle.limits.disk)
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=sandbox.environment() | (_free(self.folder) if oracle.mode == "none" else {}),
            start_new_session=True,
            bufsize=0,
        )
        snapshots = oracle.schema.snapshots.values()
        header = {
            "limits": asdict(oracle.limits),
            "snapshots": [(str(each.path), each.package, each.version) for each in snapshots],
            "packages": oracle.packages,
        }
        began = time.monotonic()
        answer = self._exchange(json.dumps(header).encode() + b"\n", _START_SECONDS)
        if answer is None or "ready" not in answer:
            self.stop()
            late = time.monotonic() - began > _START_SECONDS
            reason = (
                f"the worker was not ready after {_START_SECONDS:g} seconds" if late else "the worker did not start"
            )
            return str((answer or {}).get("error", reason))
        return None

    def stop(self) -> None:
        """End it and all that it started."""
        process, self.process = self.process, None
        if process is not None:
            for each in list(sandbox.descendants(process.pid)):
                _kill(each)
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def ask(self, request: dict[str, Any], data: bytes) -> Answer:
        """The answer for one project; the worker is fit for the next one afterwards."""
        if len(data) > self.oracle.limits.disk:
            return Answer(Failure("disk", "", "the project is larger than the disk that it may use"))
        if (reason := self.start()) is not None:
            return Answer(Failure("oracle", "", f"cannot start: {reason}"))
        limits = self.oracle.limits
        message = {**request, "environment": self.oracle.environment, "size": len(data)}
        watcher = _Grown(self)
        began = time.monotonic()
        patience = limits.seconds + _PATIENCE
        said = self._exchange(json.dumps(message).encode() + b"\n" + data, patience)
        late = time.monotonic() - began > patience
        grown = watcher.end()
        if said is None or said.get("spent") or grown or self._memory() > limits.kernel // 2:
            self.stop()
        if said is None:
            if grown:
                return Answer(Failure("memory", "", f"more than {limits.kernel >> 20} MiB in all"))
            if late:
                return Answer(Failure("time", "", f"no answer after {patience:g} seconds"))
            return Answer(Failure("died", "", "the project took the worker down with it"))
        return believed(said, driven=request["entry"] is None)

    def _memory(self) -> int:
        """Bytes that the worker and all that it started hold."""
        return sandbox.memory_of(sandbox.descendants(self.process.pid)) if self.process is not None else 0

    def _exchange(self, message: bytes, seconds: float) -> dict[str, Any] | None:
        """Send a message and wait for a line; None where there is none in time."""
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        deadline = time.monotonic() + seconds
        try:
            process.stdin.write(message)
            data = bytearray()
            while not data.endswith(b"\n"):
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([process.stdout], [], [], left)[0]:
                    return None
                part = process.stdout.read(1 << 20)
                data += part
                if not part or len(data) > _LONGEST:
                    return None
            answer = json.loads(data)
        except (OSError, ValueError, RecursionError):
            return None
        return answer if isinstance(answer, dict) else None


class _Grown:
    """Looks, beside an exchange, whether the processes of a worker have outgrown their limit, and then ends them."""

    def __init__(self, worker: _Worker) -> None:
        self._worker = worker
        self._over = threading.Event()
        self._grown = False
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        process = self._worker.process
        while process is not None and not self._over.wait(0.25):
            if self._worker._memory() > self._worker.oracle.limits.kernel:
                self._grown = True
                for each in list(sandbox.descendants(process.pid)):
                    _kill(each)
                return

    def end(self) -> bool:
        self._over.set()
        self._thread.join()
        return self._grown


def _free(folder: Path) -> dict[str, str]:
    """What is different for a worker without a sandbox: its home, and where temporary files go."""
    return {"HOME": str(folder), "TMPDIR": tempfile.gettempdir()}


def _kill(process: int) -> None:
    try:
        os.kill(process, 9)
    except OSError:
        return
