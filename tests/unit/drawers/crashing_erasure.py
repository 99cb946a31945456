"""Withdraws a purpose and dies at the n-th file operation, as a killed process does.

Run as a program: HOME_TEMPLATE WORK_FOLDER PURPOSE. For n = 1, 2, … it copies the template to
WORK_FOLDER/n and withdraws there in a child that ends at operation n; a write is left half done.
Prints how many runs were cut short.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from safelight.consent.book import ConsentBook
from safelight.consent.ledger import Ledger
from safelight.library.drawers import Drawers
from safelight.library.erasure import Erasure
from safelight.library.keys import KeyRing, PurposeKeys
from safelight.model.consent import Purpose

CANARY = "canary-77f0-derived"
OPERATIONS = ("open", "write", "fsync", "ftruncate", "replace", "unlink")


class Shop:
    """Everything erasure needs, over one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.keyring = KeyRing(home, "file")
        self.drawers = Drawers(home, self.keyring)
        self.ledger = Ledger(home)
        keys = PurposeKeys(self.keyring)
        self.book = ConsentBook(lambda: self.drawers.connection("consent"), self.ledger, keys)
        self.erasure = Erasure(self.book, self.drawers, self.keyring, self.ledger, self.recall)

    def recall(self, purpose: Purpose) -> int:
        connection = self.drawers.connection("catalogue")
        connection.execute("delete from note where purpose = ?", (purpose.value,))
        return connection.changes()

    def fill(self, names: tuple[str, ...]) -> None:
        for name in names:
            connection = self.drawers.connection(name)
            connection.execute("create table note (text, purpose)")
            connection.executemany(
                "insert into note values (?, ?)", [(CANARY, "library"), (CANARY, "places")]
            )


def die_at(number: int) -> None:
    """End this process at its n-th file operation."""
    left = number

    def counted(name: str, real: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                if name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os._exit(9)
            return real(*args, **named)

        return call

    for name in OPERATIONS:
        setattr(os, name, counted(name, getattr(os, name)))


def main(template: Path, work: Path, purpose: Purpose) -> int:
    """Crash at every operation in turn; returns how many there are."""
    for number in range(1, 1000):
        home = work / str(number)
        shutil.copytree(template, home)
        child = os.fork()
        if child == 0:
            die_at(number)
            Shop(home).erasure.withdraw(purpose)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            shutil.rmtree(home)
            return number - 1
    raise AssertionError("it never came to its end")


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2]), Purpose(sys.argv[3])))  # noqa: T201
