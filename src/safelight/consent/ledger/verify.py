"""Checking a ledger from its files alone, without the library and without a secret."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from safelight.consent.ledger.checkpoint import Checkpoint
from safelight.consent.ledger.head import load_head
from safelight.consent.ledger.reading import (
    Found,
    check_span,
    join,
    lines_of,
    read_line,
    spans,
    tree_of,
)
from safelight.consent.ledger.tree import CompactTree, leaf_hash

_ALONE_BELOW = 8
"""Spans that one process has checked before a second one would have started."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What reading the whole log again gave.

    Attributes:
        ok: every entry is in its place and every root agrees.
        size: entries read; root: over all of them, hex.
        first_bad: index of the first entry that does not hold, None where all do.
        problem: what is wrong, in words; empty when nothing is.
        cuts: half-written lines that a crash left and that were cut off, each recorded.
        signed: how many entries a signed checkpoint covers that agrees, None without one.
    """

    ok: bool
    size: int
    root: str
    first_bad: int | None = None
    problem: str = ""
    cuts: int = 0
    signed: int | None = None


def verify_log(
    log: Path,
    head: Path | None = None,
    checkpoint: Checkpoint | None = None,
    workers: int | None = None,
) -> VerifyReport:
    """Read a log from its start and recompute every hash.

    Each entry carries the root over those before it, so a changed entry is named. The last entry
    and a shortened log show only against `head`, which is used when given and present, and
    against a checkpoint whose signature was checked. A log whose owner rewrote all of that, key
    included, needs a witness outside this machine.

    Args:
        workers: processes for a large log; None takes one a core.
    """
    claims = _claims(head, checkpoint)  # before the log, which only grows
    parts = spans(log)
    with _workers(workers, len(parts)) as each:
        *befores, whole = join(each(partial(tree_of, log), parts))
        sizes = [size for size, _ in claims]
        found = list(each(partial(check_span, log, wanted=sizes), parts, befores))
    report = _judge(whole, found, claims)
    if report.ok and checkpoint is not None:
        return _with_signed(report, checkpoint.size)
    return report


def quick_fault(log: Path, claims: Sequence[tuple[int, bytes]]) -> tuple[str, CompactTree]:
    """Hash a log and compare with claims of (size, root); look into what no claim covers.

    Returns:
        What is wrong, in words, empty when nothing is; and the tree over all complete lines.
    """
    tree, wanted = CompactTree(), {size: root for size, root in claims if size}
    covered = max(wanted, default=0)
    for span in spans(log):
        for line in lines_of(log, span):
            if tree.size >= covered and not _follows(line, tree):
                return f"entry {tree.size:,} is not one that was written there", tree
            tree.add(leaf_hash(line))
            root = wanted.pop(tree.size, None)
            if root is not None and root != tree.root():
                return f"something in its first {tree.size:,} entries was changed", tree
    if wanted:
        missing = max(wanted) - tree.size
        return f"{_entries(missing)} at its end {'is' if missing == 1 else 'are'} missing", tree
    return "", tree


def _follows(line: bytes, tree: CompactTree) -> bool:
    """Whether a line is an entry that was written after exactly these."""
    problem, before, _ = read_line(line, tree.size)
    return not problem and before == tree.root().hex().encode()


def saved_claim(head: Path | None) -> list[tuple[int, bytes]]:
    """What the head says of a log; nothing where it is missing or torn."""
    found = load_head(head) if head is not None else None
    return [(found.tree.size, found.tree.root())] if found is not None else []


def _claims(head: Path | None, checkpoint: Checkpoint | None) -> list[tuple[int, bytes]]:
    signed = [(checkpoint.size, checkpoint.root)] if checkpoint is not None else []
    return [claim for claim in (*saved_claim(head), *signed) if claim[0]]


def _judge(
    whole: CompactTree, spans_found: list[Found], claims: list[tuple[int, bytes]]
) -> VerifyReport:
    cuts = 0
    for found in spans_found:
        cuts += sum(event == "ledger-cut" for event, _ in found.marks)
        for event, index in found.marks:
            if event in ("ledger-gap", "ledger-broken"):
                words = "the log says itself that what is before this entry cannot be relied on"
                return _bad(whole, index, words, cuts)
        for size, root in claims:
            if found.roots.get(size, root) != root:
                return _bad(whole, size - 1, "this entry was changed after it was written", cuts)
        if found.bad is not None:
            return _bad(whole, found.bad, found.problem, cuts)
    short = max((size for size, _ in claims), default=0) - whole.size
    if short > 0:
        words = f"{_entries(short)} at the end {'is' if short == 1 else 'are'} missing"
        return _bad(whole, whole.size, words, cuts)
    return VerifyReport(True, whole.size, whole.root().hex(), cuts=cuts)


def _bad(tree: CompactTree, bad: int, problem: str, cuts: int) -> VerifyReport:
    return VerifyReport(False, tree.size, tree.root().hex(), bad, problem, cuts)


def _with_signed(report: VerifyReport, signed: int) -> VerifyReport:
    return VerifyReport(True, report.size, report.root, cuts=report.cuts, signed=signed)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


@contextmanager
def _workers(wanted: int | None, parts: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """A way to do something to every span: here, or in as many processes as are worth it."""
    count = wanted or _cores()
    if count == 1 or parts < _ALONE_BELOW:
        yield map
        return
    import multiprocessing  # not loaded by every command
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    with ProcessPoolExecutor(min(count, parts), mp_context=context) as pool:
        yield partial(pool.map, chunksize=1)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
