from __future__ import annotations

import pytest

STACK = """\
from cdktf import TerraformStack


class TradingPlatformStack(TerraformStack):
    def __init__(self, scope, construct_id, *, region, environment_suffix="dev"):
        super().__init__(scope, construct_id)


class Helper:
    pass
"""
LIB = {"lib/__init__.py": "", "lib/tap_stack.py": STACK}

TRANSFORMED = {
    "the document's": (
        "from lib.tap_stack import TapStack\nstack = TapStack(app, 's', region='r')\n",
        "from lib.tap_stack import TradingPlatformStack\nstack = TradingPlatformStack(app, 's', region='r')\n",
    ),
    "alias": (
        "from lib.tap_stack import TapStack as S\nS(app, 's', region='r')\n",
        "from lib.tap_stack import TradingPlatformStack as S\nS(app, 's', region='r')\n",
    ),
    "beside others": (
        "from lib.tap_stack import (\n    Helper,\n    TapStack,  # it\n)\nx: TapStack = Helper()\n",
        "from lib.tap_stack import (\n    Helper,\n    TradingPlatformStack,  # it\n)\nx: TradingPlatformStack = Helper()\n",
    ),
    "imported both ways": (
        "from lib.tap_stack import TapStack, TradingPlatformStack\nTapStack\nTradingPlatformStack\n",
        "from lib.tap_stack import TradingPlatformStack\nTradingPlatformStack\nTradingPlatformStack\n",
    ),
    "a patch": (
        "from unittest.mock import patch\nfrom lib.tap_stack import TapStack\n@patch('lib.tap_stack.TapStack')\ndef f(m): TapStack\n",
        "from unittest.mock import patch\nfrom lib.tap_stack import TradingPlatformStack\n@patch('lib.tap_stack.TradingPlatformStack')\ndef f(m): TradingPlatformStack\n",
    ),
    "in a function": (
        "def f():\n    from lib.tap_stack import TapStack\n    return TapStack\n",
        "def f():\n    from lib.tap_stack import TradingPlatformStack\n    return TradingPlatformStack\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, run) -> None:
    files = run({**LIB, "tests/test_x.py": before}, select={"N104"}).files
    assert [(file.path, file.after) for file in files] == [("tests/test_x.py", after)]


NOOP = {
    "it exists": "from lib.tap_stack import TradingPlatformStack, Helper\n",
    "a function": "from lib.tap_stack import make_stack\n",
    "another package": "from tap_stack_library import TapStack\n",
    "a factory": "from lib.tap_stack import TradingPlatformStack as S\ndef make(app, name) -> S:\n    return S(app, name, region='r', environment_suffix='x')\nmake(app=1, name='s')\n",
    "tried": "try:\n    from lib.tap_stack import TapStack\nexcept ImportError:\n    TapStack = None\n",
    "meant to fail": "import pytest\nfrom lib.tap_stack import TradingPlatformStack as S\nwith pytest.raises(TypeError):\n    S(a, 's', x=1)\n",
    "the right keywords": "from lib.tap_stack import TradingPlatformStack as S\nS(app, 's', region='r', environment_suffix='x')\n",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({**LIB, "tests/test_x.py": code}, select={"N104"})
    assert (result.files, result.findings) == ([], [])


def test_keywords_that_are_not_taken_are_shown(run) -> None:
    code = "from lib.tap_stack import TapStack\nTapStack(app, 's', region='r', aws_region='r', default_tags={})\n"
    result = run({**LIB, "tests/test_x.py": code}, select={"N104"})
    shown = [finding.message for finding in result.findings if finding.safety == "shown"]
    assert len(result.files) == 1
    assert [("aws_region" in each, "default_tags" in each) for each in shown] == [(True, False), (False, True)]


def test_two_stacks_are_shown(run) -> None:
    two = {**LIB, "lib/tap_stack.py": STACK + "\n\nclass Other(TerraformStack):\n    pass\n"}
    result = run({**two, "main.py": "from lib.tap_stack import TapStack\n"}, select={"N104"})
    assert result.files == []
    assert ["`TradingPlatformStack`, `Other`" in finding.message for finding in result.findings] == [True]


def test_a_name_that_may_come_from_a_star_is_left_alone(run) -> None:
    star = {**LIB, "lib/tap_stack.py": f"from lib.more import *\n{STACK}"}
    assert run({**star, "main.py": "from lib.tap_stack import TapStack\n"}, select={"N104"}).findings == []


@pytest.mark.parametrize("more", ["def __getattr__(name): return Helper\n", "globals()['TapStack'] = Helper\n"])
def test_names_that_no_statement_binds(more: str, run) -> None:
    files = {"lib/tap_stack.py": STACK + more, "main.py": "from lib.tap_stack import TapStack\nTapStack\n"}
    assert run(files, select={"N104"}).files == []
