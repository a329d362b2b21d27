"""What a repair costs, as ratios measured side by side: ``python -m tests.benchmark``.

A clean file and a broken one against LibCST's bare parse of the same text, all rules on; and the whole program against
black, start-up included: its CPU time, runs of the two in turn, the ratio of their medians.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import libcst as cst
from cdktf_codemods import Schema, Settings, repair
from cdktf_codemods.schema.versions import choose

CORPUS = Path(__file__).parents[1] / "corpus"
_TIMES = 15


def fastest(action: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    best = float("inf")
    for _ in range(_TIMES):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def texts(which: str) -> list[str]:
    """The corpus files that have something to repair, before or after it."""
    found = []
    for before in sorted(CORPUS.glob("*/before/**/*.py")):
        after = Path(str(before).replace("/before/", "/after/"))
        if before.read_bytes() != after.read_bytes():
            found.append((before if which == "before" else after).read_text(encoding="utf-8"))
    return found


def long_file(broken: bool) -> str:
    """A stack of about 600 lines, with two failures if *broken*."""
    head = (
        "from cdktf import TerraformOutput, TerraformStack\n"
        "from cdktf_cdktf_provider_aws.eip import Eip\n"
        "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\n"
        "from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning{a}\n"
        "from cdktf_cdktf_provider_aws.security_group import SecurityGroup, SecurityGroupIngress\n\n\n"
        "class Stack(TerraformStack):\n    def __init__(self, scope, construct_id, env):\n"
        "        super().__init__(scope, construct_id)\n"
        '        Eip(self, "eip", {vpc})\n        S3BucketVersioning{a}(self, "versioning", bucket="b")\n'
    )
    body = """
        # Number {i}
        self.bucket_{i} = S3Bucket(
            self,
            f"bucket-{{env}}-{i}",
            bucket=f"my-bucket-{{env}}-{i}",
            tags={{"Name": f"bucket-{i}", "Environment": env}},
        )
        self.group_{i} = SecurityGroup(
            self,
            "group-{i}",
            name="group-{i}",
            ingress=[
                SecurityGroupIngress(from_port=80, to_port=80, protocol="tcp", cidr_blocks=["0.0.0.0/0"]),
            ],
            tags={{"Name": "group"}},
        )
        TerraformOutput(self, "out-{i}", value=self.bucket_{i}.arn)
"""
    given = {"a": "", "vpc": "vpc=True"} if broken else {"a": "A", "vpc": 'domain="vpc"'}
    return head.format(**given) + "".join(body.format(i=i) for i in range(32))


def program() -> None:
    """Print what the whole program costs beside black, each run once in turn."""
    with tempfile.TemporaryDirectory() as folder:
        clean, broken, other = Path(folder, "clean.py"), Path(folder, "broken.py"), Path(folder, "other.py")
        clean.write_text(long_file(False))
        broken.write_text(long_file(True))
        other.write_text("import os\n\nprint(os.name)\n")
        subprocess.run([sys.executable, "-m", "black", "--quiet", str(clean)], check=True)
        check = ["--check", "--quiet"]
        for name, ours, blacks in (
            ("--version", ["--version"], ["--version"]),
            ("--help", ["--help"], ["--version"]),
            ("apply, clean file", ["apply", str(clean)], [*check, str(clean)]),
            ("apply --dry-run, broken file", ["apply", "--dry-run", "--quiet", str(broken)], [*check, str(broken)]),
            ("apply, no CDKTF in it", ["apply", str(other)], [*check, str(other)]),
        ):
            pairs = [(cost("cdktf_fix", ours), cost("black", blacks)) for _ in range(_TIMES)]
            own, black = (statistics.median(times) for times in zip(*pairs))
            shown = " ".join(blacks[:1])
            print(
                f"program, {name}: {own / black:.2f} times black {shown} ({1000 * own:.0f} and {1000 * black:.0f} ms)"
            )


def cost(module: str, arguments: list[str]) -> float:
    """CPU seconds of a run of a program, start-up included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Black would not look twice at a file that it remembers as clean.
    environment = {**os.environ, "BLACK_CACHE_DIR": f"{os.devnull}/none"}
    subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    schema = Schema(choose([])[0])
    settings = Settings()
    for name, code in (("clean file", texts("after")), ("broken file", texts("before"))):
        for text in code:
            repair({"main.py": text}, schema, settings)
        parse = sum(fastest(lambda text=text: cst.parse_module(text)) for text in code)  # type: ignore[misc]
        whole = sum(fastest(lambda text=text: repair({"main.py": text}, schema, settings)) for text in code)  # type: ignore[misc]
        print(f"{name} (corpus): {whole / parse:.2f} times its bare parse ({1000 * parse / len(code):.1f} ms a file)")
    for name, broken in (("clean file", False), ("broken file", True)):
        text = long_file(broken)
        parse = fastest(lambda text=text: cst.parse_module(text))  # type: ignore[misc]
        whole = fastest(lambda text=text: repair({"main.py": text}, schema, settings))  # type: ignore[misc]
        print(f"{name} ({text.count(chr(10))} lines): {whole / parse:.2f} times its bare parse ({1000 * parse:.1f} ms)")
    program()
    return 0


if __name__ == "__main__":
    sys.exit(main())
