"""Erases and is killed with SIGKILL at each line of erasing in turn; then starts again and looks.

Run as a program: TEMPLATE WORK ACTION ASSET [FAULT]. TEMPLATE is the home of a library, ACTION is
"photo" (erase that asset) or "places" (withdraw). FAULT plants a start that finishes nothing.
Prints one line of JSON for each kill: what was on record, and what a new start left.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from safelight.app import Safelight
from safelight.app.erasing import Erasing
from safelight.library.drawers import DRAWERS
from safelight.library.erasure import Erasure
from safelight.model.consent import Purpose
from safelight.settings import load_settings

WATCHED = (
    *("app/erasing.py", "app/receipts.py", "library/erasure.py", "library/left_out.py"),
    *("library/scrubbing.py", "library/drawers.py", "library/keys.py", "consent/book.py"),
)


def act(library: Safelight, action: str, asset: str) -> None:
    """What is to be killed."""
    if action == "photo":
        library.erasing.erase(library.erasing.photos([asset]))
    else:
        library.withdraw(Purpose.PLACES)


def die_at(number: int) -> None:
    """Kill this process for good when it is about to run the n-th line it has not run before."""
    seen: set[tuple[str, int]] = set()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename.replace(os.sep, "/")
        if not name.endswith(WATCHED):
            return None
        if event == "line" and (place := (name, frame.f_lineno)) not in seen:
            seen.add(place)
            if len(seen) == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def killed(home: Path, number: int, action: str, asset: str) -> bool:
    """Run in a child; returns whether it was killed before it came to its end."""
    child = os.fork()
    if child == 0:
        with Safelight(load_settings(home, key_store="file"), inline=True) as library:
            die_at(number)
            act(library, action, asset)
            sys.settrace(None)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def after(home: Path, asset: str) -> dict[str, Any]:
    """Start again, which finishes what was begun, and say what there is."""
    with Safelight(load_settings(home, key_store="file"), inline=True) as library:
        drawers = library._rooms.drawers
        pages = {
            name: bytes(drawers.connection(name).serialize("main"))
            for name in DRAWERS
            if drawers.exists(name)
        }
        events = [line.event for line in library.ledger(0, 100_000)]
        return {
            "intents": events.count("erase-intent"),
            "done": events.count("erase-done"),
            "receipts": len(library.receipts.all()),
            "holds": library.ledger_verify()[0],
            "asset_in": sorted(n for n, p in pages.items() if asset.encode() in p),
            "places": "places" in pages,
            "left_out": library.erasing.left_out(),
            "masters": len(list((home / "keys").glob("master.*"))),
        }


def main(template: Path, work: Path, action: str, asset: str) -> None:
    """Kill at every third line in turn until one run comes to its end."""
    for number in range(1, 2_000, 3):
        home = work / str(number)
        shutil.copytree(template, home)
        if not killed(home, number, action, asset):
            return
        sys.stdout.write(json.dumps(after(home, asset)) + "\n")
        shutil.rmtree(home)
    raise AssertionError("it never came to its end")


def forget_to_finish() -> None:
    """Planted: what was begun is left as it is."""
    Erasing.finish_pending = lambda self: None  # type: ignore[method-assign]
    Erasure.finish_pending = lambda self: ()  # type: ignore[method-assign]


if __name__ == "__main__":
    if sys.argv[5:]:
        forget_to_finish()
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
