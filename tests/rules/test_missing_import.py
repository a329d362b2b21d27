from __future__ import annotations

import pytest

TRANSFORMED = {
    "a function of cdktf": (
        "from cdktf import App\nx = Fn.join('-', [])\n",
        "from cdktf import App, Fn\nx = Fn.join('-', [])\n",
    ),
    "a construct": (
        "from cdktf import App\nzones = DataAwsAvailabilityZones(self, 'z')\n",
        "from cdktf import App\n"
        "from cdktf_cdktf_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones\n"
        "zones = DataAwsAvailabilityZones(self, 'z')\n",
    ),
    "the standard library": (
        "#!/usr/bin/env python\n# cdktf\nimport os\nx = json.dumps(os.environ)\n",
        "#!/usr/bin/env python\n# cdktf\nimport os\nimport json\nx = json.dumps(os.environ)\n",
    ),
    "an annotation": (
        "from cdktf import App\ndef f(x: Optional[str]): pass\n",
        "from cdktf import App\nfrom typing import Optional\ndef f(x: Optional[str]): pass\n",
    ),
}

NOOP = {
    "bound later": "from cdktf import App\ndef f():\n    return Fn\nFn = 1\n",
    "bound in a class": "from cdktf import App\nclass A:\n    json = 1\n    x = json.y\n",
    "unknown": "from cdktf import App\nx = something.else_()\n",
    "star import": "from cdktf import *\nx = Fn.join('-', [])\n",
    "a variable of that name": "from cdktf import App\nfor time in range(3):\n    print(time.x)\n",
    "comprehension": "from cdktf import App\nx = [string.x for string in y]\n",
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    fixed = fix(before, select={"N103"})
    assert sorted(fixed.splitlines()) == sorted(after.splitlines())
    compile(fixed, "main.py", "exec")


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"N103"})
    assert (result.files, result.findings) == ([], [])


STACK = "from cdktf import TerraformStack\n\n\nclass Network(TerraformStack):\n    pass\n"
MAIN = "from cdktf import App\n\napp = App()\nNetwork(app, 'n')\n"


@pytest.mark.parametrize(
    ("path", "module"), [("network.py", "network"), ("lib/network.py", "lib.network"), ("lib/__init__.py", "lib")]
)
def test_a_class_of_the_project(path: str, module: str, run) -> None:
    result = run({path: STACK, "main.py": MAIN}, select={"N103"})
    assert [each.path for each in result.files] == ["main.py"]
    assert f"from {module} import Network\n" in result.files[0].after


@pytest.mark.parametrize(
    "files",
    [
        {"one.py": STACK, "two.py": STACK, "main.py": MAIN},
        {"one.py": "import main\n" + STACK, "main.py": MAIN},
        {"one.py": STACK.replace("class Network", "class NetworkStack"), "main.py": MAIN},
        {"one.py": "def outer():\n    class Network:\n        pass\n", "main.py": MAIN},
        {"a-b/one.py": STACK, "main.py": MAIN},
    ],
    ids=["two of them", "it imports this one", "another name", "not at the top", "no name for it"],
)
def test_what_the_project_does_not_have_once(files: dict[str, str], run) -> None:
    result = run(files, select={"N103"})
    assert (result.files, result.findings) == ([], [])
