"""What of the machine the sandbox shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cdktf_codemods.oracle import sandbox
from cdktf_codemods.oracle.sandbox import visible


def shows(path: Path) -> bool:
    return any(f"{path}/".startswith(f"{each}/") for each in visible())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "homes" / "somebody"
    (home / ".aws").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.mark.parametrize("above", [".", ".."])
def test_a_python_whose_prefix_is_a_home(home: Path, monkeypatch: pytest.MonkeyPatch, above: str) -> None:
    prefix = os.path.normpath(home / above)
    for name in ("prefix", "base_prefix"):
        monkeypatch.setattr(sys, name, prefix)
    assert not shows(home / ".aws")
    assert shows(Path(sys.executable))


def test_a_home_with_a_folder_called_like_a_package(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as that of somebody's projects, and the program was started there."""
    (home / "cdktf").mkdir()
    (home / "cdktf" / "__init__.py").touch()
    monkeypatch.syspath_prepend(home)
    assert not shows(home / ".aws")


def test_a_folder_called_like_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cdktf").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert not shows(tmp_path / ".env")


def test_schemas_kept_in_a_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDKTF_FIX_SCHEMAS", str(home))
    (home / "a@1.sqlite").touch()
    assert not shows(home / ".aws")
    assert shows(home / "a@1.sqlite")


def test_what_a_version_manager_puts_in_the_place_of_node(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, shim = home / "versions" / "20" / "bin" / "node", home / "shims" / "node"
    for path in (real, shim):
        path.parent.mkdir(parents=True)
    real.write_text("")
    shim.write_text(f"#!/bin/sh\necho {real}\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")
    assert shows(real)
    assert not shows(real.parent / "other")
    assert not shows(shim)
    assert str(real.parent) in sandbox.environment()["PATH"].split(":")


def test_packages_that_only_the_variable_names(tmp_path: Path) -> None:
    """``PYTHONPATH``, and a Python that has none of them itself."""
    (tmp_path / "main.py").write_text(
        "from cdktf import App, TerraformStack\napp = App()\nTerraformStack(app, 's')\napp.synth()\n"
    )
    base = getattr(sys, "_base_executable", sys.executable)
    places = [each for each in sys.path if os.path.isdir(each)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    command = [base, "-m", "cdktf_fix", "verify", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.stdout.partition(": ")[2], done.returncode) == ("synthesises (1 stack, 0 resources)\n", 0), done.stderr
