"""A file that is written stays what it was but for its text, and is never half written."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cdktf_codemods.documents import DocumentError, PythonFile, create, disk

from .test_apply import BROKEN, ENVIRONMENT, FIXED, cdktf_fix

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


@as_root
def test_owner_group_and_mode_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(BROKEN)
    os.chown(file, 12345, 23456)
    file.chmod(0o6754)
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o6754)
    assert file.read_text() == FIXED
    assert os.listdir(tmp_path) == ["a.py"]


def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(BROKEN)
    try:
        os.setxattr(file, "user.origin", b"a model")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert os.getxattr(file, "user.origin") == b"a model"


def test_other_names_of_a_file_go_on_meaning_it(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(BROKEN)
    os.link(file, tmp_path / "other name")
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert file.samefile(tmp_path / "other name")
    assert (tmp_path / "other name").read_text() == FIXED
    PythonFile.read(file).write("# shorter\n")
    assert file.samefile(tmp_path / "other name")
    assert (tmp_path / "other name").read_text() == "# shorter\n"


def test_without_room_the_file_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.py"
    file.write_text("a = 1\n")
    os.link(file, tmp_path / "b")
    real = os.write
    refusals = [OSError(28, "No space left on device")]

    def write(handle: int, data: bytes) -> int:
        if refusals and len(data) > 6:
            real(handle, data[:3])
            raise refusals.pop()
        return real(handle, data)

    monkeypatch.setattr(disk.os, "write", write)
    with pytest.raises(DocumentError, match="cannot write: no space left on device"):
        PythonFile.read(file).write("b = 2  # longer\n")
    assert file.read_text() == "a = 1\n"


def test_where_no_file_can_be_made_the_file_itself_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a folder that one may not write to, or where the file is the only thing mounted."""
    file = tmp_path / "a.py"
    file.write_text("a = 1\n")
    before = file.stat().st_ino

    def refuse(*_: object) -> None:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(disk.os, "replace", refuse)
    PythonFile.read(file).write("a = 2\n")
    assert (file.read_text(), file.stat().st_ino) == ("a = 2\n", before)
    assert os.listdir(tmp_path) == ["a.py"]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.py"
    file.write_text("a = 1\n")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(disk.os, "fchmod", interrupt)
    with pytest.raises(KeyboardInterrupt):
        PythonFile.read(file).write("a = 2\n")
    assert file.read_text() == "a = 1\n"
    assert os.listdir(tmp_path) == ["a.py"]


def test_a_new_file_is_whole_or_not_there(tmp_path: Path) -> None:
    create(tmp_path / "new" / "a.zip", b"data")
    with pytest.raises(DocumentError, match="cannot write: file exists"):
        create(tmp_path / "new" / "a.zip", b"other")
    assert (tmp_path / "new" / "a.zip").read_bytes() == b"data"


def running(processes: set[int]) -> set[int]:
    """Those that have not ended; a zombie has."""
    found = set()
    for process in processes:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.add(process)
    return found


def children(process: int) -> set[int]:
    try:
        return {int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()}
    except OSError:
        return set()


MOMENTS = [0.0, 0.1, 0.3, 0.6, 1.0, 1.5]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("group", [False, True], ids=["program", "group"])
def test_a_signal_at_any_moment(tmp_path: Path, jobs: str, number: int, code: int, group: bool) -> None:
    """As from a terminal (to the whole group) and from ``kill`` (to the program alone)."""
    files = [tmp_path / f"project-{project}" / f"file_{at}.py" for project in range(6) for at in range(10)]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        (file.parent / "cdktf.json").write_text("{}")
    codes = set()
    for moment in MOMENTS:
        for file in files:
            file.write_text(BROKEN)
        process = subprocess.Popen(
            [sys.executable, "-m", "cdktf_fix", "apply", "--jobs", jobs],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        # Before its first line runs, the program cannot answer for what the interpreter says.
        while b"cdktf_fix" not in Path(f"/proc/{process.pid}/cmdline").read_bytes():
            time.sleep(0.001)
        time.sleep(0.15 + moment)
        workers = children(process.pid)
        (os.killpg if group else os.kill)(process.pid, number)
        _, said = process.communicate(timeout=300)
        codes.add(process.returncode)
        assert b"Traceback" not in said, said
        assert b"error:" not in said, said
        assert {file.read_text() for file in files} <= {BROKEN, FIXED}
        assert {each.name[:4] for each in tmp_path.rglob("*")} == {"proj", "file", "cdkt"}
        deadline = time.monotonic() + 5
        while running(workers) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not running(workers)
        if process.returncode == code:
            assert said.count(b"interrupted: ") == 1 or not said
    assert code in codes
    assert codes <= {0, 1, code}
