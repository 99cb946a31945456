"""From where the web app is reached: this machine alone, a home network, or through a proxy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

from safelight.app import Safelight
from safelight.app.addresses import own_addresses, own_names
from safelight.app.certificate import Certificate, own_certificate
from safelight.model.errors import UserError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # recognised, not listened on


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can reach the server, and what it answers to.

    Attributes:
        host: the address to listen on.
        names: host names that it answers to, lower case. A page from elsewhere that has its own
            name point here (DNS rebinding) finds nothing.
        beyond: whether other machines reach it. It then answers to any bare address, too: such
            a page needs a name of its own.
        certificate: for an encrypted connection; None for a plain one.
    """

    host: str = "127.0.0.1"
    names: frozenset[str] = LOOPBACK
    beyond: bool = False
    certificate: Certificate | None = None

    def answers_to(self, name: str) -> bool:
        """Whether a Host header may say this name."""
        return name in self.names or (self.beyond and _is_address(name))

    def addresses(self, port: int) -> tuple[str, ...]:
        """What to type on another device; empty where none gets in."""
        if not self.beyond:
            return ()
        scheme = "https" if self.certificate else "http"
        hosts = own_addresses() if self.host in _EVERYWHERE else [self.host]
        return tuple(f"{scheme}://{_bracketed(host)}:{port}/" for host in hosts)

    def address(self, port: int) -> str:
        """What to type on this machine."""
        host = "127.0.0.1" if self.host in _EVERYWHERE else self.host
        return f"{'https' if self.certificate else 'http'}://{_bracketed(host)}:{port}/"


def plan_reach(safelight: Safelight, host: str, *, encrypted: bool) -> Reach:
    """How to serve on an address.

    Args:
        encrypted: whether other machines get an encrypted connection; loopback is always plain.

    Raises:
        UserError: others could come in, and no passphrase is set.
    """
    extra = frozenset(_listed(safelight.settings.names))
    beyond = host not in LOOPBACK
    if (beyond or extra) and not safelight.access.required:
        raise UserError(
            f"Serving {'on ' + host if beyond else 'under ' + ', '.join(sorted(extra))} lets "
            "others on the network knock, and no passphrase is set. Set one with "
            "`safelight access set`; then they have to sign in."
        )
    if not beyond:
        return Reach(host, LOOPBACK | extra | {host})
    names = LOOPBACK | extra | {host} | set(own_names())
    certificate = None
    if encrypted:
        covered = [*sorted(names - _EVERYWHERE), *own_addresses()]
        certificate = own_certificate(safelight.settings.home, list(dict.fromkeys(covered)))
    return Reach(host, frozenset(names), True, certificate)


def _listed(names: str) -> Iterable[str]:
    return (name.strip().lower() for name in names.split(",") if name.strip())


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
