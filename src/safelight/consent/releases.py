"""Written releases: that people who are shown have agreed, where a region asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safelight.consent.albums import parse_reference
from safelight.consent.kept import Kept
from safelight.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Release:
    """One signature.

    Attributes:
        person: who is shown, in the owner's words.
        album: the photos it is about.
        signed_by: the person, or who signs for them.
    """

    number: int
    person: str
    album: str
    signed_on: date
    signed_by: str


class ReleaseBook(Kept):
    """Releases in the `consent` drawer. The program cannot see who signed: it keeps your word."""

    def add(self, person: str, album: str, signed_on: date, signed_by: str = "") -> Release:
        """Record that somebody has signed for the photos of an album.

        Raises:
            UserError: no name, or a day that is yet to come.
        """
        person = " ".join(person.split())
        if not person:
            raise UserError("Say who signed.")
        if signed_on > self.clock().date():
            raise UserError(f"{signed_on} is yet to come.")
        self.ledger.append("release", None, {"signed_on": signed_on.isoformat()})
        connection = self.connect()
        connection.execute(
            "insert into written_release (person, album, signed_on, signed_by, recorded_at)"
            " values (?, ?, ?, ?, ?)",
            (person, album, signed_on.isoformat(), signed_by or person, self.clock().isoformat()),
        )
        number = connection.last_insert_rowid()
        return Release(number, person, album, signed_on, signed_by or person)

    def all(self) -> list[Release]:
        """Every release, oldest first."""
        rows = self.connect().execute(
            "select number, person, album, signed_on, signed_by from written_release"
            " order by number"
        )
        return [
            Release(number, person, album, date.fromisoformat(day), by)
            for number, person, album, day, by in rows
        ]

    def remove(self, number: int) -> bool:
        """Take a release back; False where there was none. What needed it ends."""
        self.ledger.append("release", None, {"taken_back": True})
        self.connect().execute("delete from written_release where number = ?", (number,))
        return bool(self.connect().changes())

    def covered(self, album: str) -> bool:
        """Whether a release is recorded for an album reference."""
        name, _ = parse_reference(album)
        sql = "select 1 from written_release where album = ?"
        return self.connect().execute(sql, (name,)).fetchone() is not None
