"""What consent costs a scan: gate, ledger and walls, against the same scan with them stubbed.

Both scan the same photos into fresh homes, in turn in one run, so that noise hits both alike. The
stubs allow everything, record nothing, and give workers neither walls nor what these ask to be
loaded early. Usage: python benchmarks/consent_overhead.py [COUNT] [PAIRS] [content]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from safelight.app import Safelight
from safelight.engine import ProcessExecutor
from safelight.library.vault import Vault
from safelight.model.consent import Permit, Purpose, SqlCondition, Subject
from safelight.model.isolation import Layer
from safelight.settings import load_settings
from safelight.testing.steps import STEP_READ_UNPREPARED
from safelight.testing.trees import write_camera_jpegs

TARGET = 0.05


class OpenGate:
    """Allows what it was made for, and records nothing."""

    def __init__(self, purposes: Collection[Purpose]) -> None:
        self._purposes = frozenset(purposes)
        self._until = datetime.now(UTC) + timedelta(days=1)

    def decide(self, purpose: Purpose, subjects: Sequence[Subject], **_: object) -> Permit:
        """A permit for everything."""
        return Permit(purpose, frozenset(s.id for s in subjects), 0, self._until, b"")

    def allows(self, purpose: Purpose) -> bool:
        """Whether it was made for this purpose."""
        return purpose in self._purposes

    def condition(self, purpose: Purpose, alias: str = "a") -> SqlCondition:
        """Everything."""
        return SqlCondition("1", (), "")

    def coverage(self, purpose: Purpose) -> Any:
        """Everything."""
        return lambda _: True

    def __getattr__(self, name: str) -> Any:
        """Checks find nothing wrong; records go nowhere."""
        return lambda *_, **__: None


@contextmanager
def stubbed(library: Safelight, purposes: Collection[Purpose]) -> Iterator[None]:
    """The same library with gate, ledger and walls out of the way."""
    rooms = library._rooms
    grant = rooms.book.grant(Purpose.LIBRARY)
    rooms.gate = gate = OpenGate(purposes)  # type: ignore[assignment]  # the point of a stub
    rooms.vault = Vault(gate)  # type: ignore[arg-type]
    rooms.executor.close()
    steps = (STEP_READ_UNPREPARED,)
    open_doors = ProcessExecutor(rooms.settings.worker_count, steps, without=tuple(Layer))
    rooms.executor = rooms.isolating._executor = open_doors
    with ExitStack() as stack:
        stack.enter_context(patch.object(rooms.ledger, "append", lambda *_: 0))
        stack.enter_context(patch.object(rooms.book, "grant", lambda _: grant))
        stack.enter_context(patch.object(rooms.isolating, "note", lambda: None))
        stack.enter_context(patch("safelight.app.scanning.STEP_READ_ASSET", STEP_READ_UNPREPARED))
        yield


def scan(photos: Path, home: Path, purposes: Sequence[Purpose], stub: bool) -> tuple[float, float]:
    """Seconds by the clock and on processors of a whole first scan, workers' start included."""
    settings = replace(load_settings(home), key_store="file")
    with Safelight(settings) as library:
        library.add_folder(str(photos))
        library.allow(list(purposes))
        with stubbed(library, purposes) if stub else ExitStack():
            before = time.process_time()
            report = library.scan()
            busy = time.process_time() - before + _workers_time(library)
        if report.failed or not report.new:
            raise SystemExit(f"the scan went wrong: {report}")
        missing = library._rooms.isolating.missing()
        if missing:
            raise SystemExit(f"there is nothing to measure, as walls are missing: {missing}")
        return report.seconds, busy


def _workers_time(library: Safelight) -> float:
    ticks = 0
    for worker in library._rooms.executor._workers:  # type: ignore[attr-defined]  # processes
        fields = Path(f"/proc/{worker.process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def write_photos(folder: Path, count: int) -> None:
    """JPEGs of 12 megapixels; each scene is painted once, its copies end in other bytes."""
    originals = write_camera_jpegs(folder, min(count, 40), seed=1)
    for n in range(len(originals), count):
        data = originals[n % len(originals)].read_bytes()
        (folder / f"copy_{n:04}.jpg").write_bytes(data + n.to_bytes(4, "big"))


def main() -> None:
    """Print both, and how much slower the whole is, with its spread."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    purposes = [Purpose.LIBRARY, Purpose.PLACES]
    if "content" in sys.argv[3:]:
        purposes += [Purpose.CONTENT, Purpose.FACES]
    whole: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as place:
        photos = Path(place, "photos")
        write_photos(photos, count)
        for pair in range(-1, pairs):  # the first pair warms the disk's cache and is not counted
            for stub in (False, True) if pair % 2 else (True, False):
                home = Path(place, f"home{pair}{stub}")
                (bare if stub else whole).append(scan(photos, home, purposes, stub))
    names = ", ".join(purpose.value for purpose in purposes)
    print(f"{count} JPEGs of 12 megapixels, {names}; {len(os.sched_getaffinity(0))} cores")
    for index, word in enumerate(("by the clock", "on processors")):
        _tell(word, [each[index] for each in whole[1:]], [each[index] for each in bare[1:]])
    print(json.dumps({"count": count, "stubbed": bare[1:], "whole": whole[1:]}))


def _tell(word: str, whole: list[float], bare: list[float]) -> None:
    ratios = sorted(a / b for a, b in zip(whole, bare, strict=True))
    print(
        f"{word:14} {statistics.median(bare):6.2f} s stubbed, {statistics.median(whole):6.2f} s "
        f"as it is: {statistics.median(ratios) - 1:+.1%}  "
        f"({ratios[0] - 1:+.1%} to {ratios[-1] - 1:+.1%}, {len(ratios)} pairs; "
        f"target: at most {TARGET:+.0%})"
    )


if __name__ == "__main__":
    main()
