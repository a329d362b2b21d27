"""The version at hand, as the program goes by it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from cdktf_codemods.schema import Schema, store
from cdktf_codemods.schema.assembly import Assembly

from .test_apply import BROKEN, FIXED, cdktf_fix, environment

DATADOG = "from cdktf_cdktf_provider_datadog.monitor import Monitor\nMonitor(self, 'm', name=5)\n"


@pytest.fixture(autouse=True)
def schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(tmp_path / "schemas"))
    return tmp_path / "schemas"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_a_major_version_that_is_not_known_is_left_alone(tmp_path: Path) -> None:
    code = BROKEN + "from cdktf import TerraformOutput\nTerraformOutput(self, 'o', value='v', descripton='d')\n"
    write(tmp_path, **{"main.py": code, "requirements.txt": "cdktf-cdktf-provider-aws==19.65.1\n"})
    done = cdktf_fix("apply", "main.py", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "main.py").read_text() == code.replace("descripton", "description")
    lines = [line for line in done.stderr.decode().splitlines() if "schema add" in line]
    assert len(lines) == 1
    assert lines[0].endswith("cdktf-fix schema add cdktf-cdktf-provider-aws==19.65.1")


def test_a_provider_that_is_not_known_is_never_nothing_to_repair(tmp_path: Path) -> None:
    write(tmp_path, **{"main.py": DATADOG})
    done = cdktf_fix("apply", cwd=tmp_path)
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "Nothing to repair" not in said
    assert said.count("cdktf-fix schema add cdktf-cdktf-provider-datadog==VERSION") == 1
    assert cdktf_fix("apply", "--quiet", cwd=tmp_path).returncode == 1


def test_an_import_in_a_docstring_is_none(tmp_path: Path) -> None:
    write(tmp_path, **{"main.py": f'"""For example::\n\n{DATADOG}"""\n'})
    done = cdktf_fix("apply", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_version_above_the_project(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{"a/cdktf.json": "{}", "a/main.py": BROKEN, "requirements/base.txt": "cdktf-cdktf-provider-aws==20.1.0"},
    )
    (tmp_path / ".git").mkdir()
    assert cdktf_fix("apply", "--dry-run", "--ignore=K", "a", cwd=tmp_path).returncode == 0


def test_a_damaged_lock_is_one_line(tmp_path: Path) -> None:
    write(
        tmp_path, **{"main.py": BROKEN, "uv.lock": "[[package", "requirements.txt": "cdktf-cdktf-provider-aws==21.9.1"}
    )
    done = cdktf_fix("apply", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "main.py").read_text() == FIXED
    (line,) = [line for line in done.stderr.decode().splitlines() if "uv.lock" in line]
    assert line.startswith("note: ")


def test_generated_bindings_by_cdktf_json(tmp_path: Path) -> None:
    code = BROKEN.replace("cdktf_cdktf_provider_aws", "imports.aws")
    write(
        tmp_path,
        **{
            "main.py": code,
            "cdktf.json": json.dumps({"terraformProviders": [{"name": "aws", "source": "hashicorp/aws", "version": "~> 6.11"}]}),
            "imports/aws/__init__.py": "import this_is_never_read(",
            "imports/aws/_jsii/__init__.py": "",
            "imports/aws/eip/__init__.py": "class Eip(",
        },
    )  # fmt: skip
    done = cdktf_fix("apply", "-v", "--ignore=K", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "main.py").read_text() == code.replace("vpc=True", 'domain="vpc"')
    assert b"imports.aws by cdktf_cdktf_provider_aws 21.9.1 (hashicorp/aws 6.11.0)" in done.stderr
    (tmp_path / "cdktf.json").write_text('{"terraformProviders": ["aws@~> 5.0"]}')
    (tmp_path / "main.py").write_text(code)
    assert cdktf_fix("apply", "--dry-run", "--ignore=K", cwd=tmp_path).returncode == 0


def test_generated_bindings_of_an_unknown_provider_are_not_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "main.py": "from imports.unheard import Thing\nThing(self, 't', name=5)\n",
            "imports/unheard/__init__.py": "import this_is_never_read(",
            "imports/unheard/_jsii/__init__.py": "",
            "cdktf.json": '{"terraformProviders": ["me/unheard@~> 1.0"]}',
        },
    )
    done = cdktf_fix("apply", "--ignore=K", cwd=tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert "cdktf-fix schema add cdktf-cdktf-provider-unheard==VERSION" in line


def test_successor(tmp_path: Path) -> None:
    code = BROKEN.replace("cdktf_cdktf_provider_aws", "cdktn_provider_aws")
    write(tmp_path, **{"main.py": code, "requirements.txt": "cdktn-provider-aws==25.8.1\ncdktn==0.24.0\n"})
    done = cdktf_fix("apply", "-v", cwd=tmp_path)
    assert (tmp_path / "main.py").read_text() == code.replace("vpc=True", 'domain="vpc"')
    assert b"cdktn_provider_aws 25.8.1 (hashicorp/aws 6.69.1)" in done.stderr
    assert b"cdktn 0.24.0" in done.stderr
    assert b"cdktf_cdktf" not in done.stderr


def fake_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ``sitecustomize`` in whose processes a download gives a small provider."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import sys\nfrom cdktf_codemods.schema import assembly\n"
        "def download(requirement):\n"
        "    print('downloads', requirement, file=sys.stderr)\n"
        "    name = 'cdktf_cdktf_provider_datadog'\n"
        "    monitor = {'k': 'resource', 'b': ['cdktf.TerraformResource'], 'c': '.MonitorConfig',\n"
        "               'p': {'scope': '<constructs.Construct>', 'id_': 's'}, 'a': {}}\n"
        "    config = {'k': 'struct', 'p': {'name': 's'}}\n"
        "    modules = {name: {}, name + '.monitor': {'Monitor': monitor, 'MonitorConfig': config}}\n"
        "    return assembly.Assembly(name, name.replace('_', '-'), '12.15.2', 'DataDog/datadog', '3.1.0', 'cdktf', modules)\n"
        "assembly.download = download\n"
    )
    monkeypatch.setenv("CDKTF_FIX_TEST_SITE", str(tmp_path / "site"))


def test_what_is_missing_is_added_there_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_pip(tmp_path, monkeypatch)
    for name in ("a", "b"):
        write(tmp_path, **{f"code/{name}/main.py": DATADOG, f"code/{name}/cdktf.json": "{}"})
    done = cdktf_fix("apply", "--add-schemas", "--ignore=K", "code", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(b"downloads cdktf-cdktf-provider-datadog\n") == 1
    assert b"cdktf_cdktf_provider_datadog 12.15.2 (DataDog/datadog 3.1.0): 2 modules" in done.stderr
    for name in ("a", "b"):
        assert (tmp_path / "code" / name / "main.py").read_text() == DATADOG.replace("name=5", "name='5'")


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"\n", 1), (b"\x04", 1)])
def test_at_a_terminal_it_is_asked(answer: bytes, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_pip(tmp_path, monkeypatch)
    write(tmp_path, **{"code/main.py": DATADOG})
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cdktf_fix", "apply", "code"],
        cwd=tmp_path,
        stdin=end,
        stderr=end,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    os.close(end)
    os.write(terminal, answer)
    said = b""
    try:
        while data := os.read(terminal, 4096):
            said += data
    except OSError:
        pass
    process.communicate()
    os.close(terminal)
    assert b"Add cdktf-cdktf-provider-datadog now? [y/N]" in said
    assert process.returncode == code, said
    assert ((tmp_path / "code" / "main.py").read_text() == DATADOG) == bool(code)


def test_what_cannot_be_added_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, **{"main.py": DATADOG.replace("datadog", "nothing_at_all")})
    done = cdktf_fix("apply", "--add-schemas", cwd=tmp_path)
    assert done.returncode == 2
    assert b"error: cdktf-cdktf-provider-nothing-at-all: " in done.stderr


def test_a_snapshot_of_the_first_format_is_read(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_FORMAT", 1)
    made = Assembly(
        "cdktf_cdktf_provider_x", "cdktf-cdktf-provider-x", "1.0.0", None, None, None, {"cdktf_cdktf_provider_x": {}}
    )
    snapshot = store.save(made, schemas)
    assert (snapshot.core, snapshot.is_core, snapshot.provider) == ("cdktf", False, "x")
    assert Schema([snapshot]).core_name("Fn") == "cdktf.Fn"


def test_a_comment_about_a_version_that_is_not_known_is_not_called_idle(tmp_path: Path) -> None:
    code = BROKEN.rstrip("\n") + "  # cdktf-fix: ignore[A101]\nx = 1  # cdktf-fix: ignore[N101, S102]\n"
    write(tmp_path, **{"main.py": code, "requirements.txt": "cdktf-cdktf-provider-aws==19.65.1\n"})
    done = cdktf_fix("apply", cwd=tmp_path)
    (line,) = [line for line in done.stderr.decode().splitlines() if "X101" in line]
    assert line == "main.py:3:8: X101 this comment silences nothing of `S102`"
