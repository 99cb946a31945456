"""Content credentials: a C2PA manifest, signed here, without anything being fetched or embedded."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from safelight import __version__
from safelight.model.errors import RenderError
from safelight.sharing.certificates import build_chain
from safelight.sharing.origins import ORIGINAL, Origin, actions
from safelight.sharing.vocabulary import training_entries

# By default the library puts a thumbnail of the unpublished original into what is signed, and
# asks servers about certificates and manifests.
_SETTINGS: dict[str, Any] = {
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"ocsp_fetch": False, "remote_manifest_fetch": False, "verify_after_sign": False},
}


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose signature it is: 32 secret bytes of the library's key ring."""

    secret: bytes

    @property
    def root(self) -> str:
        """PEM of the root certificate, for those who want to trust it."""
        return build_chain(self.secret).root


def sign(
    content: bytes,
    media_type: str,
    signer: Signer,
    origin: Origin,
    done: tuple[str, ...],
    *,
    no_training: bool,
) -> bytes:
    """The content with a signed manifest inside.

    Args:
        done: what was done to it for sharing, as C2PA actions.

    Raises:
        RenderError: the signing library is missing or refuses; nothing unsigned is given back.
    """
    try:
        import c2pa  # a tenth of a second, and a native library
    except (ImportError, OSError, RuntimeError) as error:
        raise RenderError(
            "The label of origin (C2PA) cannot be made here: its library is missing. Install "
            "Safelight again, or share without the label."
        ) from error
    chain = build_chain(signer.secret)
    out = io.BytesIO()
    try:
        context = c2pa.Context.from_dict(_SETTINGS)
        algorithm = c2pa.C2paSigningAlg.ED25519
        with (
            c2pa.Signer.from_callback(chain.key.sign, algorithm, chain.certificates) as signing,
            c2pa.Builder(manifest(origin, done, no_training=no_training), context) as builder,
        ):
            builder.sign(signing, media_type, io.BytesIO(content), out)
    except c2pa.C2paError as error:
        raise RenderError(f"The label of origin (C2PA) cannot be made: {error}.") from error
    return out.getvalue()


def manifest(origin: Origin, done: tuple[str, ...], *, no_training: bool) -> dict[str, Any]:
    """What the manifest says. No title, no time, no thumbnail, no digest of an original."""
    assertions: list[dict[str, Any]] = [
        {"label": "c2pa.actions.v2", "data": {"actions": actions(origin, done)}}
    ]
    if no_training:
        entries = {"entries": training_entries()}
        assertions.append({"label": "cawg.training-mining", "data": entries})
    said: dict[str, Any] = {
        "claim_generator_info": [{"name": "Safelight", "version": __version__}],
        "assertions": assertions,
    }
    if not origin.source:
        said["ingredients"] = [{"relationship": "parentOf", "label": ORIGINAL, **_UNNAMED}]
    return said


_UNNAMED = {"title": "A photo", "format": "application/octet-stream"}
