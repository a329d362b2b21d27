"""The kernel without the process that relays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from cdktf_codemods.oracle import Oracle
from cdktf_codemods.oracle.sandbox import descendants

HEAD = """\
import os, subprocess, sys
from cdktf_codemods.oracle import direct
{change}
direct.started_directly(lambda: __import__("cdktf"))
import cdktf, jsii
kernel = jsii.kernel.provider._process._process
print(type(kernel).__name__, cdktf.Testing.app().node.id == "")
"""


def test_a_worker_has_one_node(oracle: Oracle) -> None:
    oracle.warm()
    process = oracle._ready[0].process
    assert process is not None
    commands = [Path(f"/proc/{each}/cmdline").read_text().split("\0") for each in descendants(process.pid)]
    scripts = [part for command in commands for part in command if part.endswith(".js")]
    assert [Path(script).name for script in scripts] == ["program.js"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [("", "_Kernel"), ("direct._KERNEL = direct.Path('lib', 'elsewhere.js')", "Popen")],
    ids=["directly", "as jsii does, where the kernel lies elsewhere"],
)
def test_it_answers_and_ends(change: str, kind: str) -> None:
    code = dedent(HEAD.format(change=change))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == [kind, "True"], done.stderr
    assert done.returncode == 0
