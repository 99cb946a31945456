"""The facade: one method a thing that a person can do. It delegates and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from safelight.app.access import Access
from safelight.app.accounting import Accounting
from safelight.app.aiming import Aiming
from safelight.app.answering import Answering
from safelight.app.archive import Archiving
from safelight.app.companions import Accompanying
from safelight.app.composition import build_rooms
from safelight.app.consenting import Consenting
from safelight.app.daily import Daily
from safelight.app.deadlines import Deadlines
from safelight.app.erasing import Erasing
from safelight.app.explaining import Explaining
from safelight.app.failed_looks import FailedLooks
from safelight.app.informing import Informing
from safelight.app.insights import Insights
from safelight.app.judging import Judging
from safelight.app.keeping_out import KeepingOut
from safelight.app.kept import Kept
from safelight.app.keyholding import KeyHolding
from safelight.app.learning import Learning
from safelight.app.notifying import Notifying
from safelight.app.pairing import Pairing
from safelight.app.people import People
from safelight.app.preferring import Preferring
from safelight.app.proving import Proofs
from safelight.app.receipts import Receipts
from safelight.app.recording import Records
from safelight.app.recounting import recount
from safelight.app.regions import Regions
from safelight.app.scans import Scans
from safelight.app.showing import Showing
from safelight.app.sourcing import Sourcing
from safelight.app.stories import Stories
from safelight.app.teaching import Teaching
from safelight.app.theming import Theming
from safelight.app.understanding import Understanding
from safelight.app.views import (
    AssetRow,
    IdeaCard,
    LedgerLine,
    ScanProgress,
    ScanReport,
    SourceRow,
    Status,
)
from safelight.app.warming import Warming
from safelight.library.sealing import passphrase_from_environment
from safelight.model.consent import (
    ErasureReport,
    Grant,
    Purpose,
    PurposeState,
    Refusal,
    Scope,
)
from safelight.model.creations import Creation
from safelight.model.errors import RefusedError
from safelight.model.ideas import Idea, Moment, Trip
from safelight.settings import Settings

if TYPE_CHECKING:
    from safelight.app.collaging import Collaging
    from safelight.app.finding import Finding
    from safelight.app.making.makers import Making
    from safelight.app.portraits import Portraits
    from safelight.app.searching import Searching
    from safelight.app.sharing import Sharing


class Safelight:
    """One person's library, with everything that can be done to it. Safe to use from threads.

    Args:
        inline: run jobs in this process, for tests.
        ask: gives the passphrase of a library that is locked with one; called once.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        inline: bool = False,
        ask: Callable[[], str] = passphrase_from_environment,
    ) -> None:
        self.settings = settings
        self._rooms = build_rooms(settings, inline=inline, ask=ask)
        self._open_library()
        self._open_stories()
        self._open_consent()
        self._open_scans()
        self._finish_what_was_cut_short()

    # Collaborators, each after those that it asks

    def _open_library(self) -> None:
        self.people = People(self._rooms)
        self.failed_looks = FailedLooks(self._rooms)
        self.showing = Showing(self._rooms, self.people.known, self.failed_looks.reasons)
        self.access = Access(self.settings.home, self._rooms.ledger)
        self.keeping_out = KeepingOut(self._rooms, self.showing)
        self.insights = Insights(self._rooms, self.showing)
        self.judging = Judging(self._rooms)
        self.aiming = Aiming(self._rooms)
        self.keyholding = KeyHolding(self._rooms)
        self._kept = Kept(self._rooms)
        self.warming = Warming(self._rooms)

    def _open_stories(self) -> None:
        self._pairing = Pairing(self._rooms)
        self._theming = Theming(self._rooms, self.people.known, self._pairing)
        self.learning = Learning(self._rooms)
        self.preferences = Preferring(
            self._rooms, self.people, self.learning, lambda: self._stories.outline()
        )
        informing = Informing(self._rooms, self.people.known, self.preferences.preferences)
        self._stories: Stories = Stories(
            self._rooms, self.judging, self._theming, informing, self.people.hidden_photos
        )
        self.teaching = Teaching(self._theming, self._stories.timeline)
        self.answers = Answering(self._stories, self.learning)
        self.accompanying = Accompanying(self._stories, self.showing)

    def _open_consent(self) -> None:
        self.proofs = Proofs(self._rooms)
        self.receipts = Receipts(self._rooms, self.proofs)
        self.consent = Consenting(self._rooms, self._quietly)
        self.explaining = Explaining(self._rooms, self.consent.scoping)
        self.accounting = Accounting(self._rooms, self.consent.scoping)
        self.records = Records(self._rooms, self.consent.scoping)
        self.archiving = Archiving(self._rooms, self.records)
        self.regions = Regions(self._rooms, self.consent.end_over)
        self.erasing = Erasing(self._rooms, self._quietly, self.receipts.ensure)

    def _open_scans(self) -> None:
        self.understanding = Understanding(
            self._rooms,
            self.people,
            self._pairing,
            self.judging,
            self._stories.outline,
            self.consent.narrow,
            self._theming.learn_again,
        )
        self._notifying = Notifying(self._rooms)
        self.daily = Daily(
            self._rooms, self._stories, lambda: self.scans.start(), say=self._notifying.say
        )
        self.scans: Scans = Scans(
            self._rooms,
            self.people,
            self.understanding,
            self._stories,
            self.consent.narrow,
            self.daily.announce,
        )
        self.sourcing = Sourcing(self._rooms, self._quietly)
        self.deadlines = Deadlines(self.consent.end_over, self.daily.tick)

    def _finish_what_was_cut_short(self) -> None:
        self.consent.finish_pending()
        self.erasing.finish_pending()
        self.preferences.settle()
        self.receipts.ensure()

    # Made when they are first asked for: they load picture libraries and indexes, and most
    # commands need none of them.

    @cached_property
    def portraits(self) -> Portraits:
        """Faces cut out of photos."""
        from safelight.app.portraits import Portraits

        return Portraits(self._rooms, self.showing)

    @cached_property
    def making(self) -> Making:
        """Making things of photos."""
        from safelight.app.making.makers import Making

        return Making(self._rooms, self.showing)

    @cached_property
    def collages(self) -> Collaging:
        """Collages: formats, layouts, drawing and keeping."""
        from safelight.app.collaging import Collaging

        return Collaging(self.making, self.idea)

    @cached_property
    def sharing(self) -> Sharing:
        """The only way out."""
        from safelight.app.sharing import Sharing

        return Sharing(self._rooms, self.showing, self.people, self.making)

    @cached_property
    def finding(self) -> Finding:
        """Search with all that a page of results shows."""
        from safelight.app.finding import Finding

        return Finding(
            self._rooms,
            self._searching,
            self.showing,
            self._stories.timeline,
            self.people.known,
        )

    @cached_property
    def _searching(self) -> Searching:
        from safelight.app.searching import Searching, word_encoder

        return Searching(
            self._rooms,
            self._stories.timeline,
            self._theming,
            self.people.known,
            word_encoder,
            self._pairing.search_pair,
        )

    def close(self) -> None:
        """Stop what runs and close files."""
        if "making" in self.__dict__:
            self.making.jobs.close()
        self.deadlines.stop()
        self.scans.stop()
        self.proofs.seal()
        self.warming.wait()
        self._rooms.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def demo(self) -> bool:
        """Whether this library shows the sample pictures."""
        from safelight.testing.demo_library import MARKER  # costs a tenth of a second

        return any(Path(row.location, MARKER).exists() for row in self.sources())

    def status(self) -> Status:
        """What is on, what runs and what is missing on this machine."""
        rooms = self._rooms
        on = tuple(state.notice.purpose for state in self.purposes() if state.active)
        visible = Purpose.LIBRARY in on
        return Status(
            home=str(self.settings.home),
            on=on,
            assets=rooms.catalogue.count() if visible else 0,
            sources=len(self.sources()),
            ideas=len(self.ideas()) if visible else 0,
            scan=self.scans.progress,
            key_store=rooms.keys.where,
            missing=(
                *rooms.isolating.missing(),
                *self._pairing.problems(),
                *self._notifying.missing(),
                *(f"ideas of one kind: {problem}" for problem in self._stories.problems),
            ),
            walls=rooms.isolating.layers,
            ledger_fault=self.proofs.fault,
        )

    def require_library(self) -> None:
        """Stop here unless the library may be shown.

        Raises:
            RefusedError: `library` is off.
        """
        refusal = self._rooms.gate.refusal(Purpose.LIBRARY)
        if refusal is not None:
            raise RefusedError(refusal.text)

    # Sources

    def sources(self) -> list[SourceRow]:
        """Where photos come from."""
        return self.sourcing.all()

    def add_folder(self, path: str) -> SourceRow:
        """Add a folder of photos. Nothing in it is read until `library` is allowed.

        Raises:
            UserError: there is no such folder, or it is Safelight's own.
        """
        return self.sourcing.add_folder(path)

    # Consent

    def purposes(self) -> list[PurposeState]:
        """Every purpose with its switch, in a fixed order."""
        return self.consent.purposes()

    def allow(
        self,
        purposes: Sequence[Purpose],
        scope: Scope = Scope(),  # noqa: B008  # frozen
        expires_at: datetime | None = None,
    ) -> list[Grant | Refusal]:
        """Turn purposes on, each with its own record."""
        return self.consent.allow(purposes, scope, expires_at)

    def withdraw(self, purpose: Purpose) -> list[ErasureReport]:
        """Turn a purpose off, with what needs it, and erase what came from them."""
        reports = [self.consent.withdraw(purpose)]
        self.receipts.ensure()
        return reports

    # Scanning

    def scan(self, report: Callable[[ScanProgress], None] = lambda _: None) -> ScanReport:
        """Scan now, in the calling thread; ideas are refreshed when `suggest` is on.

        Raises:
            RefusedError: `library` is off.
        """
        return self.scans.run(report)

    # Library

    def assets(self) -> Iterator[AssetRow]:
        """Every asset in order of time."""
        return self.showing.assets()

    def rows(self, names: Sequence[str]) -> list[AssetRow]:
        """Some assets, in the order asked for; those that may not be seen are left out."""
        return self.showing.some(names)

    def preview(self, name: str) -> bytes | Refusal | None:
        """A preview, a refusal, or None when there is none."""
        return self.showing.preview(name)

    def picture(self, name: str, edge: int) -> bytes | Refusal | None:
        """The original, upright, scaled to `edge`."""
        return self.showing.picture(name, edge)

    # Ideas

    def moments(self) -> list[Moment]:
        """Moments, oldest first."""
        return list(self._stories.timeline().moments)

    def trips(self) -> list[Trip]:
        """Trips, oldest first."""
        return list(self._stories.outline().trips)

    def make_ideas(self, today: date | None = None) -> list[Idea]:
        """Make ideas because the person asks for them.

        Raises:
            RefusedError: `library` is off.
        """
        made = self._stories.make(today or date.today())  # the person's own day
        if isinstance(made, Refusal):
            raise RefusedError(made.text)
        return made

    def ideas(self, state: str = "offered") -> list[IdeaCard]:
        """Ideas: `offered`, `dismissed` or `all`."""
        return self._stories.ideas(state)

    def idea(self, name: str) -> IdeaCard | None:
        """One idea."""
        return self._stories.idea(name)

    # Creations

    def creations(self) -> list[Creation]:
        """What was made, newest first."""
        return self._kept.all()

    def creation(self, name: str) -> tuple[Creation, bytes] | None:
        """One creation with its file."""
        return self._kept.get(name)

    def delete_creation(self, name: str) -> bool:
        """Delete a creation."""
        return self._rooms.creations.remove(name)

    # Ledger

    def ledger(self, start: int = 0, count: int = 200) -> list[LedgerLine]:
        """Entries from `start` on, oldest first, in plain words."""
        return [recount(entry) for entry in self._rooms.ledger.entries(start, count)]

    def ledger_size(self) -> int:
        """How many entries there are."""
        return len(self._rooms.ledger)

    def ledger_verify(self) -> tuple[bool, str]:
        """Whether the log is whole, and in words."""
        verdict = self.proofs.verify()
        return verdict.ok, verdict.text

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """While data goes: no scan in the background, and nothing of it in memory."""
        with self.scans.interrupted():
            self._forget_held()
            try:
                yield
            finally:
                self._forget_held()  # what was asked for meanwhile

    def _forget_held(self) -> None:
        self._stories.forget()
        for held in ("_searching", "making", "portraits", "people"):
            if held in vars(self):
                vars(self)[held].forget()
