"""Responses in Markdown by the program: repaired across their files in place, run, and shown as what they are."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from .test_apply import BROKEN, FIXED, cdktf_fix, git

RESPONSE = """\
I use four files:

```
├── main.py
└── lib/
```

## `main.py`

```python
#!/usr/bin/env python3
from cdktf import App
from lib.tap_stack import TapStack

app = App()
TapStack(app, "tap")
app.synth()
```

## File: tap_stack.py

````python
from cdktf import TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from lib.network import Network
from lib.storage import Storage


class TapStack(TerraformStack):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        AwsProvider(self, "aws", region="us-east-1")
        address = {"vpc": True}
        Network(self, "network", address)
        Storage(self, "storage")
````

1. **lib/network.py** – addresses

   ```python
   from constructs import Construct
   from cdktf_cdktf_provider_aws.eip import Eip

   class Network(Construct):
       def __init__(self, scope, ns, address):
           super().__init__(scope, ns)
           Eip(self, "ip", **address)
           Eip(self, "other", vpc=True)
   ```

2. `lib/storage.py`:

~~~py
from constructs import Construct
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning


class Storage(Construct):
    def __init__(self, scope, ns):
        super().__init__(scope, ns)
        bucket = S3Bucket(self, "data")
        S3BucketVersioning(self, "v", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
~~~

```bash
cdktf synth
```
"""
ADDRESS = """\
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.provider import AwsProvider
"""
IMPORT = RESPONSE[: RESPONSE.index("import S3BucketVersioning")].count("\n") + 1
"""The line of what fails first."""
REPAIRED = (
    RESPONSE.replace('{"vpc": True}', '{"domain": "vpc"}')
    .replace("vpc=True", 'domain="vpc"')
    .replace("S3BucketVersioning", "S3BucketVersioningA")
)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_its_diff_applies(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "answer.md"
    file.write_bytes(RESPONSE.replace("\n", ending).encode())
    git("init", "-q", cwd=tmp_path)
    done = cdktf_fix("apply", "--dry-run", "answer.md", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert file.read_bytes() == RESPONSE.replace("\n", ending).encode()
    assert f"answer.md:{IMPORT}:59: N101".encode() in done.stderr
    git("apply", "--whitespace=nowarn", cwd=tmp_path, data=done.stdout)
    assert file.read_bytes().decode() == REPAIRED.replace("\n", ending)


def test_repaired_across_its_files_in_place_and_verified(tmp_path: Path) -> None:
    file = tmp_path / "answer.md"
    file.write_text(RESPONSE)
    done = cdktf_fix("apply", "--verify", "answer.md", cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert f"answer.md: before: fails at answer.md:{IMPORT}: ImportError" in said
    assert "answer.md: after: synthesises (1 stack, 4 resources)" in said
    assert file.read_text() == REPAIRED
    verified = cdktf_fix("verify", "answer.md", cwd=tmp_path)
    assert (verified.returncode, verified.stdout) == (0, b"answer.md: synthesises (1 stack, 4 resources)\n")
    again = cdktf_fix("apply", "answer.md", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, b"")


def test_below_a_folder_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(RESPONSE)
    (tmp_path / "a.py").write_text(BROKEN)
    assert cdktf_fix("apply", cwd=tmp_path).returncode == 0
    assert (tmp_path / "README.md").read_text() == RESPONSE
    assert (tmp_path / "a.py").read_text() == FIXED


def test_bad_ones_cost_no_other(tmp_path: Path) -> None:
    (tmp_path / "cut.md").write_text(f"## a.py\n```python\n{BROKEN}```\n## b.py\n```python\nimport cdktf\nclass (")
    (tmp_path / "out.md").write_text(f"## ../../x.py\n```python\n{BROKEN}```\n")
    (tmp_path / "latin.md").write_bytes(b"# \xe9\n")
    (tmp_path / "prose.md").write_text("Nothing.\n")
    (tmp_path / "good.md").write_text(f"```python\n{BROKEN}```\n")
    done = cdktf_fix("apply", "cut.md", "out.md", "latin.md", "prose.md", "none.md", "good.md", cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert "Traceback" not in said
    assert "error: cut.md:9:7: cannot parse" in said
    assert "error: out.md:3: '../../x.py' is no path below the project's root" in said
    assert "error: latin.md:1: byte 0xe9 is not UTF-8" in said
    assert "note: prose.md: no Python in it" in said
    assert "error: none.md: cannot read" in said
    assert FIXED in (tmp_path / "good.md").read_text()
    assert FIXED in (tmp_path / "cut.md").read_text()
    assert BROKEN in (tmp_path / "out.md").read_text()


def _applied(text: str, findings: list[dict[str, object]]) -> str:
    edits = {(each["start"], each["end"], each["text"]) for found in findings for each in found["edits"]}  # type: ignore[attr-defined]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_edits_of_check_are_those_of_the_markdown(tmp_path: Path, ending: str) -> None:
    text = RESPONSE.replace("\n", ending)
    (tmp_path / "answer.md").write_bytes(text.encode())
    done = cdktf_fix("check", "--output-format", "json", "answer.md", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    findings = json.loads(done.stdout)
    findings = findings["findings"] if isinstance(findings, dict) else findings
    assert _applied(text, findings) == REPAIRED.replace("\n", ending)
    lines = text.split(ending)
    for each in findings:
        assert each["path"] == "answer.md"
        assert {edit["path"] for edit in each["edits"]} == {"answer.md"}
        assert each["end_line"] == each["line"]
        shown = lines[each["line"] - 1][each["column"] - 1 : each["end_column"] - 1]
        assert not shown or "vpc" in shown or shown.startswith("S3BucketVersioning"), each
    assert any(each["where"].startswith("lib/network.py > Network.__init__ > Eip") for each in findings)


def test_check_shows_the_markdown(tmp_path: Path) -> None:
    (tmp_path / "answer.md").write_text(RESPONSE)
    line = RESPONSE[: RESPONSE.index('Eip(self, "other"')].count("\n") + 1
    full = cdktf_fix("check", "answer.md", cwd=tmp_path).stdout.decode()
    assert f"--> answer.md:{line}:" in full
    assert f'{line} |            Eip(self, "other", vpc=True)' in full
    github = cdktf_fix("check", "--output-format", "github", "answer.md", cwd=tmp_path).stdout.decode()
    assert f"file=answer.md,line={line}," in github
    sarif = json.loads(cdktf_fix("check", "--output-format", "sarif", "answer.md", cwd=tmp_path).stdout)
    regions = [each["locations"][0]["physicalLocation"] for each in sarif["runs"][0]["results"]]
    assert line in {each["region"]["startLine"] for each in regions}


def test_a_baseline_outlives_moved_lines_of_the_markdown(tmp_path: Path) -> None:
    file = tmp_path / "answer.md"
    file.write_text(RESPONSE)
    assert cdktf_fix("check", "--baseline", "b.json", "--write-baseline", "answer.md", cwd=tmp_path).returncode == 0
    file.write_text("More words.\n\n" + RESPONSE)
    done = cdktf_fix("check", "--baseline", "b.json", "answer.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr


def test_its_own_files_choose_the_version_else_those_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("cdktf-cdktf-provider-aws==9.0.0\n")
    code = "```python\n" + BROKEN + "```\n"
    (tmp_path / "plain.md").write_text(code)
    (tmp_path / "own.md").write_text(code + "\n`requirements.txt`\n\n```\ncdktf-cdktf-provider-aws==8.0.0\n```\n")
    plain, own = (cdktf_fix("check", name, cwd=tmp_path).stderr.decode() for name in ("plain.md", "own.md"))
    assert "9.0.0" in plain
    assert "8.0.0" not in plain
    assert "wants cdktf-cdktf-provider-aws==8.0.0" in own
    assert "wants cdktf-cdktf-provider-aws==9.0.0" not in own


def _rows() -> list[dict[str, object]]:
    return [
        {"id": 1, "out": FIXED},
        {"id": 2, "out": BROKEN, "é": 1.0},
        {"id": 3, "out": None},
        {"id": 4, "out": RESPONSE},
        {"id": 5, "out": [{"role": "user", "content": "x"}, {"role": "assistant", "content": BROKEN}]},
        {"id": 6, "out": {"lib/x.py": BROKEN}},
    ]


@pytest.mark.parametrize("name", ["t.jsonl", "t.ndjson.gz"])
def test_a_table_is_repaired_row_by_row(tmp_path: Path, name: str) -> None:
    text = "".join(json.dumps(row) + "\n" for row in _rows()) + "{cut off"
    file = tmp_path / name
    packed = name.endswith(".gz")
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    before = file.read_bytes()
    done = cdktf_fix("apply", "--dry-run", "--field", "out", name, cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert file.read_bytes() == before
    assert f"error: {name}:3: null" in said
    assert f"error: {name}:7: no JSON" in said
    assert f"{name}:2:2:" in said
    assert f"{name}:6:lib/x.py:2:" in said
    done = cdktf_fix("apply", "--field", "out", name, cwd=tmp_path) if packed else done
    if not packed:
        git("init", "-q", cwd=tmp_path)
        git("apply", cwd=tmp_path, data=done.stdout)
    after = gzip.decompress(file.read_bytes()).decode() if packed else file.read_text()
    lines, old = after.split("\n"), text.split("\n")
    assert [lines[at] for at in (0, 2, 6)] == [old[at] for at in (0, 2, 6)]
    assert json.loads(lines[1]) == {"id": 2, "out": FIXED, "é": 1.0}
    assert json.loads(lines[3])["out"] == REPAIRED
    assert json.loads(lines[4])["out"][1]["content"] == FIXED
    assert json.loads(lines[5])["out"] == {"lib/x.py": FIXED}


def test_check_and_verify_stand_at_the_row(tmp_path: Path) -> None:
    rows = [{"out": RESPONSE}, {"out": "print(1)\n", "other": 1}]
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = cdktf_fix("check", "--output-format", "json-lines", "t.jsonl", cwd=tmp_path)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(each["path"], each["line"], each["column"]) for each in found} == {("t.jsonl", 1, 1)}
    assert any(each["message"].startswith("lib/network.py:8:") for each in found)
    verified = cdktf_fix("verify", "t.jsonl", cwd=tmp_path).stdout.decode()
    assert f"t.jsonl:1: fails at t.jsonl:1:{IMPORT}: ImportError" in verified


def test_several_columns_and_none_are_said_once(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text((json.dumps({"a": BROKEN, "b": BROKEN}) + "\n") * 3)
    (tmp_path / "none.jsonl").write_text((json.dumps({"a": "x", "b": 1}) + "\n") * 3)
    done = cdktf_fix("apply", "two.jsonl", "none.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    errors = [line for line in done.stderr.decode().splitlines() if line.startswith("error")]
    assert errors == [
        "error: two.jsonl: --field is needed: a, b may each be meant",
        "error: none.jsonl:1: --field is needed: none of a, b surely holds a response",
    ]


@pytest.mark.parametrize("name", ["x.md", "x.jsonl", "x.jsonl.gz"])
def test_a_named_pipe_makes_nobody_wait(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (tmp_path / "a.py").write_text(BROKEN)
    done = cdktf_fix("apply", name, "a.py", cwd=tmp_path)
    assert done.returncode == 2
    assert f"error: {name}: cannot read: a named pipe, not a file" in done.stderr.decode()
    assert (tmp_path / "a.py").read_text() == FIXED


def test_another_language_in_a_python_fence_costs_that_file(tmp_path: Path) -> None:
    text = f'`main.tf.py`\n\n```python\nresource "aws_eip" "x" {{}}\n```\n\n`lib/x.py`\n\n```python\n{BROKEN}```\n'
    (tmp_path / "x.md").write_text(text)
    done = cdktf_fix("apply", "x.md", cwd=tmp_path)
    assert "error: x.md:4:" in done.stderr.decode()
    assert done.returncode == 2
    assert (tmp_path / "x.md").read_text() == text.replace("vpc=True", 'domain="vpc"')


def test_a_notebook_is_repaired_in_its_cells_and_verified(tmp_path: Path) -> None:
    imports = ["from cdktf import App, TerraformStack", *ADDRESS.splitlines()[:2]]
    cells = (
        ["%pip install cdktf\n", *(f"{line}\n" for line in imports)],
        ["%%bash\n", "cdktf get"],
        ["stack = TerraformStack(App(), 's')\n", "AwsProvider(stack, 'aws')\n", "Eip(stack, 'ip', vpc=True)\n", "!ls"],
        "stack.node.root.synth()",
    )
    made = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in cells]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}, indent=1)
    fixed = text.replace("vpc=True", "domain='vpc'")
    file = tmp_path / "n.ipynb"
    file.write_text(text)
    git("init", "-q", cwd=tmp_path)
    done = cdktf_fix("apply", "--dry-run", "n.ipynb", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert b"n.ipynb:cell 3:3:18: A101 [*]" in done.stderr
    git("apply", "--check", cwd=tmp_path, data=done.stdout)
    found = cdktf_fix("check", "--output-format", "json-lines", "n.ipynb", cwd=tmp_path)
    assert _applied(text, [json.loads(each) for each in found.stdout.splitlines()]) == fixed
    done = cdktf_fix("apply", "--verify", "n.ipynb", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert b"n.ipynb: before: fails at n.ipynb:cell 3:3: TypeError" in done.stderr
    assert b"n.ipynb: after: synthesises (1 stack, 1 resource)" in done.stderr
    assert b"in 1 file" in done.stderr
    assert file.read_text() == fixed
