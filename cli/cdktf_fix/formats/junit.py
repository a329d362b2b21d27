"""JUnit XML, for CI systems that show test results: a suite a file, a failed case a finding."""

from __future__ import annotations

from itertools import groupby

from junitparser import Failure, JUnitXml, TestCase, TestSuite

from ..output import plain
from .concise import line
from .result import Checked


def text(checked: Checked) -> str:
    report = JUnitXml("cdktf-fix")
    for path, found in groupby(checked.results, key=lambda each: each.path):
        suite = TestSuite(path)
        for each in found:
            case = TestCase(f"{each.code} {each.line}:{each.column}", path)
            failure = Failure(plain(each.message), each.code)
            failure.text = plain(line(each))
            case.result = [failure]
            suite.add_testcase(case)
        report.add_testsuite(suite)
    if not checked.results:
        suite = TestSuite("cdktf-fix")
        suite.add_testcase(TestCase("no findings", "cdktf-fix"))
        report.add_testsuite(suite)
    written: bytes = report.tostring()  # type: ignore[no-untyped-call]
    return written.decode("utf-8").rstrip("\n") + "\n"
