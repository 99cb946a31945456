"""The gate: the only place that makes a permit, and the only one that believes one."""

from __future__ import annotations

import hmac
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from safelight.consent import refusals
from safelight.consent.book import ConsentBook
from safelight.consent.clock import Clock, utc_now
from safelight.consent.ledger import Ledger, digest_macs
from safelight.consent.members import Members
from safelight.consent.purposes import requires
from safelight.consent.scopes import matcher, to_sql
from safelight.model.consent import (
    NEVER,
    Decision,
    Grant,
    Permit,
    Purpose,
    Refusal,
    SqlCondition,
    Subject,
)

PERMIT_LIFE = timedelta(minutes=15)
ONCE_LIFE = timedelta(minutes=5)
_REMEMBERED = 64


class Trail(Protocol):
    """Keeps, under the purpose itself, of which assets an entry of the ledger speaks."""

    def note(self, purpose: Purpose, entry: int, step: str, macs: Sequence[bytes]) -> None:
        """Keep the sorted MACs behind an entry's digest; `step` is empty for a selection."""
        ...


class Gate:
    """Decides by the book, records in the ledger, and seals with this process's secret.

    Args:
        secret: at least 16 random bytes; a permit of another secret is a forged one.
        trail: notes of which assets an entry of the ledger speaks.
    """

    def __init__(
        self,
        book: ConsentBook,
        ledger: Ledger,
        clock: Clock = utc_now,
        secret: bytes = b"",
        trail: Trail | None = None,
    ) -> None:
        if len(secret) < 16:
            raise ValueError("the gate's secret must have at least 16 bytes")
        self._book = book
        self._ledger = ledger
        self._clock = clock
        self._secret = secret
        self._trail = trail
        self._believed: OrderedDict[bytes, Permit] = OrderedDict()
        self._spent: set[bytes] = set()
        self._spending = threading.Lock()

    # Deciding

    def decide(
        self, purpose: Purpose, subjects: Sequence[Subject], *, to_learn_dates: bool = False
    ) -> Decision:
        """Leave to use those of `subjects` that consent covers; one ledger entry a call.

        Args:
            to_learn_dates: for the purpose `library` only: a dated scope then also covers
                subjects whose `day` is None, so that a reader can learn it. What turns out to
                lie outside has to be dropped by asking again with the day.

        Returns:
            A permit for at least one subject, or a Refusal; both are recorded first.
        """
        learning = to_learn_dates and purpose is Purpose.LIBRARY
        revision = self._book.revision(purpose)  # before the grants: a change between is caught
        grants = self._grants(purpose)
        if isinstance(grants, Refusal):
            return self._refuse(grants, len(subjects))
        members = self._book.limits.members
        tests = [_test(grant, members, day_unknown=learning) for grant in grants]
        covered = [subject for subject in subjects if tests[0](subject)]
        for test in tests[1:]:
            covered = [subject for subject in covered if test(subject)]
        ids = frozenset(subject.id for subject in covered)
        if not ids:
            return self._refuse(refusals.out_of_scope(purpose), len(subjects))
        macs = self._book.macs(purpose, ids)
        body: dict[str, object] = {
            "asked": len(subjects),
            "count": len(ids),
            "digest": digest_macs(macs),
            "revision": revision,
        }
        if learning:
            body["to_learn_dates"] = True
        entry = self._ledger.append("select", purpose, body)
        if self._trail is not None:
            self._trail.note(purpose, entry, "", macs)
        return self._permit(purpose, ids, revision, grants)

    def decide_once(
        self, thing: str, subjects: Sequence[Subject], choices: dict[str, object]
    ) -> Decision:
        """Leave to share one thing now, because the person was asked and said yes just now.

        Never a standing grant: the permit is for this thing alone, lasts minutes, and
        `record_egress` takes it once. `library` must cover every photo that the thing shows.

        Args:
            thing: id of the creation or asset.
            subjects: every photo in it.
            choices: what the person chose, without any name or place.
        """
        revision = self._book.revision(Purpose.LIBRARY)
        grants = self._grants(Purpose.LIBRARY)
        if isinstance(grants, Refusal):
            return self._refuse(grants, len(subjects))
        covers = _test(grants[0], self._book.limits.members)
        if not all(map(covers, subjects)):
            return self._refuse(refusals.out_of_scope(Purpose.LIBRARY), len(subjects))
        body: dict[str, object] = {
            "thing": self.digest(Purpose.SHARE, [thing]),
            "count": len(subjects),
            "digest": self.digest(Purpose.SHARE, [subject.id for subject in subjects]),
            "choices": choices,
        }
        self._ledger.append("share", Purpose.SHARE, body)
        ids = frozenset({thing})
        ends = [self._book.ends_at(grant) for grant in grants]
        until = min([self._clock() + ONCE_LIFE, *(end for end in ends if end is not None)])
        seal = self._seal(Purpose.SHARE, ids, revision, until)
        return Permit(Purpose.SHARE, ids, revision, until, seal)

    def check(self, permit: Permit, subject_id: str) -> Refusal | None:
        """Why a permit does not open this asset now; None when it does."""
        if not self._sealed(permit):
            refusal = refusals.forged(permit.purpose)
            return self._refuse(refusal, 1) if permit.purpose in NEVER else refusal
        if permit.expires_at <= self._clock():
            return refusals.permit_expired(permit.purpose)
        if subject_id not in permit:
            return refusals.out_of_scope(permit.purpose)
        ended = self._ended(permit)
        return ended if ended is not None else self._shows_somebody(permit, subject_id)

    # Asking without doing

    def allows(self, purpose: Purpose) -> bool:
        """Whether a purpose is on now, for anything at all."""
        return self._book.grant(purpose) is not None

    def refusal(self, purpose: Purpose) -> Refusal | None:
        """Why a purpose is off; None when it is on."""
        standing = self._book.standing(purpose)
        return standing if isinstance(standing, Refusal) else None

    def coverage(self, purpose: Purpose) -> Callable[[Subject], bool] | None:
        """A test for whether consent could cover an asset, as far as its path tells.

        Opens nothing and is no permit: it only says early what `decide` would leave out. A date
        that is not known passes. None where everything is covered.
        """
        grants = self._grants(purpose)
        if isinstance(grants, Refusal):
            return lambda _: False
        if all(grant.scope.is_everything for grant in grants):
            return None
        members = self._book.limits.members
        tests = [_test(grant, members, day_unknown=True) for grant in grants]
        return lambda subject: all(test(subject) for test in tests)

    def condition(self, purpose: Purpose, alias: str = "a") -> SqlCondition:
        """What `decide` would cover, as SQL over `id`, `path` and `taken_on` of a table alias.

        Raises:
            ValueError: the alias is not a plain name.
        """
        if not alias.isidentifier():
            raise ValueError(f"not a table alias: {alias!r}")
        grants = self._grants(purpose)
        if isinstance(grants, Refusal):
            return SqlCondition("0", (), grants.text)
        members = self._book.limits.members
        compiled = [to_sql(grant.scope, alias, members, links=_by_links(grant)) for grant in grants]
        parts = [sql for sql, _ in compiled if sql != "1"]
        params = tuple(param for _, bound in compiled for param in bound)
        if not parts:
            return SqlCondition("1", (), f"“{refusals.title(purpose)}” covers everything.")
        reason = refusals.out_of_scope(purpose).text
        return SqlCondition("(" + " and ".join(parts) + ")", params, reason)

    # Recording

    def digest(self, purpose: Purpose, ids: Iterable[str]) -> str:
        """Digest over ids for a ledger entry; useless to who lacks the purpose's key."""
        return self._book.digest(purpose, ids)

    def record_derive(self, purpose: Purpose, step: str, count: int, digest: str) -> int:
        """Record that a step is about to keep what it worked out of `count` assets.

        Args:
            digest: of the assets' ids, from `digest`.

        Returns:
            The entry's index.
        """
        body: dict[str, object] = {"step": step, "count": count, "digest": digest}
        return self._ledger.append("derive", purpose, body)

    def record_items(self, purpose: Purpose, step: str, items: Collection[str]) -> int:
        """Like `record_derive`, and note which assets they are; returns the entry's index."""
        macs = self._book.macs(purpose, items)
        entry = self.record_derive(purpose, step, len(items), digest_macs(macs))
        if self._trail is not None:
            self._trail.note(purpose, entry, step, macs)
        return entry

    def record_egress(self, permit: Permit, thing: str, content: bytes) -> int | Refusal:
        """Record that a file is about to leave, and use the permit up.

        Returns:
            The entry's index; a Refusal, which is recorded, where the permit no longer holds or
            was used before.
        """
        refusal = self.check(permit, thing)
        if refusal is None and not self._spend(permit):
            refusal = refusals.spent(permit.purpose)
        if refusal is not None:
            return self._refuse(refusal, 1)
        body: dict[str, object] = {
            "thing": self.digest(permit.purpose, [thing]),
            "content": self.digest(permit.purpose, [sha256(content).hexdigest()]),
            "bytes": len(content),
        }
        return self._ledger.append("egress-intent", permit.purpose, body)

    def _spend(self, permit: Permit) -> bool:
        """Use a permit up; False where that was done before, by another thread at once, too."""
        with self._spending:
            fresh = permit.seal not in self._spent
            self._spent.add(permit.seal)
        return fresh

    def record_egress_done(self, intent: int, purpose: Purpose = Purpose.SHARE) -> None:
        """Record that what `record_egress` announced was handed over."""
        self._ledger.append("egress-done", purpose, {"intent": intent})

    def _grants(self, purpose: Purpose) -> tuple[Grant, ...] | Refusal:
        """The grants that must all cover an asset: the purpose's own, and the one it needs."""
        standing = self._book.standing(purpose)
        if isinstance(standing, Refusal):
            return standing
        needed = requires(purpose)
        if needed is None:
            return (standing,)
        other = self._book.standing(needed)
        return other if isinstance(other, Refusal) else (standing, other)

    def _ended(self, permit: Permit) -> Refusal | None:
        refusal = self.refusal(_stands_on(permit))
        if refusal is not None:
            return refusals.withdrawn(permit.purpose) if self._changed(permit) else refusal
        return refusals.withdrawn(permit.purpose) if self._changed(permit) else None

    def _shows_somebody(self, permit: Permit, subject_id: str) -> Refusal | None:
        """Asked anew at every use: who is in a photo may have been learnt since the decision."""
        grant = self._book.grant(permit.purpose)
        if grant is None or not grant.scope.without_people:
            return None
        clear = self._book.limits.members.clear_of(grant.scope.without_people)
        if clear is not None and subject_id in clear:
            return None
        return refusals.out_of_scope(permit.purpose)

    def _changed(self, permit: Permit) -> bool:
        return permit.revision != self._book.revision(_stands_on(permit))

    def _refuse(self, refusal: Refusal, asked: int) -> Refusal:
        body: dict[str, object] = {"asked": asked, "code": refusal.code.value}
        self._ledger.append("refusal", refusal.purpose, body)
        return refusal

    def _permit(
        self, purpose: Purpose, ids: frozenset[str], revision: int, grants: Iterable[Grant]
    ) -> Permit:
        ends = [self._book.ends_at(grant) for grant in grants]
        until = min([self._clock() + PERMIT_LIFE, *(end for end in ends if end is not None)])
        return Permit(purpose, ids, revision, until, self._seal(purpose, ids, revision, until))

    def _seal(self, purpose: Purpose, ids: frozenset[str], revision: int, until: datetime) -> bytes:
        message = json.dumps([purpose.value, revision, until.isoformat(), sorted(ids)])
        return hmac.digest(self._secret, message.encode(), "sha256")

    def _sealed(self, permit: Permit) -> bool:
        # A scan checks every photo of a batch: the very object that was believed once needs no
        # second look, and it is frozen.
        if self._believed.get(permit.seal) is permit:
            return True
        seal = self._seal(permit.purpose, permit.subjects, permit.revision, permit.expires_at)
        if not hmac.compare_digest(seal, permit.seal):
            return False
        self._believed[permit.seal] = permit
        if len(self._believed) > _REMEMBERED:
            self._believed.popitem(last=False)
        return True


def _test(
    grant: Grant, members: Members, *, day_unknown: bool = False
) -> Callable[[Subject], bool]:
    return matcher(grant.scope, members, day_unknown=day_unknown, links=_by_links(grant))


def _by_links(grant: Grant) -> bool:
    """Whether links are seen to elsewhere: scans of a limited library follow none leading out."""
    return grant.purpose is Purpose.LIBRARY


def _stands_on(permit: Permit) -> Purpose:
    """The switch that ends a permit: sharing has none of its own, and stands on the library's."""
    return Purpose.LIBRARY if permit.purpose is Purpose.SHARE else permit.purpose
