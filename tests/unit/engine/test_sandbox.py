"""The walls' parts: tables of calls, the filter itself, and what is said where they are missing."""

from __future__ import annotations

import errno
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from safelight.engine import ProcessExecutor, probe
from safelight.engine.sandbox import Walls, absent, bpf, calls, from_plain, seccomp, to_plain
from safelight.engine.sandbox.machine import Machine
from safelight.model.isolation import Layer
from safelight.model.jobs import Job

PROCESSORS = (calls.X86_64, calls.AARCH64)
HEADERS = {
    calls.X86_64: "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    calls.AARCH64: "/usr/include/asm-generic/unistd.h",
}
OWN = 4242
THREAD, PROCESS = 0x003D0F00, 0x01200011  # the flags of glibc's pthread_create and fork


def run(program: list[bpf.Instruction], call: dict[int, int]) -> int:
    """A classic BPF machine as seccomp(2) describes it: what the filter answers to one call."""
    at, value = 0, 0
    while True:
        code, when_true, when_false, k = program[at]
        at += 1
        if code == 0x20:
            value = call.get(k, 0)
        elif code == 0x06:
            return k
        else:
            holds = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}[code]
            at += when_true if holds else when_false


def answered(processor: str, number: int, first: int = 0, architecture: int | None = None) -> int:
    call = {0: number, 4: architecture or calls.AUDIT[processor], 16: first}
    return run(seccomp.program(processor, OWN), call)


@pytest.mark.parametrize("processor", PROCESSORS)
def test_numbers_are_the_kernels(processor: str) -> None:
    header = Path(HEADERS[processor])
    if not header.is_file():
        pytest.skip(f"{header} is not installed")
    defined = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text()))
    tables = (calls.refused(processor), calls.unknown(processor), calls.signals(processor))
    ours = {name: number for table in tables for name, number in table.items()}
    ours["clone"] = calls.clone(processor)
    found = {name: int(defined[name]) for name in ours if name in defined}
    assert {name: ours[name] for name in found} == found
    newer = set(ours) - set(found)
    assert newer <= {"fchmodat2", "memfd_secret", "mount_setattr"}  # than the header, perhaps


@pytest.mark.parametrize("processor", PROCESSORS)
def test_every_named_call_is_refused_and_others_are_not(processor: str) -> None:
    refused, unknown = calls.refused(processor), calls.unknown(processor)
    assert {answered(processor, n) for n in refused.values()} == {bpf.fail(errno.EPERM)}
    assert {answered(processor, n) for n in unknown.values()} == {bpf.fail(errno.ENOSYS)}
    named = {*refused.values(), *unknown.values(), *calls.signals(processor).values()}
    others = set(range(600)) - named - {calls.clone(processor)}
    assert {answered(processor, n) for n in others} == {bpf.ALLOW}


@pytest.mark.parametrize("processor", PROCESSORS)
def test_threads_may_start_and_processes_may_not(processor: str) -> None:
    number = calls.clone(processor)
    assert answered(processor, number, THREAD) == bpf.ALLOW
    assert answered(processor, number, PROCESS) == bpf.fail(errno.EPERM)


@pytest.mark.parametrize("processor", PROCESSORS)
def test_signals_reach_only_oneself(processor: str) -> None:
    for number in calls.signals(processor).values():
        assert answered(processor, number, OWN) == bpf.ALLOW
        for other in (1, OWN + 1, 0, 0xFFFFFFFF):
            assert answered(processor, number, other) == bpf.fail(errno.EPERM)


def test_calls_by_another_way_end_the_process() -> None:
    i386 = 0x40000003
    assert answered(calls.X86_64, 1, architecture=i386) == bpf.KILL
    assert answered(calls.AARCH64, 63, architecture=i386) == bpf.KILL
    assert answered(calls.X86_64, 0x40000000 | 41) == bpf.KILL  # x32


@pytest.mark.parametrize("processor", PROCESSORS)
def test_a_filter_fits_into_the_kernel(processor: str) -> None:
    program = seccomp.program(processor, OWN)
    assert len(program) <= 4096
    assert all(0 <= step[1] < 256 and 0 <= step[2] < 256 for step in program)


@pytest.mark.parametrize(
    ("machine", "word"),
    [
        (Machine("darwin", "aarch64"), "macOS"),
        (Machine("win32", "x86_64"), "Windows"),
        (Machine("linux", "riscv64"), "riscv64"),
    ],
)
def test_other_systems_say_what_is_missing(machine: Machine, word: str) -> None:
    walls = Walls(machine=machine)
    # Only what asks where it is: shutting this very process in would end the tests.
    walls.enter()
    walls._try(Layer.SECCOMP, seccomp.shut)
    missing = walls._missing
    assert word in missing[Layer.NAMESPACES]
    assert word in missing[Layer.SECCOMP]


def test_rows_survive_the_wire() -> None:
    rows = absent("nowhere")
    assert from_plain(to_plain(rows)) == rows
    assert not any(row.held for row in rows)


def test_a_trial_says_what_a_worker_gets() -> None:
    executor = ProcessExecutor(1, ("safelight.library.reading.step:read_asset",))
    try:
        assert executor.layers() == probe()
    finally:
        executor.close()


@pytest.fixture
def executor() -> Iterator[ProcessExecutor]:
    made = ProcessExecutor(1)
    yield made
    made.close()


def test_a_step_that_was_not_foreseen_gets_workers_of_its_own(executor: ProcessExecutor) -> None:
    (first,) = executor.run([Job("1", "safelight.testing.steps:whoami", b"")])
    (other,) = executor.run([Job("2", "safelight.testing.hostile:attempt", b'["spin", "0"]')])
    (again,) = executor.run([Job("3", "safelight.testing.steps:whoami", b"")])
    assert other.output == b"spun"
    assert first.output != again.output  # a new worker, ready for both


def test_a_worker_keeps_nothing_open_but_its_pipe(executor: ProcessExecutor) -> None:
    (result,) = executor.run([Job("1", "safelight.testing.steps:descriptors", b"")])
    assert result.output is not None
    found = result.output.decode().split()
    assert len(found) == 4
    assert found[:3] == ["0", "1", "2"]


def test_walls_hold_in_a_program_whose_own_libraries_have_threads(tmp_path: Path) -> None:
    # A worker imports the program's main module before anything else.
    script = tmp_path / "main.py"
    script.write_text(
        "import numpy, threading\n"
        "numpy.ones((500, 500)) @ numpy.ones((500, 500))\n"
        "from safelight.engine import probe\n"
        "if __name__ == '__main__':\n"
        "    print(*(each.text for each in probe() if not each.held))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    here = [each.text for each in probe() if not each.held]
    assert done.stdout.split() == " ".join(here).split(), done.stderr
