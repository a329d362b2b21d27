"""Starts jsii's kernel without the process that relays between Python and it, in the sandbox.

jsii starts a Node that starts the Node with the kernel in it, hands every line on from its own pipes to descriptor 3 of
that, and wraps what the kernel prints (``bin/jsii-runtime.js`` of ``@jsii/runtime``; so in 1.98, 1.112 and 1.142). Here
Python itself holds the other end of descriptor 3: a line passes one process less on its way, there and back.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_KERNEL = Path("lib", "program.js")
"""Where the kernel is, beside the folder of what starts it."""
_DESCRIPTOR = 3
"""Where the kernel reads and writes: ``SyncStdio({readFD: 3, writeFD: 3})`` in ``lib/program.js``."""


def started_directly(action: Callable[[], object]) -> None:
    """Do something that imports jsii, which starts its kernel then."""
    original = subprocess.Popen

    def started(command: list[str], **options: Any) -> Any:
        return _Kernel.of(command, options["env"]) or original(command, **options)

    subprocess.Popen = started  # type: ignore[misc, assignment]
    try:
        action()
    finally:
        subprocess.Popen = original  # type: ignore[misc]


class _Kernel:
    """What jsii needs of the :class:`subprocess.Popen` of its kernel."""

    @classmethod
    def of(cls, command: list[str], environment: dict[str, str]) -> _Kernel | None:
        """The kernel that a command would have started; None where this version of jsii has it elsewhere."""
        *node, starter = command
        program = Path(starter).parents[1] / _KERNEL
        path = shutil.which(node[0])
        if path is None or not program.is_file():
            return None
        return cls(path, [*node, "--preserve-symlinks", str(program)], environment)

    def __init__(self, path: str, command: list[str], environment: dict[str, str]) -> None:
        own, other = socket.socketpair()
        null = os.open(os.devnull, os.O_RDWR)
        streams = [(os.POSIX_SPAWN_DUP2, null, stream) for stream in (0, 1, 2)]
        end = (os.POSIX_SPAWN_DUP2, other.fileno(), _DESCRIPTOR)
        self.pid = os.posix_spawn(path, command, environment, file_actions=[*streams, end])
        os.close(null)
        other.close()
        self.stdin, self.stdout = own.makefile("wb"), own.makefile("rb")
        self.stderr = open(os.devnull, "rb")
        own.close()

    def wait(self, timeout: float) -> int:
        """Its status.

        :raises subprocess.TimeoutExpired: it does not end.
        """
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        raise subprocess.TimeoutExpired("node", timeout)

    def terminate(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
