"""The composition root: every room, built once and handed to those who use it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import apsw

from safelight.app.isolating import AUTO, STRICT, Isolating
from safelight.app.steps import STEP_CLIP_FRAMES, STEP_SURVEY_CLIP
from safelight.consent.book import ConsentBook
from safelight.consent.clock import Clock, utc_now
from safelight.consent.gate import Gate
from safelight.consent.ledger import Ledger
from safelight.consent.limits import Limits
from safelight.consent.papers import Papers, open_papers
from safelight.consent.regions import Region, find_region
from safelight.engine import (
    InlineExecutor,
    InlineStreams,
    ProcessExecutor,
    WalledStreams,
    probe,
)
from safelight.library.catalogue import Catalogue
from safelight.library.drawers import Drawers
from safelight.library.kept_in import KeptIn
from safelight.library.keys import KeyRing, PurposeKeys
from safelight.library.left_out import LeftOutList
from safelight.library.listing import Listing, View
from safelight.library.locations import Locations
from safelight.library.members import LibraryMembers
from safelight.library.observations import Observations
from safelight.library.people import PeopleStore
from safelight.library.previews import Previews
from safelight.library.reading.wire import STEP_READ_ASSET
from safelight.library.sealing import Ask, passphrase_from_environment
from safelight.library.shelves import CreationShelf, IdeaStates, idea_shelves
from safelight.library.taste import Taste
from safelight.library.trail import TrailStore
from safelight.library.vault import Vault
from safelight.library.wishes import Wishes
from safelight.model.consent import Permit, Purpose, SqlCondition
from safelight.model.errors import RefusedError, UserError
from safelight.model.jobs import Executor, Streams
from safelight.settings import Settings

if TYPE_CHECKING:
    from safelight.analysis.places import Geocoder


ContentView = tuple[SqlCondition, SqlCondition]
"""The conditions of `library` and of `content`, which hold both."""


@dataclass
class Rooms:
    """All rooms of one library."""

    settings: Settings
    keys: KeyRing
    drawers: Drawers
    ledger: Ledger
    book: ConsentBook
    papers: Papers
    gate: Gate
    trail: TrailStore
    vault: Vault
    executor: Executor
    interactive: Executor
    streams: Streams
    isolating: Isolating

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(self.drawers)
        self.previews = Previews(self.drawers)
        self.locations = Locations(self.drawers)
        self.listing = Listing(self.drawers)
        self.creations = CreationShelf(self.drawers)
        self.left_out = LeftOutList(self.drawers)
        self._watcher = ThreadPoolExecutor(1, thread_name_prefix="safelight-watch")

    @cached_property
    def geocoder(self) -> Geocoder:
        """Place names; loaded when the first one is needed."""
        from safelight.analysis.places import Geocoder

        return Geocoder()

    def view(self) -> View:
        """What may be seen now."""
        library = self.gate.condition(Purpose.LIBRARY, "a")
        allowed = self.gate.allows(Purpose.PLACES)
        return View(library, self.gate.condition(Purpose.PLACES, "a") if allowed else None)

    def content_view(self) -> ContentView | None:
        """What of the content drawer may be seen now; None where it is off or nothing was seen."""
        if not self.gate.allows(Purpose.CONTENT) or not self.drawers.exists("content"):
            return None
        return self.gate.condition(Purpose.LIBRARY, "a"), self.gate.condition(Purpose.CONTENT, "a")

    def stamp(self) -> tuple[object, ...]:
        """Changes whenever something that a list shows may have changed; the same in any thread.

        Asked on a thread that only watches: SQLite tells each connection of the changes that
        others made, so the connections that notice must be always the same and never write.
        """
        return self._watcher.submit(self._stamp).result()

    def _stamp(self) -> tuple[object, ...]:
        revisions = tuple(self.book.revision(purpose) for purpose in Purpose)
        shown = {"catalogue": Purpose.LIBRARY, "places": Purpose.PLACES}
        shown |= {"content": Purpose.CONTENT, "faces": Purpose.FACES, "taste": Purpose.LEARN}
        active = tuple(self._drawer_stamp(name, purpose) for name, purpose in shown.items())
        return (revisions, active)

    def _drawer_stamp(self, name: str, purpose: Purpose) -> tuple[int, int]:
        if not self.gate.allows(purpose) or not self.drawers.exists(name):
            return (0, 0)
        connection = self.drawers.connection(name)
        return (id(connection), int(str(connection.pragma("data_version"))))

    def standing(self) -> dict[Purpose, int]:
        """Purposes that are on now, with the number of changes that each has seen."""
        return {p: self.book.revision(p) for p in Purpose if self.gate.allows(p)}

    def record(self, purpose: Purpose, step: str, items: Collection[str]) -> None:
        """Record that something is about to be kept that was worked out of these assets."""
        self.gate.record_items(purpose, step, items)

    @contextmanager
    def committing(self) -> Iterator[Callable[[Permit, str], bool]]:
        """While something is put away: nobody withdraws or erases meanwhile, in any process.

        Gives the test for whether what was worked out of an asset may be kept: its permit still
        holds, and it is still in the library.
        """
        with self.book.held():
            yield self._may_keep

    @contextmanager
    def keeping(self, *purposes: Purpose) -> Iterator[None]:
        """While the person's word is put away: like `committing`, for what needs no permit.

        Raises:
            RefusedError: one of the purposes that it is kept under is off.
        """
        with self.book.held():
            for purpose in purposes:
                refusal = self.gate.refusal(purpose)
                if refusal is not None:
                    raise RefusedError(refusal.text)
            yield

    def _may_keep(self, permit: Permit, asset: str) -> bool:
        if self.gate.check(permit, asset) is not None:
            return False
        return self.catalogue.asset(asset) is not None

    def forget_assets(self, assets: list[str]) -> None:
        """Remove everything that was derived from assets that are no more."""
        self.previews.remove(assets)
        KeptIn(self.drawers).remove(assets)
        if self.drawers.exists("places"):
            self.locations.remove(assets)
        if self.drawers.exists("content"):
            Observations(self.drawers).remove(assets)
        if self.drawers.exists("faces"):
            PeopleStore(self.drawers).remove(assets)
        if self.drawers.exists("taste"):
            Taste(self.drawers).recall_assets(assets)
        for shelf in idea_shelves(self.drawers):
            shelf.recall_assets(assets)
        if self.drawers.exists("catalogue"):
            IdeaStates(self.drawers).forget_assets(assets)
            Wishes(self.drawers, "catalogue").forget_assets(assets)

    def forget_seen(self, assets: list[str]) -> None:
        """Remove what was worked out of photos that were edited since.

        What the person said stays: whose faces are, what is kept out or hidden, what was taught.
        """
        self.previews.remove(assets)
        if self.drawers.exists("places"):
            self.locations.remove(assets)
        if self.drawers.exists("content"):
            Observations(self.drawers).forget_seen(assets)
        if self.drawers.exists("faces"):
            PeopleStore(self.drawers).rework(assets)
        Taste(self.drawers).unlearn_numbers(assets)
        for shelf in idea_shelves(self.drawers):
            shelf.recall_assets(assets, titles=False)

    def close(self) -> None:
        """Stop workers and close files."""
        self._watcher.shutdown()
        self.executor.close()
        self.interactive.close()
        self.streams.close()
        self.drawers.close()


def build_rooms(
    settings: Settings,
    *,
    inline: bool = False,
    clock: Clock = utc_now,
    ask: Ask = passphrase_from_environment,
) -> Rooms:
    """Build every room over `settings.home`, which is made when it is missing.

    Args:
        ask: gives the passphrase of a library that is locked with one.
        inline: run jobs in this process, for tests.
        clock: tells consent what time it is.

    Raises:
        UserError: the setting `region` names none that is known.
    """
    region = find_region(settings.region)
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = KeyRing(settings.home, settings.key_store, ask=ask)
    drawers = Drawers(settings.home, keys)
    ledger = Ledger(settings.home, clock)
    book, papers = _consent(region, keys, drawers, ledger, clock)
    trail = TrailStore(drawers)
    gate = Gate(book, ledger, clock, secrets.token_bytes(32), trail)
    # A person who waits for a collage must not wait for a scan: each has workers of its own.
    strict = _strict(settings)
    scanning, interactive = _executor(settings, inline), _executor(settings, inline)
    isolating = Isolating(scanning, scanning.layers if inline else probe, ledger, strict=strict)
    return Rooms(
        settings=settings,
        keys=keys,
        drawers=drawers,
        ledger=ledger,
        book=book,
        papers=papers,
        gate=gate,
        trail=trail,
        vault=Vault(gate),
        executor=scanning,
        interactive=interactive,
        streams=_streams(settings, inline),
        isolating=isolating,
    )


def _consent(
    region: Region, keys: KeyRing, drawers: Drawers, ledger: Ledger, clock: Clock
) -> tuple[ConsentBook, Papers]:
    """The book of grants, and what is kept beside it in the same drawer."""

    def consent_drawer() -> apsw.Connection:
        return drawers.connection("consent")

    def here() -> Region:
        return region if region.code else find_region(papers.residence.code())

    papers = open_papers(consent_drawer, ledger, clock)
    members = LibraryMembers(papers.albums, drawers)
    limits = Limits(members, here, papers.releases, (papers.albums, papers.endings))
    return ConsentBook(consent_drawer, ledger, PurposeKeys(keys), clock, limits), papers


def _strict(settings: Settings) -> bool:
    if settings.isolation not in (AUTO, STRICT):
        raise UserError(f'isolation must be "auto" or "strict", not {settings.isolation!r}')
    return settings.isolation == STRICT


def _streams(settings: Settings, inline: bool) -> Streams:
    if inline:
        return InlineStreams()
    return WalledStreams((STEP_CLIP_FRAMES, STEP_SURVEY_CLIP), strict=_strict(settings))


def _executor(settings: Settings, inline: bool) -> Executor:
    if inline:
        return InlineExecutor()
    steps = (STEP_READ_ASSET,)
    return ProcessExecutor(settings.worker_count, steps, strict=_strict(settings))
