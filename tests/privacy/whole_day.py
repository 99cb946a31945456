"""Everything that a person does in a day, as one program: scan, search, ideas, and the web app.

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
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

ELSEWHERE = ("192.0.2.77", 9)  # for documentation: nothing is there
_COMMANDS = (
    "consent allow library places content faces suggest learn",
    "scan",
    "search beach",
    "people list",
    "trips list",
    "ideas make --today 2021-07-01",
    "ledger verify",
    "status",
)
_PAGES = (
    "/", "/library", "/compose", "/creations", "/settings", "/ledger", "/help", "/sw.js",
    "/manifest.webmanifest", "/api/v1/status", "/api/v1/assets", "/api/v1/ideas",
    "/api/v1/openapi.json",
)  # fmt: skip


def safelight(*arguments: str) -> None:
    """One command of the real program."""
    subprocess.run([sys.executable, "-m", "safelight", *arguments], check=True)


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


def main() -> None:
    """The day."""
    os.environ["SAFELIGHT_HOME"], photos = sys.argv[1:3]
    safelight("sources", "add", "folder", photos)
    for command in _COMMANDS:
        safelight(*command.split())
        if command == "scan" and "leak" in sys.argv[3:]:
            socket.socket(type=socket.SOCK_DGRAM).sendto(b"canary", ELSEWHERE)
            return
    use_web_app()


if __name__ == "__main__":
    main()
