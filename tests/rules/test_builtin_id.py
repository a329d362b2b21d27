from __future__ import annotations

from textwrap import dedent

import pytest
from cdktf_codemods import Schema, Settings, repair

NOOP = {
    "not a construct": "class A:\n    def __init__(self, scope, id):\n        self.id = id\n",
    "another method": "from constructs import Construct\nclass A(Construct):\n    def f(self, id):\n        return 1\n",
    "provider class": (
        "from cdktf_cdktf_provider_aws.eip import Eip\nclass A:\n    def f(self):\n        Eip(self, 'e', id='x')\n"
    ),
    "own Construct": "class Construct: pass\nclass A(Construct):\n    def __init__(self, scope, id): pass\n",
}

TRANSFORMED = {
    "import as": (
        """
        import constructs as c
        class A(c.Construct):
            def __init__(self, scope, id):
                super().__init__(scope, id)
        """,
        """
        import constructs as c
        class A(c.Construct):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
        """,
    ),
    "keyword of the package's class stays": (
        """
        from cdktf import TerraformStack as Stack
        class A(Stack):
            def __init__(self, scope, id: str = "a"):
                super().__init__(scope, id=id)
        """,
        """
        from cdktf import TerraformStack as Stack
        class A(Stack):
            def __init__(self, scope, construct_id: str = "a"):
                super().__init__(scope, id=construct_id)
        """,
    ),
    "nested uses and shadows": (
        """
        from constructs import Construct
        class A(Construct):
            def __init__(self, scope, id):
                super().__init__(scope, id)
                self.id = f"{id!r:>10}"
                def inner(id=id):
                    return id
                self.f = lambda: id
                self.other = [id for id in range(3)] + [id]
        """,
        """
        from constructs import Construct
        class A(Construct):
            def __init__(self, scope, construct_id):
                super().__init__(scope, construct_id)
                self.id = f"{construct_id!r:>10}"
                def inner(id=construct_id):
                    return id
                self.f = lambda: construct_id
                self.other = [id for id in range(3)] + [construct_id]
        """,
    ),
    "a construct of the provider is a base too": (
        """
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
        class A(S3Bucket):
            def __init__(self, scope, id, **kwargs):
                super().__init__(scope, id, **kwargs)
        A(app, id="a", bucket="b")
        """,
        """
        from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
        class A(S3Bucket):
            def __init__(self, scope, construct_id, **kwargs):
                super().__init__(scope, construct_id, **kwargs)
        A(app, construct_id="a", bucket="b")
        """,
    ),
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": code}, select={"L101"})
    assert (result.files, result.findings) == ([], [])


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, fix) -> None:
    assert fix(before, select={"L101"}) == dedent(after)


PROJECT = {
    "lib/__init__.py": "from .net import Net\n",
    "lib/net.py": (
        "from constructs import Construct\nclass Net(Construct):\n"
        "    def __init__(self, scope, id):\n        super().__init__(scope, id)\n"
    ),
    "main.py": "from lib import Net as N\nimport lib.net\nN(app, id='a')\nlib.net.Net(app, id='b')\n",
    "other.py": "class Net:\n    def __init__(self, id): pass\nNet(id='a')\n",
}


def test_callers_in_other_files(run) -> None:
    after = {file.path: file.after for file in run(PROJECT, select={"L101"}).files}
    assert set(after) == {"lib/net.py", "main.py"}
    assert after["main.py"].count("construct_id='") == 2


def test_a_caller_out_of_reach_is_shown(schema: Schema) -> None:
    result = repair(PROJECT, schema, Settings(select=frozenset({"L101"})), editable={"lib/net.py"})
    assert result.files == []
    assert [(each.safety, "main.py" in each.message) for each in result.findings] == [("shown", True)]


def test_a_taken_name_is_shown(run) -> None:
    code = (
        "from constructs import Construct\nclass A(Construct):\n    def __init__(self, scope, id, construct_id): pass\n"
    )
    result = run({"main.py": code}, select={"L101"})
    assert result.files == []
    assert [each.safety for each in result.findings] == ["shown"]
