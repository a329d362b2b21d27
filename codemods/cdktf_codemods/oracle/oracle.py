"""The oracle as the host sees it: warm workers in their sandboxes, and what they say of a project."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import json
import os
import re
import select
import shutil
import subprocess
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from ..knowledge.entry_points import ENTRY_POINTS
from ..schema import Schema
from ..schema.store import Snapshot
from . import bytecode, sandbox
from .answer import Answer, Failure, believed
from .lean import lean_tarballs
from .limits import Limits
from .parts import Parts, parts_of, stored
from .parts import folder as parts_folder
from .stand_in import ALL

_START_SECONDS = 180.0
_LOAD_SECONDS = 240.0
"""What the kernel may take to load a package whole, beyond the time of the project."""
_TRIES = 3
"""Submodules that a project may ask for one by one; then its kernel gets the whole package."""
_WORD = re.compile(rb"[A-Za-z_]\w*", re.ASCII)
_LONGEST = 256 << 20
"""Bytes of an answer: the largest stacks that a worker takes, and what JSON makes of them."""
_LEFT_OUT = frozenset((".git", ".venv", "venv", "node_modules", "__pycache__", "cdktf.out", ".terraform", ".gen"))


class OracleError(Exception):
    """The oracle cannot be asked; the message is one line that says what to install."""


def at_hand(schema: Schema) -> list[str]:
    """The providers that *schema* describes and that are installed, or kept here, in its versions.

    :raises OracleError: Node, cdktf or every provider is missing, or one is there in another version.
    """
    if shutil.which("node") is None:
        raise OracleError("Node.js is not installed, which jsii needs; install it (nodejs.org, version 18 or newer)")
    found = {}
    for package, snapshot in schema.snapshots.items():
        version = _installed(snapshot)
        if version is None and stored(package, snapshot.version) is None:
            continue
        if version not in (None, snapshot.version) and package != "constructs":
            if stored(package, snapshot.version) is None:
                wanted = f"{snapshot.about['distribution']}=={snapshot.version}"
                ways = f"pip install {wanted}, or cdktf-fix schema add --verify {wanted}"
                raise OracleError(f"the repair is for {wanted}, and {version} is installed: {ways}")
        found[package] = snapshot
    if "cdktf" not in found or len(found.keys() - {"cdktf", "constructs"}) == 0:
        raise OracleError("cdktf or its provider is not installed: pip install 'cdktf-fix[verify]'")
    return [package for package in found if package not in ("cdktf", "constructs")]


def _installed(snapshot: Snapshot) -> str | None:
    """The version of a package that is installed."""
    try:
        return importlib.metadata.version(snapshot.about["distribution"])
    except importlib.metadata.PackageNotFoundError:
        return None


def _parts(package: str, snapshot: Snapshot) -> Parts | None:
    """The parts of a package, as it is installed if it is in the version wanted, else as it is kept."""
    if _installed(snapshot) == snapshot.version:
        return parts_of(package, snapshot.version)
    return stored(package, snapshot.version)


class Oracle:
    """Synthesises projects with the real cdktf, each in a sandbox and a kernel of its own. A context manager.

    :param schema: the versions to verify against; they have to be installed.
    :param jobs: projects at once.
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
        self.packages = at_hand(schema)
        self.mode = sandbox.available(mode)
        self.schema = schema
        self.limits = limits or Limits()
        self.environment = dict(environment or {})
        self.jobs = jobs
        self._slots = threading.BoundedSemaphore(jobs)
        self._lock = threading.Lock()
        self._ready: list[_Worker] = []
        self._coming = 0
        self._parts: dict[str, Parts | None] = {}
        with suppress(OSError):
            # What is put there later is seen by kernels that are started before.
            for folder in (parts_folder(), bytecode.home()):
                folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Oracle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers that wait."""
        with self._lock:
            ready, self._ready, self._coming = self._ready, [], 0
        for worker in ready:
            worker.stop()

    def expect(self, projects: int) -> None:
        """So many more projects are to come: kernels are started ahead for them, as many as there are jobs."""
        with self._lock:
            self._coming += projects
            self._start_ahead()

    def synthesize(
        self,
        project: Path,
        entry: str | None = None,
        changed: Mapping[str, bytes] | None = None,
        files: Iterable[str] | None = None,
    ) -> Answer:
        """Run one project, on a copy; thread-safe.

        :param entry: its entry point; found, if not given.
        :param changed: what to put in the place of files of the copy, by path; files that are not there are added.
        :param files: where there is no entry point, the files whose stacks are built; all, if not given.
        """
        if not project.is_dir():
            return Answer(Failure("oracle", "", f"{project}: no such folder"))
        try:
            request, data, words = _request(project, entry, changed or {})
            if files is not None:
                request["files"] = sorted(files)
            return self._answer(request, data, words)
        except OSError as error:
            # Of this machine, such as a full disk: what a project does wrong is in its answer.
            return Answer(Failure("oracle", "", f"{error.filename or project}: {error.strerror or error}"))

    def synthesize_files(self, files: Mapping[str, bytes]) -> Answer:
        """Run a project that is in no folder, by its files; thread-safe."""
        with tempfile.TemporaryDirectory(prefix="cdktf-fix-") as nothing:
            return self.synthesize(Path(nothing), changed=files)

    def _answer(self, request: dict[str, Any], data: bytes, words: frozenset[str]) -> Answer:
        with self._slots:
            more: dict[str, set[str]] = {}
            for tried in range(2 * _TRIES):
                request["packages"] = [self._wanted(package, words, more) for package in self.packages]
                said = self._run(request, data)
                if isinstance(said, Answer):
                    return said
                package, submodule = said
                more.setdefault(package, set()).add(submodule if tried < _TRIES else ALL)
            return Answer(Failure("died", "", "it asks for modules without end"))

    def _run(self, request: dict[str, Any], data: bytes) -> Answer | tuple[str, str]:
        """What becomes of a project in a new kernel, or the package and the submodule that this has to have too."""
        worker = self._taken()
        try:
            return worker.ask(request, data)
        finally:
            worker.stop()

    def _wanted(self, package: str, words: frozenset[str], more: Mapping[str, set[str]]) -> dict[str, Any]:
        """What of a package a kernel is to load for a project that spells these words; None: nothing."""
        with self._lock:
            if package not in self._parts:
                self._parts[package] = _parts(package, self.schema.snapshots[package])
        parts = self._parts[package]
        asked = more.get(package, set())
        if parts is None or (ALL in asked and not parts.has_python):
            return {"package": package, "parts": None, "wanted": None}
        every = parts.submodules.keys()
        named = sorted(every if ALL in asked else every & (words | asked))
        wanted = named if package in words or asked else None
        said = {"package": package, "parts": str(parts.path), "wanted": wanted, "path": None, "bytecode": None}
        if wanted is not None:
            kept = parts.has_python
            home = parts.unpack(wanted) / package if kept else _home(package)
            prefix = bytecode.compile_submodules(home, wanted, ours=kept)
            said["path"] = str(home.parent) if kept else None
            said["bytecode"] = str(prefix) if prefix is not None else None
        return said

    def _taken(self) -> _Worker:
        with self._lock:
            worker = self._ready.pop(0) if self._ready else _Worker(self)
            self._coming = max(self._coming - 1, 0)
            self._start_ahead()
        worker.launch()
        return worker

    def _start_ahead(self) -> None:
        while len(self._ready) < min(self.jobs, self._coming):
            self._ready.append(_Worker(self))
            self._ready[-1].launch()

    def warm(self) -> None:
        """Start a kernel for each job now, and wait until they are ready."""
        self.expect(self.jobs)
        for worker in self._ready:
            worker.start()

    def synthesize_all(self, projects: Iterable[Path]) -> Iterator[Answer]:
        """The answers for several projects, in their order, as many at once as there are jobs."""
        projects = list(projects)
        self.expect(len(projects))
        with ThreadPoolExecutor(self.jobs) as pool:
            yield from pool.map(self.synthesize, projects)


def _home(package: str) -> Path:
    """The folder of an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _request(
    project: Path, entry: str | None, changed: Mapping[str, bytes]
) -> tuple[dict[str, Any], bytes, frozenset[str]]:
    """What a worker is sent: the entry point, the Python files, and a tar of the project; and the words in its code."""
    entry = entry or next((name for name in ENTRY_POINTS if name in changed or (project / name).is_file()), None)
    data = io.BytesIO()
    files = []
    words: set[bytes] = set()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for path in sorted(_files(project)):
            name = path.relative_to(project).as_posix()
            files += [name] if name.endswith(".py") else []
            if name not in changed:
                archive.add(path, name, recursive=False)
                words.update(_WORD.findall(path.read_bytes()) if name.endswith(".py") else ())
        files += [name for name in changed if name.endswith(".py") and name not in files]
        for name, content in changed.items():
            words.update(_WORD.findall(content) if name.endswith(".py") else ())
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), int(time.time())
            archive.addfile(info, io.BytesIO(content))
    return {"entry": entry, "files": files}, data.getvalue(), frozenset(word.decode() for word in words)


def _files(project: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(project):
        names[:] = [name for name in names if name not in _LEFT_OUT]
        for name in files:
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path


class _Worker:
    """One sandboxed process with a kernel, for one project."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.process: subprocess.Popen[bytes] | None = None
        self.folder: Path | None = None
        self._said: dict[str, Any] | None = None

    def launch(self) -> None:
        """Have it start, if it does not yet; nobody waits for it here."""
        if self.process is not None:
            return
        oracle = self.oracle
        self.folder = Path(tempfile.mkdtemp(prefix="cdktf-fix-"))
        command = sandbox.command(oracle.mode, self.folder, oracle.limits.disk)
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=sandbox.worker_environment() | (_free(self.folder) if oracle.mode == "none" else {}),
            start_new_session=True,
            bufsize=0,
        )
        snapshots = oracle.schema.snapshots.values()
        header = {
            "limits": asdict(oracle.limits),
            "lean": lean_tarballs(),
            "snapshots": [(str(each.path), each.package, each.version) for each in snapshots],
        }
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(header).encode() + b"\n")
        except OSError:
            return  # it has ended already, which whoever asks it finds

    def start(self) -> str | None:
        """Wait until it is ready; the reason where it will not be."""
        self.launch()
        if self._said is None:
            began = time.monotonic()
            self._said = self._exchange(b"", _START_SECONDS)
            if self._said is None:
                late = time.monotonic() - began > _START_SECONDS
                reason = f"was not ready after {_START_SECONDS:g} seconds" if late else "did not start"
                self._said = {"error": f"the worker {reason}"}
        return None if "ready" in self._said else str(self._said.get("error"))

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

    def ask(self, request: dict[str, Any], data: bytes) -> Answer | tuple[str, str]:
        """The answer for the project, or the package and the submodule of it that another kernel has to have."""
        if len(data) > self.oracle.limits.disk:
            return Answer(Failure("disk", "", "the project is larger than the disk that it may use"))
        if (reason := self.start()) is not None:
            return Answer(Failure("oracle", "", f"cannot start: {reason}"))
        limits = self.oracle.limits
        message = {**request, "environment": self.oracle.environment, "size": len(data)}
        watcher = _Grown(self)
        began = time.monotonic()
        patience = limits.seconds + _LOAD_SECONDS
        said = self._exchange(json.dumps(message).encode() + b"\n" + data, patience)
        late = time.monotonic() - began > patience
        grown = watcher.end()
        if said is None:
            if grown:
                return Answer(Failure("memory", "", f"more than {limits.kernel >> 20} MiB in all"))
            if late:
                return Answer(Failure("time", "", f"no answer after {patience:g} seconds"))
            return Answer(Failure("died", "", "the project took the worker down with it"))
        if (needs := _needs(said)) is not None:
            return needs
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


def _needs(said: dict[str, Any]) -> tuple[str, str] | None:
    """The package and the submodule that a project asks for, if its answer is that."""
    needs = said.get("needs")
    if not isinstance(needs, list) or len(needs) != 2 or not all(isinstance(each, str) for each in needs):
        return None
    return needs[0], needs[1]


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
