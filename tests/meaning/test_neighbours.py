"""Which files can reach each other, and that a caller which is hard to see is among them."""

from __future__ import annotations

import pytest
from cdktf_codemods import Schema, repair
from cdktf_codemods.meaning.neighbours import Neighbours

FILES = {
    "main.py": "from stacks.network import Network\n",
    "stacks/__init__.py": "",
    "stacks/network.py": "class Network: ...\n",
    "stacks/base.py": "from . import VERSION\n",
    "alone.py": "class Network: ...\n",
    "patching/test_it.py": 'patch("stacks.network.Network")\n',
    "patching/conftest.py": "network = 1\n",
    "patching/test_other.py": "def test(network): ...\n",
    "far/deep.py": "Network = 1\n",
}


def test_files_that_spell_each_other_are_together() -> None:
    found = Neighbours(FILES).with_word("stacks/network.py", "Network")
    assert found == ["main.py", "patching/test_it.py", "stacks/network.py"]


def test_a_package_is_together_with_what_is_in_it() -> None:
    assert Neighbours(FILES).with_word("stacks/__init__.py", "VERSION") == ["stacks/base.py"]


def test_a_conftest_is_together_with_the_tests_below_it() -> None:
    assert "patching/conftest.py" in Neighbours(FILES).with_word("patching/test_other.py", "network")


@pytest.mark.parametrize(
    "code", ["importlib.import_module(name).Network", "exec(text, {'Network': 1})", "runpy.run_path(path)['Network']"]
)
def test_a_file_that_works_out_whom_it_reaches_is_together_with_all(code: str) -> None:
    files = {**FILES, "loader.py": code}
    assert Neighbours(files).with_word("alone.py", "Network") == sorted(
        [path for path in files if "Network" in files[path]]
    )


def test_a_change_that_brings_files_together_is_told_to_who_asked() -> None:
    neighbours = Neighbours(FILES)
    assert neighbours.with_word("alone.py", "Network") == ["alone.py"]
    assert neighbours.change("far/deep.py", FILES["far/deep.py"], "import alone\nNetwork = 1\n") == {"alone.py"}
    assert neighbours.with_word("alone.py", "Network") == ["alone.py", "far/deep.py"]


STACK = (
    "from cdktf import TerraformStack\n\n\nclass Network(TerraformStack):\n"
    "    def __init__(self, scope, id):\n        super().__init__(scope, id)\n"
)
RENAMED = STACK.replace("id)", "construct_id)")


@pytest.mark.parametrize(
    "caller",
    [
        'import importlib\n\nimportlib.import_module("stacks." + name).Network(app, id="x")\n',
        'import sys\n\nsys.path.insert(0, "stacks")\nimport network as n\n\nn.Network(app, id="x")\n',
        'import sys\n\nsys.path.append("stacks")\nfrom network import Network as N\n\nN(app, id="x")\n',
        'from stacks import network\n\ngetattr(network, "Network")(app, id="x")\n',
        'from pydoc import locate\n\nlocate("stacks.network.Network")(app, id="x")\n',
        'import stacks.network\n\n\ndef make(module):\n    module.Network(app, id="x")\n',
    ],
)
def test_a_caller_that_is_hard_to_see_is_not_overlooked(caller: str, schema: Schema) -> None:
    result = repair({"stacks/network.py": STACK, "main.py": caller}, schema)
    assert [each.code for each in result.findings if each.code == "L101"] == ["L101"]
    assert not result.files


def test_a_stranger_with_a_class_of_the_same_name_does_not_matter(schema: Schema) -> None:
    stranger = 'import shop\n\nshop.Network(1, id="x")\n'
    result = repair({"infra/network.py": STACK, "web/views.py": stranger}, schema)
    assert [(each.path, each.after) for each in result.files] == [("infra/network.py", RENAMED)]
