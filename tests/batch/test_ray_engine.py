"""A batch by Ray: the bytes of the local engine, with an actor's process killed on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cdktf_codemods.batch import BatchError, Job, Progress
from cdktf_codemods.batch import run as run_job

from ..batches import compared, table

ray = pytest.importorskip("ray", reason="ray is not installed")
ray_engine = pytest.importorskip("cdktf_codemods.batch.ray_engine")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Two machines of one processor each, so that there are two actors."""
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    ray.init(address=made.address, log_to_driver=False, logging_level="error")
    yield
    ray.shutdown()
    made.shutdown()


def job(source: Path, output: Path, **more: Any) -> Job:
    return Job((source,), output, "1", shard_size=5, **more)


@pytest.mark.usefixtures("cluster")
def test_with_a_worker_killed_it_makes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_engine, "local_results", None)  # it is all done by actors
    table(tmp_path / "t.jsonl", 80)
    run_job(job(tmp_path / "t.jsonl", tmp_path / "local"))
    processes: list[int] = []
    make = ray_engine._actors

    def seen(*given: Any) -> list[Any]:
        actors = make(*given)
        processes.extend(ray.get([each.__ray_call__.remote(lambda _: os.getpid()) for each in actors]))
        return actors

    def kill(progress: Progress) -> None:
        if progress.done == 20:
            os.kill(processes[0], signal.SIGKILL)

    monkeypatch.setattr(ray_engine, "_actors", seen)
    progress = run_job(job(tmp_path / "t.jsonl", tmp_path / "ray", engine="ray"), kill)
    assert len(set(processes)) == 2
    assert not Path(f"/proc/{processes[0]}").exists()
    assert progress.done == 80
    assert compared(tmp_path / "ray") == compared(tmp_path / "local")


@pytest.mark.usefixtures("cluster")
def test_what_one_engine_began_the_other_goes_on_with(tmp_path: Path) -> None:
    table(tmp_path / "t.jsonl", 30)
    run_job(job(tmp_path / "t.jsonl", tmp_path / "whole"))

    def stop(progress: Progress) -> None:
        if progress.done == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(job(tmp_path / "t.jsonl", tmp_path / "out", engine="ray"), stop)
    assert len(list((tmp_path / "out" / "shards").glob("*.jsonl"))) == 2
    progress = run_job(job(tmp_path / "t.jsonl", tmp_path / "out"))
    assert progress.resumed == 10
    assert compared(tmp_path / "out") == compared(tmp_path / "whole")


@pytest.mark.usefixtures("cluster")
def test_a_machine_with_other_code_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table(tmp_path / "t.jsonl", 5)
    monkeypatch.setattr(ray_engine, "identity", lambda: "another")
    with pytest.raises(BatchError, match="another cdktf-fix"):
        run_job(job(tmp_path / "t.jsonl", tmp_path / "out", engine="ray"))
