"""The library's front door, and its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cdktf_codemods import repair_project, repair_response, repair_text

PAGE = Path(__file__).parents[2] / "docs" / "library.md"
BROKEN = 'from cdktf_cdktf_provider_aws.eip import Eip\nEip(self, "e", vpc=True)\n'
FIXED = 'from cdktf_cdktf_provider_aws.eip import Eip\nEip(self, "e", domain="vpc")\n'


def test_the_example_of_the_page() -> None:
    found = re.search(r"(?ms)^```python\n(from cdktf_codemods import.*?\n)^```\n\n\|", PAGE.read_text(encoding="utf-8"))
    assert found is not None
    exec(found[1], {})


def test_the_same_form_comes_back() -> None:
    assert repair_text(BROKEN).value == FIXED
    assert repair_response({"a.py": BROKEN, "x": "y"}).value == {"a.py": FIXED, "x": "y"}
    chat = [{"role": "assistant", "content": BROKEN}]
    assert repair_response(chat).value == [{"role": "assistant", "content": FIXED}]
    assert [each.after for each in repair_project({"a.py": BROKEN}).files] == [FIXED]
    assert not repair_text(FIXED).changed


@pytest.mark.parametrize("response", [None, 3, [], "", "prose", {"../x.py": "x"}])
def test_no_response_raises(response: object) -> None:
    assert not repair_response(response).changed


def test_what_does_not_parse_is_said() -> None:
    result = repair_response({"a.py": "import cdktf_cdktf_provider_aws\nclass (", "b.py": BROKEN})
    assert set(result.errors or ()) == {"a.py"}
    assert result.value["b.py"] == FIXED


def test_a_version_that_is_not_known_is_missing_and_what_is_no_version_an_error() -> None:
    result = repair_text(BROKEN, ["aws@1.0.0"])
    assert not result.changed
    assert "1.0.0" in result.missing[0]
    with pytest.raises(ValueError, match="aws"):
        repair_text(BROKEN, ["aws"])
