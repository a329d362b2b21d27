from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = "import abc\nimport jsii\nfrom abc import ABC, abstractmethod\n\nfrom cdktf import App, TerraformOutput, TerraformStack\n\n\n"
BODY = "\n    @abstractmethod\n    def build(self): ...\n"

TRANSFORMED = {
    "behind": ("class Base(TerraformStack, ABC):", "class Base(TerraformStack, metaclass=jsii.JSIIAbstractClass):"),
    "in front": (
        "class Base(abc.ABC, TerraformStack):",
        "class Base(TerraformStack, metaclass=jsii.JSIIAbstractClass):",
    ),
    "by its metaclass": (
        "class Base(TerraformStack, metaclass=abc.ABCMeta):",
        "class Base(TerraformStack, metaclass=jsii.JSIIAbstractClass):",
    ),
    "on lines of its own": (
        "class Base(\n    TerraformStack,  # all of it\n    ABC,\n):",
        "class Base(\n    TerraformStack,  # all of it\n    metaclass=jsii.JSIIAbstractClass,\n):",
    ),
    "by a class of the project": (
        "class Built(ABC):\n    pass\n\n\nclass Base(Built, TerraformStack):",
        "class Built(ABC):\n    pass\n\n\nclass Base(Built, TerraformStack, metaclass=jsii.JSIIAbstractClass):",
    ),
}
NOOP = {
    "no construct": "class Base(ABC):\n    pass\n",
    "another ABC": "class ABC:\n    pass\n\n\nclass Base(TerraformStack, ABC):\n    pass\n",
    "both already": "class Base(TerraformStack, metaclass=jsii.JSIIAbstractClass):\n    pass\n",
    "both already, by its base": (
        "class Base(TerraformStack, metaclass=jsii.JSIIAbstractClass):\n    pass\n\n\nclass Inner(Base, ABC):\n    pass\n"
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(HEAD + before + BODY, select={"A124"}) == HEAD + after + BODY


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A124"})
    assert (result.files, result.findings) == ([], [])


def test_abstract_methods_are_still_asked_for(fix, oracle: Oracle, tmp_path: Path) -> None:
    """All spellings in one project: none can be imported before; after, their subclasses are made, and they are not."""
    names = [f"Base{at}" for at in range(len(TRANSFORMED))]
    bases = [
        f"{before.replace('Base', name).replace('Built', f'Built{name}')}{BODY}\n\n"
        for name, (before, _) in zip(names, TRANSFORMED.values(), strict=True)
    ]
    uses = [
        f"class Of{name}({name}):\n    def build(self):\n        TerraformOutput(self, 'o', value='1')\n\n\n"
        f"Of{name}(app, '{name}').build()\ntry:\n    {name}(app, 'none')\n    raise SystemExit(1)\nexcept TypeError:\n    pass\n\n\n"
        for name in names
    ]
    for base in bases:
        (tmp_path / "main.py").write_text(HEAD + base)
        assert "metaclass conflict" in str(oracle.synthesize(tmp_path).failure)
    (tmp_path / "main.py").write_text(fix(HEAD + "".join(bases) + "app = App()\n" + "".join(uses) + "app.synth()\n"))
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None, answer.failure
    assert sorted(answer.stacks) == names
