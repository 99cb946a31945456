"""Long answers in parts: the file crosses piece by piece, whoever takes the parts sets the pace."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from safelight.engine import InlineStreams, WalledStreams
from safelight.model.errors import AnalysisError, SourceError
from safelight.model.jobs import Job, Streams
from safelight.testing.streams import PIECE

CONTENT = bytes(range(256)) * 40


def job(step: str, payload: bytes = b"", timeout_s: float = 20.0) -> Job:
    return Job("one", f"safelight.testing.streams:{step}", payload, timeout_s)


@pytest.fixture(scope="module")
def walled() -> Iterator[WalledStreams]:
    streams = WalledStreams(("safelight.testing.streams:pieces",))
    yield streams
    streams.close()


@pytest.fixture(params=["inline", "walled"])
def streams(request: pytest.FixtureRequest, walled: WalledStreams) -> Streams:
    return InlineStreams() if request.param == "inline" else walled


def test_a_file_is_read_from_anywhere_and_comes_in_parts(streams: Streams) -> None:
    parts = list(streams.stream(job("pieces"), io.BytesIO(CONTENT)))
    assert b"".join(parts[:-1]) == CONTENT
    assert len(parts[0]) == PIECE
    assert parts[-1] == CONTENT[-10:]


def test_two_files_are_read_at_once_and_workers_are_kept(walled: WalledStreams) -> None:
    one = walled.stream(job("pieces"), io.BytesIO(CONTENT))
    other = walled.stream(job("pieces"), io.BytesIO(CONTENT[::-1]))
    pairs = list(zip(one, other, strict=True))
    assert pairs[0] == (CONTENT[:PIECE], CONTENT[::-1][:PIECE])
    list(one), list(other)
    assert len(walled._idle) == 2


def test_words_of_a_step_come_out_after_its_parts(streams: Streams) -> None:
    parts = streams.stream(job("complain"), io.BytesIO(b"ab"))
    assert next(parts) == b"a"
    with pytest.raises(AnalysisError, match="upset"):
        next(parts)


@pytest.mark.parametrize(("step", "words"), [("crash", "crashed"), ("hang", "more than 1 second")])
def test_a_reader_that_dies_or_hangs_is_said_and_replaced(
    walled: WalledStreams, step: str, words: str
) -> None:
    parts = walled.stream(job(step, timeout_s=1), io.BytesIO(b"ab"))
    assert next(parts) == b"a"
    with pytest.raises(AnalysisError, match=words):
        next(parts)
    assert next(iter(walled.stream(job("pieces"), io.BytesIO(b"fine")))) == b"fine"


def test_closing_early_ends_the_worker(walled: WalledStreams) -> None:
    parts = walled.stream(job("endless"), io.BytesIO(b""))
    number = int(next(parts))
    os.kill(number, 0)
    parts.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_worker_whose_last_part_was_taken_serves_the_next(walled: WalledStreams) -> None:
    parts = walled.stream(job("pieces"), io.BytesIO(b"ten bytes."))
    before = len(walled._idle)
    assert [next(parts), next(parts)] == [b"ten bytes."] * 2
    parts.close()  # type: ignore[attr-defined]
    assert len(walled._idle) == max(1, before)


def test_who_takes_parts_slowly_is_not_taken_for_a_worker_that_hangs(walled: WalledStreams) -> None:
    parts = walled.stream(job("pieces", timeout_s=0.3), io.BytesIO(CONTENT))
    next(parts)
    time.sleep(7)  # longer than the pause and the grace together
    assert len(list(parts)) == len(CONTENT) // PIECE + 1


def test_a_disk_that_goes_away_is_said(walled: WalledStreams) -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "gone")

    with pytest.raises(SourceError, match="disk"):
        list(walled.stream(job("pieces"), Gone(CONTENT)))


@pytest.mark.parametrize("try_it", [["read", "/etc/hostname"], ["tcp", "9"]])
def test_streams_stand_behind_the_walls(walled: WalledStreams, try_it: list[str]) -> None:
    from safelight.testing.hostile import ATTEMPTS

    if try_it[0] not in ATTEMPTS:
        pytest.fail(f"no such attempt; there are {sorted(ATTEMPTS)}")
    if not Path("/proc/self/ns/net").exists():
        pytest.skip("no walls here")
    with pytest.raises(AnalysisError):
        list(walled.stream(job("attempt", json.dumps(try_it).encode()), io.BytesIO(b"")))
