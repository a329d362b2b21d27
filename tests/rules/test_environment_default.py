from __future__ import annotations

from textwrap import dedent

import pytest

TRANSFORMED = {
    "variable": (
        """
        import os
        password = os.environ.get("DB_PASSWORD", "ChangeMe123!")
        """,
        """
        import os
        password = os.environ.get("DB_PASSWORD")
        if not password:
            raise ValueError("DB_PASSWORD environment variable must be set")
        """,
    ),
    "argument": (
        """
        import os
        def f(self):

            # The database.
            Db(
                self,
                password=os.getenv('DB_PASSWORD', 'x'),  # secret
            )
        """,
        """
        import os
        def f(self):

            db_password = os.getenv('DB_PASSWORD')
            if not db_password:
                raise ValueError('DB_PASSWORD environment variable must be set')
            # The database.
            Db(
                self,
                password=db_password,  # secret
            )
        """,
    ),
    "alias": (
        """
        from os import environ as env, getenv
        class A:
            def __init__(self):
                self.key = env.get("API_KEY", "abc")
                token = getenv("GITHUB_TOKEN", "abc")
        """,
        """
        from os import environ as env, getenv
        class A:
            def __init__(self):
                self.key = env.get("API_KEY")
                if not self.key:
                    raise ValueError("API_KEY environment variable must be set")
                token = getenv("GITHUB_TOKEN")
                if not token:
                    raise ValueError("GITHUB_TOKEN environment variable must be set")
        """,
    ),
    "default and name in variables": (
        """
        import os
        NAME, DEFAULT = "DB_SECRET", "abc"
        x = os.environ.get(NAME, DEFAULT)
        """,
        """
        import os
        NAME, DEFAULT = "DB_SECRET", "abc"
        x = os.environ.get(NAME)
        if not x:
            raise ValueError("DB_SECRET environment variable must be set")
        """,
    ),
    "a name that is taken": (
        """
        import os
        db_password = 1
        use(os.getenv("DB_PASSWORD", "x"))
        """,
        """
        import os
        db_password = 1
        db_password_ = os.getenv("DB_PASSWORD")
        if not db_password_:
            raise ValueError("DB_PASSWORD environment variable must be set")
        use(db_password_)
        """,
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_secret(before: str, after: str, fix, run) -> None:
    assert fix(before, select={"S102"}, unsafe=True) == dedent(after)
    assert run({"main.py": before}, select={"S102"}).files == []


NOOP = {
    "no default": "password = os.environ.get('DB_PASSWORD')",
    "None": "password = os.environ.get('DB_PASSWORD', None)",
    "empty": "password = os.environ.get('DB_PASSWORD', '')",
    "made elsewhere": "password = os.environ.get('DB_PASSWORD', generated())",
    "no secret": "region = os.environ.get('AWS_REGION', 'us-east-1')",
    "no word of its own": "x = os.environ.get('PASSENGERS', '3')",
    "another dict": "x = options.get('DB_PASSWORD', 'x')",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    result = run({"main.py": f"import os\n{code}\n"}, select={"S1"}, unsafe=True)
    assert (result.files, result.findings) == ([], [])


SHOWN = {
    "a parameter's default": "def f(p=os.getenv('DB_PASSWORD', 'x')): pass",
    "a lambda": "f = lambda: os.getenv('DB_PASSWORD', 'x')",
    "a branch": "p = given or os.getenv('DB_PASSWORD', 'x')",
    "a condition": "if os.getenv('DB_PASSWORD', 'x'): pass",
}


@pytest.mark.parametrize("code", SHOWN.values(), ids=SHOWN)
def test_shown(code: str, run) -> None:
    result = run({"main.py": f"import os\n{code}\n"}, select={"S102"}, unsafe=True)
    assert result.files == []
    assert [finding.safety for finding in result.findings] == ["shown"]


ENVIRONMENT = "import os\nenvironment_suffix = os.getenv('ENVIRONMENT_SUFFIX', 'demo')\n"


def test_the_environment_only_when_selected(fix, run) -> None:
    assert run({"main.py": ENVIRONMENT}, unsafe=True).findings == []
    assert "raise ValueError('ENVIRONMENT_SUFFIX" in fix(ENVIRONMENT, select={"S103"}, unsafe=True)


@pytest.mark.parametrize("select", [set(), {"S"}])
def test_only_who_selects_the_rule_itself_has_the_secret_required(select: set[str], run) -> None:
    code = "import os\npassword = os.environ.get('DB_PASSWORD', 'x')\n"
    result = run({"main.py": code}, select=select, unsafe=True)
    assert result.files == []
    assert [(finding.code, finding.safety) for finding in result.findings] == [("S102", "shown")]
    assert run({"main.py": code}, select={"S102"}).files == []
