"""What a worker says is a stranger's word: nothing in it is run, and nothing in it hangs us."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from safelight.engine import ProcessExecutor
from safelight.engine.wire import (
    Ready,
    receive_job,
    receive_ready,
    receive_result,
    send_job,
    send_ready,
    send_result,
)
from safelight.model.errors import WireError
from safelight.model.isolation import Layer, LayerState
from safelight.model.jobs import Job, JobResult

STEPS = "safelight.testing.steps"


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        yield ours, theirs


Ends = tuple[Connection, Connection]


def test_jobs_and_results_come_back_as_they_went(pipe: Ends) -> None:
    ours, theirs = pipe
    job = Job("7", f"{STEPS}:echo", b"\0payload", 3.5)
    send_job(ours, job)
    assert receive_job(theirs) == job
    for result in (JobResult("7", b"\x80out"), JobResult("7", b""), JobResult("7", error="why")):
        send_result(theirs, result)
        assert receive_result(ours, "7") == result


def test_a_job_larger_than_the_pipe_comes_whole(pipe: Ends) -> None:
    ours, theirs = pipe
    for payload in (os.urandom(3_000_001), b""):
        job = Job("8", f"{STEPS}:echo", payload)
        sender = threading.Thread(target=send_job, args=(ours, job))
        sender.start()
        assert receive_job(theirs) == job
        sender.join()


def test_pieces_come_as_pieces(pipe: Ends) -> None:
    ours, theirs = pipe
    job = Job("8", f"{STEPS}:echo", (b"head", os.urandom(1_000_001), b"", b"tail"))
    sender = threading.Thread(target=send_job, args=(ours, job))
    sender.start()
    assert receive_job(theirs) == job
    sender.join()


def test_a_job_that_stops_half_way_ends_the_worker() -> None:
    ours, theirs = multiprocessing.Pipe()
    with theirs:
        with ours:
            ours.send_bytes(b'{"ticket": "9", "step": "s", "timeout_s": 1, "sizes": [100]}')
            os.write(ours.fileno(), b"half")
        with pytest.raises(EOFError):
            receive_job(theirs)


def test_first_words_come_back(pipe: Ends) -> None:
    ours, theirs = pipe
    ready = Ready((LayerState(Layer.SECCOMP, True, "holds"),))
    send_ready(theirs, ready)
    assert receive_ready(ours) == ready


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("a worker's pickle was run",)


@pytest.mark.parametrize(
    "said",
    [
        pickle.dumps(Bomb()),
        b"",
        b"\xff\xfe",
        b"[]",
        b'"text"',
        b'{"error": 5}',
        b"[" * 60_000,
        b'{"error": null',
    ],
)
def test_nonsense_is_refused(pipe: Ends, said: bytes) -> None:
    ours, theirs = pipe
    theirs.send_bytes(said)
    theirs.send_bytes(b"")
    with pytest.raises(WireError):
        receive_result(ours, "1")


def test_a_long_head_is_refused(pipe: Ends) -> None:
    ours, theirs = pipe
    theirs.send_bytes(json.dumps({"error": "x" * 70_000}).encode())
    with pytest.raises(OSError, match="message"):
        receive_result(ours, "1")


def test_a_reason_is_made_fit_to_show(pipe: Ends) -> None:
    ours, theirs = pipe
    theirs.send_bytes(json.dumps({"error": "a\x1b[31m\u202eb\n" + "c" * 5000}).encode())
    theirs.send_bytes(b"")
    reason = receive_result(ours, "1").error or ""
    assert reason.startswith("a [31m b c")
    assert len(reason) == 500


@pytest.mark.parametrize("said", [b"{}", b'{"layers": 3, "error": null}', b'{"layers": [["no"]]}'])
def test_odd_first_words_are_refused(pipe: Ends, said: bytes) -> None:
    ours, theirs = pipe
    theirs.send_bytes(said)
    with pytest.raises(WireError):
        receive_ready(ours)


def test_half_a_message_does_not_hang_the_coordinator() -> None:
    executor = ProcessExecutor(1)
    jobs = [Job("1", f"{STEPS}:stutter", b"", 0.5), Job("2", f"{STEPS}:echo", b"x", 30.0)]
    try:
        results = {result.ticket: result for result in executor.run(jobs)}
    finally:
        executor.close()
    assert results["1"].error
    assert results["2"].output == b"x"


def test_a_false_answer_costs_only_its_own_job() -> None:
    executor = ProcessExecutor(1)
    jobs = [Job("1", f"{STEPS}:lie", b"", 30.0), Job("2", f"{STEPS}:echo", b"x", 30.0)]
    try:
        results = {result.ticket: result for result in executor.run(jobs)}
    finally:
        executor.close()
    assert "crashed" in (results["1"].error or "")
    assert results["2"].output == b"x"
