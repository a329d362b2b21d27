"""Bad input: one clear line for each, the rest goes on, exit code 2, nothing half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .test_apply import BROKEN, FIXED, cdktf_fix

CASES = {
    "does not parse": (b"def f(\n    pass # cdktf\n", "bad.py:1:6: cannot parse: '(' was never closed"),
    "not utf-8": (b"# cdktf\nx = '\xe9'\n", "bad.py: line 2: byte 0xe9 is not utf-8"),
    "unknown encoding": (b"# coding: klingon\n", "bad.py: encoding: unknown encoding"),
    "binary": (b"\x7fELF\0\0cdktf", "bad.py: binary, not Python"),
    "nested too deeply": (b"cdktf = " + b"(" * 3000 + b")" * 3000 + b"\n", "bad.py:1:"),
    "operators too deep": (b"cdktf = " + b"-" * 9000 + b"1\n", "bad.py:1:"),
}


@pytest.mark.parametrize(("data", "says"), CASES.values(), ids=CASES)
def test_one_line_and_the_rest_goes_on(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "bad.py").write_bytes(data)
    (tmp_path / "good.py").write_text(BROKEN)
    done = cdktf_fix("apply", cwd=tmp_path)
    lines = [line for line in done.stderr.decode().splitlines() if line.startswith("error:")]
    assert len(lines) == 1, done.stderr.decode()
    assert says in lines[0]
    assert "Traceback" not in done.stderr.decode()
    assert done.returncode == 2
    assert (tmp_path / "good.py").read_text() == FIXED
    assert (tmp_path / "bad.py").read_bytes() == data


def test_missing_file(tmp_path: Path) -> None:
    done = cdktf_fix("apply", "none.py", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[0] == "error: none.py: cannot read: no such file or directory"


def test_empty_files_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_bytes(b"")
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0


def test_a_link_out_of_the_tree(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tmp_path / "outside.py").write_text(BROKEN)
    (tree / "link.py").symlink_to("../outside.py")
    done = cdktf_fix("apply", cwd=tree)
    assert done.returncode == 2
    assert "link.py: a link out of the tree" in done.stderr.decode()
    assert (tmp_path / "outside.py").read_text() == BROKEN


def test_a_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "link.py").symlink_to("nowhere.py")
    done = cdktf_fix("apply", cwd=tmp_path)
    assert done.returncode == 2
    assert len([line for line in done.stderr.decode().splitlines() if line.startswith("error:")]) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads and writes everything")
def test_unreadable_and_read_only(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text(BROKEN)
    (tmp_path / "secret.py").chmod(0)
    (tmp_path / "fixed.py").write_text(BROKEN)
    (tmp_path / "fixed.py").chmod(0o444)
    done = cdktf_fix("apply", cwd=tmp_path)
    assert done.returncode == 2
    assert "secret.py: cannot read: permission denied" in done.stderr.decode()
    assert "fixed.py: cannot write: the file is read-only" in done.stderr.decode()


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    from cdktf_codemods.documents import DocumentError, PythonFile

    file = tmp_path / "a.py"
    file.write_text("a = 1\n")
    document = PythonFile.read(file)
    file.write_text("a = 2\n")
    with pytest.raises(DocumentError, match="changed on disk"):
        document.write("a = 3\n")
    assert file.read_text() == "a = 2\n"
    file.unlink()
    with pytest.raises(DocumentError, match="no such file"):
        document.write("a = 3\n")
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_the_encoding_lacks_is_not_written(tmp_path: Path) -> None:
    from cdktf_codemods.documents import DocumentError, PythonFile

    file = tmp_path / "a.py"
    file.write_bytes(b"# coding: latin-1\n")
    with pytest.raises(DocumentError, match="cannot write '→' in iso-8859-1"):
        PythonFile.read(file).write("# coding: latin-1\n# →\n")
    assert file.read_bytes() == b"# coding: latin-1\n"


def test_a_very_long_file_is_repaired(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text(BROKEN + "value = 1\n" * 50_000)
    done = cdktf_fix("apply", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "long.py").read_text() == FIXED + "value = 1\n" * 50_000
