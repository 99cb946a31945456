"""Certificates, manifests and the words in them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from cryptography import x509
from PIL import Image

from safelight.creations.encoding import srgb_profile
from safelight.model.creations import Creation, CreationKind
from safelight.model.errors import RenderError
from safelight.sharing import Signer, declaration, origin_of, sign, write_picture
from safelight.sharing.certificates import build_chain
from safelight.sharing.signing import manifest
from safelight.sharing.vocabulary import NO_TRAINING, action, source_type

SECRET = bytes(range(32))


def made(kind: CreationKind, **recipe: object) -> Creation:
    return Creation("c", kind, "Title", "image/jpeg", 8, 8, ("a",), (), recipe, "2026-01-01")


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        (CreationKind.COLLAGE, "compositeCapture"),
        (CreationKind.FILM, "compositeCapture"),
        (CreationKind.RESTYLE, "compositeWithTrainedAlgorithmicMedia"),
        (CreationKind.ENHANCE, "algorithmicallyEnhanced"),
    ],
)
def test_a_creation_says_how_it_was_made(kind: CreationKind, source: str) -> None:
    origin = origin_of(made(kind))
    assert origin.source.endswith("/digitalsourcetype/" + source)
    assert origin.model_made is (kind is CreationKind.RESTYLE)
    first = manifest(origin, (), no_training=False)["assertions"][0]["data"]["actions"][0]
    assert first == {"action": "c2pa.created", "digitalSourceType": origin.source}


def test_a_look_by_arithmetic_is_not_called_the_work_of_a_model() -> None:
    look = origin_of(made(CreationKind.RESTYLE, origin="look"))
    assert look.source.endswith("/algorithmicallyEnhanced")
    assert not look.model_made
    assert origin_of(made(CreationKind.RESTYLE, origin="work")).model_made


def test_a_photo_is_opened_not_vouched_for() -> None:
    said = manifest(origin_of(None), ("c2pa.resized",), no_training=True)
    actions = said["assertions"][0]["data"]["actions"]
    assert [each["action"] for each in actions] == ["c2pa.opened", "c2pa.resized"]
    assert "digitalSourceType" not in str(said)
    assert said["ingredients"][0]["relationship"] == "parentOf"


def test_words_that_are_none_are_refused() -> None:
    with pytest.raises(RenderError):
        action("c2pa.polished")
    with pytest.raises(RenderError):
        source_type("photo")


def test_nothing_in_a_manifest_tells_who_when_or_what() -> None:
    said = str(manifest(origin_of(made(CreationKind.COLLAGE)), (), no_training=True))
    for word in ("Title", "2026", "thumbnail", "'a'"):
        assert word not in said


def test_one_secret_gives_one_chain_that_names_nobody() -> None:
    chain, again = build_chain(SECRET), build_chain(SECRET)
    assert chain.certificates == again.certificates
    assert build_chain(bytes(32)).root != chain.root
    leaf, root = x509.load_pem_x509_certificates(chain.certificates.encode())
    leaf.verify_directly_issued_by(root)
    for each in (leaf, root):
        names = [attribute.value for attribute in each.subject]
        assert all("Safelight" in str(name) for name in names)


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp", "image/avif"])
def test_what_is_declared_stands_in_the_file(noise: Image.Image, media_type: str) -> None:
    xmp = declaration(origin_of(None), no_training=True, caption='A "quiet" day & <more>')
    content = write_picture(noise, media_type, srgb_profile(), xmp)
    with Image.open(io.BytesIO(content)) as picture:
        packet: Any = picture.info.get("xmp", b"")
        found = packet if isinstance(packet, bytes) else str(packet).encode()
        assert picture.info["icc_profile"] == srgb_profile()
    assert NO_TRAINING.encode() in (found or content)
    assert b"A &quot;quiet&quot; day" in content or b'A "quiet" day &amp; &lt;more&gt;' in content


def test_without_anything_to_say_nothing_is_said(noise: Image.Image) -> None:
    assert declaration(origin_of(None), no_training=False) == b""
    content = write_picture(noise, "image/jpeg", srgb_profile(), b"")
    assert b"adobe" not in content


def test_what_cannot_be_signed_is_not_given_back_unsigned() -> None:
    with pytest.raises(RenderError, match="C2PA"):
        sign(b"no picture", "image/jpeg", Signer(SECRET), origin_of(None), (), no_training=True)
