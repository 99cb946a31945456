"""Every change of a log is caught: by itself, by its signature, or by a witness alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safelight.consent.ledger import Ledger, verify_log
from safelight.consent.ledger.checkpoint import (
    Checkpoint,
    parse_checkpoint,
    parse_proof,
    signed_checkpoint,
)
from safelight.consent.ledger.checkpoints import Checkpoints
from safelight.consent.ledger.note import NoteKey, parse_note
from safelight.consent.ledger.witness import Request, Witness, parse_request
from safelight.model.consent import Purpose
from safelight.model.errors import UserError

SEED = b"a log's secret, of 32 bytes, here"[:32]


class Desk:
    """A signed log, as a library keeps it, and what its owner can do to it."""

    def __init__(self, home: Path, seed: bytes = SEED) -> None:
        self.home = home
        self.ledger = Ledger(home)
        self.checkpoints = Checkpoints(self.ledger, lambda: seed)

    @property
    def key(self) -> NoteKey:
        return self.checkpoints.key.public

    def fill(self, count: int) -> None:
        for number in range(count):
            self.ledger.append("select", Purpose.PLACES, {"count": number})

    def verify(self, key: NoteKey | None = None) -> tuple[bool, str]:
        try:
            note = parse_note(self.ledger.checkpoint.read_bytes())
            checkpoint: Checkpoint = signed_checkpoint(note, key or self.key)
        except ValueError as error:
            return False, str(error)
        report = verify_log(self.ledger.log, self.ledger.head, checkpoint)
        return report.ok, report.problem

    def shown_to(self, witness: Witness) -> None:
        """Show the log as it is now to a witness, as the command does."""
        note = self.checkpoints.make()
        fresh = parse_checkpoint(note.text)
        seen = witness.seen(fresh.origin)
        old = min(seen.size, fresh.size) if seen else 0
        path = self.checkpoints.growth(old, fresh.size)
        witness.observe(Request(old, path, note), self.key)

    def rewrite(self, change: Callable[[list[dict[str, Any]]], None]) -> Desk:
        """What an owner with the key can do: make the whole log anew, head and signature too."""
        entries: list[dict[str, Any]] = [
            {"event": e.event, "purpose": e.purpose, "body": e.body} for e in self.ledger.entries()
        ]
        change(entries)
        shutil.rmtree(self.ledger.folder)
        forged = Desk(self.home)
        for entry in entries:
            forged.ledger.append(**entry)
        (forged.ledger.folder / "log.pub").write_text(f"{forged.checkpoints.key.public}\n")
        return forged


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "home")
    desk.fill(9)
    desk.checkpoints.make()
    return desk


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(tmp_path / "stick")


def lines(desk: Desk) -> list[bytes]:
    return desk.ledger.log.read_bytes().splitlines(keepends=True)


CHANGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "edit": lambda at: [*at[:3], at[3].replace(b'"count":3', b'"count":4'), *at[4:]],
    "edit the last": lambda at: [*at[:-1], at[-1].replace(b"ledger-key", b"ledger-kez")],
    "drop": lambda at: at[:4] + at[5:],
    "reorder": lambda at: [*at[:2], at[3], at[2], *at[4:]],
    "truncate": lambda at: at[:-2],
    "empty": lambda at: [],
    "duplicate": lambda at: [*at[:5], at[4], *at[5:]],
    "append by hand": lambda at: [*at, at[-1].replace(b'"index":9', b'"index":10')],
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("head", ["kept", "gone"])
def test_every_change_of_the_file_is_caught(desk: Desk, name: str, head: str) -> None:
    assert desk.verify() == (True, "")
    if head == "gone":
        desk.ledger.head.unlink()
    changed = CHANGES[name](lines(desk))
    assert changed != lines(desk)
    desk.ledger.log.write_bytes(b"".join(changed))
    key = desk.key
    assert not Desk(desk.home).verify(key)[0]
    assert Ledger(desk.home).fault, "also before anything is added"


def test_a_key_that_was_swapped_signs_for_another_log(desk: Desk) -> None:
    key = desk.key
    forged = Desk(desk.home, b"another secret of thirty-two byt")
    forged.checkpoints.make()
    ok, why = forged.verify(key)
    assert not ok
    assert "not signed with the key" in why
    assert [e.event for e in desk.ledger.entries()].count("ledger-key") == 2, "and says so"


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries[2].update(body={"count": 99}),
        lambda entries: entries.pop(3),
        lambda entries: entries.insert(4, dict(entries[4])),
        lambda entries: entries.__setitem__(slice(1, 3), entries[2:0:-1]),
    ],
    ids=["edit", "drop", "duplicate", "reorder"],
)
def test_log_head_and_signature_rewritten_together_are_caught_by_the_witness_alone(
    desk: Desk, witness: Witness, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    desk.shown_to(witness)
    forged = desk.rewrite(change)
    forged.fill(3)
    forged.checkpoints.make()
    assert forged.verify() == (True, ""), "nothing on this machine can tell"
    with pytest.raises(UserError, match="not how this log begins"):
        forged.shown_to(witness)


def test_a_roll_back_is_caught_by_the_witness_alone(
    desk: Desk, witness: Witness, tmp_path: Path
) -> None:
    shutil.copytree(desk.home, tmp_path / "backup")
    desk.fill(5)
    desk.shown_to(witness)
    shutil.rmtree(desk.home)
    shutil.copytree(tmp_path / "backup", desk.home)
    restored = Desk(desk.home)
    assert restored.verify() == (True, "")
    with pytest.raises(UserError, match="put back to an earlier state"):
        restored.shown_to(witness)
    restored.fill(5)
    with pytest.raises(UserError, match=r"another log|not how this log begins"):
        restored.shown_to(witness)


def test_a_witness_signs_what_grew_and_the_log_keeps_it(desk: Desk, witness: Witness) -> None:
    desk.shown_to(witness)
    desk.fill(4)
    desk.shown_to(witness)
    desk.shown_to(witness)
    kept = witness.seen(desk.key.name)
    assert kept
    assert kept.size == len(desk.ledger)
    note = parse_note((witness._place(desk.key.name) / "checkpoint").read_bytes())
    assert note.by(witness.key)
    desk.checkpoints.add(note)
    signed = desk.checkpoints.kept()
    assert signed
    assert signed.by(witness.key)
    assert signed.by(desk.key)
    again = Witness(witness.folder)
    assert again.key == witness.key
    proof = desk.checkpoints.prove(3)
    assert proof.note.by(witness.key), "a receipt carries the witness's signature too"


def test_a_witness_asks_for_the_proof_that_it_needs(desk: Desk, witness: Witness) -> None:
    desk.shown_to(witness)
    seen = len(desk.ledger)
    desk.fill(2)
    note = desk.checkpoints.make()
    with pytest.raises(UserError, match=f"--since {seen}"):
        witness.observe(Request(0, (), note), desk.key)
    path = desk.checkpoints.growth(seen, seen + 2)
    request = parse_request(str(Request(seen, path, note)).encode())
    assert request == Request(seen, path, note)
    forged = Request(seen, (os.urandom(32), *path[1:]), note)
    with pytest.raises(UserError, match="not how this log begins"):
        witness.observe(forged, desk.key)
    assert witness.observe(request, desk.key)
    for odd in (b"", b"old x\n\n", b"new 3\n\n", str(note).encode()):
        with pytest.raises(ValueError, match=r"not a|This is"):
            parse_request(odd)


def test_a_witness_signs_nothing_that_the_log_did_not(desk: Desk, witness: Witness) -> None:
    note = desk.checkpoints.make()
    stranger = Desk(desk.home.with_name("other"), b"another secret of thirty-two byt")
    with pytest.raises(UserError, match="not signed with the key"):
        witness.observe(Request(0, (), note), stranger.key)
    assert witness.seen(desk.key.name) is None
    desk.shown_to(witness)
    (witness._place(desk.key.name) / "checkpoint").write_bytes(b"?")
    with pytest.raises(UserError, match="nothing can be compared"):
        desk.shown_to(witness)


def test_a_checkpoint_is_never_signed_over_one_that_it_contradicts(desk: Desk) -> None:
    kept = desk.ledger.checkpoint.read_bytes()
    forged = desk.rewrite(lambda entries: entries[2].update(body={"count": 99}))
    forged.ledger.checkpoint.write_bytes(kept)
    forged.fill(3)
    with pytest.raises(UserError, match="no continuation"):
        forged.checkpoints.make()
    assert "was changed" in Ledger(desk.home).fault


def test_a_proof_of_every_entry_holds_alone(desk: Desk) -> None:
    desk.fill(5)
    for index in range(len(desk.ledger)):
        proof = parse_proof(str(desk.checkpoints.prove(index)).encode())
        assert proof.check(desk.key).size == len(desk.ledger)
        assert proof.entry == lines(desk)[index].rstrip(b"\n")
    with pytest.raises(UserError, match="no entry 99"):
        desk.checkpoints.prove(99)


def test_the_log_names_nobody(desk: Desk) -> None:
    text = desk.ledger.checkpoint.read_text("utf-8")
    assert text.startswith("safelight/ledger/")
    assert str(desk.home) not in text
    assert (desk.ledger.folder / "log.pub").read_text("utf-8") == f"{desk.key}\n"
