"""The program that encodes and decodes sound is shut in: no network, no files, nothing written."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from safelight.engine.sandbox.programs import launcher

PYTHON = str(Path(sys.executable).resolve())
LIBRARIES = [sys.base_prefix]
ATTEMPTS = {
    "connect": "import socket; socket.create_connection(('127.0.0.1', {port}), 5).sendall(b'x')",
    "send": "import socket; socket.socket(2, 2).sendto(b'x', ('127.0.0.1', {port}))",
    "read": "print(open({secret!r}).read())",
    "list": "import os; print(os.listdir({folder!r}))",
    "write": "open({folder!r} + '/made', 'w').write('x')",
    "fork": "import os; os.fork()",
    "descend": "import os; os.kill({parent}, 0)",
}

pytestmark = pytest.mark.skipif(not launcher(), reason="no walls around programs here")


@pytest.fixture
def listener() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def attempt(name: str, listener: int, tmp_path: Path, before: tuple[str, ...]) -> int:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    code = ATTEMPTS[name].format(
        port=listener, secret=str(secret), folder=str(tmp_path), parent=os.getpid()
    )
    done = subprocess.run(
        [*before, PYTHON, "-I", "-S", "-c", code], capture_output=True, text=True, timeout=60
    )
    assert before or "Error" not in done.stderr
    if before:
        assert "secret" not in done.stdout
        assert "PermissionError" in done.stderr or "OSError" in done.stderr
    return done.returncode


@pytest.mark.parametrize("name", ATTEMPTS)
def test_it_cannot_get_out_and_without_walls_it_can(
    name: str, listener: int, tmp_path: Path
) -> None:
    assert attempt(name, listener, tmp_path, launcher(strict=True, also=LIBRARIES)) != 0
    assert not (tmp_path / "made").exists()
    assert attempt(name, listener, tmp_path, ()) == 0


def test_what_it_is_given_it_can_read_and_write(tmp_path: Path) -> None:
    memory = os.memfd_create("given")
    os.write(memory, b"given")
    code = (
        f"open('/proc/self/fd/{memory}', 'ab').write(open('/proc/self/fd/{memory}', 'rb').read())"
    )
    words = [*launcher(strict=True, also=LIBRARIES), PYTHON, "-I", "-S", "-c", code]
    subprocess.run(words, check=True, pass_fds=[memory], timeout=60)
    assert os.pread(memory, 100, 0) == b"givengiven"
    os.close(memory)


def test_elsewhere_it_is_said_or_refused() -> None:
    # In a process of its own: limits that were set once can never be raised again.
    code = (
        "from safelight.engine.sandbox.machine import Machine, Missing\n"
        "from safelight.engine.sandbox.programs import shut_in\n"
        "elsewhere = Machine('darwin', 'aarch64')\n"
        "assert shut_in('/bin/true', strict=False, machine=elsewhere)\n"
        "try:\n"
        "    shut_in('/bin/true', strict=True, machine=elsewhere)\n"
        "except Missing:\n"
        "    print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "refused\n", done.stderr
