"""The record is in the public form: a program that knows nothing of Safelight checks it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.settings import Settings

PROGRAM = Path(__file__).resolve().parents[2] / "docs/how-to/verify_without_safelight.py"


@pytest.fixture
def taken(settings: Settings, tmp_path: Path) -> Path:
    """A folder with what a person hands out: log, checkpoint, key, and a proof of entry 2."""
    with Safelight(settings, inline=True) as library:
        library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT])
        library.withdraw(Purpose.PLACES)
        (tmp_path / "proof").write_text(library.proofs.prove(2), "utf-8")
        library.proofs.checkpoint()
    return tmp_path


def check(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(PROGRAM), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_program_knows_nothing_of_ours() -> None:
    assert "import safelight" not in PROGRAM.read_text("utf-8")
    assert "from safelight" not in PROGRAM.read_text("utf-8")


def test_a_log_is_checked_and_a_change_found(taken: Path, settings: Settings) -> None:
    folder = settings.home / "ledger"
    files = (folder / "log.pub", folder / "checkpoint", folder / "log.jsonl")
    done = check(*files)
    assert done.returncode == 0, done.stderr
    assert "entries are as they were signed" in done.stdout
    log = files[2].read_bytes()
    for changed in (log.replace(b'"folders":0', b'"folders":1', 1), log[: len(log) // 2] + b"\n"):
        files[2].write_bytes(changed)
        assert check(*files).returncode == 1


def test_a_proof_is_checked_and_another_key_refused(taken: Path, settings: Settings) -> None:
    key, proof = settings.home / "ledger" / "log.pub", taken / "proof"
    done = check(key, proof)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["purpose"] == Purpose.CONTENT
    text = proof.read_text("utf-8")
    proof.write_text(text.replace("index 2", "index 3"), "utf-8")
    assert check(key, proof).returncode == 1
