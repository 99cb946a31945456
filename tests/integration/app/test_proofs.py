"""The record proved and checked on the command line, as a sceptic would."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.app.examining import examine
from safelight.model.consent import Purpose
from safelight.settings import Settings, load_settings
from safelight.surfaces.cli import main


class Shell:
    """Runs commands on one home, in this process, and looks at how they end."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *arguments: object, code: int = 0) -> Any:
        """The JSON that a command printed, which must end with `code`; its words are kept."""
        self._capsys.readouterr()
        command = [*map(str, arguments), "--home", str(self.home), "--json"]
        left = 0
        try:
            main(command)
        except SystemExit as leaving:
            left = int(leaving.code or 0)
        out, self.words = self._capsys.readouterr()
        assert left == code, self.words
        found = [json.loads(line) for line in out.splitlines()]
        return found[0] if len(found) == 1 else found


@pytest.fixture
def shell(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    monkeypatch.setenv("SAFELIGHT_KEY_STORE", "file")
    with Safelight(settings, inline=True) as library:
        library.allow([Purpose.LIBRARY, Purpose.PLACES])
    return Shell(settings.home, capsys)


def damage(home: Path) -> None:
    log = home / "ledger" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"folders":0', b'"folders":7', 1))


def test_a_log_is_checked_without_its_library(shell: Shell, tmp_path: Path) -> None:
    shell("ledger", "checkpoint")
    away = tmp_path / "away"
    shutil.copytree(shell.home / "ledger", away)
    shutil.rmtree(shell.home)
    files = ["--log", away / "log.jsonl", "--key", away / "log.pub"]
    verdict = shell("ledger", "verify", *files, "--checkpoint", away / "checkpoint")
    assert verdict["ok"]
    assert verdict["signed"] == verdict["entries"] == 3
    assert not shell.home.exists(), "no library is made or opened"
    stranger = str(tmp_path / "nothing")
    shell("ledger", "verify", "--log", stranger, code=1)
    assert "There is no log" in shell.words
    lines = (away / "log.jsonl").read_bytes().splitlines(keepends=True)
    (away / "log.jsonl").write_bytes(b"".join(lines[:-1]))
    shorter = shell("ledger", "verify", *files, "--checkpoint", away / "checkpoint", code=1)
    assert shorter["first_bad"] == 2
    assert "1 entry at the end is missing" in shorter["text"]


def test_a_proof_alone_is_checked_against_the_key(shell: Shell, tmp_path: Path) -> None:
    proof, key = tmp_path / "one.tlog-proof", tmp_path / "log.pub"
    made = shell("ledger", "prove", 1, "--out", proof)
    key.write_text(made["key"])
    assert proof.read_text("utf-8") == made["proof"]
    assert shell("ledger", "verify", "--receipt", proof)["ok"], "by the key of this library"
    shutil.rmtree(shell.home)
    shell("ledger", "verify", "--receipt", proof, code=1)
    assert "give the log's key" in shell.words
    verdict = shell("ledger", "verify", "--receipt", proof, "--key", key)
    assert verdict["ok"]
    assert verdict["entry"]["text"] == "You allowed “Places and trips”."
    proof.write_text(proof.read_text("utf-8").replace("index 1", "index 0"), "utf-8")
    assert not shell("ledger", "verify", "--receipt", proof, "--key", made["key"], code=1)["ok"]
    proof.write_bytes(b"\xff nonsense")
    assert not shell("ledger", "verify", "--receipt", proof, "--key", made["key"], code=1)["ok"]
    shell("ledger", "verify", "--receipt", proof, "--key", "nonsense", code=1)
    assert "not a public key" in shell.words


def test_a_key_that_the_log_does_not_name_is_told(shell: Shell, tmp_path: Path) -> None:
    shell("ledger", "checkpoint")
    with Safelight(load_settings(tmp_path / "other", key_store="file"), inline=True) as other:
        key = other.proofs.key
    (shell.home / "ledger" / "log.pub").write_text(f"{key}\n")
    (shell.home / "ledger" / "checkpoint").unlink()
    assert "names another key" in shell("ledger", "verify", code=1)["text"]


def test_a_witness_on_a_stick_signs_and_refuses(shell: Shell, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    assert shell("ledger", "witness", "--at", stick)["before"] == 0
    shutil.copytree(shell.home, tmp_path / "backup")
    shell("consent", "allow", "content")
    seen = shell("ledger", "witness", "--at", stick)
    assert seen["entries"] > seen["before"] == 3
    witness = stick / "witness.pub"
    verdict = shell("ledger", "verify", "--witness", witness)
    assert [name for name, _ in verdict["witnesses"]] == [seen["witness"].split("+")[0]]
    shell("consent", "allow", "suggest")
    shell("ledger", "checkpoint")
    later = shell("ledger", "verify", "--witness", witness, code=1)
    assert "entries are whole and in order" in later["text"]
    assert "Show the log to that witness" in later["text"]
    shutil.rmtree(shell.home)
    shutil.copytree(tmp_path / "backup", shell.home)
    assert shell("ledger", "verify")["ok"], "nothing here can tell"
    shell("ledger", "witness", "--at", stick, code=1)
    assert "put back to an earlier state" in shell.words


def test_a_witness_on_another_machine_needs_only_a_request(shell: Shell, tmp_path: Path) -> None:
    request, folder, signed = tmp_path / "request", tmp_path / "witness", tmp_path / "signed"
    key = shell.home / "ledger" / "log.pub"
    request.write_text(shell("ledger", "checkpoint", "--since", 0)["checkpoint"], "utf-8")
    asked = ["ledger", "witness", "--at", folder, "--request", request]
    shell(*asked, code=1)
    assert "give its public key" in shell.words
    assert shell(*asked, "--key", key, "--out", signed)["entries"] == 3
    assert "safelight/witness/" in signed.read_text("utf-8")
    shell("consent", "allow", "content")
    request.write_text(shell("ledger", "checkpoint", "--since", 3)["checkpoint"], "utf-8")
    assert shell(*asked)["before"] == 3
    shell(*asked, code=1)
    assert "--since 4" in shell.words


def test_a_log_that_does_not_hold_stops_everything_but_ending(
    shell: Shell, settings: Settings
) -> None:
    assert shell("status")["ledger_fault"] is None
    damage(shell.home)
    assert "was changed" in shell("status")["ledger_fault"]
    findings = {finding.check: finding for finding in examine(settings)}
    assert not findings["your record"].ok
    shell("scan", code=3)
    assert "ledger renew" in shell.words
    assert all(row["state"] == "off" for row in shell("consent", "show"))
    before = (shell.home / "ledger" / "log.jsonl").read_bytes()
    shell("consent", "allow", "content", code=3)
    shell("ledger", "checkpoint", code=1)
    events = [row["event"] for row in shell("ledger", "show")]
    assert events[-2:] == ["ledger-broken", "refusal"]
    assert (shell.home / "ledger" / "log.jsonl").read_bytes().startswith(before)
    shell("consent", "withdraw", "places")
    assert not (shell.home / "drawers" / "places.db").exists()


def test_a_renewed_record_asks_for_everything_again(shell: Shell) -> None:
    shell("ledger", "renew")
    assert not list((shell.home / "ledger").glob("broken-*")), "one that holds stays"
    damage(shell.home)
    assert shell("ledger", "renew", "--dry-run")["dry_run"]
    kept = Path(shell("ledger", "renew")["kept_at"])
    assert (kept / "log.jsonl").is_file()
    why = {row["purpose"]: row["why"] for row in shell("consent", "show")}
    assert "no record that you allowed" in why["library"]
    shell("scan", code=3)
    shell("consent", "allow", "library")
    shell("scan")
    assert shell("ledger", "verify")["ok"]


def test_a_grant_without_its_entry_does_not_count(shell: Shell) -> None:
    """The whole ledger exchanged for an older one of the same library that holds in itself."""
    shutil.copytree(shell.home / "ledger", shell.home.with_name("older"))
    shell("consent", "allow", "content")
    shutil.rmtree(shell.home / "ledger")
    shutil.copytree(shell.home.with_name("older"), shell.home / "ledger")
    states = {row["purpose"]: row["state"] for row in shell("consent", "show")}
    assert states["content"] == "off"
    assert states["library"] == "on"


def test_each_session_ends_with_a_checkpoint_once_there_is_a_key(
    shell: Shell, settings: Settings
) -> None:
    kept = settings.home / "ledger" / "checkpoint"
    assert not kept.exists()
    shell("ledger", "checkpoint")
    first = kept.read_bytes()
    shell("consent", "allow", "content")
    assert kept.read_bytes() != first
    assert shell("ledger", "verify")["signed"] == 4


def test_parts_are_erased_and_receipts_checked_on_the_command_line(
    shell: Shell, photos: Path, tmp_path: Path, camera: Any
) -> None:
    for n in range(3):
        camera.shoot(photos / f"{n}.jpg", gps=(52.5, 13.4))
    shell("sources", "add", "folder", photos)
    shell("scan")
    assets = shell("assets", "list")
    shell("consent", "erase", code=2)
    assert shell("consent", "erase", "--folder", photos, "--dry-run")["photos"] == 3
    erased = shell("consent", "erase", "--asset", assets[0]["id"])
    assert erased["photos"] == 1
    assert len(shell("assets", "list")) == 2
    assert shell("consent", "lift", "--all")["lifted"] == 1
    shell("consent", "lift", code=2)
    receipt = tmp_path / "receipt.json"
    document = shell("consent", "receipts", erased["entry"], "--out", receipt)
    assert shell("consent", "receipts")["entry"] == erased["entry"]
    shutil.rmtree(shell.home)
    key = document["key"]
    assert shell("ledger", "verify", "--receipt", receipt, "--key", key)["ok"]
    receipt.write_text(receipt.read_text("utf-8").replace("1 photo", "9 photos"), "utf-8")
    assert not shell("ledger", "verify", "--receipt", receipt, "--key", key, code=1)["ok"]


def test_the_key_moves_behind_a_passphrase_and_is_asked_for(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safelight.library.sealing.MEMORY_KIB", 64)
    assert shell("keys", "show")["store"] == "file"
    assert shell("keys", "move", "--to", "passphrase", "--dry-run")["store"] == "file"
    monkeypatch.setenv("SAFELIGHT_NEW_PASSPHRASE", "short")
    shell("keys", "move", "--to", "passphrase", code=1)
    monkeypatch.setenv("SAFELIGHT_NEW_PASSPHRASE", "four words are good")
    assert shell("keys", "move", "--to", "passphrase")["store"] == "passphrase"
    shell("status", code=1)
    assert "SAFELIGHT_PASSPHRASE" in shell.words
    assert shell("ledger", "verify")["ok"], "the record is checked without any key"
    monkeypatch.setenv("SAFELIGHT_PASSPHRASE", "five words are not it")
    shell("status", code=1)
    assert "does not open" in shell.words
    monkeypatch.setenv("SAFELIGHT_PASSPHRASE", "four words are good")
    assert "passphrase" in shell("status")["key_store"]
    shell("consent", "withdraw", "places")
    assert shell("status")["on"] == ["library"]
    assert shell("keys", "move", "--to", "file")["store"] == "file"
    monkeypatch.delenv("SAFELIGHT_PASSPHRASE")
    assert shell("status")["on"] == ["library"]
    moved = [row for row in shell("ledger", "show") if row["event"] == "keys"]
    assert [row["body"]["to"] for row in moved] == ["passphrase", "passphrase", "file"]
