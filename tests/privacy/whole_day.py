"""Everything that a person does in a day, as one program: scan, search, ideas, things made of
photos, also by a generator of their own on this machine, and the web app.

Usage: python whole_day.py HOME PHOTOS [leak]  With `leak`, the day ends after the scan with one
datagram, as of a library that reports home.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.integration.app.stand_in import stand_in  # found by the line above

ELSEWHERE = ("192.0.2.77", 9)  # for documentation: nothing is there
_COMMANDS = (
    "consent allow library places content faces suggest learn restyle remote",
    "scan",
    "search beach",
    "people list",
    "trips list",
    "ideas make --today 2021-07-01",
    "ledger verify",
    "status",
)
_MADE = (
    "--as enhance --larger",
    "--as restyle --style watercolour",
    "--as restyle --style wave",
    "--as restyle --style generator --words woodcut",
)
_PAGES = (
    "/", "/library", "/compose", "/creations", "/settings", "/ledger", "/help", "/sw.js",
    "/manifest.webmanifest", "/api/v1/status", "/api/v1/assets", "/api/v1/ideas",
    "/api/v1/openapi.json",
)  # fmt: skip


def safelight(*arguments: str) -> None:
    """One command of the real program."""
    subprocess.run([sys.executable, "-m", "safelight", *arguments], check=True)


def make_things() -> None:
    """One photo enhanced, restyled, and handed to the generator."""
    listed = [sys.executable, "-m", "safelight", "assets", "list", "--json"]
    rows = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.splitlines()
    asset = json.loads(rows[0])["id"]
    for how in _MADE:
        safelight("creations", "make", asset, *how.split())


def use_web_app() -> None:
    """Serve, look at every page, at a picture and a collage, and stop."""
    command = [sys.executable, "-m", "safelight", "serve", "--port", "0", "--json"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        visit(json.loads(server.stdout.readline())["url"].rstrip("/"))
    finally:
        server.terminate()
        server.wait(30)


def visit(address: str) -> None:
    """Ask for everything that the web app shows, as a browser would."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(path: str) -> bytes:
        with browser.open(address + path, timeout=60) as answer:
            found: bytes = answer.read()
        return found

    for path in _PAGES:
        get(path)
    days = json.loads(get("/api/v1/assets"))["days"]
    names = [row["id"] for day in days for row in day["assets"]]
    get(f"/pictures/{names[0]}.jpg?edge=1600")
    get(f"/previews/{names[0]}.jpg")
    get(f"/collage?{urlencode({'photos': ','.join(names[:4])})}")
    token = re.search(r'name="csrf-token" content="([^"]+)"', get("/help").decode())
    assert token
    form = urlencode({"csrf": token[1], "back": "/settings"}).encode()
    browser.open(address + "/scan/start", form, timeout=60).close()
    asked = {"csrf": token[1], "style": "generator", "words": "a linocut"}
    watched = f"{address}/making/{names[0]}"
    with browser.open(watched, urlencode(asked).encode(), timeout=60) as page:
        watched = page.url
    for _ in range(300):
        if 'data-state="done"' in browser.open(watched, timeout=60).read().decode():
            return
        time.sleep(0.1)
    raise AssertionError("the generator's picture never came")


def main() -> None:
    """The day."""
    os.environ["SAFELIGHT_HOME"], photos = sys.argv[1:3]
    safelight("sources", "add", "folder", photos)
    for command in _COMMANDS:
        safelight(*command.split())
        if command == "scan" and "leak" in sys.argv[3:]:
            socket.socket(type=socket.SOCK_DGRAM).sendto(b"canary", ELSEWHERE)
            return
    with stand_in() as generator:
        os.environ["SAFELIGHT_GENERATOR"] = generator.url
        make_things()
        use_web_app()
    assert len(generator.photos) == 2, "one by a command, one by the page"


if __name__ == "__main__":
    main()
