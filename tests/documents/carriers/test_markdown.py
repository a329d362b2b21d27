"""Responses as models write them: which files they hold, where these stand, and that nothing else changes."""

from __future__ import annotations

import textwrap

import pytest
from cdktf_codemods.documents.carriers import CarrierError, Markdown

MAIN = "from cdktf import App\nfrom lib.tap_stack import TapStack\napp = App()\napp.synth()\n"
STACK = "from cdktf import TerraformStack\nclass TapStack(TerraformStack): ...\n"


def fenced(code: str, info: str = "python", mark: str = "```") -> str:
    return f"{mark}{info}\n{code}{mark}\n"


NAMED = {
    "heading": f"## lib/tap_stack.py\n\n{fenced(STACK)}",
    "heading with a word": f"### File: lib/tap_stack.py\n{fenced(STACK)}",
    "numbered heading": f"### 2. `lib/tap_stack.py`\n\n{fenced(STACK)}",
    "heading with a remark": f"## The stack (`lib/tap_stack.py`)\n\n{fenced(STACK)}",
    "prose between": f"## `lib/tap_stack.py`\n\nIt ties the parts together.\n\n{fenced(STACK)}",
    "bold": f"**lib/tap_stack.py**\n\n{fenced(STACK)}",
    "bold label": f"**File: `lib/tap_stack.py`**\n\n{fenced(STACK)}",
    "bold label with colon": f"**lib/tap_stack.py:**\n{fenced(STACK)}",
    "inline code": f"`lib/tap_stack.py`\n{fenced(STACK)}",
    "sentence": f"Then create `lib/tap_stack.py`:\n\n{fenced(STACK)}",
    "list item": f"1. **lib/tap_stack.py** – the stack\n\n{textwrap.indent(fenced(STACK), '   ')}",
    "quote": textwrap.indent(f"`lib/tap_stack.py`\n\n{fenced(STACK)}", "> ", lambda line: True),
    "title": fenced(STACK, 'python title="lib/tap_stack.py"'),
    "filename": fenced(STACK, "python filename=lib/tap_stack.py"),
    "path in info": fenced(STACK, "python lib/tap_stack.py"),
    "colon in info": fenced(STACK, "python:lib/tap_stack.py"),
    "windows": fenced(STACK, "python lib\\tap_stack.py"),
    "tilde": f"## lib/tap_stack.py\n\n{fenced(STACK, 'py', '~~~')}",
    "four backticks": f"## lib/tap_stack.py\n\n{fenced(STACK, 'python', '````')}",
    "no language": f"## lib/tap_stack.py\n\n{fenced(STACK, '')}",
    "without folder": f"## tap_stack.py\n\n{fenced(STACK)}",
}


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_named_before_its_block(text: str, ending: str) -> None:
    said = f"Sure!\n\n{text}\n\nAnd:\n\n## main.py\n\n{fenced(MAIN)}\nThat is all.\n".replace("\n", ending)
    read = Markdown(said)
    assert read.files == {"lib/tap_stack.py": STACK.replace("\n", ending), "main.py": MAIN.replace("\n", ending)}
    for path, code in read.files.items():
        for number, line in enumerate(code.splitlines(), 1):
            where = read.where(path, number, 1)
            assert said.splitlines()[where.line - 1][where.column - 1 :] == line
    new = STACK.replace("...", "\n    x = 1\n\n    y = 2").replace("\n", ending)
    after = read.with_files({"lib/tap_stack.py": new})
    assert after.files == {**read.files, "lib/tap_stack.py": new}
    assert read.with_files(dict(read.files)).value == said
    back = after.with_files({"lib/tap_stack.py": read.files["lib/tap_stack.py"]})
    assert back.value == said


@pytest.mark.parametrize(
    "comment",
    [
        "# lib/tap_stack.py",
        "# File: lib/tap_stack.py",
        "# filename: lib/tap_stack.py",
        "# lib/tap_stack.py - the stack",
        "#!/usr/bin/env python3\n# lib/tap_stack.py",
        "# -*- coding: utf-8 -*-\n\n# lib/tap_stack.py",
        '"""lib/tap_stack.py"""',
        "# ===== lib/tap_stack.py =====",
    ],
)
def test_named_by_its_first_comment(comment: str) -> None:
    read = Markdown(fenced(f"{comment}\n{STACK}") + "\n" + fenced(f"# main.py\n{MAIN}"))
    assert set(read.files) == {"lib/tap_stack.py", "main.py"}


def test_a_comment_with_more_folders_than_the_heading() -> None:
    assert set(Markdown(f"## tap_stack.py\n{fenced('# lib/tap_stack.py' + chr(10) + STACK)}").files) == {
        "lib/tap_stack.py"
    }


def test_one_unnamed_block_is_the_program() -> None:
    read = Markdown(f"Here it is:\n\n{fenced(MAIN)}\nRun `cdktf synth`:\n\n{fenced('cdktf synth' + chr(10), 'bash')}")
    assert read.files == {"main.py": MAIN}


def test_what_builds_the_stacks_needs_no_name_and_a_snippet_gets_none() -> None:
    snippet = fenced("from cdktf import Token\nx = Token.as_string(y)\n")
    read = Markdown(f"## lib/tap_stack.py\n{fenced(STACK)}\nNow run it\n\n{fenced(MAIN)}\nTip\n\n{snippet}")
    assert read.files == {"lib/tap_stack.py": STACK, "main.py": MAIN}


def test_the_source_root_is_what_the_imports_say() -> None:
    main = "from stacks.net import Net\n"
    read = Markdown(f"## lib/main.py\n{fenced(main)}\n## lib/stacks/net.py\n{fenced(STACK)}")
    assert set(read.files) == {"main.py", "stacks/net.py"}
    kept = Markdown(f"## lib/a.py\n{fenced('from lib.b import c' + chr(10))}\n## lib/b.py\n{fenced(STACK)}")
    assert set(kept.files) == {"lib/a.py", "lib/b.py"}


def test_the_same_name_twice() -> None:
    snippet = fenced("# main.py\nfrom cdktf import App\n")
    read = Markdown(f"## main.py\n{fenced(MAIN)}\n## README\n\n{snippet}")
    assert read.files == {"main.py": MAIN}
    assert [(each.error, each.line) for each in read.problems] == [(False, 12)]
    assert Markdown(f"## main.py\n{fenced(MAIN)}\nAs said, in `main.py`:\n{fenced(MAIN[:22])}").problems == ()


README = """\
```markdown
# Tap

```python
# main.py
broken(
```

The layout:

```
lib/
```
```
"""


@pytest.mark.parametrize("readme", [README, README.replace("```markdown", "````md").removesuffix("```\n") + "````\n"])
@pytest.mark.parametrize("last", [False, True])
def test_blocks_in_a_block_of_markdown_are_no_files(readme: str, last: bool) -> None:
    parts = [f"## README.md\n\n{readme}\n", f"## main.py\n\n{fenced(MAIN)}\n"]
    assert Markdown("".join(parts[:: -1 if last else 1])).files == {"main.py": MAIN}


def test_cut_off() -> None:
    text = f"## lib/tap_stack.py\n{fenced(STACK)}\n## main.py\n\n```python\n{MAIN[:-5]}"
    read = Markdown(text)
    assert read.files == {"lib/tap_stack.py": STACK, "main.py": MAIN[:-5]}
    assert read.with_files({"main.py": MAIN[:-5] + "()"}).value == text + "()"


def test_other_files_are_resources() -> None:
    read = Markdown(f"### main.py\n{fenced(MAIN)}\n### cdktf.json\n{fenced('{}' + chr(10), 'json')}\n"
                    f"### requirements.txt\n{fenced('cdktf' + chr(10), 'txt')}")  # fmt: skip
    assert set(read.files) == {"main.py"}
    assert read.resources == {"cdktf.json": b"{}\n", "requirements.txt": b"cdktf\n"}


@pytest.mark.parametrize("path", ["../../etc/x.py", "a/../../x.py"])
def test_a_path_that_climbs_out(path: str) -> None:
    read = Markdown(f"## {path}\n\n{fenced(STACK)}\n## main.py\n{fenced(MAIN)}")
    assert read.files == {"main.py": MAIN}
    assert [(each.error, each.line) for each in read.problems] == [(True, 4)]
    assert path in read.problems[0].text


def test_what_would_close_its_own_block_is_not_written() -> None:
    with pytest.raises(CarrierError):
        Markdown(f"## main.py\n{fenced(MAIN)}").with_files({"main.py": '"""\n```\n"""\n'})


def test_prose_alone() -> None:
    read = Markdown("No code here.\n\n```\n├── main.py\n```\n")
    assert (read.files, read.problems) == ({}, ())
