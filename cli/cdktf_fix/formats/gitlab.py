"""GitLab's code quality report.  Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""

from __future__ import annotations

import json

from .result import Checked


def text(checked: Checked) -> str:
    issues = [
        {
            "description": f"{each.code} {each.message}",
            "check_name": each.code,
            "fingerprint": each.fingerprint,
            "severity": "major" if each.severity == "error" else "minor",
            "location": {
                "path": each.path,
                "positions": {
                    "begin": {"line": each.line, "column": each.column},
                    "end": {"line": each.end[0], "column": each.end[1]},
                },
            },
        }
        for each in checked.results
    ]
    return json.dumps(issues, indent=2) + "\n"
