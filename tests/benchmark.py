"""What a repair costs, as ratios measured side by side: ``python -m tests.benchmark``.

CPU time of the default rules over the corpus's projects, clean and broken, against LibCST's bare parse of the same files;
and of the whole program against black, start-up included, runs of the two in turn, the ratio of their medians.
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
from cdktf_codemods import Schema, repair
from cdktf_codemods.schema.versions import choose

CORPUS = Path(__file__).parents[1] / "corpus"
_TIMES = 7
_LONG = 600
"""Lines of a long project."""


def fastest(action: Callable[[], object]) -> float:
    """CPU seconds of the fastest of several runs."""
    best = float("inf")
    for _ in range(_TIMES):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def projects(which: str, least: int) -> dict[str, dict[str, str]]:
    """The corpus projects of so many lines at least, before or after repair: the text of each file by its path."""
    found = {}
    for project in sorted(CORPUS.glob(f"*/{which}")):
        files = {path.relative_to(project).as_posix(): path.read_bytes().decode() for path in project.rglob("*.py")}
        if sum(text.count("\n") for text in files.values()) >= least:
            found[project.parent.name] = files
    return found


def bare(files: dict[str, str]) -> None:
    """Parse the files of a project, and nothing else."""
    for text in files.values():
        cst.parse_module(text)


def ratios(which: str, least: int) -> None:
    """Print what the default rules cost over projects, by their bare parse, each project's two measured in turn."""
    schema = Schema(choose([])[0])
    total = [0.0, 0.0]
    lines = 0
    for name, files in projects(which, least).items():
        repair(files, schema)
        parse, whole = fastest(lambda f=files: bare(f)), fastest(lambda f=files: repair(f, schema))  # type: ignore[misc]
        total = [total[0] + parse, total[1] + whole]
        count = sum(text.count("\n") for text in files.values())
        lines += count
        if least:
            print(f"  {name}, {which}: {whole / parse:.2f} times its bare parse ({count} lines)")
    kind = f"projects of {least} lines and more" if least else "all of the corpus"
    print(f"{kind}, {which}: {total[1] / total[0]:.2f} times the bare parse ({lines} lines, {total[0]:.2f} s)")


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
    for least in (_LONG, 0):
        for which in ("after", "before"):
            ratios(which, least)
    program()
    return 0


if __name__ == "__main__":
    sys.exit(main())
