from __future__ import annotations

import pytest

HEAD = "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket as Bucket\n"
TRANSFORMED = {
    "a keyword": ("Bucket(s, 'b', force_destroy=true)\n", "Bucket(s, 'b', force_destroy=True)\n"),
    "in a dict": ("o = {'force_destroy': false, 'x': [null]}\n", "o = {'force_destroy': False, 'x': [None]}\n"),
    "a default": ("def f(x=null):\n    return x\n", "def f(x=None):\n    return x\n"),
    "a condition": ("y = 1 if true else 2  # true\n", "y = 1 if True else 2  # true\n"),
    "in an f-string": ("z = f'{true} true'\n", "z = f'{True} true'\n"),
    "in a method": (
        "class A:\n    def f(self):\n        return Bucket(\n            self, 'b',\n            force_destroy=true,  # gone\n        )\n",
        "class A:\n    def f(self):\n        return Bucket(\n            self, 'b',\n            force_destroy=True,  # gone\n        )\n",
    ),
}  # fmt: skip
NOOP = {
    "bound": "true, false, null = True, False, None\nBucket(s, 'b', force_destroy=true)\n",
    "imported": "from settings import true\nBucket(s, 'b', force_destroy=true)\n",
    "a parameter": "def f(null):\n    return null\n",
    "bound later": "def f():\n    return true\ntrue = 1\n",
    "a keyword's name": "dict(true=1, null=2)\n",
    "an attribute": "x.true\n",
    "in a text": 'policy = \'{"a": true, "b": null}\'\n',
    "tried": "try:\n    true\nexcept NameError:\n    true = True\n",
    "asked for": "try:\n    x = null\nexcept NameError:\n    x = None\n",
    "from a star": "from settings import *\nprint(true)\n",
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(HEAD + before, select={"N105"}) == HEAD + after


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": HEAD + code}, select={"N105"})
    assert (result.files, result.findings) == ([], [])
