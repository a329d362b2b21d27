"""Files that are no ordinary text: one line for each, the rest goes on, nothing waits, nothing is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cdktf_codemods.documents import DocumentError, PythonFile, Unreadable, find_files

from .test_apply import BROKEN, ENVIRONMENT, FIXED, cdktf_fix, git


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    """A file that is waited for must fail the test, not stop it."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def errors(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    said = done.stderr.decode()
    assert "Traceback" not in said
    return [line.removeprefix("error: ") for line in said.splitlines() if line.startswith("error: ")]


ENCODINGS = {
    "hex": "hex is not an encoding of text",
    "rot13": "rot13 is not an encoding of text",
    "base64": "base64 is not an encoding of text",
    "undefined": "undefined cannot be kept byte for byte",
    "klingon": "unknown encoding klingon",
    "idna": "idna cannot be kept byte for byte",
    "punycode": "punycode cannot be kept byte for byte",
    "utf-7": "utf-7 cannot be kept byte for byte",
    "utf-16": "utf-16 cannot be kept byte for byte",
    "unicode_escape": "unicode_escape cannot be kept byte for byte",
}


def test_encodings_that_hold_no_program(tmp_path: Path) -> None:
    for name in ENCODINGS:
        (tmp_path / f"in_{name}.py").write_text(f"# coding: {name}\n{BROKEN}")
    (tmp_path / "good.py").write_text(BROKEN)
    done = cdktf_fix("apply", cwd=tmp_path)
    assert done.returncode == 2
    assert sorted(errors(done)) == sorted(f"in_{name}.py: encoding: {says}" for name, says in ENCODINGS.items())
    assert (tmp_path / "good.py").read_text() == FIXED


@pytest.mark.parametrize("name", ["latin-1", "utf8"])
def test_a_mark_that_contradicts_the_declaration(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.py").write_bytes(b"\xef\xbb\xbf# coding: " + name.encode() + b"\n")
    said = f"a.py: encoding: {name} is declared after the byte order mark of UTF-8, which Python refuses"
    assert errors(cdktf_fix("apply", cwd=tmp_path)) == [said]


@pytest.mark.parametrize("line", ["\r", "\n", "\r\n"])
def test_a_declaration_in_the_second_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(f"#!python{line}# vim: fileencoding=cp1252{line}# €{line}".encode("cp1252"))
    assert PythonFile.read(file).encoding == "cp1252"
    file.write_bytes(f"#{line}#{line}# coding: hex{line}".encode())
    assert PythonFile.read(file).encoding == "utf-8"
    file.write_bytes(f"import os{line}# coding: hex{line}".encode())
    assert PythonFile.read(file).encoding == "utf-8"


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("makes no devices")


SPECIAL: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (os.mkfifo, "cannot read: a named pipe, not a file"),
    "socket": (_socket, "cannot read: a socket, not a file"),
    "device": (_device, "cannot read: a device, not a file"),
    "loop": (lambda path: path.symlink_to(path.name), "cannot read: too many levels of symbolic links"),
    "dangling": (lambda path: path.symlink_to("nowhere"), "cannot read: no such file or directory"),
}


@pytest.mark.parametrize("argument", ["x.py", "."])
@pytest.mark.parametrize(("make", "says"), SPECIAL.values(), ids=SPECIAL)
def test_what_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], says: str, argument: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "x.py")
    (tmp_path / "good.py").write_text(BROKEN)
    done = cdktf_fix("apply", argument, "good.py", cwd=tmp_path)
    assert errors(done) == [f"x.py: {says}"]
    assert done.returncode == 2
    assert (tmp_path / "good.py").read_text() == FIXED


def test_a_pipe_where_a_project_has_its_settings(tmp_path: Path) -> None:
    for name in ("requirements.txt", "pyproject.toml", ".gitignore", "cdktf.json", "main.tf"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "good.py").write_text(BROKEN)
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert (tmp_path / "good.py").read_text() == FIXED


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "up").symlink_to("..")
    (tmp_path / "lib.py").symlink_to("lib")
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "lib" / "good.py").write_text(BROKEN)
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert (tmp_path / "lib" / "good.py").read_text() == FIXED
    done = cdktf_fix("apply", "round", "lib", cwd=tmp_path)
    assert errors(done) == ["round: cannot read: too many levels of symbolic links"]


def test_a_folder_that_cannot_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root looks into everything, so the refusal is made up."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.py").write_text("")
    real = os.scandir

    def scandir(folder: str) -> object:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert list(find_files(tmp_path)) == [
        Unreadable(tmp_path / "closed", "cannot look into it: permission denied"),
        tmp_path / "good.py",
    ]


def test_folders_as_deep_as_they_can_be(tmp_path: Path) -> None:
    """Deeper than Python calls itself, and at last than a path may be long."""
    before = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(2100):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(before)
    (tmp_path / "good.py").write_text(BROKEN)
    done = cdktf_fix("apply", cwd=tmp_path)
    subprocess.run(["rm", "-rf", "d"], cwd=tmp_path, check=True)
    (line,) = errors(done)
    assert line.endswith("cannot look into it: file name too long")
    assert (tmp_path / "good.py").read_text() == FIXED


def test_names_that_are_no_text(tmp_path: Path) -> None:
    strange = {b"caf\xe9.py": "caf\\xe9.py", b"two\nlines.py": "two\\nlines.py", b"\xe2\x80\xa8.py": "\\u2028.py"}
    for name in strange:
        (tmp_path / os.fsdecode(name)).write_text(BROKEN)
    done = cdktf_fix("apply", "--dry-run", cwd=tmp_path)
    said = done.stderr.decode().splitlines()
    for shown in strange.values():
        assert any(line.startswith(f"{shown}:2:16: A101 [*]") for line in said), said
    git("init", "-q", cwd=tmp_path)
    git("apply", cwd=tmp_path, data=done.stdout)
    for name in strange:
        assert (tmp_path / os.fsdecode(name)).read_text() == FIXED
        (tmp_path / os.fsdecode(name)).write_bytes(b"\0")
    assert sorted(errors(cdktf_fix("apply", cwd=tmp_path))) == sorted(
        f"{shown}: binary, not Python" for shown in strange.values()
    )
    assert errors(cdktf_fix("apply", os.fsdecode(b"\xff.py"), cwd=tmp_path)) == [
        "\\xff.py: cannot read: no such file or directory"
    ]


def test_a_path_given_twice_is_repaired_once(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    file = tmp_path / "lib" / "net.py"
    file.write_text(BROKEN)
    (tmp_path / "link.py").symlink_to("lib/net.py")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link.py").symlink_to("../lib/net.py")
    os.link(file, tmp_path / "hard.py")
    given = ["lib/net.py", str(file), ".", "link.py", "lib", "elsewhere/link.py", "./lib/../lib/net.py"]
    done = cdktf_fix("apply", "--dry-run", *given, cwd=tmp_path)
    assert done.stderr.count(b"A101") == 1
    assert done.stdout.count(b"+++ ") == 1
    assert errors(done) == []
    done = cdktf_fix("apply", *given, cwd=tmp_path)
    assert (done.returncode, errors(done)) == (0, [])
    assert file.read_text() == FIXED
    assert file.samefile(tmp_path / "hard.py")
    assert len(errors(cdktf_fix("apply", "none.py", "./none.py", str(tmp_path / "none.py"), cwd=tmp_path))) == 1


SAVED = {
    "old mac": BROKEN.replace("\n", "\r"),
    "old mac, no newline at the end": BROKEN.replace("\n", "\r").rstrip("\r"),
    "all three": BROKEN.replace("\n", "\r", 1) + "a = 1\r\nb = 2\rc = '''\r\n\r\r'''\n",
    "old mac in a text": BROKEN + 'text = """a\rb"""\n',
    "form feeds and their like": "\x0c\n# \x0b \x1c \x85 \u2028 \u2029\n"
    + BROKEN
    + 'a = "\x0b\x1c\u2028"  # \x0c\n\x0c',
}


@pytest.mark.parametrize("text", SAVED.values(), ids=SAVED)
def test_line_ends_survive(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.py"
    data = text.encode()
    expected = data.replace(b"vpc=True", b'domain="vpc"')
    file.write_bytes(data)
    git("init", "-q", cwd=tmp_path)
    done = cdktf_fix("apply", "--dry-run", cwd=tmp_path)
    assert b"a.py:" in done.stderr
    assert b"(+1 " in done.stderr
    git("apply", cwd=tmp_path, data=done.stdout)
    assert file.read_bytes() == expected
    file.write_bytes(data)
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert file.read_bytes() == expected


def test_new_lines_end_as_those_around_them(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"a\rb\r\nc\nd\r\r\ne")
    document = PythonFile.read(file)
    assert document.text == "a\nb\r\nc\nd\n\r\ne"
    assert document.encoded(document.text) == document.data
    assert document.encoded("a\nnew\nb\r\nc\nchanged\n\r\ne") == b"a\rnew\rb\r\nc\nchanged\r\r\ne"
    assert document.encoded("c\nd\n\ne") == b"c\nd\r\re"


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda file: file.write_text("a = 2\n"),
    "deleted": lambda file: file.unlink(),
    "a link": lambda file: (file.rename(file.with_name("b")), file.symlink_to("b")),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "a pipe": lambda file: (file.unlink(), os.mkfifo(file)),
    "its folder a link": lambda file: (
        file.parent.rename(file.parent.with_name("c")),
        file.parent.symlink_to("c"),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changed_during_the_run_is_left_alone(tmp_path: Path, change: Callable[[Path], object]) -> None:
    (tmp_path / "lib").mkdir()
    file = tmp_path / "lib" / "a.py"
    file.write_text("a = 1\n")
    document = PythonFile.read(file)
    change(file)
    before = {each: each.read_text() for each in tmp_path.rglob("*") if each.is_file()}
    with pytest.raises(DocumentError, match=r"changed on disk meanwhile|no such file"):
        document.write("a = 3\n")
    assert {each: each.read_text() for each in tmp_path.rglob("*") if each.is_file()} == before


def test_output_that_goes_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(BROKEN)
    program = f"{sys.executable} -m cdktf_fix"
    unread, pipe = os.pipe()
    os.close(unread)
    command = ["sh", "-c", f"{program} apply --dry-run"]
    done = subprocess.run(command, cwd=tmp_path, stdout=pipe, stderr=subprocess.PIPE, env=ENVIRONMENT)
    os.close(pipe)
    assert (done.returncode, done.stderr) == (141, b"")
    command = ["sh", "-c", f"{program} apply --dry-run >/dev/full"]
    full = subprocess.run(command, cwd=tmp_path, capture_output=True, env=ENVIRONMENT)
    assert (full.returncode, full.stderr) == (2, b"error: no space left on device\n")
    command = ["sh", "-c", f"{program} rules >&- 2>&- <&-"]
    shut = subprocess.run(command, cwd=tmp_path, capture_output=True, env=ENVIRONMENT)
    assert shut.returncode == 0
