"""A reader that a hostile file has taken over gets nowhere, and the scan goes on.

Every attempt is shown to succeed where no wall stands, so that its failure means something; and
each wall is tried alone, so that it is known what each of them holds.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest

from safelight.app import Safelight
from safelight.engine import ProcessExecutor
from safelight.model.consent import Purpose
from safelight.model.errors import IsolationError
from safelight.model.isolation import Layer
from safelight.model.jobs import Job
from safelight.settings import load_settings
from safelight.testing import hostile

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")

EVERY = frozenset(Layer)
NETWORK = {"tcp", "udp", "dns", "unix", "abstract"}
FILES = {"read", "list", "write", "execute"}
OTHERS = {"trace", "signal"}
# What each wall holds by itself; as root and as anybody else.
ALONE = {
    Layer.NAMESPACES: NETWORK | FILES | {"trace"},
    Layer.LANDLOCK: {"tcp", "abstract"} | FILES | OTHERS,
    Layer.SECCOMP: NETWORK | FILES | OTHERS | {"netlink", "vsock", "fork"},
    Layer.LIMITS: {"write", "execute", "allocate"},
}


class Camera(Protocol):
    def shoot(self, path: Path, **more: object) -> Path: ...


@dataclass
class Outside:
    """What a reader must not reach: listeners, a file, a process; and what reached them."""

    folder: Path
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listeners: list[socket.socket] = []
        self.tcp = self._listen("tcp", socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self.udp = self._listen("udp", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self.dns = self._listen("dns", socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self.path = str(self.folder / "door")
        self.unix = self._listen("unix", socket.AF_UNIX, socket.SOCK_STREAM, self.path)
        self.name = f"safelight-test-{self.tcp.getsockname()[1]}"
        self._listen("abstract", socket.AF_UNIX, socket.SOCK_STREAM, "\0" + self.name)
        self.secret = self.folder / "secret"
        self.secret.write_text("canary")
        self.written = self.folder / "written"
        self.run = self.folder / "run"
        self.other = subprocess.Popen(["sleep", "300"])

    def attempts(self) -> dict[str, list[str]]:
        """Every attempt with its arguments, except those that only end the worker."""
        other = str(self.other.pid)
        return {
            "tcp": [_port(self.tcp)],
            "udp": [_port(self.udp)],
            "dns": [_port(self.dns)],
            "unix": [self.path],
            "abstract": [self.name],
            "netlink": [],
            "vsock": [],
            "read": [str(self.secret)],
            "list": [str(Path.home())],
            "write": [str(self.written)],
            "execute": [str(self.run)],
            "trace": [other],
            "fork": ["40"],
            "allocate": ["10"],
            "signal": [other],  # last: it ends the other process
        }

    def close(self) -> None:
        for listener in self.listeners:
            listener.close()
        self.other.kill()
        self.other.wait(10)

    def _listen(self, name: str, family: int, kind: int, address: object) -> socket.socket:
        listener = socket.socket(family, kind)
        listener.bind(address)  # type: ignore[arg-type]  # each family has its own
        if kind == socket.SOCK_STREAM:
            listener.listen()
        self.listeners.append(listener)
        threading.Thread(target=self._hear, args=(name, listener, kind), daemon=True).start()
        return listener

    def _hear(self, name: str, listener: socket.socket, kind: int) -> None:
        try:
            while True:
                if kind == socket.SOCK_STREAM:
                    with listener.accept()[0] as connection:
                        connection.recv(100)
                else:
                    listener.recvfrom(2000)
                self.heard.append(name)
        except OSError:
            return


def _port(listener: socket.socket) -> str:
    return str(listener.getsockname()[1])


@pytest.fixture
def outside() -> Iterator[Outside]:
    with TemporaryDirectory(prefix="sl-") as folder:  # short: a socket's path is
        place = Outside(Path(folder))
        yield place
        place.close()


@pytest.fixture(scope="module")
def complete() -> None:
    """Skips where this machine itself lacks a wall; what is then missing the status says."""
    executor = ProcessExecutor(1)
    missing = [each.text for each in executor.layers() if not each.held]
    executor.close()
    if missing:
        pytest.skip(f"this machine lacks a wall: {missing}")


def tried(outside: Outside, without: frozenset[Layer]) -> dict[str, str | None]:
    """What each attempt came to: the reason that stopped it, or None when it got through."""
    executor = ProcessExecutor(1, (hostile.STEP_TRY,), without=without)
    jobs = [
        Job(name, hostile.STEP_TRY, json.dumps([name, *arguments]).encode(), 30.0)
        for name, arguments in outside.attempts().items()
    ]
    try:
        return {result.ticket: result.error for result in executor.run(jobs)}
    finally:
        executor.close()


@pytest.mark.usefixtures("complete")
def test_behind_all_walls_nothing_gets_through(outside: Outside) -> None:
    results = tried(outside, frozenset())
    assert [name for name, error in results.items() if error is None] == []
    assert "memory" in (results["allocate"] or "")
    assert outside.heard == []
    assert not outside.written.exists()
    assert not outside.run.exists()
    assert outside.other.poll() is None


def test_without_walls_everything_gets_through(outside: Outside) -> None:
    results = tried(outside, EVERY)
    stopped = {name: error for name, error in results.items() if error is not None}
    stopped.pop("trace", None)  # a system may forbid tracing to everybody but a parent
    assert stopped == {}
    outside.other.wait(10)  # the signal ended it
    assert sorted(set(outside.heard)) == sorted(NETWORK)
    assert outside.written.read_bytes() == b"canary"
    assert outside.run.read_text() == "canary\n"


@pytest.mark.usefixtures("complete")
@pytest.mark.parametrize("layer", EVERY)
def test_what_each_wall_holds_alone(outside: Outside, layer: Layer) -> None:
    results = tried(outside, EVERY - {layer})
    stopped = {name for name, error in results.items() if error is not None}
    # Some systems forbid tracing to everybody but a parent, walls or not.
    assert stopped - {"trace"} == ALONE[layer] - {"trace"}


def test_time_ends_what_does_not_end() -> None:
    executor = ProcessExecutor(1, (hostile.STEP_TRY,))
    spin = json.dumps(["spin", "3"]).encode()
    try:
        (stopped,) = executor.run([Job("1", hostile.STEP_TRY, spin, 0.3)])
        (allowed,) = executor.run([Job("1", hostile.STEP_TRY, spin, 30.0)])
    finally:
        executor.close()
    assert "more than" in (stopped.error or "")
    assert allowed.output == b"spun"


# A whole scan


def scanned(
    outside: Outside,
    place: Path,
    camera: Camera,
    monkeypatch: pytest.MonkeyPatch,
    without: frozenset[Layer],
) -> tuple[dict[str, str | None], list[dict[str, object]]]:
    """Scan honest and hostile photos; the reasons by name, and the ledger's isolation entries."""
    photos = place / "photos"
    for n in range(6):
        camera.shoot(photos / f"honest {n}.jpg")
    # A photo's name has no room for longer paths.
    hostile_ones = {**outside.attempts(), "spin": ["60"], "crash": []}
    del hostile_ones["signal"]
    for name, arguments in hostile_ones.items():
        words = " ".join(["attempt", name, *arguments]).replace("/", "%")
        camera.shoot(photos / f"{words}.jpg")
    monkeypatch.setattr("safelight.app.scanning.reading.STEP_READ_ASSET", hostile.STEP_READ)
    settings = load_settings(place / "home", key_store="file", step_timeout_s=4.0)
    with Safelight(settings) as library:
        library._rooms.executor.close()
        executor = ProcessExecutor(2, (hostile.STEP_READ,), without=without)
        library._rooms.executor = library._rooms.isolating._executor = executor
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY])
        library.scan()
        rows = {_word(Path(row.path).stem): row.error for row in library.assets()}
        notes = [dict(line.raw) for line in library.ledger() if line.event == "isolation"]
    return rows, notes


def _word(stem: str) -> str:
    return stem.split(" ")[1] if stem.startswith("attempt") else stem


@pytest.mark.usefixtures("complete")
def test_a_scan_of_hostile_photos_goes_on(
    outside: Outside, tmp_path: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, notes = scanned(outside, tmp_path, camera, monkeypatch, frozenset())
    honest = {name for name in rows if name.startswith("honest")}
    assert len(honest) == 6
    assert {name for name, error in rows.items() if error is None} == honest
    assert outside.heard == []
    assert not outside.written.exists()
    (note,) = notes
    assert note["held"] == [layer.value for layer in Layer]
    assert note["missing"] == []


def test_the_same_scan_without_walls_leaks(
    outside: Outside, tmp_path: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, notes = scanned(outside, tmp_path, camera, monkeypatch, EVERY)
    assert {"tcp", "udp", "unix"} <= set(outside.heard)
    assert rows["tcp"] is None
    assert outside.written.read_bytes() == b"canary"
    (note,) = notes
    assert note["held"] == []


def test_the_strict_setting_opens_nothing_where_a_wall_is_missing(
    photos: Path, camera: Camera, tmp_path: Path
) -> None:
    camera.shoot(photos / "one.jpg")
    strict = load_settings(tmp_path / "strict", key_store="file", isolation="strict")
    with Safelight(strict, inline=True) as library:  # in line there is no wall at all
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY])
        with pytest.raises(IsolationError, match="isolation"):
            library.scan()
        assert list(library.assets()) == []
        last = list(library.ledger())[-1]
        assert (last.event, last.raw["code"]) == ("refusal", "isolation")


@pytest.mark.usefixtures("complete")
def test_the_strict_setting_scans_where_all_walls_stand(
    photos: Path, camera: Camera, tmp_path: Path
) -> None:
    camera.shoot(photos / "one.jpg")
    strict = load_settings(tmp_path / "home", key_store="file", isolation="strict", workers=1)
    with Safelight(strict) as library:
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY])
        assert library.scan().new == 1
        assert library.status().missing == ()


def test_a_strict_executor_gives_no_job_to_a_worker_without_a_wall() -> None:
    executor = ProcessExecutor(1, strict=True, without={Layer.SECCOMP})
    with pytest.raises(IsolationError, match="seccomp"):
        list(executor.run([Job("1", "safelight.testing.steps:echo", b"")]))
    executor.close()
