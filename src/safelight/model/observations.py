"""What analysers see in a picture: labels, objects, faces, embeddings, with where they came from.

Every result names its analyser, that analyser's version and the digests of the models behind it,
so that what an older model said can be found and said again. Boxes and points are fractions of
the upright picture, from its top left corner, so they hold at any size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from safelight.model.creations import Box

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Analyser:
    """Who says so: name, version, and the sha256 of every model that it ran, by model name."""

    name: str
    version: str
    models: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A word for the whole picture.

    Attributes:
        name: lower-case English, as a person would say it.
        score: 0 to 1; only comparable within one label.
        kind: "scene", "object" or "group" (the sum over the finer words under it: "dog").
    """

    name: str
    score: float
    kind: str


@dataclass(frozen=True, slots=True)
class DetectedObject:
    """A thing and where it is; `score` is the detector's, 0 to 1."""

    name: str
    score: float
    box: Box


@dataclass(frozen=True, slots=True)
class FaceBox:
    """Where a face is, never whose.

    Attributes:
        score: the detector's, 0 to 1.
        right_eye, left_eye: centres, the person's own right and left.
        nose, mouth: tip of the nose, centre of the mouth.
        right_ear, left_ear: in front of the ears, guessed where hidden.
    """

    box: Box
    score: float
    right_eye: Point
    left_eye: Point
    nose: Point
    mouth: Point
    right_ear: Point
    left_ear: Point


@dataclass(frozen=True, slots=True)
class Embedding:
    """A vector, as little-endian float16 bytes; only comparable within one `model`.

    Embeddings of pictures and words have unit length; face templates keep the length that their
    model gives them.
    """

    model: str
    dimension: int
    values: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContentResult:
    """What is in one picture.

    Attributes:
        labels: best first.
        embedding: None for a picture too small to say anything of.
        objects, faces: best first.
        glimpses: what the detector thinks possible, under the score from which it is an object.
            Nothing is said, searched or offered because of them: they are kept so that the
            detector can be judged, and tuned, as it is.
        sensitive: 0 to 1, how likely nudity is; None where it was not asked for.
    """

    analyser: Analyser
    labels: tuple[Label, ...] = ()
    embedding: Embedding | None = None
    objects: tuple[DetectedObject, ...] = ()
    faces: tuple[FaceBox, ...] = ()
    sensitive: float | None = None
    glimpses: tuple[DetectedObject, ...] = ()


@dataclass(frozen=True, slots=True)
class FaceQuality:
    """How well a face can be told from others; junk faces make false groups.

    Attributes:
        pixels: distance between the eyes in the decoded picture.
        sharpness: 0 to 1 of the aligned crop.
        frontal: 1 facing the camera, 0 in full profile.
        score: all of it and the detector's score in one figure, 0 to 1.
    """

    pixels: float
    sharpness: float
    frontal: float
    score: float


@dataclass(frozen=True, slots=True)
class FaceTemplate:
    """A face as numbers, to compare with others (purpose `faces`).

    Attributes:
        face: the detection that it was made from.
        template: 128 numbers; two of one person are usually within 0.6 (Euclidean distance).
    """

    analyser: Analyser
    face: FaceBox
    template: Embedding
    quality: FaceQuality
