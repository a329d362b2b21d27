"""What of the machine the sandbox shows: what Python, Node and the packages need, and never a home of somebody."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..schema.store import snapshots
from . import bytecode, parts

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_PACKAGES = ("cdktf", "constructs", "jsii", "libcst")
_ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "passwd", "group", "nsswitch.conf")
_PRIVATE = (".aws", ".bashrc", ".config", ".docker", ".gnupg", ".kube", ".netrc", ".profile", ".ssh")
"""What a folder has that is the home of somebody, if not of who runs this."""
_ASK_SECONDS = 20


def visible() -> list[str]:
    """The folders and files that Python, Node and the packages lie in; none lies in another."""
    wanted = [path for path in SYSTEM if not os.path.islink(path)]
    wanted += [f"/etc/{name}" for name in _ETC]
    # A folder that Node lies in is anything, such as a home with a folder ``bin``: only the program itself is needed.
    wanted += [*_programs(), *_python(), *_site()]
    wanted += [str(Path(__file__).parents[1]), *(str(each.path) for each in snapshots())]
    wanted += [str(parts.folder()), str(bytecode.home())]
    existing = sorted({path for path in wanted if path.strip("/") and os.path.exists(path) and not _is_private(path)})
    return [path for path in existing if not any(path.startswith(f"{other}/") for other in existing)]


def node_folders() -> list[str]:
    """Where Node is looked for: the folder that it is found in here, and that of the program behind it."""
    found = shutil.which("node")
    return list(dict.fromkeys(os.path.dirname(path) for path in (found, _node(found)) if path)) if found else []


def is_home(folder: str) -> bool:
    """Whether a folder is somebody's home, or has homes in it."""
    real = os.path.realpath(folder)
    own = {os.path.expanduser("~"), _home_of_user()}
    if any(f"{os.path.realpath(home)}/".startswith(f"{real.rstrip('/')}/") for home in own if home):
        return True
    above = os.path.dirname(real)
    return {real, above} & {"/home", "/Users"} != set() or any(os.path.exists(f"{real}/{name}") for name in _PRIVATE)


def _home_of_user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return ""


def _is_private(path: str) -> bool:
    return path not in SYSTEM and os.path.isdir(path) and is_home(path)


def _programs() -> Iterator[str]:
    """Node and Python themselves, and the libraries that they load."""
    found = shutil.which("node")
    node = _node(found) if found else None
    if found is not None and node == os.path.realpath(found):
        yield found
    base = getattr(sys, "_base_executable", sys.executable)
    for program in (node, sys.executable, base, os.path.realpath(sys.executable)):
        if program:
            yield program
            yield from _libraries(os.path.realpath(program))


def _python() -> Iterator[str]:
    for prefix in {sys.prefix, sys.base_prefix, os.path.realpath(sys.base_prefix)}:
        yield f"{prefix}/pyvenv.cfg"
        if not is_home(prefix):
            # Not only Python's own folder in it: there are distributions whose libraries lie beside that.
            yield from (f"{prefix}/lib", f"{prefix}/lib64")
    yield from (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))


def _site() -> Iterator[str]:
    for folder in sys.path:
        if _holds_packages(folder):
            yield os.path.abspath(folder)


def _holds_packages(folder: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, name, "__init__.py")) for name in _PACKAGES)


def search_path() -> dict[str, str]:
    """The variable by which Python finds packages that it would not find without this process's ``PYTHONPATH``.

    Of its folders only those that the worker needs: what else is on it may be a project's, or somebody's home.
    """
    given = [os.path.abspath(each) for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
    own = str(Path(__file__).parents[2])
    needed = [each for each in given if each == own or _holds_packages(each)]
    return {"PYTHONPATH": os.pathsep.join(needed)} if needed else {}


@lru_cache
def _node(found: str) -> str:
    """The program behind what is called ``node``: version managers put something of their own in its place."""
    real = os.path.realpath(found)
    if os.path.basename(real) in ("node", "nodejs") and _is_binary(real):
        return real
    try:
        asked = subprocess.run(
            [found, "-p", "process.execPath"], capture_output=True, text=True, timeout=_ASK_SECONDS, cwd="/"
        )
    except (OSError, subprocess.SubprocessError):
        return real
    said = os.path.realpath(asked.stdout.strip() or real)
    return said if os.path.isfile(said) else real


def _is_binary(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(4) == b"\x7fELF"
    except OSError:
        return False


@lru_cache
def _libraries(program: str) -> tuple[str, ...]:
    """The files that a program loads when it starts, but for those that are seen anyway."""
    try:
        listed = subprocess.run(["ldd", program], capture_output=True, text=True, timeout=_ASK_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return ()
    seen = tuple(f"{folder}/" for folder in SYSTEM)
    words = (word for word in listed.stdout.split() if word.startswith("/") and not word.startswith(seen))
    return tuple(filter(os.path.isfile, words))
