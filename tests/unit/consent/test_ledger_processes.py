"""Several processes append to one log, and none overwrites another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from safelight.consent.ledger import Ledger

APPEND = """
import sys
from pathlib import Path
from safelight.consent.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(40):
    ledger.append("select", None, {"who": sys.argv[2], "number": number})
"""


def test_two_processes_and_this_one_append_together(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", APPEND, str(tmp_path), who]) for who in "ab"]
    ledger = Ledger(tmp_path)
    for number in range(40):
        ledger.append("select", None, {"who": "here", "number": number})
    assert [process.wait(60) for process in running] == [0, 0]
    assert ledger.verify().ok
    found = [(entry.body["who"], entry.body["number"]) for entry in ledger.entries()]
    assert sorted(map(str, found)) == sorted(
        str((who, number)) for who in ("a", "b", "here") for number in range(40)
    )
