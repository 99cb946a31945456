"""The same jobs over every executor: what works in line works in processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from safelight.engine import InlineExecutor, ProcessExecutor
from safelight.engine.wire import send_job
from safelight.model.jobs import Executor, Job, JobResult

STEPS = "safelight.testing.steps"


def job(number: int, step: str, payload: bytes = b"", timeout_s: float = 30.0) -> Job:
    return Job(str(number), f"{STEPS}:{step}", payload, timeout_s)


@pytest.fixture
def processes() -> Iterator[ProcessExecutor]:
    executor = ProcessExecutor(2, warm=(f"{STEPS}:echo",))
    yield executor
    executor.close()


@pytest.fixture(params=["inline", "processes"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    made: Executor = InlineExecutor() if request.param == "inline" else ProcessExecutor(2)
    yield made
    made.close()


def by_ticket(results: Iterator[JobResult]) -> dict[str, JobResult]:
    return {result.ticket: result for result in results}


def test_every_job_has_one_result(executor: Executor) -> None:
    payloads = {str(n): os.urandom(n * 1000) for n in range(40)}
    jobs = [job(int(n), "echo", payload) for n, payload in payloads.items()]
    results = by_ticket(executor.run(jobs))
    assert {ticket: result.output for ticket, result in results.items()} == payloads


def test_a_failing_job_says_why_and_the_rest_goes_on(executor: Executor) -> None:
    results = by_ticket(executor.run([job(1, "complain"), job(2, "echo", b"ok")]))
    assert results["1"] == JobResult("1", error="the file is upset")
    assert results["2"].output == b"ok"


def test_a_step_outside_the_program_is_not_run(executor: Executor) -> None:
    (result,) = executor.run([Job("1", "os:system", b"true")])
    assert result.output is None
    assert result.error == "'os:system' names no step"


def test_a_crash_takes_only_its_own_job(processes: ProcessExecutor) -> None:
    jobs = [job(n, "crash" if n == 3 else "echo", b"x") for n in range(10)]
    results = by_ticket(processes.run(jobs))
    assert [n for n, result in results.items() if result.error] == ["3"]
    assert "crashed" in (results["3"].error or "")


def test_a_hang_ends_with_its_time(processes: ProcessExecutor) -> None:
    results = by_ticket(processes.run([job(1, "hang", timeout_s=0.2), job(2, "echo", b"x")]))
    assert "more than" in (results["1"].error or "")
    assert results["2"].output == b"x"


def test_memory_is_bounded(processes: ProcessExecutor) -> None:
    results = by_ticket(processes.run([job(1, "gobble"), job(2, "echo", b"x")]))
    assert "memory" in (results["1"].error or "")
    assert results["2"].output == b"x"


def test_jobs_are_drawn_only_as_workers_come_free(processes: ProcessExecutor) -> None:
    drawn = 0

    def endless() -> Iterator[Job]:
        nonlocal drawn
        while True:
            drawn += 1
            yield job(drawn, "echo")

    results = processes.run(endless())
    for _ in range(5):
        next(results)
    results.close()  # type: ignore[attr-defined]  # a generator
    assert drawn <= 5 + 2 + 2  # yielded, in two workers, and drawn ahead


def test_a_worker_has_its_next_job_before_the_last_result_is_kept() -> None:
    executor = ProcessExecutor(1, warm=(f"{STEPS}:echo",))
    try:
        results = executor.run([job(n, "echo") for n in range(3)])
        assert next(results).ticket == "0"
        (worker,) = executor._workers
        assert worker.job is not None
        assert worker.job.ticket == "1"
        assert [result.ticket for result in results] == ["1", "2"]
    finally:
        executor.close()


def test_workers_stay_between_runs(processes: ProcessExecutor) -> None:
    first = {r.output for r in processes.run([job(n, "whoami") for n in range(8)])}
    second = {r.output for r in processes.run([job(n, "whoami") for n in range(8)])}
    assert first
    assert second <= first | second
    assert len(first | second) <= 2


def test_a_job_that_no_worker_can_take_in_fails_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def send(pipe: Connection, job: Job) -> None:
        if job.ticket == "2":  # its reader ran out of memory while it took the job in
            raise BrokenPipeError
        send_job(pipe, job)

    monkeypatch.setattr("safelight.engine.processes.send_job", send)
    executor = ProcessExecutor(2, warm=(f"{STEPS}:echo",))
    try:
        results = by_ticket(executor.run([job(n, "echo", b"x") for n in range(4)]))
    finally:
        executor.close()
    assert "crashed" in (results["2"].error or "")
    assert [results[n].output for n in "013"] == [b"x"] * 3
