"""Checking a ledger from its files alone, without the library and without a key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safelight.consent.ledger.entry import from_fields, parse
from safelight.consent.ledger.head import load_head
from safelight.consent.ledger.tree import CompactTree, leaf_hash


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What reading the whole log again gave.

    Attributes:
        ok: every entry is in its place and every root agrees.
        size: entries read; root: over all of them, hex.
        first_bad: index of the first entry that does not hold, None where all do.
        problem: what is wrong, in words; empty when nothing is.
        cuts: half-written lines that a crash left and that were cut off, each recorded.
    """

    ok: bool
    size: int
    root: str
    first_bad: int | None = None
    problem: str = ""
    cuts: int = 0


def verify_log(log: Path, head: Path | None = None) -> VerifyReport:
    """Read a log from its start and recompute every hash.

    Each entry carries the root over those before it, so a changed entry is named. The last entry
    and a shortened log show only against `head`, which is used when given and present; a log
    whose owner rewrote both needs a witness outside this machine.
    """
    claimed = _read_head(head)  # before the log, which only grows
    lines = _complete_lines(log)
    tree, cuts = CompactTree(), 0
    for index, line in enumerate(lines):
        problem, event = _read_entry(line, index, tree)
        if problem:
            bad = index - 1 if problem is _EARLIER else index
            return _report(tree, bad, problem, cuts)
        cuts += event == "ledger-cut"
        if event == "ledger-gap":
            return _report(tree, index, "the log says that entries before this one are lost", cuts)
        tree.add(leaf_hash(line))
        if claimed and claimed[0] == tree.size and claimed[1] != tree.root().hex():
            return _report(tree, index, "this entry was changed after it was written", cuts)
    if claimed and claimed[0] > tree.size:
        lost = f"{claimed[0] - tree.size} entries at the end are missing"
        return _report(tree, tree.size, lost, cuts)
    return VerifyReport(True, tree.size, tree.root().hex(), cuts=cuts)


_EARLIER = "an entry was changed after it was written"


def _read_entry(line: bytes, index: int, tree: CompactTree) -> tuple[str, str]:
    """What is wrong with an entry, if anything, and its event."""
    try:
        fields = parse(line)
        entry = from_fields(fields)
    except (ValueError, TypeError) as error:
        return f"it cannot be read: {error}", ""
    if entry.index != index:
        return f"it says it is entry {entry.index}", ""
    earlier = "" if fields["before"] == tree.root().hex() else _EARLIER
    return earlier, entry.event


def _report(tree: CompactTree, bad: int, problem: str, cuts: int) -> VerifyReport:
    return VerifyReport(False, tree.size, tree.root().hex(), max(bad, 0), problem, cuts)


def _complete_lines(log: Path) -> list[bytes]:
    # A line without its newline was never acknowledged; the next append cuts it off.
    return log.read_bytes().split(b"\n")[:-1] if log.is_file() else []


def _read_head(path: Path | None) -> tuple[int, str] | None:
    head = load_head(path) if path is not None else None
    return (head.tree.size, head.tree.root().hex()) if head is not None else None
