"""Passphrase, sessions, tokens, the way to a phone: through the app and the command line."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError

import cv2
import numpy as np
import pytest

from safelight.app.access import SESSION_LIFE, Access
from safelight.app.addresses import own_addresses, own_names
from safelight.app.attempts import FREE, Attempts
from safelight.app.qr import qr_path, qr_rows, qr_text
from safelight.consent.ledger import Ledger
from safelight.model.errors import UserError

WORDS = "purple otter quiet harbour"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2024, 5, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(tmp_path: Path, clock: Clock) -> Access:
    return Access(tmp_path, Ledger(tmp_path), clock)


def test_nothing_that_is_kept_opens_anything(access: Access, tmp_path: Path) -> None:
    access.set_passphrase(WORDS)
    session = access.sign_in(WORDS, "192.168.7.9", "Firefox on Linux")
    _, token = access.add_token("frame")
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in (WORDS, session, token):
        assert secret.encode() not in kept
    assert b"192.168.7.9" not in kept
    assert (tmp_path / "access.json").stat().st_mode & 0o077 == 0


def test_a_session_ends_by_itself_when_it_is_not_used(access: Access, clock: Clock) -> None:
    access.set_passphrase(WORDS)
    secret = access.sign_in(WORDS, "a", "Firefox")
    clock.now += SESSION_LIFE - timedelta(minutes=1)
    assert access.session(secret)  # seen: its time begins anew
    clock.now += SESSION_LIFE - timedelta(minutes=1)
    assert access.session(secret)
    clock.now += SESSION_LIFE + timedelta(minutes=1)
    assert access.session(secret) is None
    assert access.sessions() == []


def test_a_page_that_asks_by_itself_keeps_no_session_alive(access: Access, clock: Clock) -> None:
    access.set_passphrase(WORDS)
    secret = access.sign_in(WORDS, "a", "Firefox")
    clock.now += SESSION_LIFE - timedelta(minutes=1)
    assert access.session(secret, used=False)
    clock.now += timedelta(minutes=2)
    assert access.session(secret, used=False) is None


def test_what_another_process_changes_counts_at_once(access: Access, tmp_path: Path) -> None:
    other = Access(tmp_path, Ledger(tmp_path))
    assert not access.required
    other.set_passphrase(WORDS)
    assert access.required
    token, secret = other.add_token("frame")
    assert access.token(secret) == token
    access.remove_token(token.id)
    assert other.token(secret) is None


def test_tokens_have_names_of_their_own(access: Access) -> None:
    access.add_token("frame")
    for name in ("frame", " ", "x" * 61, "a\nb"):
        with pytest.raises(UserError):
            access.add_token(name)
    with pytest.raises(UserError, match="no token"):
        access.remove_token("nobody")


def test_the_ledger_says_what_was_done(access: Access, tmp_path: Path) -> None:
    access.set_passphrase(WORDS)
    access.sign_in(WORDS, "a", "Firefox")
    token, _ = access.add_token("frame", writes=True)
    access.remove_token("frame")
    access.remove_passphrase()
    entries = Ledger(tmp_path).entries(events=("access",))
    assert [entry.body["act"] for entry in entries] == [
        "passphrase-set", "signed-in", "token-added", "token-removed", "passphrase-removed",
    ]  # fmt: skip
    assert entries[2].body == {"act": "token-added", "token": token.id, "writes": True}


# Guessing


def test_waits_grow_and_end() -> None:
    now = 1000.0
    attempts = Attempts(lambda: now)
    waits = []
    for _ in range(FREE + 12):
        now += attempts.wait_s("a")
        attempts.begin("a")
        waits.append(attempts.wait_s("a"))
    assert waits[: FREE - 1] == [0.0] * (FREE - 1)
    assert waits[FREE - 1 : FREE + 3] == [2.0, 4.0, 8.0, 16.0]
    assert max(waits) == 900.0
    assert attempts.wait_s("b") == 0.0
    now += 3601
    assert attempts.wait_s("a") == 0.0


def test_many_addresses_together_are_no_faster() -> None:
    now = 1000.0
    attempts = Attempts(lambda: now)
    tried = 0
    for number in range(500):
        if attempts.wait_s(f"192.168.7.{number}") == 0:
            attempts.begin(f"192.168.7.{number}")
            tried += 1
    assert tried == 60


def test_addresses_of_one_ipv6_network_are_one() -> None:
    attempts = Attempts(lambda: 1000.0)
    for number in range(FREE):
        attempts.begin(f"2001:db8:1:2::{number:x}")
    assert attempts.wait_s("2001:db8:1:2:9:9:9:9") > 0
    assert attempts.wait_s("2001:db8:1:3::1") == 0


# The way to a phone


@pytest.mark.parametrize("text", ["https://192.168.1.23:8420/", "http://[2001:db8::1]:65535/"])
def test_a_camera_reads_the_code(text: str) -> None:
    rows = np.array(qr_rows(text))
    picture = np.kron(np.where(rows, 0, 255), np.ones((8, 8))).astype(np.uint8)
    found, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert found == text
    edge, path = qr_path(text)
    assert (edge, path.count("M")) == (len(rows), int(rows.sum()))
    lines = qr_text(text).splitlines()
    assert len(lines) == (len(rows) + 1) // 2


def test_own_addresses_are_addresses_and_no_loopback() -> None:
    for address in own_addresses():
        assert address.count(".") == 3
        assert not address.startswith("127.")
    assert all(name == name.lower() for name in own_names())


# The command line


def safelight(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SAFELIGHT_HOME": str(home), "SAFELIGHT_KEY_STORE": "file"}
    return subprocess.run(
        [sys.executable, "-m", "safelight", *arguments],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_serving_others_asks_for_a_passphrase_first(tmp_path: Path) -> None:
    done = safelight(tmp_path, "serve", "--host", "0.0.0.0", "--port", "0")
    assert done.returncode == 1
    assert "safelight access set" in done.stderr
    assert safelight(tmp_path, "access", "set", typed="short\n").returncode == 1
    assert safelight(tmp_path, "access", "set", "--dry-run").returncode == 0
    shown = safelight(tmp_path, "access", "show", "--json")
    assert json.loads(shown.stdout) == {"required": False, "sessions": []}


def test_from_a_passphrase_to_a_program_over_tls(tmp_path: Path) -> None:
    assert safelight(tmp_path, "access", "set", typed=f"{WORDS}\n").returncode == 0
    made = json.loads(safelight(tmp_path, "tokens", "add", "frame", "--json").stdout)
    (listed,) = safelight(tmp_path, "tokens", "list", "--json").stdout.splitlines()
    assert made["token"] not in listed
    environment = {**os.environ, "SAFELIGHT_HOME": str(tmp_path), "SAFELIGHT_KEY_STORE": "file"}
    command = [sys.executable, "-m", "safelight", "serve", "--host", "0.0.0.0", "--port", "0"]
    server = subprocess.Popen(
        [*command, "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert server.stdout
        told = json.loads(server.stdout.readline())
        assert told["url"].startswith("https://127.0.0.1:")
        trusted = ssl.create_default_context(cafile=str(tmp_path / "tls" / "certificate.pem"))
        asked = urllib.request.Request(told["url"] + "api/v1/status")
        with pytest.raises(HTTPError, match="401"):
            urllib.request.urlopen(asked, context=trusted, timeout=20)
        asked.add_header("Authorization", f"Bearer {made['token']}")
        with urllib.request.urlopen(asked, context=trusted, timeout=20) as answer:
            assert json.loads(answer.read())["on"] == []
    finally:
        server.terminate()
        server.wait(20)
        if server.stdout:
            server.stdout.close()
    assert safelight(tmp_path, "tokens", "remove", "frame").returncode == 0
