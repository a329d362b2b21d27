"""SARIF 2.1.0, with rules, fixes and fingerprints, as GitHub's code scanning takes it.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ and
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.
The models in sarif-om were last released in 2019, so the document is built here.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .. import __version__
from .result import Change, Checked, Result

if TYPE_CHECKING:
    from cdktf_codemods import Rule

_SCHEMA = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json"
_ROOT = "SRCROOT"


def text(checked: Checked) -> str:
    rules: dict[str, type[Rule]] = {}
    if checked.results:
        from cdktf_codemods.rules import all_rules

        rules = {rule.code: rule for rule in all_rules()}
    codes = sorted({each.code for each in checked.results})
    run = {
        "tool": {
            "driver": {
                "name": "cdktf-fix",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": "https://pypi.org/project/cdktf-fix/",
                "rules": [_rule(rules[code]) for code in codes],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not checked.errors,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": each}} for each in checked.errors
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"uri": Path.cwd().as_uri().rstrip("/") + "/", "description": {"text": "Where cdktf-fix ran."}}
        },
        "automationDetails": {"id": "cdktf-fix/"},
        "results": [_result(each, codes) for each in checked.results],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: type[Rule]) -> dict[str, Any]:
    from cdktf_codemods.engine.pages import markdown, page

    read = page(rule)
    summary = read.summary.replace("``", "`")
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": read.text.replace("``", "`")},
        "help": {"text": read.text.replace("``", "`"), "markdown": markdown(rule)},
        "defaultConfiguration": {"level": "error" if rule.default else "warning"},
        "properties": {"tags": ["cdktf", "terraform"], "precision": "very-high"},
    }


def _result(result: Result, codes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": result.code,
        "ruleIndex": codes.index(result.code),
        "level": result.severity,
        "message": {"text": _sentence(result.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(result.path),
                    "region": _region((result.line, result.column, *result.end)),
                }
            }
        ],
        "partialFingerprints": {"cdktfFix/v1": result.fingerprint},
    }
    if result.changes:
        found["fixes"] = [{"description": {"text": _sentence(result.message)}, "artifactChanges": _changes(result)}]
    return found


def _changes(result: Result) -> list[dict[str, Any]]:
    return [
        {"artifactLocation": _artifact(path), "replacements": [_replacement(each) for each in changes]}
        for path, changes in groupby(result.changes, key=lambda each: each.path)
    ]


def _replacement(change: Change) -> dict[str, Any]:
    return {"deletedRegion": _region(change.range), "insertedContent": {"text": change.text}}


def _region(given: tuple[int, int, int, int]) -> dict[str, int]:
    return dict(zip(("startLine", "startColumn", "endLine", "endColumn"), given))


def _artifact(path: str) -> dict[str, str]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path), "uriBaseId": _ROOT}


def _sentence(message: str) -> str:
    return message if message.endswith(".") else f"{message}."
