"""The process in the sandbox: a jsii kernel with cdktf loaded, for one project, which a forked child runs.

It reads a request from standard input, a line of JSON and a tar of the project, answers with a line of JSON, and ends.
"""

from __future__ import annotations

import errno
import importlib
import io
import json
import os
import resource
import secrets
import select
import signal
import sys
import tarfile
import tempfile
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from . import sandbox, seccomp, stand_in
from .direct import started_directly
from .driver import NoEntryPointError, run
from .facts import column_of, facts_of
from .parts import Parts
from .tried import refused
from .watch import Watch
from .written import OddFileError, TooMuchError, written

_EXTRACTION: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""How an archive is unpacked; Python 3.11 has filters from 3.11.4 on."""
_FEW = 8
"""How much of what a project tried is listed."""
_LONGEST = 1 << 25
"""Bytes that a project's process may say."""
_GRACE = 1.0
"""Seconds that an answer may take to arrive once the project's process has ended."""


def main() -> None:
    """Furnish the sandbox, load cdktf, and answer for one project."""
    mode, folder, *rest = sys.argv[1:]
    os.environ.pop("PYTHONPATH", None)  # which has served, and is no project's business
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _close_streams()
    try:
        if mode == "namespaces":
            disk, *paths = rest
            sandbox.furnish(folder, paths, int(disk))
            folder = sandbox.WORK
        if mode == "bwrap":
            sandbox.leave_root()
        header = json.loads(requests.readline())
        _end_with_host(requests.fileno())
        worker = _Worker(Path(folder), mode != "none", header, (requests.fileno(), answers.fileno()))
    except Exception as error:
        _write(answers, {"error": " ".join(f"{type(error).__name__}: {error}".split())})
        return
    _write(answers, {"ready": True})
    if line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        try:
            answer = worker.answer(request, data)
        except Exception as error:
            answer = {"failure": _failure("oracle", error)}
        _write(answers, answer)


def _write(stream: BinaryIO, answer: dict[str, Any]) -> None:
    stream.write(json.dumps(answer).encode() + b"\n")
    stream.flush()


def _close_streams() -> None:
    """Point standard input, output and error at nothing: a project must not reach the pipes to the host by them."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


def _end_with_host(requests: int) -> None:
    """Have all of this end at once when the host does, however it ends: then nobody holds the pipe's other end.

    The kernel can tell a process of its parent's end, but means the thread that started it, and those come and go.
    """

    def wait() -> None:
        poll = select.poll()
        poll.register(requests, 0)
        poll.poll()
        for process in list(sandbox.descendants(os.getpid())):
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class _Worker:
    def __init__(self, folder: Path, locked: bool, header: dict[str, Any], private: tuple[int, ...]) -> None:
        from ..schema import Schema
        from ..schema.store import Snapshot

        self.folder = folder
        self.locked = locked
        self.private = private
        self.limits: dict[str, Any] = header["limits"]
        self.schema = Schema([Snapshot(Path(path), package, version) for path, package, version in header["snapshots"]])
        # The kernel resolves paths from the folder that it is started in, so each project is put into that folder.
        os.chdir(folder)
        if locked:
            seccomp.started_behind(lambda: _import_cdktf(header["lean"]))
        else:
            _import_cdktf(header["lean"])
        self.parts: dict[str, Parts] = {}
        self.loaded: dict[str, list[str]] = {}
        self.prefixes: dict[str, str] = {}
        self.size = 0

    def _load(self, packages: list[dict[str, Any]]) -> None:
        """Load what the project uses of the providers."""
        for each in packages:
            package, path, wanted = each["package"], each["parts"], each["wanted"]
            if path is None:
                stand_in.load_whole(package)
                continue
            self.parts[package] = Parts(Path(path), package)
            if wanted is not None:
                sys.path[:0] = [each["path"]] if each["path"] is not None else []
                stand_in.load(package, self.parts[package], wanted, Path(tempfile.gettempdir()))
                self.loaded[package] = wanted
                self.prefixes |= {package: each["bytecode"]} if each["bytecode"] is not None else {}
        self.size = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")

    def answer(self, request: dict[str, Any], data: bytes) -> dict[str, Any]:
        """What becomes of a project."""
        began = time.monotonic()
        self._load(request["packages"])
        try:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                archive.extractall(self.folder, **_EXTRACTION)
        except (OSError, tarfile.TarError) as error:
            return {"failure": _failure("disk", error), "seconds": 0.0}
        answer = self._in_child(request)
        if "needs" in answer:
            return answer
        answer["stacks"] = {}
        if not answer.get("failure"):
            try:
                answer["stacks"] = written(self.folder)
            except TooMuchError as error:
                answer["failure"] = _said("disk", str(error))
            except OddFileError as error:
                answer["failure"] = _said("synthesis", str(error))
        if not answer["stacks"] and not answer.get("failure"):
            answer["failure"] = _said("synthesis", "it ran and synthesised no stack (does it call app.synth()?)")
        answer["seconds"] = time.monotonic() - began
        return answer

    def _in_child(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run the project in a process of its own; its answer."""
        reader, writer = os.pipe()
        token = secrets.token_hex(16)
        child = os.fork()
        if child == 0:
            for stream in (reader, *self.private):
                os.close(stream)
            self._separated(request, writer, token)
        os.close(writer)
        lines, status = self._heard(reader, child)
        notes, answer = [], None
        for line in lines:
            said = _read(line, token)
            notes += [said["tried"]] if isinstance(said.get("tried"), str) else []
            if "needs" in said:
                return {"needs": said["needs"]}
            answer = said if "failure" in said else answer
        if answer is None:
            answer = {"failure": _ended_failure(status, self.limits["seconds"])}
        return {**answer, "refused": _few(notes) if self.locked else []}

    def _heard(self, reader: int, child: int) -> tuple[list[bytes], int | None]:
        """The lines that the child wrote, and its status; None where it had to be killed."""
        deadline = time.monotonic() + self.limits["seconds"]
        data = bytearray()
        status = None
        with os.fdopen(reader, "rb", buffering=0) as pipe:
            while (left := deadline - time.monotonic()) > 0:
                if select.select([pipe], [], [], min(left, 0.05))[0]:
                    part = pipe.read(1 << 16)
                    data += part
                    if not part:
                        break
                    if len(data) > _LONGEST:
                        os.kill(child, signal.SIGKILL)
                        return [], os.waitpid(child, 0)[1]
                elif status is None and (done := os.waitpid(child, os.WNOHANG))[0]:
                    status, deadline = done[1], min(deadline, time.monotonic() + _GRACE)
        if status is None:
            status = _reaped(child, deadline + _GRACE)
        return bytes(data).split(b"\n"), status

    def _separated(self, request: dict[str, Any], writer: int, token: str) -> None:
        """In the child: go into namespaces of its own, and run the project in a child of that."""
        status = 1
        try:
            if self.locked:
                sandbox.separate()
                inner = os.fork()
                if inner:
                    os.close(writer)
                    os._exit(os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]) & 0xFF)
                sandbox.die_with_parent()
                sandbox.hide_kernel(self.limits["disk"])
            status = _Project(self, request, writer, token).run()
        except BaseException as error:
            failure = {"failure": _failure("oracle", error)}
            os.write(writer, b"\n" + token.encode() + json.dumps(failure).encode() + b"\n")
        finally:
            os._exit(status)


def _import_cdktf(tarballs: dict[str, str]) -> None:
    def imported() -> None:
        with stand_in.given(tarballs):
            importlib.import_module("cdktf")

    started_directly(imported)


def _reaped(child: int, deadline: float) -> int | None:
    """The status of a child that ends until *deadline*; else it is killed, with all that it started."""
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _read(line: bytes, token: str) -> dict[str, Any]:
    """What the child said in a line; nothing where the line is not its own, or was cut off."""
    try:
        said = json.loads(line[len(token) :]) if line.startswith(token.encode()) else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _few(notes: list[str]) -> list[str]:
    """Each once, and not too many."""
    notes = list(dict.fromkeys(notes))
    return notes if len(notes) <= _FEW else [*notes[:_FEW], f"and {len(notes) - _FEW} more"]


def _ended_failure(status: int | None, seconds: float) -> dict[str, Any]:
    if status is None:
        return _said("time", f"still running after {seconds:g} seconds")
    if os.waitstatus_to_exitcode(status) & 0xFF == -signal.SIGXCPU & 0xFF:
        return _said("time", f"it used more than {seconds:g} seconds of the processor")
    return _said("died", "the process ended without an answer")


def _said(kind: str, message: str) -> dict[str, Any]:
    return {"kind": kind, "type": "", "message": message, "place": None}


def _failure(kind: str, error: BaseException, place: tuple[str, int, int] | None = None) -> dict[str, Any]:
    lines = "".join(traceback.format_exception_only(error)).strip()
    _, _, message = lines.partition(": ")
    if isinstance(error, MemoryError):
        message = "more memory than it may use"
    return {"kind": kind, "type": type(error).__name__, "message": message, "place": place, **facts_of(error)}


class _Project:
    """One project, in its own process."""

    def __init__(self, worker: _Worker, request: dict[str, Any], writer: int, token: str) -> None:
        self.worker = worker
        self.request = request
        self.writer = writer
        self.token = token
        self.root = str(worker.folder)

    def run(self) -> int:
        self._limit()
        os.environ.update(self.request["environment"], HOME=self._home(), TMPDIR=self._temporary())
        sys.path.insert(0, self.root)
        sys.argv = [str(self.worker.folder / (self.request["entry"] or "main.py"))]
        watch = Watch(self.worker.schema, self.root)
        sys.meta_path.insert(
            0, stand_in.Beyond(self.worker.parts, self.worker.loaded, self.worker.prefixes, self._need)
        )
        sys.addaudithook(self._audit)
        failure = None
        try:
            run(self.request["entry"], self.worker.folder, self.request["files"])
        except SystemExit as stopped:
            if stopped.code not in (None, 0):
                failure = {"kind": "exit", "type": "SystemExit", "message": str(stopped.code), "place": None}
        except BaseException as error:
            failure = _failure(self._kind(error), error, self._place(error))
        if watch.was_to_be_replaced:
            self._tell({"tried": "to replace jsii.create"})
        notes = [] if watch.is_on else ["it replaced jsii.create, so what jsii dropped cannot be told"]
        self._tell({"failure": failure, "dropped": watch.dropped, "constructs": watch.constructs, "notes": notes})
        return 0

    def _home(self) -> str:
        return sandbox.HOME if self.worker.locked else self.root

    def _temporary(self) -> str:
        return "/tmp" if self.worker.locked else self.root

    def _limit(self) -> None:
        limits = self.worker.limits
        used = self.worker.size
        processor = int(limits["seconds"]) + 1
        for what, value in (
            (resource.RLIMIT_AS, used + limits["memory"]),
            (resource.RLIMIT_FSIZE, limits["disk"]),
            (resource.RLIMIT_CPU, processor),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NPROC, limits["processes"] if self.worker.locked else -1),
        ):
            if value >= 0:
                # Of processor time, the lower limit ends a process in a way that can be told from others.
                resource.setrlimit(what, (value, value + 1 if what == resource.RLIMIT_CPU else value))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def _tell(self, what: dict[str, Any]) -> None:
        data = b"\n" + self.token.encode() + json.dumps(what).encode() + b"\n"
        while data:
            data = data[os.write(self.writer, data) :]

    def _need(self, package: str, submodule: str) -> NoReturn:
        """End here: the project is run anew by a kernel that has the submodule."""
        self._tell({"needs": [package, submodule]})
        os._exit(0)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note what a project tries that the sandbox does not let it do."""
        if (tried := refused(event, arguments, self.root)) is not None:
            self._tell({"tried": tried})

    def _kind(self, error: BaseException) -> str:
        if isinstance(error, NoEntryPointError):
            return "entry"
        if isinstance(error, MemoryError):
            return "memory"
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            return "disk"
        if isinstance(error, OSError) and error.errno == errno.EAGAIN:
            return "processes"
        if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
            return "processes"
        if isinstance(error, (ImportError, SyntaxError)):
            return "import"
        frames = traceback.extract_tb(error.__traceback__)
        return "synthesis" if any(frame.name == "synth" for frame in frames) else "code"

    def _place(self, error: BaseException) -> tuple[str, int, int] | None:
        if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(self.root):
            return error.filename[len(self.root) :].lstrip("/"), error.lineno or 1, error.offset or 0
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            name = frame.filename if os.path.isabs(frame.filename) else f"{self.root}/{frame.filename}"
            if name.startswith(f"{self.root}/") and Path(name).is_file():
                return name[len(self.root) :].lstrip("/"), frame.lineno or 1, column_of(frame)
        return None


if __name__ == "__main__":
    main()
