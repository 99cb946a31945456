"""Who may come in from other devices: a passphrase, sessions of browsers, tokens of programs.

Only digests are kept, in `HOME/access.json`: of the passphrase by Argon2id (RFC 9106, its second
recommended choice), of sessions and tokens, which are 256 random bits, by SHA-256.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safelight.app.attempts import Attempts
from safelight.consent.ledger import Ledger
from safelight.consent.ledger.locking import file_lock
from safelight.consent.ledger.ondisk import replace_file
from safelight.model.errors import UserError

SESSION_LIFE = timedelta(days=30)
SHORTEST = 12
_SEEN_EVERY = timedelta(minutes=5)
_LONGEST = 1024
_MOST_SESSIONS = 50
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4


class WaitError(UserError):
    """An attempt that is not even looked at, because too many came before it."""


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `device` is what it says of itself, in short."""

    id: str
    digest: str
    device: str
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A program that may use `/api`; `writes` says whether it may change anything."""

    id: str
    digest: str
    name: str
    writes: bool
    since: datetime


Entry = TypeVar("Entry", Session, Token)


@dataclass(frozen=True, slots=True)
class _Register:
    salt: str = ""
    passphrase: str = ""
    sessions: tuple[Session, ...] = field(default=())
    tokens: tuple[Token, ...] = field(default=())


class Access:
    """The register of one library; several processes may use it.

    Args:
        ledger: notes what changes who may come in.
    """

    def __init__(
        self, home: Path, ledger: Ledger, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._path = home / "access.json"
        self._ledger = ledger
        self._clock = clock
        self._attempts = Attempts()
        self._hashing = threading.Lock()  # one at a time: each takes 64 MiB
        self._read: tuple[tuple[int, int], _Register] | None = None

    # The passphrase

    @property
    def required(self) -> bool:
        """Whether a passphrase is set, so that everybody has to sign in."""
        return bool(self._register().passphrase)

    def set_passphrase(self, words: str) -> None:
        """Set or change the passphrase; every browser has to sign in again.

        Raises:
            UserError: it is too short, or longer than anybody types.
        """
        if len(words) < SHORTEST:
            raise UserError(
                f"The passphrase needs at least {SHORTEST} characters; four or five words that "
                "do not belong together are easy to remember and hard to guess."
            )
        if len(words) > _LONGEST:
            raise UserError(f"The passphrase may have up to {_LONGEST:,} characters.")
        salt = secrets.token_bytes(16)
        digest = self._derive(words, salt)
        self._record("passphrase-set")
        with self._changing() as register:
            register.update(salt=salt.hex(), passphrase=digest.hex(), sessions=())

    def remove_passphrase(self) -> None:
        """Nobody has to sign in any more; this machine alone is served then."""
        self._record("passphrase-removed")
        with self._changing() as register:
            register.update(salt="", passphrase="", sessions=())  # none

    def confirm(self, words: str, client: str) -> None:
        """Go on only with the right passphrase.

        Args:
            client: the address that the attempt came from.

        Raises:
            WaitError: too many wrong ones came; the message says how long to wait.
            UserError: it is wrong.
        """
        wait = self._attempts.wait_s(client)
        if wait > 0:
            raise WaitError(f"Too many attempts. Try again in {_in_words(wait)}.")
        self._attempts.begin(client)
        if not self._is_passphrase(words):
            raise UserError("That is not the passphrase.")
        self._attempts.forget(client)

    def sign_in(self, words: str, client: str, device: str) -> str:
        """The secret of a new session.

        Raises:
            WaitError, UserError: as `confirm`.
        """
        self.confirm(words, client)
        self._record("signed-in")
        secret, now = secrets.token_urlsafe(32), self._clock()
        session = Session(secrets.token_hex(4), _digest(secret), device[:80], now, now)
        with self._changing() as register:
            standing = [s for s in register["sessions"] if self._lives(s)]
            register["sessions"] = (*standing[-(_MOST_SESSIONS - 1) :], session)
        return secret

    # Sessions

    def session(self, secret: str, *, used: bool = True) -> Session | None:
        """The session behind a browser's cookie, if it still stands.

        Args:
            used: whether a person did something; a page that only asks does not keep it alive.
        """
        found = _find(self._register().sessions, secret)
        if found is None or not self._lives(found):
            return None
        if used and self._clock() - found.seen > _SEEN_EVERY:
            seen = replace(found, seen=self._clock())
            with self._changing() as register:
                register["sessions"] = tuple(
                    seen if each.id == found.id else each for each in register["sessions"]
                )
        return found

    def sessions(self) -> list[Session]:
        """Browsers that are signed in, newest first."""
        return [each for each in reversed(self._register().sessions) if self._lives(each)]

    def sign_out(self, session: str) -> None:
        """End one session, by its id."""
        with self._changing() as register:
            register["sessions"] = tuple(s for s in register["sessions"] if s.id != session)

    # Tokens

    def add_token(self, name: str, *, writes: bool = False) -> tuple[Token, str]:
        """A new token, and its secret, which is never shown again.

        Raises:
            UserError: the name is empty, too long, or taken.
        """
        name = name.strip()
        if not name or len(name) > 60 or not name.isprintable():
            raise UserError("A token needs a name of up to 60 characters, to know it by later.")
        if any(each.name == name for each in self._register().tokens):
            raise UserError(f"There is a token named {name!r} already.")
        secret = f"slt_{secrets.token_urlsafe(32)}"
        token = Token(secrets.token_hex(4), _digest(secret), name, writes, self._clock())
        self._record("token-added", token=token.id, writes=writes)
        with self._changing() as register:
            register["tokens"] = (*register["tokens"], token)
        return token, secret

    def tokens(self) -> list[Token]:
        """Tokens, oldest first."""
        return list(self._register().tokens)

    def remove_token(self, name: str) -> Token:
        """Take a token back, by its name or id.

        Raises:
            UserError: there is none.
        """
        found = next((t for t in self._register().tokens if name in (t.id, t.name)), None)
        if found is None:
            raise UserError(f"There is no token {name!r}.")
        self._record("token-removed", token=found.id)
        with self._changing() as register:
            register["tokens"] = tuple(t for t in register["tokens"] if t.id != found.id)
        return found

    def token(self, secret: str) -> Token | None:
        """The token with this secret, if there is one."""
        return _find(self._register().tokens, secret)

    # Within

    def _is_passphrase(self, words: str) -> bool:
        register = self._register()
        if not register.passphrase or len(words) > _LONGEST:
            return False
        derived = self._derive(words, bytes.fromhex(register.salt))
        return hmac.compare_digest(derived.hex(), register.passphrase)

    def _derive(self, words: str, salt: bytes) -> bytes:
        with self._hashing:
            kdf = Argon2id(
                salt=salt, length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
            )
            return kdf.derive(words.encode())

    def _lives(self, session: Session) -> bool:
        return self._clock() - session.seen < SESSION_LIFE

    def _record(self, act: str, **more: object) -> None:
        self._ledger.append("access", None, {"act": act, **more})

    def _register(self) -> _Register:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return _Register()
        stamp = (found.st_mtime_ns, found.st_ino)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, _load(self._path))
        return self._read[1]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Any]]:
        with file_lock(self._path.with_suffix(".lock")):
            register = self._register()
            fields = {name: getattr(register, name) for name in _Register.__slots__}
            yield fields
            _save(self._path, _Register(**fields))


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _find(entries: tuple[Entry, ...], secret: str) -> Entry | None:
    digest = _digest(secret)
    return next((each for each in entries if hmac.compare_digest(each.digest, digest)), None)


def _load(path: Path) -> _Register:
    try:
        fields = json.loads(path.read_text("utf-8"))
        sessions = tuple(Session(**_timed(each)) for each in fields["sessions"])
        tokens = tuple(Token(**_timed(each)) for each in fields["tokens"])
        return _Register(fields["salt"], fields["passphrase"], sessions, tokens)
    except (OSError, ValueError, KeyError, TypeError) as error:
        # Taken for empty, it would let everybody in.
        raise UserError(
            f"{path} is damaged, so nobody is let in; remove it to begin anew."
        ) from error


def _timed(entry: dict[str, Any]) -> dict[str, Any]:
    times = ("since", "seen")
    return {
        name: datetime.fromisoformat(value) if name in times else value
        for name, value in entry.items()
    }


def _save(path: Path, register: _Register) -> None:
    text = json.dumps(asdict(register), default=datetime.isoformat, indent=1)
    replace_file(path, text.encode())


def _in_words(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes"
