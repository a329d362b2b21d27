from __future__ import annotations

from textwrap import dedent

import pytest

LIB = {"lib/__init__.py": "", "lib/tap_stack.py": "class TapStack: pass\n"}
MARK = "  # pylint: disable=wrong-import-position"

TRANSFORMED = {
    "the document's": (
        '''
        """Unit tests."""
        import os
        import sys

        sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

        from cdktf import App, Testing
        from lib.tap_stack import TapStack

        x = 1
        ''',
        f'''
        """Unit tests."""
        import os
        import sys

        from cdktf import App, Testing

        sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

        from lib.tap_stack import TapStack{MARK}

        x = 1
        ''',
    ),
    "insert, and a folder in a variable": (
        """
        import sys
        from pathlib import Path
        ROOT = Path(__file__).parent
        sys.path.insert(0, str(ROOT))
        import pytest
        """,
        """
        import sys
        from pathlib import Path
        import pytest

        ROOT = Path(__file__).parent
        sys.path.insert(0, str(ROOT))
        """,
    ),
    "local ones between": (
        """
        import sys
        sys.path.append('..')
        from lib.tap_stack import TapStack
        import json
        import lib.tap_stack
        from unittest import mock
        """,
        f"""
        import sys
        import json
        from unittest import mock

        sys.path.append('..')

        from lib.tap_stack import TapStack{MARK}
        import lib.tap_stack{MARK}
        """,
    ),
    "alias": (
        """
        from sys import path
        path.append('.')
        import json
        """,
        """
        from sys import path
        import json

        path.append('.')
        """,
    ),
    "comments go along": (
        """
        import sys
        # the project
        sys.path.append('.')  # root
        # third party
        import json  # parser
        """,
        """
        import sys
        # third party
        import json  # parser

        # the project
        sys.path.append('.')  # root
        """,
    ),
}


@pytest.mark.parametrize(("before", "after"), TRANSFORMED.values(), ids=TRANSFORMED)
def test_transformed(before: str, after: str, run) -> None:
    files = run({**LIB, "tests/test_x.py": before}, select={"L104"}).files
    assert [(file.path, file.after) for file in files] == [("tests/test_x.py", dedent(after))]


NOOP = {
    "only local imports need it": "import sys\nsys.path.append('.')\nfrom lib.tap_stack import TapStack\n",
    "a package that nobody knows": "import sys\nsys.path.append('/opt/vendored')\nimport vendored\n",
    "behind the imports": "import sys\nimport json\nsys.path.append('.')\nx = 1\n",
    "imports in a function": "import sys\nsys.path.append('.')\ndef f():\n    import json\n",
    "other code between": "import sys\nsys.path.append('.')\nprint(1)\nimport json\n",
    "own list": "path = []\npath.append('.')\nimport json\n",
}


@pytest.mark.parametrize("code", NOOP.values(), ids=NOOP)
def test_left_alone(code: str, run) -> None:
    assert run({**LIB, "tests/test_x.py": code}, select={"L104"}).findings == []
