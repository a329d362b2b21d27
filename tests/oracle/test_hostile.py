"""Projects that try to get out, hold on or spoil what comes after them; each attempt is bounded, should a lock fail."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Answer, Limits, Oracle, SandboxError
from cdktf_codemods.oracle.sandbox import available

pytestmark = pytest.mark.xdist_group("hostile")

LIMITS = Limits(seconds=5, memory=512 << 20, disk=64 << 20, processes=40)
FINE = "from cdktf import App, TerraformStack\napp = App()\nTerraformStack(app, 's')\napp.synth()\n"

PROJECTS: dict[str, tuple[str, str, str, str]] = {
    "a socket": (
        "import socket\nsocket.create_connection(('192.0.2.1', 53), timeout=3)\n",
        "code",
        "Network is unreachable",
        "to reach ('192.0.2.1', 53)",
    ),
    "a name": (
        "import urllib.request\nurllib.request.urlopen('http://example.com', timeout=3)\n",
        "code",
        "name resolution",
        "to look up example.com",
    ),
    "~/.aws": (
        "import os\nopen(os.path.expanduser('~/.aws/credentials'))\n",
        "code",
        "No such file",
        ".aws/credentials",
    ),
    "the real home": (f"open({str(Path.home() / '.aws' / 'config')!r})\n", "code", "No such file", ".aws/config"),
    "the environment": (
        "import os\nraise SystemExit(os.environ.get('AWS_SECRET_ACCESS_KEY', 'no key in sight'))\n",
        "exit",
        "no key in sight",
        "",
    ),
    "writing outside": ("open('/usr/left-by-a-test', 'w')\n", "code", "Read-only|Permission", "to write /usr/left"),
    "processes": (
        "import os, time\nfor _ in range(80):\n    if os.fork() == 0:\n        time.sleep(8)\n        os._exit(0)\n",
        "processes",
        "temporarily unavailable",
        "",
    ),
    "threads": (
        "import threading, time\nfor _ in range(80):\n    threading.Thread(target=time.sleep, args=(8,), daemon=True).start()\n",
        "processes",
        "thread",
        "",
    ),
    "an endless loop": (
        "import time\nend = time.time() + 30\nwhile time.time() < end:\n    pass\n",
        "time",
        "still running after 5 seconds",
        "",
    ),
    "asleep": ("import time\ntime.sleep(30)\n", "time", "still running", ""),
    "memory": ("x = bytearray(1024 << 20)\n", "memory", "more memory", ""),
    "disk": (
        "f = open('big', 'wb')\nfor _ in range(128):\n    f.write(bytes(1 << 20))\n",
        "disk",
        "No space left",
        "",
    ),
    "disk, in many files": (
        "for n in range(128):\n    open(f'f{n}', 'wb').write(bytes(1 << 20))\n",
        "disk",
        "No space left",
        "",
    ),
    "killing the kernel": (
        "import jsii, os\nos.kill(jsii.kernel.provider._process._process.pid, 9)\n",
        "code",
        "No such process",
        "to send signal 9",
    ),
    "telling the kernel to stop": (
        "import jsii, cdktf\npipe = jsii.kernel.provider._process._process.stdin\npipe.write(b'{\"exit\":0}\\n')\npipe.flush()\ncdktf.App()\n",
        "code",
        "",
        "",
    ),
    "nonsense on every stream": (
        "import os, cdktf\nfor stream in range(64):\n    try:\n        os.write(stream, b'nonsense {]\\n' * 20)\n    except OSError:\n        pass\ncdktf.App()\n",
        "code",
        "",
        "",
    ),
    "mounting": (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nlibc.mount(b'', b'/usr', None, 32 | 4096, None)\nraise OSError(ctypes.get_errno(), 'mount')\n",
        "code",
        "mount",
        "",
    ),
    "leaving without a word": ("import os\nos._exit(0)\n", "died", "without an answer", ""),
}  # fmt: skip


def ask(oracle: Oracle, folder: Path, code: str) -> Answer:
    folder.mkdir(exist_ok=True)
    (folder / "main.py").write_text(code)
    return oracle.synthesize(folder)


def modes() -> list[str]:
    found = []
    for mode in ("namespaces", "bwrap"):
        try:
            found.append(available(mode))  # type: ignore[arg-type]
        except SandboxError:
            continue
    return found


@pytest.fixture(scope="module", params=modes() or [pytest.param("none", marks=pytest.mark.skip("no sandbox here"))])
def locked(request: pytest.FixtureRequest, schema: Schema) -> Iterator[Oracle]:
    os.environ["AWS_SECRET_ACCESS_KEY"] = "not for projects"
    with Oracle(schema, limits=LIMITS, mode=request.param) as oracle:
        oracle.warm()
        yield oracle
    del os.environ["AWS_SECRET_ACCESS_KEY"]


@pytest.mark.parametrize(("code", "kind", "message", "refused"), PROJECTS.values(), ids=PROJECTS)
def test_answered_in_time_and_the_next_one_rightly(
    code: str, kind: str, message: str, refused: str, locked: Oracle, tmp_path: Path
) -> None:
    locked.warm()
    began = time.monotonic()
    answer = ask(locked, tmp_path / "hostile", code)
    assert time.monotonic() - began < LIMITS.seconds + 5
    assert answer.failure is not None
    assert answer.failure.kind == kind, answer.failure
    assert any(part in str(answer.failure) for part in message.split("|"))
    assert any(refused in each for each in answer.refused) or not refused
    assert not Path("/usr/left-by-a-test").exists()
    following = ask(locked, tmp_path / "fine", FINE)
    assert (following.status, following.stacks.keys()) == ("synthesises", {"s"})


def test_replacing_jsii_create_is_noticed(locked: Oracle, tmp_path: Path) -> None:
    answer = ask(locked, tmp_path / "hostile", f"import jsii\njsii.create = jsii.kernel.create\n{FINE}")
    assert any("jsii.create" in each for each in answer.refused)


def test_what_a_project_leaves_running_is_gone(locked: Oracle, tmp_path: Path) -> None:
    mark = f"cdktf-fix-test-{os.getpid()}"
    code = f"import os, time, ctypes\nif os.fork() == 0:\n    os.setsid()\n    open('/proc/self/comm', 'w').write('{mark[:15]}')\n    time.sleep(20)\n"
    ask(locked, tmp_path / "hostile", code + FINE)
    names = []
    for entry in Path("/proc").glob("[0-9]*/comm"):
        try:
            names.append(entry.read_text().strip())
        except OSError:
            continue
    assert mark[:15] not in names


def test_a_kernel_that_has_grown_is_ended(locked: Oracle, tmp_path: Path) -> None:
    locked.limits = replace(LIMITS, kernel=32 << 20)
    try:
        failure = ask(locked, tmp_path / "fine", f"import time\ntime.sleep(3)\n{FINE}").failure
    finally:
        locked.limits = LIMITS
    assert failure is not None
    assert failure.kind == "memory"
    assert ask(locked, tmp_path / "fine", FINE).failure is None


def test_a_kernel_serves_one_project(locked: Oracle, tmp_path: Path) -> None:
    locked.warm()
    (worker,) = locked._ready
    process = worker.process
    assert process is not None
    assert ask(locked, tmp_path / "fine", FINE).failure is None
    assert process.poll() is not None
    assert worker.folder is None


LOAD = """
import jsii, io, json, tarfile
def load(version):
    assembly = {"schema": "jsii/0.10.0", "name": "stranger", "version": version, "fingerprint": "x", "jsiiVersion": "5.8.0"}
    assembly |= {"types": {}, "targets": {"js": {"npm": "stranger"}}, "author": {}, "license": "MIT", "homepage": "x"}
    manifest = {"name": "stranger", "version": version, "main": "index.js"}
    files = {"package.json": json.dumps(manifest), "index.js": "", ".jsii": json.dumps(assembly)}
    with tarfile.open("own.tgz", "w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo("package/" + name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    jsii.kernel.load("stranger", version, "own.tgz")
"""
SPOILERS = {
    "a package of its own in the kernel": (LOAD + "load('1.0.0')\n", LOAD + "load('2.0.0')\n"),
    "a folder that cannot be emptied": (
        "import os\nos.makedirs('yaml')\nopen('yaml/__init__.py', 'w').write('SPOILT = 1')\nos.chmod('yaml', 0o555)\n",
        "import sys\ntry:\n    import yaml\nexcept ImportError:\n    yaml = None\nif hasattr(yaml, 'SPOILT'):\n    sys.exit('spoilt')\n",
    ),
    "what is left at home": (
        "import os\nopen(os.path.expanduser('~/left'), 'w').write('x')\n",
        "import os\nif os.path.exists(os.path.expanduser('~/left')):\n    raise SystemExit('left')\n",
    ),
    "what is left among temporary files": (
        "open('/tmp/left', 'w').write('x')\n",
        "import os\nif os.path.exists('/tmp/left'):\n    raise SystemExit('left')\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SPOILERS.values(), ids=SPOILERS)
def test_nothing_of_a_project_reaches_the_next(first: str, second: str, locked: Oracle, tmp_path: Path) -> None:
    assert ask(locked, tmp_path / "first", first + FINE).failure is None
    answer = ask(locked, tmp_path / "second", second + FINE)
    assert (answer.status, answer.stacks.keys()) == ("synthesises", {"s"}), answer.failure


def test_refuses_where_nothing_can_lock_up(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cdktf_codemods.oracle.sandbox._works", lambda mode: False)
    with pytest.raises(SandboxError, match="--no-sandbox"):
        Oracle(schema)
    assert available("none") == "none"
