"""Projects that try to get out, hold on or spoil what comes after them; each attempt is bounded, should a lock fail."""

from __future__ import annotations

import ctypes
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cdktf_codemods import Schema
from cdktf_codemods.oracle import Answer, Limits, Oracle, SandboxError
from cdktf_codemods.oracle.sandbox import Mode, available, descendants

from tests.conftest import sandboxes

pytestmark = pytest.mark.xdist_group("hostile")

LIMITS = Limits(seconds=5, memory=512 << 20, disk=64 << 20, processes=40)
FINE = "from cdktf import App, TerraformStack\napp = App()\nTerraformStack(app, 's')\napp.synth()\n"

KEY = "cdktf-fix-key-of-the-host"
RARE = {
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "name_to_handle_at": (303, 264),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "process_vm_readv": (310, 270),
    "ptrace": (101, 117),
    "request_key": (249, 218),
    "setns": (308, 268),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "fsopen": (430, 430),
    "open_tree": (428, 428),
}
"""By their numbers on x86_64 and aarch64."""

WRITES = "import os\nos.makedirs('cdktf.out/stacks/s')\npath = 'cdktf.out/stacks/s/cdk.tf.json'\n"
FORGES = "import os, sys\nframe = sys._getframe()\nwhile not hasattr(frame.f_locals.get('self'), '_tell'):\n    frame = frame.f_back\ntell = frame.f_locals['self']._tell\n"

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
    "odd sockets": (
        "import socket\nopened = []\nfor family in (16, 17, 21, 30, 38, 40, 44):\n    for kind in (1, 2, 3, 5):\n        try:\n            opened.append(socket.socket(family, kind))\n        except PermissionError:\n            pass\nraise SystemExit(f'opened {opened}')\n",
        "exit",
        "opened []",
        "",
    ),
    "keys of the host": (
        f"import ctypes, os\nlibc = ctypes.CDLL(None)\nnumber = dict(x86_64=250, aarch64=219)[os.uname().machine]\nkey = libc.syscall(number, 10, -3, b'user', b'{KEY}', 0)\nlisted = os.path.exists('/proc/keys') and '{KEY}' in open('/proc/keys').read()\nraise SystemExit(f'found {{key}} {{listed}}')\n",
        "exit",
        "found -1 False",
        "",
    ),
    "rare system calls": (
        f"import ctypes, errno, os\nlibc = ctypes.CDLL(None, use_errno=True)\ndone = []\nfor name, numbers in {RARE}.items():\n    ctypes.set_errno(0)\n    libc.syscall(numbers[os.uname().machine == 'aarch64'], -1, 0, 0, 0, 0)\n    done += [] if ctypes.get_errno() == errno.EPERM else [name]\nraise SystemExit(f'not refused: {{done}}')\n",
        "exit",
        "not refused: []",
        "",
    ),
    "namespaces of its own": (
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\nnumber = dict(x86_64=56, aarch64=220)[os.uname().machine]\nmade = [libc.unshare(0x10000000)]\nchild = libc.syscall(number, 0x10000000 | 17, 0, 0, 0, 0)\nif child == 0:\n    os._exit(0)\nraise SystemExit(f'made {made} {child}')\n",
        "exit",
        "made [-1] -1",
        "",
    ),
    "calls for other machines": (
        "import ctypes, mmap, os\nif os.uname().machine == 'x86_64':\n    page = mmap.mmap(-1, 4096, prot=7)\n    page.write(bytes.fromhex('b814000000cd80c3'))\n    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))\n    raise SystemExit(f'answered {call()}')\nraise SystemExit('answered -1')\n",
        "exit",
        "answered -1",
        "",
    ),
    "a stack that is a list": (f"{WRITES}open(path, 'w').write('[]')\n", "synthesis", "stack s is no object", ""),
    "resources that are a list": (f"{WRITES}open(path, 'w').write('{{\"resource\": [1]}}')\n", "synthesis", "`resource` is not as CDKTF writes it", ""),
    "a stack that is no JSON": (f"{WRITES}open(path, 'w').write('resource')\n", "synthesis", "stack s is no JSON", ""),
    "a stack nested deeply": (f"{WRITES}open(path, 'w').write('[' * 200_000)\n", "synthesis", "nested too deeply", ""),
    "a stack that is a pipe": (f"{WRITES}os.mkfifo(path)\n", "synthesis", "stack s is no file", ""),
    "a stack that is a link": (f"{WRITES}os.symlink('/dev/zero', path)\n", "synthesis", "stack s cannot be read", ""),
    "a gigantic stack": (f"{WRITES}open(path, 'w').write(' ' * (40 << 20))\n", "disk", "MiB of stacks", ""),
    "a forged answer": (f"{FORGES}tell(dict(failure=None, dropped=3))\nos._exit(0)\n", "died", "what came back is no answer", ""),
    "a forged attempt": (f"{FORGES}tell(dict(tried=[]))\nraise SystemExit('and went on')\n", "exit", "and went on", ""),
    "a gigantic answer": (f"{FORGES}tell(dict(failure=dict(kind='code', type='E', message='x' * (40 << 20), place=None)))\n", "died", "without an answer", ""),
    "busy on every processor": (
        "import hashlib, threading\nfor _ in range(4):\n    threading.Thread(target=hashlib.pbkdf2_hmac, args=('sha256', b'x', b'y', 1 << 30), daemon=True).start()\nhashlib.pbkdf2_hmac('sha256', b'x', b'y', 1 << 30)\n",
        "time",
        "still running|seconds of the processor",
        "",
    ),
}  # fmt: skip


def ask(oracle: Oracle, folder: Path, code: str) -> Answer:
    folder.mkdir(exist_ok=True)
    (folder / "main.py").write_text(code)
    return oracle.synthesize(folder)


def give_key() -> None:
    """Put a key into a session keyring of this process, which what it starts then has too."""
    keyctl, add_key = {"x86_64": (250, 248), "aarch64": (219, 217)}.get(os.uname().machine, (0, 0))
    libc = ctypes.CDLL(None)
    if keyctl and libc.syscall(keyctl, 1, None) > 0:
        libc.syscall(add_key, b"user", KEY.encode(), b"secret", 6, -3)


@pytest.fixture(scope="module", params=sandboxes() or [pytest.param("none", marks=pytest.mark.skip("no sandbox here"))])
def locked(request: pytest.FixtureRequest, schema: Schema) -> Iterator[Oracle]:
    os.environ["AWS_SECRET_ACCESS_KEY"] = "not for projects"
    give_key()
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


def linked(node: Path) -> None:
    """Put the Node of this machine at another place, as a file of its own."""
    program = Path(os.path.realpath(shutil.which("node") or "node"))
    node.parent.mkdir(parents=True)
    try:
        os.link(program, node)
    except OSError:
        shutil.copy(program, node)


@pytest.mark.parametrize("place", ["bin/node", ".nvm/versions/node/v20/bin/node", "node"])
@pytest.mark.parametrize("mode", sandboxes())
def test_a_home_is_not_seen_for_what_lies_in_it(
    mode: Mode, place: str, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "homes" / "somebody"
    linked(home / place)
    secrets = [home / ".aws" / "credentials", home / "bin" / "token", home / "secret", home.parent / "secret"]
    for secret in secrets:
        secret.parent.mkdir(exist_ok=True)
        secret.write_text("secret")
    for folder in (home.parent, *home.rglob("*")):
        folder.chmod(0o755)
    monkeypatch.setenv("PATH", f"{(home / place).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(home))
    code = f"import os, sys\nseen = [path for path in {list(map(str, secrets))} if os.path.exists(path)]\nsys.exit(f'saw {{seen}}')\n"
    with Oracle(schema, limits=LIMITS, mode=mode) as oracle:
        assert ask(oracle, tmp_path / "hostile", f"{FINE}{code}").error == "SystemExit: saw []"


def test_node_is_behind_the_same_wall(locked: Oracle, tmp_path: Path) -> None:
    locked.warm()
    (worker,) = locked._ready
    assert worker.process is not None
    status = [Path(f"/proc/{each}/status").read_text() for each in descendants(worker.process.pid)]
    nodes = [rows for rows in status if rows.startswith("Name:\tnode\n")]
    assert nodes
    assert all("Seccomp_filters:\t2\n" in rows for rows in nodes)


def test_replacing_jsii_create_is_noticed(locked: Oracle, tmp_path: Path) -> None:
    answer = ask(locked, tmp_path / "hostile", f"import jsii\njsii.create = jsii.kernel.create\n{FINE}")
    assert any("jsii.create" in each for each in answer.refused)


def test_what_jsii_drops_cannot_be_told_where_its_door_was_replaced(locked: Oracle, tmp_path: Path) -> None:
    answer = ask(locked, tmp_path / "hostile", f"import jsii\nvars(jsii)['create'] = jsii.kernel.create\n{FINE}")
    assert answer.refused == ()
    assert any("jsii.create" in note for note in answer.notes)


ALLOWED = {
    "a program": "import subprocess\nsubprocess.run(['/bin/true'], check=True)\n",
    "a shell": "import os\nassert os.system('true') == 0\n",
    "a file of its own": "open('credentials').read()\n",
    "no such file of its own": "import os\ntry:\n    open('.aws/credentials')\nexcept FileNotFoundError:\n    pass\n",
    "what it wrote at home": "import os\nos.makedirs(os.path.expanduser('~/.aws'))\npath = os.path.expanduser('~/.aws/credentials')\nopen(path, 'w').close()\nopen(path).read()\n",
    "a child": "import os, time\nchild = os.fork()\nif child == 0:\n    time.sleep(30)\nos.kill(child, 9)\nos.waitpid(child, 0)\n",
    "a child that has ended": "import os\nchild = os.fork()\nif child == 0:\n    os._exit(0)\nos.waitpid(child, 0)\ntry:\n    os.kill(child, 9)\nexcept ProcessLookupError:\n    pass\n",
    "a folder that is there": "import os\nos.makedirs('/usr/lib', exist_ok=True)\n",
    "a file that is not there": "import os\ntry:\n    os.remove('/no-such-folder/file')\nexcept FileNotFoundError:\n    pass\n",
    "names that need no network": "import socket\nsocket.getaddrinfo('127.0.0.1', 80)\nsocket.getaddrinfo(None, 80)\n",
    "a socket of its own": "import socket\nserver = socket.socket(socket.AF_UNIX)\nserver.bind('socket')\nserver.listen()\nsocket.socket(socket.AF_UNIX).connect('socket')\n",
}  # fmt: skip


@pytest.mark.parametrize("code", ALLOWED.values(), ids=ALLOWED)
def test_what_works_was_not_refused(code: str, locked: Oracle, tmp_path: Path) -> None:
    (tmp_path / "credentials").touch()
    answer = ask(locked, tmp_path, code + FINE)
    assert answer.failure is None, answer.failure
    assert answer.refused == ()


REFUSED = {
    "a folder": ("import os\nos.mkdir('/usr/left-by-a-test')\n", "to write /usr/left-by-a-test"),
    "a move": ("import os\nos.rename('main.py', '/usr/left-by-a-test')\n", "to write /usr/left-by-a-test"),
    "removing": ("import os\nos.remove('/usr/no-such-file')\n", "to write /usr/no-such-file"),
    "a packet": ("import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))\n", "to reach ('192.0.2.1', 53)"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "tried"), REFUSED.values(), ids=REFUSED)
def test_what_was_refused_is_said(code: str, tried: str, locked: Oracle, tmp_path: Path) -> None:
    answer = ask(locked, tmp_path, code)
    assert answer.failure is not None
    assert answer.failure.kind == "code"
    assert answer.refused == (tried,)


def test_a_stack_written_by_hand_is_what_terraform_would_get(locked: Oracle, tmp_path: Path) -> None:
    text = '{"resource": {"aws_eip": {"a": {}, "b": {}}, "aws_instance": {"c": {}}}}'
    answer = ask(locked, tmp_path, f"{WRITES}open(path, 'w').write('{text}')\n")
    assert (answer.status, answer.resources) == ("synthesises", 3)


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
