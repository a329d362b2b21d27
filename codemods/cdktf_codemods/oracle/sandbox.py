"""Locking up: a process tree of its own, without network, that sees what Python and Node need and nothing else.

bubblewrap builds it where it is installed; else Linux namespaces, entered by util-linux's ``unshare`` and furnished by
:func:`furnish`. Sources: bwrap(1), unshare(1), namespaces(7), mount_setattr(2), capabilities(7).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from . import bytecode, seccomp
from .visible import SYSTEM, node_folders, search_path, visible

Mode = Literal["bwrap", "namespaces", "none"]

WORK = "/cdktf-fix/project"
HOME = "/cdktf-fix/home"
NOBODY = 65534
_MODULE = "cdktf_codemods.oracle.worker"
_KERNEL = "/cdktf-fix/kernel"
_KERNEL_SIZE = 2 << 30
"""Where jsii unpacks the packages, and the bytes for it."""
_DEVICES = ("null", "zero", "full", "random", "urandom")

_NEWNS, _NEWIPC, _NEWUSER, _NEWPID = 0x00020000, 0x08000000, 0x10000000, 0x20000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_REMOUNT, _MS_BIND, _MS_REC, _MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
_MNT_DETACH = 2
_SYS_MOUNT_SETATTR = 442
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
_CAPABILITY_VERSION = 0x20080522
_LAST_CAPABILITY = 40


class SandboxError(Exception):
    """Nothing here can lock up a stranger's code; the message is one line that says what to do."""


def available(wanted: Mode | None = None) -> Mode:
    """How code is locked up on this machine.

    :raises SandboxError: neither bubblewrap nor namespaces can be had.
    """
    if wanted == "none":
        return "none"
    if sys.platform == "linux" and seccomp.is_known_machine():
        for mode in ("bwrap", "namespaces"):
            if wanted in (None, mode) and shutil.which("bwrap" if mode == "bwrap" else "unshare") and _works(mode):
                return mode
    raise SandboxError(
        "neither bubblewrap nor Linux namespaces can be had, so the project's code is not run "
        "(install bubblewrap, or run it with your own rights by --no-sandbox)"
    )


def _works(mode: str) -> bool:
    probe = ["bwrap", *_bwrap_namespaces(), "--ro-bind", "/", "/", "true"]
    if mode == "namespaces":
        probe = [*_unshare(), "true"]
    try:
        return subprocess.run(probe, capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def command(mode: Mode, folder: Path, disk: int) -> list[str]:
    """The command that starts a worker; *folder* is an empty folder of its own, *disk* the bytes it may write."""
    worker = [sys.executable, "-P", "-m", _MODULE, mode]
    if mode == "none":
        return [*worker, str(folder)]
    if mode == "namespaces":
        return [*_unshare(), *worker, str(folder), str(disk), *visible()]
    options = ["bwrap", *_bwrap_namespaces(), "--new-session", "--clearenv"]
    for path in SYSTEM:
        if os.path.islink(path):
            options += ["--symlink", os.readlink(path), path]
    above = {str(folder) for path in visible() for folder in Path(path).parents[:-1] if str(folder) != "/tmp"}
    # What is to be seen may lie below /tmp, so that comes first.
    for path, size in _writable(disk):
        options += ["--perms", "0755", "--dir", os.path.dirname(path)] if path != "/tmp" else []
        options += ["--perms", "0777", "--size", str(size), "--tmpfs", path]
    for path in sorted(above):
        options += ["--perms", "0755", "--dir", path]
    for path in visible():
        options += ["--ro-bind", path, path]
    options += ["--proc", "/proc", "--dev", "/dev", "--chdir", WORK]
    for name, value in worker_environment().items():
        options += ["--setenv", name, value]
    return [*options, *worker, WORK]


def environment() -> dict[str, str]:
    """All that a project sees of the environment."""
    return {
        "PATH": ":".join([*node_folders(), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": HOME,
        "TMPDIR": _KERNEL,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
        "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
        "JSII_RUNTIME_PACKAGE_CACHE": "disabled",
        **bytecode.variables(),
    }


def worker_environment() -> dict[str, str]:
    """What a worker is started with: that, and where it finds itself and the packages."""
    return environment() | search_path()


def _unshare() -> list[str]:
    command = ["unshare", "--fork", "--pid", "--mount", "--net", "--ipc", "--uts", "--kill-child"]
    # As its own root it could not make the namespaces of a project once its rights are dropped: user_namespaces(7).
    return command if os.geteuid() == 0 else [*command, "--user", "--map-current-user", "--keep-caps"]


def _bwrap_namespaces() -> list[str]:
    spaces = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    # Limits do not hold for root, so it has to be able to become somebody else inside.
    rights = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if os.geteuid() == 0 else ["--unshare-user"]
    return [*spaces, *rights]


# Inside, by system calls: what bubblewrap does, for where it is not installed.

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _mount(source: str, target: str, kind: str | None = None, flags: int = 0, data: str | None = None) -> None:
    encoded = (each.encode() if each is not None else None for each in (source, target, kind))
    _call("mount", *encoded, ctypes.c_ulong(flags), data.encode() if data is not None else None)


def _read_only(target: str) -> None:
    """Make a mount and those below it read-only."""
    attributes = struct.pack("QQQQ", 1 | 2 | 4, 0, 0, 0)  # read-only, no set-uid, no devices
    done = _libc.syscall(_SYS_MOUNT_SETATTR, -100, target.encode(), 0x8000, attributes, len(attributes))
    if done != 0:
        _mount("", target, None, _MS_REMOUNT | _MS_BIND | _MS_RDONLY | _MS_NOSUID | _MS_NODEV)


def furnish(root: str, paths: list[str], disk: int) -> None:
    """Make *root*, an empty folder, the file system of this process: *paths* to read, little more, and drop all rights.

    :raises OSError: the machine does not allow it.
    """
    owner = NOBODY if _is_real_root() else os.geteuid()
    _mount("none", "/", None, _MS_REC | _MS_PRIVATE)
    _mount("tmpfs", root, "tmpfs", _MS_NOSUID | _MS_NODEV, "mode=755,size=16m")
    for path in SYSTEM:
        if os.path.islink(path):
            os.symlink(os.readlink(path), root + path)
    for name, size in _writable(disk):
        os.makedirs(root + name, exist_ok=True)
        options = f"mode=755,uid={owner},gid={owner},size={size}"
        _mount("tmpfs", root + name, "tmpfs", _MS_NOSUID | _MS_NODEV, options)
    for path in paths:
        _bind(path, root + path)
    for name in _DEVICES:
        _bind(f"/dev/{name}", f"{root}/dev/{name}", read_only=False)
    os.mkdir(f"{root}/proc")
    _mount("proc", f"{root}/proc", "proc", _MS_NOSUID | _MS_NODEV)
    os.chdir(root)
    if _libc.syscall(_PIVOT_ROOT[os.uname().machine], b".", b".") != 0:
        raise OSError(ctypes.get_errno(), "pivot_root")
    _call("umount2", b".", _MNT_DETACH)
    os.chdir(WORK)
    leave_root()


def leave_root() -> None:
    """Become nobody, where this is the machine's root, and give up every right, key, and most of the system's calls."""
    seccomp.leave_keyring()
    if _is_real_root():
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        # A process that gave up root is undumpable, and /proc/self then belongs to root.
        _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)
    drop_rights()
    seccomp.install(furnished=False)


def _writable(disk: int) -> list[tuple[str, int]]:
    """The folders that can be written to, with their bytes."""
    return [("/tmp", disk), (WORK, disk), (HOME, 1 << 24), (_KERNEL, _KERNEL_SIZE)]


def _is_real_root() -> bool:
    """Whether this is the machine's root, not one of a user namespace."""
    return os.geteuid() == 0 and Path("/proc/self/uid_map").read_text().split()[1:2] == ["0"]


def _bind(source: str, target: str, read_only: bool = True) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    _mount(source, target, None, _MS_BIND | _MS_REC)
    if read_only:
        _read_only(target)


def drop_rights() -> None:
    """Give up every capability, for good."""
    for capability in range(_LAST_CAPABILITY + 1):
        _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    _call("capset", header, struct.pack("6I", 0, 0, 0, 0, 0, 0))
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def separate() -> None:
    """Go into namespaces of this project's own; children of this process then see no process but each other.

    :raises OSError: the machine does not allow it.
    """
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEWUSER | _NEWPID | _NEWNS | _NEWIPC)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    die_with_parent()


def hide_kernel(disk: int) -> None:
    """Cover what the kernel unpacked and its processes before a project, and give up the right to undo it.

    Where part of ``/proc`` is covered, as under bubblewrap, no new one may be mounted; then there is none.
    """
    _mount("none", "/", None, _MS_REC | _MS_PRIVATE)
    _mount("tmpfs", _KERNEL, "tmpfs", _MS_NOSUID | _MS_NODEV | _MS_RDONLY, "size=4k")
    if not os.listdir("/tmp"):
        _mount("tmpfs", "/tmp", "tmpfs", _MS_NOSUID | _MS_NODEV, f"mode=700,size={disk}")
    try:
        _mount("proc", "/proc", "proc", _MS_NOSUID | _MS_NODEV)
        # Keys are listed to their user, in whichever keyring they are.
        for path in filter(os.path.exists, ("/proc/keys", "/proc/key-users")):
            _mount("/dev/null", path, None, _MS_BIND)
    except PermissionError:
        _mount("tmpfs", "/proc", "tmpfs", _MS_NOSUID | _MS_NODEV | _MS_RDONLY, "size=4k")
    with suppress(OSError):
        # The filter refuses them already; this one holds for a call that the filter does not know.
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    drop_rights()
    seccomp.install(furnished=True)


def die_with_parent() -> None:
    """Have this process killed when the one that started it ends."""
    _libc.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)


def descendants(process: int) -> Iterator[int]:
    """The processes that a process started, and they."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    waiting = [process]
    while waiting:
        for child in parents.get(waiting.pop(), ()):
            yield child
            waiting.append(child)


def memory_of(processes: Iterable[int]) -> int:
    """Bytes that some processes hold, what they share counted once; of one that may not be asked, its own share."""
    total = 0
    for process in processes:
        try:
            rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            total += sum(int(row.split()[1]) << 10 for row in rows if row.startswith("Pss:"))
        except OSError:
            continue
    return total
