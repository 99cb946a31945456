"""The browser as a witness: what it has seen cannot be taken back unnoticed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.browser.steps import go

from safelight.app import Safelight
from safelight.model.consent import Purpose
from safelight.settings import load_settings

pytestmark = pytest.mark.browser


def base64(text: str) -> str:
    return b64encode(bytes.fromhex(text)).decode()


# Published by the Certificate Transparency reference implementation.
GROWTH = [
    base64("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
    base64("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
]
OLD = base64("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
NEW = base64("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")
CHECK = """async ([old, fresh, path]) => {
  const from = document.querySelector('script[type=module]').src.replace('app.js', 'tlog.js');
  const { isConsistent, unbase64 } = await import(from);
  const tree = ([size, root]) => ({ size, root: unbase64(root) });
  return isConsistent(tree(old), tree(fresh), path.map(unbase64));
}"""


@contextmanager
def serving(home: Path, port: int) -> Iterator[str]:
    """The program on a fixed port, so that the browser takes it for the same place."""
    command = [sys.executable, "-m", "safelight", "serve", "--home", str(home)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--json"],
        stdout=subprocess.PIPE,
        env={**os.environ, "SAFELIGHT_KEY_STORE": "file", "SAFELIGHT_WORKERS": "1"},
        text=True,
    )
    assert process.stdout
    with process, process.stdout:
        yield json.loads(process.stdout.readline())["url"]
        process.terminate()
        process.wait(20)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Safelight(load_settings(tmp_path / "home", key_store="file"), inline=True) as library:
        library.allow([Purpose.LIBRARY])
        library.proofs.checkpoint()
    return tmp_path / "home"


def said(page: Any, address: str) -> str:
    page.goto(f"{address}ledger")
    page.locator("#device-witness[data-holds]").wait_for()
    words: str = page.locator("#device-witness [data-words]").inner_text()
    return words


def add(home: Path, purpose: Purpose) -> None:
    with Safelight(load_settings(home, key_store="file"), inline=True) as library:
        library.allow([purpose])


def test_growth_is_seen_and_a_roll_back_is_told(chromium: Any, home: Path, tmp_path: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    with serving(home, 0) as address:
        port = urlsplit(address).port or 0
        assert "for the first time. It remembers it up to entry 1." in said(page, address)
        assert "has seen entry 1; nothing before it was changed" in said(page, address)
        shutil.copytree(home / "ledger", tmp_path / "backup")
        add(home, Purpose.PLACES)
        assert "has seen entry 1;" in said(page, address)
        assert "has seen entry 2; nothing before it was changed" in said(page, address)
    shutil.rmtree(home / "ledger")
    shutil.copytree(tmp_path / "backup", home / "ledger")
    with serving(home, port) as address:
        assert "seen entry 2, and now the record ends at 1" in said(page, address)
        assert "put back" in said(page, address), "what was seen is not forgotten over it"
    add(home, Purpose.CONTENT)
    add(home, Purpose.SUGGEST)
    with serving(home, port) as address:
        assert "something up to there was changed" in said(page, address)
        page.get_by_role("button", name="Begin anew on this device").click()
        page.locator("#device-witness[data-holds=yes]").wait_for()
        assert "has seen entry 3; nothing before it was changed" in said(page, address)
    context.close()


def test_a_record_under_another_key_is_told(chromium: Any, home: Path, tmp_path: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    with serving(home, 0) as address:
        port = urlsplit(address).port or 0
        said(page, address)
    other = tmp_path / "other"
    with Safelight(load_settings(other, key_store="file"), inline=True) as library:
        library.allow([Purpose.LIBRARY])
    with serving(other, port) as address:
        assert "under another key" in said(page, address)
    context.close()


def test_a_checkpoint_that_the_record_did_not_sign_is_told(chromium: Any, home: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    with serving(home, 0) as address:
        said(page, address)
        note = page.request.get(f"{address}ledger/checkpoint").text()
        forged = note.replace("\n2\n", "\n3\n", 1)
        assert forged != note
        page.route("**/ledger/checkpoint", lambda route: route.fulfill(body=forged))
        assert "a signature that does not hold" in said(page, address)
    context.close()


def test_the_published_proof_is_taken_and_no_other(chromium: Any, home: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    with serving(home, 0) as address:
        page.goto(f"{address}ledger")
        assert page.evaluate(CHECK, [[2, OLD], [5, NEW], GROWTH])
        assert not page.evaluate(CHECK, [[2, NEW], [5, OLD], GROWTH])
        assert not page.evaluate(CHECK, [[3, OLD], [5, NEW], GROWTH])
        assert not page.evaluate(CHECK, [[2, OLD], [5, NEW], GROWTH[::-1]])
        assert not page.evaluate(CHECK, [[2, OLD], [5, NEW], []])
        assert not page.evaluate(CHECK, [[5, NEW], [2, OLD], GROWTH])
    context.close()


def test_an_entry_is_one_click_from_its_proof(chromium: Any, home: Path, tmp_path: Path) -> None:
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    with serving(home, 0) as address:
        said(page, address)
        page.get_by_text("Entry 0, exactly").click()
        go(page, page.get_by_role("link", name="Proof of entry 0").click)
        assert "You allowed" in page.locator(".lead").inner_text()
        saved = {}
        for name in ("Save the proof", "Save the public key"):
            with page.expect_download() as waiting:
                page.get_by_role("link", name=name).click()
            saved[name] = tmp_path / waiting.value.suggested_filename
            waiting.value.save_as(saved[name])
    proof, key = saved.values()
    command = [sys.executable, "-m", "safelight", "ledger", "verify", "--json"]
    command += ["--receipt", str(proof), "--key", str(key)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["ok"] is True
    context.close()
