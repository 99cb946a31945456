"""Who may touch a network or start a program: the source is read, and the table must agree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "safelight"
TABLE = ROOT / "docs" / "reference" / "network.md"

# Modules with which a connection can be made, a program started, or the system asked directly.
REACHES = frozenset(
    [
        "aiohttp",
        "asynchat",
        "asyncio",
        "asyncore",
        "cgi",
        "ctypes",
        "dbus",
        "ftplib",
        "grpc",
        "h2",
        "http.client",
        "http.server",
        "httplib2",
        "httpx",
        "imaplib",
        "keyring",
        "multiprocessing",
        "nntplib",
        "paramiko",
        "poplib",
        "pty",
        "pycurl",
        "requests",
        "secretstorage",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "subprocess",
        "telnetlib",
        "trio",
        "urllib.request",
        "urllib3",
        "uvicorn",
        "webbrowser",
        "websocket",
        "websockets",
        "wsgiref",
        "xmlrpc",
        "zmq",
    ]
)
# Names of `os` that start programs.
STARTS = frozenset({"system", "popen", "fork", "forkpty", "startfile"})
STARTS_WITH = ("exec", "spawn", "posix_spawn")


def reached(text: str) -> set[str]:
    """What a module's source imports or calls that can leave the process."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if _reaches(alias.name)}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name for name in {node.module, *names} if _reaches(name)}
        elif isinstance(node, ast.Call):
            found |= _called(node)
    return found


def _reaches(module: str) -> bool:
    parts = module.split(".")
    return any(".".join(parts[:n]) in REACHES for n in range(1, len(parts) + 1))


def _called(node: ast.Call) -> set[str]:
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        module, name = node.func.value.id, node.func.attr
        if module == "os" and (name in STARTS or name.startswith(STARTS_WITH)):
            return {f"os.{name}"}
    words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    imports = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if imports in ("import_module", "__import__"):
        return {word for word in words if _reaches(word)}
    return set()


def found_in_source() -> set[str]:
    """The modules of the program that reach out, as paths below its root."""
    return {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if reached(path.read_text("utf-8"))
    }


def rows() -> set[str]:
    """The modules that the table names; a folder stands for all that reach out in it."""
    cells = re.findall(r"^\| (`[^|]+) \|", TABLE.read_text("utf-8"), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_the_table_has_every_place_and_no_other() -> None:
    places, named = found_in_source(), rows()
    unnamed = {p for p in places if p not in named and not any(p.startswith(n) for n in named)}
    assert unnamed == set(), "these can reach out and have no row in docs/reference/network.md"
    stale = {n for n in named if not any(p == n or p.startswith(n) for p in places)}
    assert stale == set(), "these rows of docs/reference/network.md have no place in the source"


@pytest.mark.parametrize(
    "planted",
    [
        "import httpx",
        "import urllib.request as ask",
        "from urllib import request",
        "from http.client import HTTPSConnection",
        "def late():\n    import requests.sessions",
        "from importlib import import_module\nimport_module('socket')",
        "__import__('ssl')",
        "import os\nos.system('curl example.org')",
        "import os\nos.posix_spawnp('curl', [], {})",
    ],
)
def test_a_planted_call_is_found(planted: str) -> None:
    assert reached(planted)


def test_what_only_looks_alike_is_left_alone() -> None:
    assert not reached("from urllib.parse import urlsplit\nfrom http.cookies import SimpleCookie")
    assert not reached("import os\nos.path.join('a')\nos.replace('a', 'b')")


def test_pages_load_nothing_from_elsewhere() -> None:
    web = SOURCE / "surfaces" / "web"
    files = [path for kind in ("templates", "static") for path in (web / kind).rglob("*.*")]
    texts = {p: p.read_text("utf-8") for p in files if p.suffix in (".html", ".js", ".css", ".svg")}
    assert len(texts) > 20
    elsewhere = r"(?:<link[^>]*href|src|srcset|action|url\(|fetch\(|import)\W{0,3}(?:https?:)?//"
    for path, text in texts.items():
        assert re.findall(elsewhere, text) == [], path.name  # a link to follow is no load
