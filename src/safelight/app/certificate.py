"""A certificate of this machine's own, so that nobody on the home network reads along.

No authority vouches for it: browsers warn once, and the fingerprint says that it is this one.
Source: RFC 5280.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from safelight.consent.ledger.ondisk import replace_file

_LIFE = timedelta(days=397)  # browsers take no longer one
_RENEWED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Certificate:
    """Two PEM files, and the SHA-256 fingerprint as browsers show it."""

    certificate: Path
    key: Path
    fingerprint: str


def own_certificate(home: Path, names: Sequence[str]) -> Certificate:
    """The certificate in `home/tls` for these names and addresses; made anew when it must be."""
    folder = home / "tls"
    files = Certificate(folder / "certificate.pem", folder / "key.pem", "")
    found = _usable(files, names)
    if found is None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = _make(files, names)
    print_ = found.fingerprint(SHA256()).hex(":").upper()
    return Certificate(files.certificate, files.key, print_)


def _usable(files: Certificate, names: Sequence[str]) -> x509.Certificate | None:
    try:
        found = x509.load_pem_x509_certificate(files.certificate.read_bytes())
        covered = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        key = load_pem_private_key(files.key.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm, x509.ExtensionNotFound):
        return None
    # A crash between the two files leaves a key of another certificate.
    if (
        key.public_key() != found.public_key()
        or found.not_valid_after_utc - datetime.now(UTC) < _RENEWED
    ):
        return None
    return found if set(map(_general, names)) <= set(covered) else None


def _make(files: Certificate, names: Sequence[str]) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Safelight on this machine")])
    now = datetime.now(UTC)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _LIFE)
        .add_extension(x509.SubjectAlternativeName(list(map(_general, names))), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=False)
        .sign(key, SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    replace_file(files.key, pem)
    replace_file(files.certificate, made.public_bytes(Encoding.PEM))
    return made


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
