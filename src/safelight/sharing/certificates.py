"""A library's own certificates: a root and, under it, the one that signs.

Nobody vouches for them; they show that two things come from the same library, and that nothing
was changed since. They name no person, and both keys are worked out from one secret in the key
ring, so nothing else has to be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# The same for every library: the time at which somebody began is nobody's business. There is no
# time-stamping service, so a certificate that ended would end every signature made with it.
_FROM, _UNTIL = datetime(2026, 1, 1), datetime(2056, 1, 1)
_ROOT_NAME = "Safelight library (self-made root)"
_SIGNER_NAME = "Safelight library (self-made)"


@dataclass(frozen=True, slots=True)
class Chain:
    """What signs: the key, and the certificates from it to the root, as PEM."""

    key: Ed25519PrivateKey
    certificates: str
    root: str


def build_chain(secret: bytes) -> Chain:
    """The chain of a secret; the same secret gives the same chain, byte for byte.

    Args:
        secret: 32 random bytes.
    """
    root_key, key = _key(secret, b"root"), _key(secret, b"signer")
    root = _certificate(_ROOT_NAME, _ROOT_NAME, root_key, root_key, _serial(secret, b"root"))
    leaf = _certificate(_SIGNER_NAME, _ROOT_NAME, key, root_key, _serial(secret, b"signer"))
    root_pem = root.public_bytes(Encoding.PEM).decode()
    return Chain(key, leaf.public_bytes(Encoding.PEM).decode() + root_pem, root_pem)


def _derived(secret: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"safelight c2pa " + info).derive(secret)


def _key(secret: bytes, who: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_derived(secret, who + b" key"))


def _serial(secret: bytes, who: bytes) -> int:
    # RFC 5280, 4.1.2.2: positive and at most 20 octets.
    return int.from_bytes(_derived(secret, who + b" serial")[:16]) | 1 << 126


def _certificate(
    subject: str, issuer: str, key: Ed25519PrivateKey, issuer_key: Ed25519PrivateKey, serial: int
) -> x509.Certificate:
    is_root = subject == issuer
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(is_root, None), critical=True)
        .add_extension(_usage(is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False
        )
    )
    if not is_root:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(usage, critical=False)
    return builder.sign(issuer_key, None)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Safelight"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
