"""Consent as values: purposes, scopes, notices, grants, permits and refusals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a photo may be used for; each has its own switch, notice, scope and drawer."""

    LIBRARY = "library"
    PLACES = "places"
    CONTENT = "content"
    FACES = "faces"
    SUGGEST = "suggest"
    LEARN = "learn"
    RESTYLE = "restyle"
    REMOTE = "remote"
    SHARE = "share"
    TRAIN = "train"
    ADS = "ads"

    @property
    def grantable(self) -> bool:
        """Whether a standing grant can exist: sharing is asked each time, training never."""
        return self not in _NEVER_STANDING


_NEVER_STANDING = frozenset({Purpose.SHARE, Purpose.TRAIN, Purpose.ADS})
NEVER = frozenset({Purpose.TRAIN, Purpose.ADS})
"""Purposes with no code path behind them: every attempt is refused and recorded."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which assets a grant covers; an empty field does not narrow.

    Folders and albums together say where an asset may be; dates and people narrow that.

    Attributes:
        folders: absolute folder paths, with all that lies in them.
        albums: references to sets of photos and folders that the person picked, each with the
            number up to which it was filled then (`Best of 2019@41`).
        since, until: first and last local capture day, both included. An asset without a
            capture time is outside any dated scope.
        without_people: ids of people; a photo is covered only where it is sure that none of them
            is in it.
    """

    folders: tuple[str, ...] = ()
    albums: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    without_people: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows this scope."""
        return self == Scope()


@dataclass(frozen=True, slots=True)
class Album:
    """Photos and folders that a person picked, as they are now.

    Attributes:
        files, folders: absolute paths, in order of name.
        reference: what a grant made now would name.
    """

    name: str
    files: tuple[str, ...]
    folders: tuple[str, ...]
    made_at: datetime
    reference: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The words a person agreed to, versioned; its digest goes into the grant and the ledger.

    Attributes:
        title: the switch's label.
        summary: one sentence: what the person gets.
        reads: what is read, in plain words.
        derives: what is worked out from it and kept.
        stays: where it is kept and for how long.
        off: what turning the switch off does.
    """

    purpose: Purpose
    version: int
    title: str
    summary: str
    reads: str
    derives: str
    stays: str
    off: str
    digest: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A standing permission that a person gave for one purpose.

    Attributes:
        notice_version, notice_digest: the words that were shown.
        granted_at, expires_at: aware UTC instants; None means until withdrawn.
        entry: index of the ledger entry that recorded it.
    """

    purpose: Purpose
    scope: Scope
    notice_version: int
    notice_digest: str
    granted_at: datetime
    expires_at: datetime | None
    entry: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A permission that is over without the person's doing.

    Attributes:
        why: "expired"; "region" where the region that was set rules it out; "limit" where an
            album or a person that it named is gone.
        scope: what it covered, so that it can be asked for again; None where that was forgotten
            with the library.
    """

    purpose: Purpose
    at: datetime
    why: str
    scope: Scope | None


class RefusalCode(StrEnum):
    """Why a decision was no."""

    NEVER_GRANTABLE = "never-grantable"
    NOT_GRANTED = "not-granted"
    NEEDS_OTHER = "needs-other"
    EXPIRED = "expired"
    OUT_OF_SCOPE = "out-of-scope"
    WITHDRAWN = "withdrawn"
    FORGED = "forged"
    NOTICE_CHANGED = "notice-changed"
    LIMIT_UNKNOWN = "limit-unknown"
    REGION = "region"
    NOT_RECORDED = "not-recorded"
    LEDGER_BROKEN = "ledger-broken"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A decision that was no, as a value: the purpose, a code, and words for the person."""

    purpose: Purpose
    code: RefusalCode
    text: str

    def __bool__(self) -> bool:
        # A refusal that passed for "nothing" let an `or` fall through to the next answer, and a
        # `filter` drop it, so it has no truth value: whoever holds one has to ask what it is.
        raise TypeError("a refusal has no truth value: ask isinstance(answer, Refusal)")


@dataclass(frozen=True, slots=True)
class Subject:
    """One asset as the gate sees it.

    Attributes:
        id: asset id, or a source's key for a file that is not catalogued yet.
        path: absolute path or source address, compared with a scope's folders.
        day: local capture day where known.
        albums, people: what scopes may name.
    """

    id: str
    path: str
    day: date | None = None
    albums: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to use the named assets for one purpose; only `Gate.decide` can seal one.

    Attributes:
        subjects: ids that the permit covers: at most those asked for.
        revision: consent revision at which it was decided; a later change of the purpose ends it.
        expires_at: aware UTC instant.
        seal: keyed digest over the rest; a hand-made permit fails `Gate.check`.
    """

    purpose: Purpose
    subjects: frozenset[str]
    revision: int
    expires_at: datetime
    seal: bytes = field(repr=False)

    def __contains__(self, subject_id: object) -> bool:
        return subject_id in self.subjects


Decision = Permit | Refusal


@dataclass(frozen=True, slots=True)
class SqlCondition:
    """A scope compiled to SQL over the columns `id`, `path`, `taken_on` of one table alias.

    Attributes:
        sql: an expression for a WHERE clause, "1" when everything is covered, "0" when nothing.
        params: its positional parameters.
        reason: why, for a list that comes out shorter than expected.
    """

    sql: str
    params: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class PurposeState:
    """One row of the consent page.

    Attributes:
        ends_at: when it ends by itself: at the grant's own end or the region's, the earlier.
    """

    notice: Notice
    grant: Grant | None
    active: bool
    why: str
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One recorded act.

    Attributes:
        index: position in the log, from 0.
        at: aware UTC instant.
        event: `grant`, `withdraw`, `select`, `derive`, `refusal`, `erase-intent`, `erase-done`,
            `export`, …
        purpose: where one applies.
        body: counts, digests and versions; never a file name or a plain content digest.
    """

    index: int
    at: datetime
    event: str
    purpose: Purpose | None
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What a withdrawal erased, and what it cannot reach."""

    purpose: Purpose
    drawers: tuple[str, ...]
    bytes_removed: int
    rows_removed: int
    out_of_reach: tuple[str, ...]
    entry: int
