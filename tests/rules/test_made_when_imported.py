"""Stacks that a module makes when it is imported, and that the one which imports it makes again."""

from __future__ import annotations

from pathlib import Path

import pytest
from cdktf_codemods.oracle import Oracle

HEAD = """\
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue
class Shop(TerraformStack):
    def __init__(self, scope, name, size=1):
        super().__init__(scope, name)
        AwsProvider(self, 'aws', region='eu-west-1')
        SqsQueue(self, 'q', name=name)
"""
MAIN = "from shop import Shop, app\nShop(app, 'shop')\napp.synth()\n"

TRANSFORMED = {
    "with the synthesis": (
        "app = App()\n# the shop\nShop(\n    app,  # all\n    'shop',\n)\napp.synth()\n",
        "app = App()\n# the shop\nif __name__ == '__main__':\n    Shop(\n        app,  # all\n        'shop',\n    )\n    app.synth()\n",
        MAIN,
    ),
    "without": (
        "app = App()\nshop = Shop(app, 'shop')\nprint(app)\napp.synth()\n",
        "app = App()\nif __name__ == '__main__':\n    shop = Shop(app, 'shop')\nprint(app)\napp.synth()\n",
        MAIN,
    ),
    "several": (
        "app = App()\nShop(app, 'shop')\nShop(app, 'more')\napp.synth()\n",
        "app = App()\nif __name__ == '__main__':\n    Shop(app, 'shop')\n    Shop(app, 'more')\n    app.synth()\n",
        "import shop as s\nfrom shop import app as the_app\nfor_all = the_app\ns.Shop(for_all, 'more')\n" + MAIN,
    ),
    "the other does not synthesise": (
        "app = App()\nShop(app, 'shop')\napp.synth()\n",
        "app = App()\nif __name__ == '__main__':\n    Shop(app, 'shop')\napp.synth()\n",
        "from shop import Shop, app\nShop(app, 'shop')\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "main"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, main: str, run) -> None:
    result = run({"shop.py": HEAD + before, "main.py": main}, select={"A123", "A121"}, unsafe=True)
    assert {each.path: each.after for each in result.files} == {"shop.py": HEAD + after}


def test_it_is_unsafe_and_says_who_makes_it_again(run) -> None:
    result = run({"shop.py": HEAD + TRANSFORMED["without"][0], "main.py": MAIN}, select={"A123", "A121"})
    assert result.files == []
    (finding,) = result.findings
    assert (finding.path, finding.safety) == ("shop.py", "unsafe")
    assert finding.message.endswith(": main.py:2")


SHOWN = {
    "read by others": "app = App()\nshop = Shop(app, 'shop')\nprint(shop)\n",
    "between": "app = App()\nShop(app, 'shop')\nprint(app)\nShop(app, 'more')\n",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    files = {"shop.py": HEAD + code, "main.py": MAIN + "Shop(app, 'more')\n"}
    result = run(files, select={"A123", "A121"}, unsafe=True)
    assert result.files == []
    assert [each.safety for each in result.findings] == ["shown"]


NOOP = {
    "an app of its own": ("app = App()\nShop(app, 'shop')\napp.synth()\n", "from shop import Shop, App\napp = App()\nShop(app, 'shop')\napp.synth()\n"),
    "another stack": ("app = App()\nShop(app, 'one')\n", MAIN),
    "behind `__main__`": ("app = App()\nif __name__ == '__main__':\n    Shop(app, 'shop')\n", MAIN),
    "in a function": ("app = App()\ndef make():\n    Shop(app, 'shop')\n", MAIN),
    "made there alone": ("app = App()\nShop(app, 'shop')\n", "from shop import app\napp.synth()\n"),
    "perhaps imported": ("app = App()\nShop(app, 'shop')\n", "try:\n    from shop import Shop, app\nexcept ImportError:\n    from cdktf import App\n    app = App()\nShop(app, 'shop')\napp.synth()\n"),
    "each from the other": ("from main import app\n", "from shop import app\n"),
}  # fmt: skip


@pytest.mark.parametrize(("shop", "main"), NOOP.values(), ids=NOOP)
def test_left_alone(shop: str, main: str, run) -> None:
    result = run({"shop.py": HEAD + shop, "main.py": main}, select={"A123", "A121"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


def test_before_the_real_package(run, oracle: Oracle, tmp_path: Path) -> None:
    before, _, main = TRANSFORMED["several"]
    files = {"shop.py": HEAD + before, "main.py": main}
    for path, code in files.items():
        (tmp_path / path).write_text(code, encoding="utf-8")
    assert "There is already a Construct with name" in (oracle.synthesize(tmp_path).error or "")
    for each in run(files, select={"A123"}, unsafe=True).files:
        (tmp_path / each.path).write_text(each.after, encoding="utf-8")
    after = oracle.synthesize(tmp_path)
    assert (after.error, sorted(after.stacks)) == (None, ["more", "shop"])
