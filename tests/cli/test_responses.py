"""Responses in Markdown by the program: repaired across their files in place, run, and shown as what they are."""

from __future__ import annotations

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
