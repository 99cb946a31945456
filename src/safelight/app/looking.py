"""The steps that look at a picture: decoded once, then every model that consent allows.

They stand in `app` because they join two rooms that must not know each other: `library.reading`
decodes, `analysis` looks. Like every step they take bytes and give bytes, in a worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image

from safelight.analysis.content import ContentAnalyser, WordEmbedder
from safelight.analysis.faces import FaceEmbedder, expressions, find_faces, find_meshes
from safelight.analysis.framing import Array, as_array
from safelight.analysis.quality.measure import FaceFigures, measure
from safelight.analysis.text import hint_of, load_text, read_text
from safelight.app.look_wire import (
    Look,
    Words,
    pack_first_look,
    pack_look,
    pack_words,
    shows_enough,
)
from safelight.engine import header_of, unpack
from safelight.library.reading import step as decoding
from safelight.library.reading.step import (
    build_decode_request,
    decode_scaled,
    pack_result,
    parse_decode_response,
    read_and_show,
    written_names,
)
from safelight.model.assets import AssetKind, Metadata
from safelight.model.consent import Purpose
from safelight.model.creations import Box, Pixels
from safelight.model.errors import SafelightError
from safelight.model.jobs import Payload
from safelight.model.observations import ContentResult, FaceBox, FaceTemplate
from safelight.weights import registry

if TYPE_CHECKING:  # a worker has no use for it
    from safelight.analysis.search import Encoder

EDGE = 1100
"""Most pixels of a long edge at which everything is looked at: a quarter of most cameras, which
JPEG decodes for a fraction of the work."""

CONTENT_ANALYSER = ContentAnalyser().analyser
"""Who looks at content now; a picture that another version looked at is looked at again."""

FACE_ANALYSER = FaceEmbedder().analyser
TEMPLATE_MODEL = f"{FACE_ANALYSER.models[0][1]}-{FACE_ANALYSER.version}"
"""Digest of the model behind face templates, and which way of laying faces before it: templates
that were made otherwise never meet."""

VERSIONS = {Purpose.CONTENT: CONTENT_ANALYSER.version, Purpose.FACES: TEMPLATE_MODEL}
"""What looks for each purpose: pictures that another version failed at are tried again."""

EMBEDDING_MODEL = "scenes"
"""Whose embeddings say what looks alike."""

_TRIAL = 128
_TRIAL_FACE = FaceBox(
    Box(0.2, 0.2, 0.6, 0.6), 1.0, (0.35, 0.4), (0.65, 0.4), (0.5, 0.55), (0.5, 0.7), (0.2, 0.5),
    (0.8, 0.5),
)  # fmt: skip


def look(payload: Payload) -> bytes:
    """Look at one encoded picture. See `look_wire.build_look_request`.

    Raises:
        AnalysisError: it cannot be decoded.
    """
    header, (data, *named) = unpack(payload)
    pixels = _decoded(data, EDGE, header["max_megapixels"])
    seen = _seen(pixels, content=header["content"], faces=header["faces"])
    if header["faces"] and named:
        seen = replace(seen, names=written_names(named[0], tuple(named[1:])))
    return pack_look(seen)


def read_and_look(payload: Payload) -> bytes:
    """Read one asset and look at the picture that became its preview, decoded once for both.

    See `reading.wire.build_request` and `look_wire.first_look`. A look that fails leaves the
    reading as it is, with a reason.

    Raises:
        WireError: the payload is damaged.
    """
    wanted = header_of(payload)["also"]
    shown = read_and_show(payload, names=wanted["faces"])
    read = pack_result(shown.result)
    if shown.picture is None or not _shows_enough(shown.picture, shown.result.metadata):
        return pack_first_look(read, None, None)
    try:
        seen = _seen(_pixels(shown.picture), content=wanted["content"], faces=wanted["faces"])
    except Exception as error:  # noqa: BLE001  # strangers' pixels may raise anything in a model
        return pack_first_look(read, None, _problem(error))
    return pack_first_look(read, replace(seen, names=shown.names), None)


def read_words(payload: Payload) -> bytes:
    """Read the words in one encoded picture. See `look_wire.build_words_request`.

    Raises:
        AnalysisError: it cannot be decoded.
    """
    header, (data,) = unpack(payload)
    read = read_text(as_array(_decoded(data, EDGE, header["max_megapixels"])))
    return pack_words(Words(read.text, read.cover))


def prepare() -> None:
    """Load every list, and every model by looking once, at grey: later no file can be opened."""
    decoding.prepare()
    for name, spec in registry.catalogue().items():
        if spec.file.endswith(".txt"):
            registry.words(name)
    grey = Pixels(_TRIAL, _TRIAL, bytes([128]) * (3 * _TRIAL * _TRIAL))
    _analyser().analyse([grey])
    meshes = find_meshes(as_array(grey), (_TRIAL_FACE,))
    measure(grey, face_figures((_TRIAL_FACE,), meshes))
    load_text()
    _templates(grey, (_TRIAL_FACE,), meshes)


def face_figures(faces: Sequence[FaceBox], meshes: Sequence[Array | None]) -> list[FaceFigures]:
    """What quality needs to know of the faces in a picture: where they are, eyes and smiles."""
    return [
        FaceFigures(face.box, said.eyes_open, said.smile) if said else FaceFigures(face.box)
        for face, said in zip(faces, expressions(meshes), strict=True)
    ]


def _seen(pixels: Pixels, *, content: bool, faces: bool) -> Look:
    picture = as_array(pixels)
    seen = _analyser().analyse([pixels])[0] if content else None
    found = seen.faces if seen is not None else find_faces(picture)
    meshes = find_meshes(picture, found)
    shown = Look() if seen is None else _judged(pixels, seen, meshes)
    return replace(shown, templates=_templates(pixels, found, meshes)) if faces else shown


def _judged(pixels: Pixels, content: ContentResult, meshes: Sequence[Array | None]) -> Look:
    quality = measure(pixels, face_figures(content.faces, meshes))
    return Look(content, quality, hint_of(content, quality))


def _decoded(data: bytes, edge: int, max_megapixels: float) -> Pixels:
    return parse_decode_response(decode_scaled(build_decode_request(data, edge, max_megapixels)))


def _pixels(picture: Image.Image) -> Pixels:
    if max(picture.size) > EDGE:
        edge = max(picture.size)
        size = (max(1, round(side * EDGE / edge)) for side in picture.size)
        picture = picture.resize(tuple(size), Image.Resampling.BICUBIC, reducing_gap=2.0)  # type: ignore[arg-type]
    return Pixels(picture.width, picture.height, picture.tobytes())


def _shows_enough(picture: Image.Image, metadata: Metadata) -> bool:
    video = metadata.kind is AssetKind.VIDEO  # there is nothing larger to look at
    return video or shows_enough(max(picture.size), (metadata.width, metadata.height))


def _problem(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "looking at it needs more memory than a reader may use"
    if isinstance(error, SafelightError):
        return str(error)
    return f"it cannot be looked at ({type(error).__name__}: {error})"


def _templates(
    pixels: Pixels, faces: Sequence[FaceBox], meshes: Sequence[Array | None]
) -> tuple[FaceTemplate, ...]:
    return tuple(_embedder().embed(pixels, faces, meshes)) if faces else ()


@cache
def _analyser() -> ContentAnalyser:
    return ContentAnalyser()


@cache
def _embedder() -> FaceEmbedder:
    return FaceEmbedder()


@cache
def word_encoder() -> Encoder:
    """Turns words into vectors, for search by meaning."""
    return WordEmbedder().embed
