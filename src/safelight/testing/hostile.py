"""Steps that try to get out, as a decoder that a hostile file has taken over would.

Each attempt either raises what the system answered, or returns and so has succeeded. `read` does
what `library.reading` does, until a file's name asks for an attempt: with it a whole scan can be
shown to hold. Nothing here is reached by the program; the tests in `tests/privacy` run it.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from safelight.engine import unpack
from safelight.library.reading import step

STEP_READ = "safelight.testing.hostile:read"
STEP_TRY = "safelight.testing.hostile:attempt"
_PTRACE_SEIZE = 0x4206
_DNS_QUERY = b"\x13\x37\x01\0\0\1\0\0\0\0\0\0\x06canary\x07invalid\0\0\1\0\1"


def prepare() -> None:
    """Be made ready exactly as the honest readers are."""
    step.prepare()
    _libc()


def read(payload: bytes) -> bytes:
    """Read an asset; one named "attempt NAME ARGUMENT.jpg" runs that attempt first.

    In the argument, `%` stands for a slash, as a file's name holds none.
    """
    name = str(unpack(payload)[0]["name"]).rpartition(".")[0]
    word, _, rest = name.partition(" ")
    if word == "attempt":
        attempt(json.dumps(rest.replace("%", "/").split(" ")).encode())
    return step.read_asset(payload)


def attempt(payload: bytes) -> bytes:
    """Try one thing: a JSON list of the attempt's name and its arguments."""
    name, *arguments = json.loads(payload)
    return str(ATTEMPTS[name](*arguments)).encode()


def _tcp(port: str) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), timeout=5) as connection:
        connection.sendall(b"canary")
    return "sent"


def _udp(port: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"canary", ("127.0.0.1", int(port)))
    return "sent"


def _name_server(port: str) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(_DNS_QUERY, ("127.0.0.1", int(port)))
    return "asked"


def _unix(path: str) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        connection.sendall(b"canary")
    return "sent"


def _abstract(name: str) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect("\0" + name)
        connection.sendall(b"canary")
    return "sent"


def _netlink() -> str:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) as connection:
        connection.bind((0, 0))
    return "made"


def _vsock() -> str:
    socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).close()
    return "made"


def _read_file(path: str) -> str:
    return f"{len(Path(path).read_bytes())} bytes"


def _list_folder(path: str) -> str:
    return f"{len(list(Path(path).iterdir()))} names"


def _write_file(path: str) -> str:
    Path(path).write_bytes(b"canary")
    return "written"


def _execute(path: str) -> str:
    subprocess.run(["/bin/sh", "-c", f"echo canary > '{path}'"], check=True)  # noqa: S603
    return "run"


def _trace(process: str) -> str:
    if _libc().ptrace(_PTRACE_SEIZE, int(process), None, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "attached"


def _signal(process: str) -> str:
    os.kill(int(process), signal.SIGUSR1)
    return "sent"


def _fork(count: str) -> str:
    children = []
    for _ in range(int(count)):
        child = os.fork()
        if not child:
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return f"{len(children)} processes"


def _allocate(gigabytes: str) -> str:
    return f"{len(bytes(int(gigabytes) << 30))} bytes"


def _spin(seconds: str) -> str:
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        pass
    return "spun"


def _crash() -> str:
    os.abort()


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


ATTEMPTS: dict[str, Callable[..., str]] = {
    "tcp": _tcp,
    "udp": _udp,
    "dns": _name_server,
    "unix": _unix,
    "abstract": _abstract,
    "netlink": _netlink,
    "vsock": _vsock,
    "read": _read_file,
    "list": _list_folder,
    "write": _write_file,
    "execute": _execute,
    "trace": _trace,
    "signal": _signal,
    "fork": _fork,
    "allocate": _allocate,
    "spin": _spin,
    "crash": _crash,
}
