"""What a project tried and the sandbox did not let it do. In the project's process.

An audit event comes before the attempt, so it is said only of what must fail: the hook looks first whether it can work.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from typing import Any

from . import sandbox

_SECRETS = (".aws", ".ssh", ".kube", ".docker", ".netrc", ".gitconfig", ".terraform.d", "credentials")
_DIR_FD = {"os.mkdir": 2, "os.remove": 1, "os.rmdir": 1, "os.chmod": 2}


def refused(event: str, arguments: tuple[Any, ...], root: str) -> str | None:
    """What an audit event says that the sandbox will refuse, as a phrase; None for any other."""
    try:
        return _refused(event, arguments, root)
    except (OSError, RuntimeError, ValueError):
        return None


def _refused(event: str, arguments: tuple[Any, ...], root: str) -> str | None:
    if event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        return f"to reach {address}" if isinstance(address, tuple) and not _is_here(address[0]) else None
    if event == "socket.getaddrinfo":
        return f"to look up {_text(arguments[0])}" if _has_to_be_asked(_text(arguments[0])) else None
    if event == "os.kill":
        number, signal = arguments
        return f"to send signal {signal} to process {number}" if signal and _is_hidden(number) else None
    if event == "open":
        return _refused_opening(arguments, root)
    if event == "os.rename":
        found = (_refused_change(event, path, root) for path, fd in zip(arguments, arguments[2:]) if fd == -1)
        return next(filter(None, found), None)
    if event in _DIR_FD:
        return _refused_change(event, arguments[0], root) if arguments[_DIR_FD[event]] == -1 else None
    return None


def _text(name: Any) -> str:
    return os.fsdecode(name) if isinstance(name, (str, bytes)) else ""


def _is_here(host: Any) -> bool:
    """Whether an address is one that a machine without a network has too."""
    try:
        address = ipaddress.ip_address(_text(host).partition("%")[0])
    except ValueError:
        return True
    return address.is_loopback or address.is_unspecified


def _has_to_be_asked(host: str) -> bool:
    """Whether a name can be known from a network only."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        known = ("", "localhost", socket.gethostname())
        return host not in known and not host.endswith((".localhost", ".localdomain"))
    return False


def _is_hidden(process: int) -> bool:
    """Whether a process is one that was never to be seen here; one that has ended was."""
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except OSError:
        return process > _last_process()
    return False


def _last_process() -> int:
    """The number of the last process or thread that was started here: that of a new one, for there may be no /proc."""
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    return thread.native_id or 0


def _refused_opening(arguments: tuple[Any, ...], root: str) -> str | None:
    mode, flags = arguments[1] or "", arguments[2] if isinstance(arguments[2], int) else 0
    if any(sign in mode for sign in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return _refused_change("open", arguments[0], root)
    path = os.path.abspath(_text(arguments[0]))
    own = path.startswith(f"{root}/") or (path.startswith("/tmp/") and os.path.isdir(os.path.dirname(path)))
    if not own and any(part in _SECRETS for part in path.split("/")):
        return None if os.access(path, os.R_OK) else f"to read {path}"
    return None


def _refused_change(event: str, name: Any, root: str) -> str | None:
    if not _text(name):
        return None
    path = os.path.abspath(_text(name))
    own = (f"{root}/", "/tmp/", "/dev/", "/proc/self/", f"{sandbox.HOME}/")
    if f"{path}/".startswith(own):
        return None
    there, folder = os.path.lexists(path), os.path.dirname(path)
    # These fail too, but for another reason.
    if {"os.mkdir": there, "os.chmod": not there}.get(event, event != "open" and not os.path.isdir(folder)):
        return None
    changed = path if there and event in ("open", "os.chmod") else folder
    return None if os.access(changed, os.W_OK) else f"to write {path}"
