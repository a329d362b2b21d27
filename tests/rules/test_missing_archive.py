from __future__ import annotations

import io
import zipfile

import pytest
from cdktf_codemods import Repair, Schema, Settings, repair

HEAD = """\
import os
from pathlib import Path
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction as Function
from cdktf_cdktf_provider_aws.lambda_layer_version import LambdaLayerVersion
"""
UNSAFE = Settings(select=frozenset({"V104"}), unsafe=True)


def made(schema: Schema, code: str, path: str = "main.py", present: dict[str, bytes] | None = None) -> Repair:
    return repair({path: HEAD + code}, schema, UNSAFE, resources=present or {})


def files_of(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


CREATED = {
    "the document's": ("Function(s, 'f', filename='lambda_placeholder.zip', handler='index.handler', runtime='python3.11')", "lambda_placeholder.zip", "index.py"),
    "another handler": ("Function(s, 'f', filename='a.zip', handler='src.app.main', runtime='python3.12')", "a.zip", "src/app.py"),
    "Node": ("Function(s, 'f', filename='a.zip', handler='index.handler', runtime='nodejs20.x')", "a.zip", "index.js"),
    "Ruby": ("Function(s, 'f', filename='a.zip', handler='app.run', runtime='ruby3.3')", "a.zip", "app.rb"),
    "variable": ("Z = 'dist/a.zip'\nFunction(s, 'f', filename=Z, handler='index.handler', runtime='python3.11')", "dist/a.zip", "index.py"),
    "beside the file": (
        "Function(s, 'f', filename=os.path.join(os.path.dirname(os.path.abspath(__file__)), 'a.zip'), handler='index.handler', runtime='python3.11')",
        "lib/a.zip",
        "index.py",
    ),
    "pathlib": (
        "Function(s, 'f', filename=str(Path(__file__).resolve().parent / 'x' / 'a.zip'), handler='index.handler', runtime='python3.11')",
        "lib/x/a.zip",
        "index.py",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "path", "module"), CREATED.values(), ids=CREATED)
def test_created(code: str, path: str, module: str, schema: Schema) -> None:
    result = made(schema, code, "lib/main.py")
    assert result.files == []
    assert list(result.created) == [path]
    assert list(files_of(result.created[path])) == [module]
    assert result.created == made(schema, code, "lib/main.py").created


def test_the_function_answers(schema: Schema) -> None:
    code = "Function(s, 'f', filename='a.zip', handler='index.main', runtime='python3.11')"
    namespace: dict[str, object] = {}
    exec(files_of(made(schema, code).created["a.zip"])["index.py"], namespace)
    assert namespace["main"](None, None) == {"statusCode": 200}  # type: ignore[operator]


def test_two_functions_of_one_archive(schema: Schema) -> None:
    code = "".join(
        f"Function(s, '{name}', filename='a.zip', handler='{name}.run', runtime='python3.11')\n" for name in ("x", "y")
    )
    result = made(schema, code)
    assert list(files_of(result.created["a.zip"])) == ["x.py", "y.py"]
    assert len(result.findings) == 1


def test_a_placeholder_says_so(schema: Schema) -> None:
    code = "Function(s, 'f', filename='a.zip', handler='index.main', runtime='python3.11')"
    assert "laceholder" in files_of(made(schema, code).created["a.zip"])["index.py"].splitlines()[0]


ONE = "Function(s, 'f', filename='dist/worker.zip', handler='app.run', runtime='python3.11')"
BODY = b"def run(event, context):\n    return 1\n"
HELD = {
    "in a folder named like the archive": ({"src/worker/app.py": BODY, "src/worker/data.json": b"{}", "src/other/app.py": BODY}, ["app.py", "data.json"]),
    "beside the archive": ({"dist/app.py": BODY, "src/app.py": BODY}, ["app.py"]),
    "in the one place that has it": ({"functions/app.py": BODY, "functions/more/util.py": b"", "README.md": b""}, ["app.py", "more/util.py"]),
    "at the root, the module alone": ({"app.py": BODY, "util.py": b""}, ["app.py"]),
    "beside the stacks, the module alone": ({"lib/app.py": BODY, "lib/stack.py": b"import cdktf\n"}, ["app.py"]),
}  # fmt: skip


@pytest.mark.parametrize(("present", "names"), HELD.values(), ids=HELD)
def test_what_the_project_holds_of_the_function(present: dict[str, bytes], names: list[str], schema: Schema) -> None:
    result = made(schema, ONE, present=present)
    assert list(files_of(result.created["dist/worker.zip"])) == names
    assert files_of(result.created["dist/worker.zip"])["app.py"] == BODY.decode()
    assert result.created == made(schema, ONE, present=dict(reversed(present.items()))).created


def test_another_extension(schema: Schema) -> None:
    code = "Function(s, 'f', filename='a.zip', handler='index.run', runtime='nodejs20.x')"
    result = made(schema, code, present={"fn/index.mjs": b"export const run = async () => 1\n"})
    assert list(files_of(result.created["a.zip"])) == ["index.mjs"]


@pytest.mark.parametrize("present", [{"x/app.py": BODY, "y/app.py": BODY}])
def test_one_of_several_is_shown(present: dict[str, bytes], schema: Schema) -> None:
    result = made(schema, ONE, present=present)
    assert (result.created, [finding.safety for finding in result.findings]) == ({}, ["shown"])


WRITTEN = {
    "zipfile": "import zipfile\nwith zipfile.ZipFile('dist/worker.zip', 'w') as z:\n    z.write('a')\n",
    "by a helper": "import zipfile\nZ = 'dist/worker.zip'\ndef build():\n    zipfile.ZipFile(os.path.join(os.getcwd(), Z), mode='w')\n",
    "make_archive": "import shutil\nshutil.make_archive('dist/worker', 'zip', 'src')\n",
    "open": "open('dist/worker.zip', 'wb').write(b'')\n",
    "pathlib": "Path('dist/worker.zip').write_bytes(b'')\n",
    "a command": "import subprocess\nsubprocess.run(['zip', '-r', 'dist/worker.zip', 'src'])\n",
    "an asset": "from cdktf import TerraformAsset\nTerraformAsset(s, 'a', path='dist/worker.zip')\n",
}


@pytest.mark.parametrize("code", WRITTEN.values(), ids=WRITTEN)
def test_what_the_project_writes_is_left_alone(code: str, schema: Schema) -> None:
    result = made(schema, code + ONE)
    assert (result.created, result.findings) == ({}, [])


def test_reading_is_no_writing(schema: Schema) -> None:
    assert made(schema, "open('dist/worker.zip', 'rb')\n" + ONE).created


@pytest.mark.parametrize("path", ["Makefile", "scripts/build.sh"])
def test_what_a_script_names_is_left_alone(path: str, schema: Schema) -> None:
    result = made(schema, ONE, present={path: b"zip -r dist/worker.zip src\n"})
    assert (result.created, result.findings) == ({}, [])


NOOP = {
    "it is there": "Function(s, 'f', filename='there.zip', handler='index.handler', runtime='python3.11')",
    "from a bucket": "Function(s, 'f', s3_bucket='b', s3_key='a.zip', handler='index.handler', runtime='python3.11')",
    "an asset": "Function(s, 'f', filename=asset.path, handler='index.handler', runtime='python3.11')",
    "outside of the project": "Function(s, 'f', filename='/tmp/a.zip', handler='index.handler', runtime='python3.11')",
    "own class": "class Function: pass\nFunction(filename='a.zip', handler='index.handler', runtime='python3.11')",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, schema: Schema) -> None:
    result = made(schema, code, present={"there.zip": b""})
    assert (result.created, result.findings) == ({}, [])


SHOWN = {
    "compiled": "Function(s, 'f', filename='a.zip', handler='com.X::run', runtime='java21')",
    "unknown handler": "Function(s, 'f', filename='a.zip', handler=h, runtime='python3.11')",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, schema: Schema) -> None:
    result = made(schema, code)
    assert result.created == {}
    assert [finding.safety for finding in result.findings] == ["shown"]


def test_nothing_is_said_where_the_folder_is_not_known(schema: Schema) -> None:
    code = HEAD + "Function(s, 'f', filename='a.zip', handler='index.handler', runtime='python3.11')"
    assert repair({"main.py": code}, schema, UNSAFE).findings == []


def test_it_is_said_once_though_the_statement_is_laid_out_anew(schema: Schema) -> None:
    code = "Function(s, 'f', function_name='f', handler='a.b', runtime='python3.9', role='arn:r', filename='a.zip', tags={'a': 1})\n"
    code = code.replace("arn:r", "arn:" + "r" * (122 - len(code)))
    result = repair({"main.py": HEAD + code}, schema, Settings(unsafe=True), resources={})
    assert "Function(\n    s, " in result.files[0].after
    assert [each.code for each in result.findings] == ["V104", "A102"]
    assert list(result.created) == ["a.zip"]
