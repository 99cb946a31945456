"""The default pass over a picture's content."""

from __future__ import annotations

from collections.abc import Sequence

from safelight.analysis.content import objects, scene, sensitive
from safelight.analysis.faces import detect
from safelight.analysis.framing import Array, as_array, too_small
from safelight.model.creations import Box, Pixels
from safelight.model.observations import Analyser, ContentResult, DetectedObject, FaceBox
from safelight.weights import registry

NAME = "content"
VERSION = "9"
FAR = 0.45
"""Share of the picture's height under which a person's face is small enough for a finer look."""
CROWD = 3
MARGIN = 0.04
NOBODY = 0.1
"""Score of a person under which small faces are not looked for: in 29 different real pictures with
faces the lowest was 0.36, and a third of all pictures stay below."""
SMALL = 320
"""Pixels of a long edge up to which faces are looked for in any case: a cut-out face says little of
a person, and a small picture costs little."""


class ContentAnalyser:
    """Labels, embedding, objects, face boxes and sensitivity of decoded pictures.

    One picture of about 1024 pixels feeds every model. Networks load at the first call and stay
    with the process.
    """

    def __init__(self) -> None:
        names = (scene.MODEL, objects.MODEL, detect.MODEL, sensitive.MODEL)
        self.analyser = Analyser(NAME, VERSION, registry.digests(*names))

    def analyse(self, pixels: Sequence[Pixels]) -> list[ContentResult]:
        """One result a picture, in order; an empty result for one too small to see anything.

        Raises:
            AnalysisError: pixels that do not have the size they claim, or a damaged installation.
        """
        pictures = [as_array(item) for item in pixels]
        results = [ContentResult(self.analyser) for _ in pictures]
        fit = [index for index, picture in enumerate(pictures) if not too_small(picture)]
        if not fit:
            return results
        scores, vectors = scene.look([pictures[index] for index in fit])
        for row, index in enumerate(fit):
            results[index] = self._result(pictures[index], scores[row], vectors[row])
        return results

    def _result(self, picture: Array, scores: Array, vector: Array) -> ContentResult:
        seen = objects.find_objects(picture, objects.GLIMPSED)
        things = tuple(thing for thing in seen if thing.score >= objects.MIN_SCORE)
        return ContentResult(
            self.analyser,
            labels=scene.labels_of(scores),
            embedding=scene.embedding(vector),
            objects=things,
            faces=_faces(picture, seen, things),
            sensitive=sensitive.sensitivity(picture),
            glimpses=seen[len(things) :],
        )


def _faces(
    picture: Array, seen: Sequence[DetectedObject], things: Sequence[DetectedObject]
) -> tuple[FaceBox, ...]:
    """Faces, looked for as finely as what else is in the picture suggests."""
    coarse = detect.PASSES[:1]
    people = max((thing.score for thing in seen if thing.name == "person"), default=0.0)
    spare = people < NOBODY and max(picture.shape[:2]) > SMALL
    if spare and not detect.find_faces(picture, coarse, detect.DOUBT[0]):
        return ()
    region = _people_far_away(things)
    return detect.find_faces(picture, detect.FAR_PASSES if region else detect.PASSES, region=region)


def _people_far_away(things: Sequence[DetectedObject]) -> Box | None:
    """The part of the picture that holds people whose faces are small; None where none is."""
    people = [thing.box for thing in things if thing.name == "person"]
    if len(people) < CROWD and all(box.height >= FAR for box in people):
        return None
    left = max(0.0, min(box.x for box in people) - MARGIN)
    top = max(0.0, min(box.y for box in people) - MARGIN)
    right = min(1.0, max(box.x + box.width for box in people) + MARGIN)
    bottom = min(1.0, max(box.y + box.height for box in people) + MARGIN)
    return Box(left, top, right - left, bottom - top)
