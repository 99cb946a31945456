"""Brings a drawer's tables up to the version this program works with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import apsw

from safelight.model.errors import UserError


@cache
def scripts(drawer: str) -> tuple[str, ...]:
    """The SQL of each step, in order: `library/schema/DRAWER/0001_*.sql` and on.

    Drawers that are the same for every purpose (`trail-places`) share what is before the dash.
    """
    folder = files("safelight.library").joinpath("schema", drawer.partition("-")[0])
    if not folder.is_dir():
        return ()
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    for number, name in enumerate(names, 1):
        assert name.startswith(f"{number:04}_"), f"{drawer}: {name} is out of sequence"
    return tuple(folder.joinpath(name).read_text("utf-8") for name in names)


def version(connection: apsw.Connection, schema: str = "main") -> int:
    """The step that a drawer has reached."""
    return int(connection.pragma("user_version", schema=schema))


def migrate(connection: apsw.Connection, drawer: str) -> None:
    """Run the steps that are missing, all or none.

    Raises:
        UserError: a newer version of the program made the drawer.
    """
    steps = scripts(drawer)
    reached = version(connection)
    if reached > len(steps):
        raise UserError(
            f"The drawer {drawer!r} was made by a newer version of Safelight; use that version."
        )
    if reached == len(steps):
        return
    connection.execute("begin immediate")
    try:
        for step in steps[version(connection) :]:  # another process may have been faster
            connection.execute(step)
        connection.pragma("user_version", len(steps))
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
