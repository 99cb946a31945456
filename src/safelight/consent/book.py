"""The book of consent: what the person allows now, kept in the `consent` drawer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import apsw

from safelight.consent import refusals
from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger, digest_items, mac_items
from safelight.consent.limits import Limits
from safelight.consent.purposes import NOTICES, dependents, notice, requires
from safelight.consent.recorded import RecordedGrants
from safelight.consent.refusals import never, not_granted
from safelight.consent.regions import Region
from safelight.consent.scopes import from_json, tidy, to_json
from safelight.model.consent import Grant, Purpose, PurposeState, Refusal, Scope
from safelight.model.errors import UserError


class DigestKeys(Protocol):
    """Gives each purpose the key for its digests in the ledger; erasure destroys it."""

    def key(self, purpose: Purpose) -> bytes:
        """32 bytes, made at the first call."""
        ...


@dataclass(frozen=True, slots=True)
class _Page:
    """The book as one connection last read it, and what tells that it has changed since."""

    connection: apsw.Connection
    stamp: tuple[int, int]
    grants: dict[Purpose, Grant]
    revisions: dict[Purpose, int]


class ConsentBook:
    """Grants, with nothing on by default. Every change is in the ledger before it takes effect.

    Args:
        connect: gives the calling thread's connection to the `consent` drawer.
        limits: what albums and people mean, and what the region takes away.
    """

    def __init__(
        self,
        connect: Callable[[], apsw.Connection],
        ledger: Ledger,
        keys: DigestKeys,
        clock: Clock = utc_now,
        limits: Limits | None = None,
    ) -> None:
        self._connect = connect
        self._ledger = ledger
        self._keys = keys
        self._clock = clock
        self.limits = limits or Limits()
        self._seen = threading.local()
        self._recorded = RecordedGrants(ledger)

    # Changing

    def allow(
        self, purpose: Purpose, scope: Scope | None = None, expires_at: datetime | None = None
    ) -> Grant | Refusal:
        """Turn a purpose on for a scope, in place of what was allowed before.

        Returns:
            The grant; or a Refusal, which is recorded, where it cannot be granted or the
            purpose it needs is off.

        Raises:
            UserError: the scope or the expiry makes no sense.
        """
        scope = tidy(scope or Scope())
        self._check_expiry(expires_at)
        with self._writing() as connection:
            refusal = self._cannot_allow(purpose, scope)
            if refusal is not None:
                self._ledger.append("refusal", purpose, {"asked": "allow", "code": refusal.code})
                return refusal
            grant = self._record_grant(purpose, scope, expires_at)
            connection.execute(
                "insert or replace into consent_grant values (?, ?, ?, ?, ?, ?, ?)", _columns(grant)
            )
            _bump(connection, purpose)
            if purpose is Purpose.FACES:  # it tells who is in a photo
                for limited in self._limited_by_people():
                    _bump(connection, limited)
            self.limits.changed(connection, allowed=purpose)
            return grant

    def ending(self, purpose: Purpose) -> tuple[Purpose, ...]:
        """What ends when a purpose is turned off: itself, and those that cannot be without it.

        Without `faces` nobody could tell any more whom to leave out, so the purposes that are
        limited by people end with it.
        """
        limited = self._limited_by_people() if purpose is Purpose.FACES else ()
        return (purpose, *dependents(purpose), *limited)

    def withdraw(
        self, purpose: Purpose, why: str = "", also: Iterable[Purpose] = ()
    ) -> tuple[Purpose, ...]:
        """Turn a purpose off, with those that need it; returns the ones that were on.

        What they worked out is erased by `Erasure.withdraw`, which calls this.

        Args:
            why: for the record, where it was not the person's own act.
            also: purposes that end too.
        """
        with self._writing() as connection:
            standing = self._page().grants
            _, *rest = self.ending(purpose)
            order = dict.fromkeys((*rest, *also, purpose))
            ending = [p for p in order if p in standing]
            for each in ending:
                body: dict[str, object] = {"grant": standing[each].entry}
                self._ledger.append("withdraw", each, {**body, "why": why} if why else body)
            self._strike(connection, ending)
            return tuple(ending)

    def touch(self, purposes: Iterable[Purpose]) -> None:
        """End the permits of purposes whose grants reach less far from now on."""
        with self._writing() as connection:
            for purpose in purposes:
                _bump(connection, purpose)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Consent as it is: nobody in any process changes it until this ends.

        For the moment in which something is put away. A withdrawal that comes meanwhile waits,
        and then erases what was put away too.
        """
        with self._writing():
            yield

    def settle(self) -> tuple[Purpose, ...]:
        """Carry out withdrawals that are in the ledger and that a crash kept from taking effect."""
        with self._writing() as connection:
            standing = self._page().grants
            since = min((grant.entry for grant in standing.values()), default=None)
            if since is None:
                return ()
            found = self._ledger.entries(since, events=("withdraw",))
            ending = [
                entry.purpose
                for entry in found
                if entry.purpose in standing and entry.index > standing[entry.purpose].entry
            ]
            self._strike(connection, [purpose for purpose in ending if purpose])
            return tuple(purpose for purpose in ending if purpose)

    # Asking

    def standing(self, purpose: Purpose) -> Grant | Refusal:
        """The grant in force at this moment, or why there is none."""
        if not purpose.grantable:
            return never(purpose)
        if self._ledger.fault:
            return refusals.ledger_broken(purpose, self._ledger.fault)
        return self._in_force(purpose, self._page().grants, self.limits.region)

    def _in_force(
        self, purpose: Purpose, grants: Mapping[Purpose, Grant], region: Region
    ) -> Grant | Refusal:
        grant = grants.get(purpose)
        if grant is None:
            return not_granted(purpose)
        if not self._recorded.stands(grant):
            return refusals.not_recorded(purpose)
        ends = self.limits.ends_at(grant, region)
        if ends is not None and ends <= self._clock():
            return refusals.expired(grant, ends)
        if grant.notice_digest != notice(purpose).digest:
            return refusals.notice_changed(purpose)
        refusal = self._beside(purpose, grant.scope, grants, region)
        return grant if refusal is None else refusal

    def _beside(
        self, purpose: Purpose, scope: Scope, grants: Mapping[Purpose, Grant], region: Region
    ) -> Refusal | None:
        """Why a grant for a scope does not hold beside the other grants, the region, the limits."""
        needed = requires(purpose)

        def stands(other: Purpose) -> bool:
            return isinstance(self._in_force(other, grants, region), Grant)

        if needed is not None and not stands(needed):
            return refusals.needs_other(purpose, needed)
        if scope.without_people and not stands(Purpose.FACES):
            return refusals.needs_faces(purpose)
        if not self.limits.can_tell(scope):
            return refusals.limit_unknown(purpose)
        return self.limits.region_refusal(purpose, scope, region)

    def ends_at(self, grant: Grant) -> datetime | None:
        """When a grant ends by itself: its own end, or the one that the region sets."""
        return self.limits.ends_at(grant, self.limits.region)

    def over(self) -> dict[Purpose, str]:
        """Purposes whose grants have run out, whose limits are gone, or that the region rules out.

        With each of them which it is: "expired", "limit" or "region".
        """
        now, region, found = self._clock(), self.limits.region, dict[Purpose, str]()
        for purpose, grant in self._page().grants.items():
            ends = self.limits.ends_at(grant, region)
            if ends is not None and ends <= now:
                found[purpose] = "expired"
            elif self.limits.region_refusal(purpose, grant.scope, region) is not None:
                found[purpose] = "region"
            elif not self.limits.can_tell(grant.scope):
                found[purpose] = "limit"
        return found

    def grant(self, purpose: Purpose) -> Grant | None:
        """The grant in force at this moment."""
        standing = self.standing(purpose)
        return standing if isinstance(standing, Grant) else None

    def revision(self, purpose: Purpose) -> int:
        """Grows with every change of the purpose, and of the one it needs."""
        revisions = self._page().revisions
        needed = requires(purpose)
        return revisions.get(purpose, 0) + (revisions.get(needed, 0) if needed else 0)

    def state(self, purpose: Purpose) -> PurposeState:
        """One row of the consent page; only for purposes that can be allowed."""
        standing = self.standing(purpose)
        grant = self._page().grants.get(purpose)
        ends = self.ends_at(grant) if grant else None
        if isinstance(standing, Grant):
            return PurposeState(
                notice(purpose), grant, True, refusals.on_since(standing, ends), ends
            )
        return PurposeState(notice(purpose), grant, False, standing.text, ends)

    def states(self) -> tuple[PurposeState, ...]:
        """Every purpose that can be allowed, in the order in which they are asked."""
        return tuple(self.state(purpose) for purpose in NOTICES)

    def digest(self, purpose: Purpose, items: Iterable[str]) -> str:
        """Digest over items for the ledger, under the key that erasing the purpose destroys."""
        return digest_items(self._keys.key(purpose), items)

    def macs(self, purpose: Purpose, items: Iterable[str]) -> list[bytes]:
        """What that digest is the root of, sorted: tells whether an item is among them."""
        return mac_items(self._keys.key(purpose), items)

    def _check_expiry(self, expires_at: datetime | None) -> None:
        if expires_at is None:
            return
        if expires_at.tzinfo is None:
            raise UserError("The time of expiry needs a time zone.")
        if expires_at <= self._clock():
            raise UserError("The time of expiry has passed already.")

    def _cannot_allow(self, purpose: Purpose, scope: Scope) -> Refusal | None:
        if not purpose.grantable:
            return never(purpose)
        if self._ledger.fault:
            return refusals.ledger_broken(purpose, self._ledger.fault)
        if scope.without_people and purpose in (Purpose.LIBRARY, Purpose.FACES):
            raise UserError(
                f"“{notice(purpose).title}” cannot leave out people: who is in a photo is only "
                "known after it was read and looked at. Limit the other purposes, or say of a "
                "person that they are never to be grouped."
            )
        return self._beside(purpose, scope, self._page().grants, self.limits.region)

    def _limited_by_people(self) -> tuple[Purpose, ...]:
        grants = self._page().grants.values()
        return tuple(grant.purpose for grant in grants if grant.scope.without_people)

    def _strike(self, connection: apsw.Connection, purposes: list[Purpose]) -> None:
        for purpose in purposes:
            connection.execute("delete from consent_grant where purpose = ?", (purpose.value,))
            _bump(connection, purpose)
            self.limits.changed(connection, ended=purpose)

    def _record_grant(self, purpose: Purpose, scope: Scope, expires_at: datetime | None) -> Grant:
        words, now, before = notice(purpose), self._clock(), self._page().grants.get(purpose)
        entry = self._ledger.append(
            "grant",
            purpose,
            {
                "notice": words.version,
                "notice_digest": words.digest,
                "scope": self.digest(purpose, (to_json(scope),)),
                "folders": len(scope.folders),
                "albums": len(scope.albums),
                "without": len(scope.without_people),
                "dated": scope.since is not None or scope.until is not None,
                "expires": expires_at.isoformat() if expires_at else None,
                **({"renews": before.entry} if before else {}),
            },
        )
        return Grant(purpose, scope, words.version, words.digest, now, expires_at, entry)

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        # Taken before anything is read, so that nobody changes consent between look and leap.
        connection = self._connect()
        connection.execute("begin immediate")
        try:
            yield connection
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("rollback")
            raise
        connection.execute("commit")

    def _page(self) -> _Page:
        connection = self._connect()
        stamp = (connection.pragma("data_version"), connection.total_changes())
        page: _Page | None = getattr(self._seen, "page", None)
        if page is None or page.connection is not connection or page.stamp != stamp:
            page = _Page(connection, stamp, _grants(connection), _revisions(connection))
            self._seen.page = page
        return page


def _columns(grant: Grant) -> tuple[str | int | None, ...]:
    return (
        grant.purpose.value,
        to_json(grant.scope),
        grant.notice_version,
        grant.notice_digest,
        grant.granted_at.isoformat(),
        grant.expires_at.isoformat() if grant.expires_at else None,
        grant.entry,
    )


def _grants(connection: apsw.Connection) -> dict[Purpose, Grant]:
    found = {}
    for row in connection.execute("select * from consent_grant"):
        purpose, scope, version, digest, granted_at, expires_at, entry = row
        found[Purpose(purpose)] = Grant(
            Purpose(purpose),
            from_json(scope),
            version,
            digest,
            datetime.fromisoformat(granted_at),
            datetime.fromisoformat(expires_at) if expires_at else None,
            entry,
        )
    return found


def _revisions(connection: apsw.Connection) -> dict[Purpose, int]:
    rows = connection.execute("select purpose, revision from consent_revision")
    return {Purpose(purpose): revision for purpose, revision in rows}


def _bump(connection: apsw.Connection, purpose: Purpose) -> None:
    connection.execute(
        "insert into consent_revision values (?, 1)"
        " on conflict (purpose) do update set revision = revision + 1",
        (purpose.value,),
    )
