"""The log keeps every entry, finds every change, and mends what a crash leaves."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from safelight.consent.ledger import Ledger, leaf_hash, merkle_root, verify_log
from safelight.model.consent import Purpose
from safelight.model.errors import UserError


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path)


def fill(ledger: Ledger, count: int) -> None:
    for number in range(count):
        ledger.append("select", Purpose.PLACES, {"count": number})


def test_entries_come_back_in_order_with_their_index(ledger: Ledger) -> None:
    fill(ledger, 5)
    assert ledger.append("grant", Purpose.FACES, {}) == 5
    assert [entry.index for entry in ledger.entries()] == list(range(6))
    assert [entry.body["count"] for entry in ledger.entries(2, 2)] == [2, 3]
    assert [entry.index for entry in ledger.entries(events=("grant",))] == [5]
    assert len(ledger) == 6


def test_an_event_named_only_inside_a_body_is_not_found_as_that_event(ledger: Ledger) -> None:
    ledger.append("note", None, {"event": "grant"})
    assert ledger.entries(events=("grant",)) == []


def test_root_is_over_the_lines_as_they_stand(ledger: Ledger) -> None:
    fill(ledger, 7)
    lines = ledger.log.read_bytes().splitlines()
    report = ledger.verify()
    assert report.ok
    assert report.size == 7
    assert report.root == merkle_root(map(leaf_hash, lines)).hex()
    assert json.loads(ledger.head.read_bytes())["root"] == report.root


def test_another_ledger_on_the_same_file_continues_it(ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger(tmp_path)
    for index in range(6):
        assert (ledger if index % 2 else other).append("select", None, {}) == index
    assert verify_log(ledger.log, ledger.head).ok


@pytest.mark.parametrize("changed", [0, 3, 6])
def test_a_changed_entry_is_named(ledger: Ledger, changed: int) -> None:
    fill(ledger, 7)
    lines = ledger.log.read_bytes().splitlines(keepends=True)
    lines[changed] = lines[changed].replace(b'"count":%d' % changed, b'"count":9')
    ledger.log.write_bytes(b"".join(lines))
    report = ledger.verify()
    assert not report.ok
    assert report.first_bad == changed
    assert "changed" in report.problem


def test_without_the_head_every_entry_but_the_last_is_still_checked(ledger: Ledger) -> None:
    fill(ledger, 7)
    lines = ledger.log.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b'"count":5', b'"count":9')
    ledger.log.write_bytes(b"".join(lines))
    assert verify_log(ledger.log).first_bad == 5


@pytest.mark.parametrize(
    ("damage", "bad"),
    [
        (lambda lines: lines[:5] + lines[6:], 5),
        (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], 2),
        (lambda lines: lines[:4], 4),
        (lambda lines: [*lines[:3], b"{}\n", *lines[4:]], 3),
        (lambda lines: [*lines[:3], b"\xff\n", *lines[4:]], 3),
        (lambda lines: [lines[0].replace(b",", b", ", 1), *lines[1:]], 0),
    ],
    ids=["removed", "swapped", "shortened", "emptied", "noise", "not-canonical"],
)
def test_damage_is_found_where_it_is(
    ledger: Ledger, damage: Callable[[list[bytes]], list[bytes]], bad: int
) -> None:
    fill(ledger, 7)
    lines = ledger.log.read_bytes().splitlines(keepends=True)
    ledger.log.write_bytes(b"".join(damage(lines)))
    report = ledger.verify()
    assert not report.ok
    assert report.first_bad == bad


def test_a_torn_line_is_cut_off_and_the_cut_recorded(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 3)
    with ledger.log.open("ab") as file:
        file.write(b'{"at":"2026-')
    assert len(ledger) == 3
    later = Ledger(tmp_path)
    assert later.append("grant", Purpose.LIBRARY, {}) == 4
    assert later.entries(3, 1)[0].event == "ledger-cut"
    assert later.entries(3, 1)[0].body == {"bytes": 12}
    report = later.verify()
    assert report.ok
    assert report.cuts == 1


@pytest.mark.parametrize("head", [None, b"", b"{", b"{}"])
def test_a_lost_or_damaged_head_is_rebuilt_from_the_log(
    ledger: Ledger, tmp_path: Path, head: bytes | None
) -> None:
    fill(ledger, 6)
    if head is None:
        ledger.head.unlink()
    else:
        ledger.head.write_bytes(head)
    assert Ledger(tmp_path).append("select", None, {}) == 6
    assert ledger.verify().ok
    assert json.loads(ledger.head.read_bytes())["size"] == 7


def test_a_half_written_head_is_known_as_such(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 6)
    old = ledger.head.read_bytes()
    fill(ledger, 1)
    new = ledger.head.read_bytes()
    for split in range(1, len(new), 9):
        ledger.head.write_bytes(new[:split] + old[split:])
        later = Ledger(tmp_path)
        later.append("select", None, {})
        assert later.verify().ok


def test_a_head_that_lags_behind_is_brought_up(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 3)
    old = ledger.head.read_bytes()
    fill(ledger, 4)
    ledger.head.write_bytes(old)
    assert Ledger(tmp_path).append("select", None, {}) == 7
    assert ledger.verify().ok


def shorten(ledger: Ledger, keep: int) -> None:
    lines = ledger.log.read_bytes().splitlines(keepends=True)
    ledger.log.write_bytes(b"".join(lines[:keep]))


def test_a_log_that_lost_its_end_takes_nothing_but_what_ends_consent(
    ledger: Ledger, tmp_path: Path
) -> None:
    fill(ledger, 6)
    shorten(ledger, 4)
    later = Ledger(tmp_path)
    assert "2 entries at its end are missing" in later.fault
    with pytest.raises(UserError, match=r"does not hold.*ledger renew"):
        later.append("select", None, {})
    assert len(later) == 4, "nothing is added by what is refused"
    assert later.append("withdraw", Purpose.PLACES, {}) == 5
    assert later.entries(4, 1)[0].event == "ledger-broken"
    assert later.verify().first_bad == 4
    again = Ledger(tmp_path)
    assert again.fault, "the head agrees by now, and the log says so itself"
    again.append("refusal", Purpose.PLACES, {})
    assert [e.event for e in again.entries()].count("ledger-broken") == 1


def test_a_log_that_is_cut_short_while_it_is_open_is_noticed(ledger: Ledger) -> None:
    fill(ledger, 6)
    shorten(ledger, 4)
    with pytest.raises(UserError, match="does not hold"):
        ledger.append("select", None, {})
    assert ledger.fault


def test_an_edited_log_is_noticed_before_anything_is_added(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 6)
    ledger.log.write_bytes(ledger.log.read_bytes().replace(b'"count":2', b'"count":9'))
    later = Ledger(tmp_path)
    assert "was changed" in later.fault
    with pytest.raises(UserError, match="does not hold"):
        later.append("grant", Purpose.FACES, {})


def test_a_broken_log_is_put_aside_whole_and_a_new_one_says_so(
    ledger: Ledger, tmp_path: Path
) -> None:
    fill(ledger, 6)
    with pytest.raises(UserError, match="nothing to renew"):
        ledger.renew()
    shorten(ledger, 4)
    later = Ledger(tmp_path)
    aside = later.renew()
    assert len((aside / "log.jsonl").read_bytes().splitlines()) == 4
    (first,) = later.entries()
    assert first.event == "ledger-new"
    assert first.body["had"] == 4
    assert not later.fault
    assert later.append("grant", Purpose.LIBRARY, {}) == 1
    assert later.verify().ok
    assert not Ledger(tmp_path).fault


def test_an_empty_ledger_verifies(ledger: Ledger) -> None:
    assert ledger.verify().ok
    assert ledger.entries() == []
    assert len(ledger) == 0


def test_when_nothing_can_be_written_the_caller_is_told(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ledger, 2)
    before = ledger.log.read_bytes()

    def full(descriptor: int, data: memoryview) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(UserError, match=r"No space left.*nothing was done"):
            ledger.append("grant", Purpose.FACES, {})
    assert ledger.log.read_bytes() == before
    assert ledger.append("grant", Purpose.FACES, {}) == 2
    assert ledger.verify().ok


def test_a_body_that_has_no_exact_form_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="safe"):
        ledger.append("select", None, {"count": 2**60})
    assert len(ledger) == 0


@pytest.mark.parametrize("share", [0.5, 1.0, "é", "tab\there", "\U0001f600", [1, {"z": 1.5}], None])
def test_bodies_of_every_kind_verify(ledger: Ledger, share: object) -> None:
    ledger.append("note", None, {"share": share, "Z": True, "a": -1})
    assert ledger.entries()[0].body["share"] == share
    assert ledger.verify().ok


def test_a_fraction_in_another_form_is_found(ledger: Ledger) -> None:
    ledger.append("note", None, {"share": 1.0})
    ledger.head.unlink()
    line = ledger.log.read_bytes()
    ledger.log.write_bytes(line.replace(b'"share":1}', b'"share":1.0}'))
    assert "canonical" in ledger.verify().problem
