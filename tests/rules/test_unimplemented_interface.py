from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = "import jsii\nimport cdktf\nfrom cdktf import App, Aspects, IAspect, TerraformOutput, TerraformStack\n\n\nclass Mixin:\n    seen = 'seen'\n\n\n"
BODY = "\n    def visit(self, node):\n        if isinstance(node, TerraformOutput):\n            node.add_override('description', 'seen')\n"
TAIL = "\n\napp = App()\nstack = TerraformStack(app, 's')\nTerraformOutput(stack, 'o', value='1')\nAspects.of(stack).add(Tagger())\napp.synth()\n"

TRANSFORMED = {
    "alone": ("class Tagger(IAspect):", "@jsii.implements(IAspect)\nclass Tagger:"),
    "by the module": ("class Tagger(cdktf.IAspect):  # tags", "@jsii.implements(cdktf.IAspect)\nclass Tagger:  # tags"),
    "with another base": ("class Tagger(Mixin, IAspect):", "@jsii.implements(IAspect)\nclass Tagger(Mixin):"),
    "before another base": ("class Tagger(IAspect, Mixin):", "@jsii.implements(IAspect)\nclass Tagger(Mixin):"),
    "with a comment above": ("# Tags all.\nclass Tagger(IAspect):", "# Tags all.\n@jsii.implements(IAspect)\nclass Tagger:"),
}  # fmt: skip
NOOP = {
    "implemented": "@jsii.implements(IAspect)\nclass Tagger:\n    pass\n",
    "a protocol of its own": "from typing import Protocol\n\n\nclass Tagger(IAspect, Protocol):\n    pass\n",
    "another IAspect": "class IAspect:\n    pass\n\n\nclass Tagger(IAspect):\n    pass\n",
    "a construct": "class Stack(TerraformStack):\n    pass\n",
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix, oracle: Oracle, tmp_path: Path) -> None:
    code = HEAD + before + BODY + TAIL
    fixed = fix(code)
    assert fixed == HEAD + after + BODY + TAIL
    (tmp_path / "main.py").write_text(code)
    assert oracle.synthesize(tmp_path).failure is not None
    (tmp_path / "main.py").write_text(fixed)
    answer = oracle.synthesize(tmp_path)
    assert answer.failure is None, answer.failure
    assert answer.stacks["s"]["output"]["o"]["description"] == "seen"


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"A112"})
    assert (result.files, result.findings) == ([], [])


def test_jsii_is_imported(fix) -> None:
    fixed = fix("from cdktf import IAspect\n\n\nclass Tagger(IAspect):\n    def visit(self, node): ...\n")
    assert "import jsii\n" in fixed
    assert "@jsii.implements(IAspect)\nclass Tagger:\n" in fixed
