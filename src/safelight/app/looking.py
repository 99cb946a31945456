"""The step that looks at a picture: decode once, then every model that consent allows.

It stands in `app` because it joins two rooms that must not know each other: `library.reading`
decodes, `analysis` looks. Like every step it takes bytes and gives bytes, in a worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pydantic import ConfigDict, TypeAdapter

from safelight.analysis.content import ContentAnalyser, WordEmbedder
from safelight.analysis.faces import FaceEmbedder, expressions, find_faces
from safelight.analysis.framing import Array, as_array
from safelight.analysis.quality.measure import FaceFigures, measure
from safelight.analysis.search import Encoder
from safelight.analysis.text import load_text, may_hold_text, read_text
from safelight.engine import pack, unpack
from safelight.library.reading import step as decoding
from safelight.library.reading.step import (
    build_decode_request,
    decode_scaled,
    parse_decode_response,
    written_names,
)
from safelight.model.assets import NamedRegion
from safelight.model.creations import Box, Pixels
from safelight.model.observations import ContentResult, FaceBox, FaceTemplate
from safelight.model.quality import Quality
from safelight.weights import registry

EDGE = 1000
"""Long edge in pixels at which everything is looked at: a quarter of most cameras, which JPEG
decodes for a fraction of the work."""
CONTENT_ANALYSER = ContentAnalyser().analyser
"""Who looks at content now; a picture that another version looked at is looked at again."""
TEMPLATE_MODEL = FaceEmbedder().analyser.models[0][1]
"""Digest of the model behind face templates; templates of different models never meet."""


_TRIAL = 128
_TRIAL_FACE = FaceBox(
    Box(0.2, 0.2, 0.6, 0.6), 1.0, (0.35, 0.4), (0.65, 0.4), (0.5, 0.55), (0.5, 0.7), (0.2, 0.5),
    (0.8, 0.5),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in one picture; None and empty where consent did not reach.

    `text` is what could be read in it, empty also where nothing hinted at text.
    """

    content: ContentResult | None = None
    quality: Quality | None = None
    text: str = ""
    templates: tuple[FaceTemplate, ...] = field(default=())
    names: tuple[NamedRegion, ...] = field(default=())


EMBEDDING_MODEL = "scenes"
"""Whose embeddings say what looks alike."""

_WIRE = TypeAdapter(
    tuple[Look], config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
)


def look(payload: bytes) -> bytes:
    """Look at one encoded picture.

    Raises:
        AnalysisError: it cannot be decoded.
    """
    header, (data, *named) = unpack(payload)
    request = build_decode_request(data, EDGE, header["max_megapixels"])
    pixels = parse_decode_response(decode_scaled(request))
    seen = Look()
    if header["content"]:
        seen = _content(pixels)
    if header["faces"]:
        faces = seen.content.faces if seen.content else find_faces(as_array(pixels))
        names = written_names(named[0], tuple(named[1:])) if named else ()
        seen = replace(seen, templates=_templates(pixels, faces), names=names)
    return pack({}, [_WIRE.dump_json((seen,))])


def prepare() -> None:
    """Load every list, and every model by looking once, at grey: later no file can be opened."""
    decoding.prepare()
    for name, spec in registry.catalogue().items():
        if spec.file.endswith(".txt"):
            registry.words(name)
    grey = Pixels(_TRIAL, _TRIAL, bytes([128]) * (3 * _TRIAL * _TRIAL))
    _analyser().analyse([grey])
    measure(grey, face_figures(as_array(grey), (_TRIAL_FACE,)))
    load_text()
    _templates(grey, (_TRIAL_FACE,))


def _content(pixels: Pixels) -> Look:
    (content,) = _analyser().analyse([pixels])
    picture = as_array(pixels)
    quality = measure(pixels, face_figures(picture, content.faces))
    if not may_hold_text(content, quality):
        return Look(content, quality)
    read = read_text(picture)
    return Look(content, replace(quality, text_cover=read.cover), read.text)


def face_figures(picture: Array, faces: Sequence[FaceBox]) -> list[FaceFigures]:
    """What quality needs to know of the faces in a picture: where they are, eyes and smiles."""
    return [
        FaceFigures(face.box, said.eyes_open, said.smile) if said else FaceFigures(face.box)
        for face, said in zip(faces, expressions(picture, faces), strict=True)
    ]


def build_look_request(
    data: bytes,
    *,
    content: bool,
    faces: bool,
    max_megapixels: float,
    named: Sequence[bytes] = (),
) -> bytes:
    """Frame one look: what may be looked for, and the encoded picture.

    Args:
        named: the original and its sidecars, to be read for names at faces; only with `faces`.
    """
    header = {"content": content, "faces": faces, "max_megapixels": max_megapixels}
    return pack(header, [data, *named])


def parse_look(output: bytes) -> Look:
    """What came back.

    Raises:
        WireError: the message is damaged.
    """
    _, (text,) = unpack(output)
    (seen,) = _WIRE.validate_json(text)
    return seen


def _templates(pixels: Pixels, faces: tuple[FaceBox, ...]) -> tuple[FaceTemplate, ...]:
    return tuple(_embedder().embed(pixels, faces)) if faces else ()


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
