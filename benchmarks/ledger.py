"""How long `ledger verify` takes over a million entries, beside what it cannot do without.

    python benchmarks/ledger.py [ENTRIES]

Writes a log with entries as a scan makes them, then times, in turn and three times each: reading
the file and hashing it as one piece, hashing every line, checking everything in one process, and
checking everything as the command does. Prints seconds, ratios and the peak memory of a process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import file_digest, sha256
from pathlib import Path

from safelight.consent.ledger.reading import leaf_hashes
from safelight.consent.ledger.tree import CompactTree, leaf_hash
from safelight.consent.ledger.verify import verify_log

ROUNDS = 3


def write(log: Path, entries: int) -> None:
    """A log of selections and derivations in turn, each under the root of those before it."""
    tree = CompactTree()
    with log.open("wb") as file:
        for index in range(entries):
            digest = sha256(b"%d" % index).hexdigest()
            event = "derive" if index % 2 else "select"
            body = f'"count":{index % 129},"digest":"{digest}",'
            body += '"step":"read-asset"' if index % 2 else '"revision":3'
            line = (
                f'{{"at":"2026-11-24T10:00:{index % 60:02}.{index % 1_000_000:06}+00:00",'
                f'"before":"{tree.root().hex()}","body":{{{body}}},"event":"{event}",'
                f'"index":{index},"purpose":"library"}}'
            ).encode()
            tree.add(leaf_hash(line))
            file.write(line + b"\n")


def whole(log: Path) -> None:
    """Read and hash the file as one piece: what nothing can undercut."""
    with log.open("rb") as file:
        file_digest(file, "sha256")


def hashes(log: Path) -> None:
    """What is done at every start."""
    tree = CompactTree()
    for leaf in leaf_hashes(log):
        tree.add(leaf)


def checked(log: Path, workers: int | None) -> None:
    """What `ledger verify` does."""
    report = verify_log(log, workers=workers)
    if not report.ok:
        raise SystemExit(report.problem)


def timed(work: Callable[[], None]) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def peak_mb(log: Path) -> float:
    """Peak memory of a process that verifies, the largest of it and its workers."""
    code = "import sys,pathlib\nfrom safelight.consent.ledger.verify import verify_log\n"
    code += "if __name__ == '__main__': verify_log(pathlib.Path(sys.argv[1]))"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "verify.py")
        script.write_text(code)
        subprocess.run([sys.executable, str(script), str(log)], check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Write the log, then time."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log.jsonl")
        write(log, entries)
        print(f"{entries:,} entries, {log.stat().st_size / 1e6:.0f} MB")
        ways: dict[str, Callable[[], None]] = {
            "read and hash the file": lambda: whole(log),
            "hash every entry (each start)": lambda: hashes(log),
            "verify, one process": lambda: checked(log, 1),
            "verify, as the command does": lambda: checked(log, None),
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, work in ways.items():
                taken[name].append(timed(work))
        floor = sorted(taken["read and hash the file"])[ROUNDS // 2]
        for name, seconds in taken.items():
            middle = sorted(seconds)[ROUNDS // 2]
            spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
            print(f"{name:32} {middle:6.2f} s ({spread}), {middle / floor:5.1f} times the floor")
        print(f"peak memory {peak_mb(log):.0f} MB")


if __name__ == "__main__":
    main()
