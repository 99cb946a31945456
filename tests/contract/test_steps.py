"""Every step that workers run loads all that it needs before the walls go up."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import safelight
from safelight.engine.steps import find_step, module_of

SOURCE = Path(safelight.__file__).parent
NAMED = re.compile(r'^STEP_\w+(?:: \w+)? = "(safelight\.[\w.]+:\w+)"', re.MULTILINE)
STEPS = sorted(
    {
        name
        for path in SOURCE.rglob("*.py")
        # The steps of `testing` misbehave on purpose.
        if "testing" not in path.relative_to(SOURCE).parts
        for name in NAMED.findall(path.read_text())
    }
)


def test_there_are_steps() -> None:
    assert "safelight.library.reading.step:read_asset" in STEPS


@pytest.mark.parametrize("name", STEPS)
def test_a_step_can_be_made_ready(name: str) -> None:
    # A module imported late works in a test that runs inline, and dies behind the walls.
    assert callable(find_step(name))
    assert callable(import_module(module_of(name)).prepare)


def test_a_worker_has_the_parts_that_numpy_loads_late() -> None:
    program = (
        "import sys; from safelight.engine.steps import make_ready;"
        f" make_ready({STEPS[0]!r}); assert 'numpy.ma' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # our own words
