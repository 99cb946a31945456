"""Keeping what was seen in pictures: each purpose under its own permit, asked once more before.

Whoever had pictures looked at (the first read of a scan, or the catching up after it) hands the
looks over here, with the permits they were made under.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safelight.app.composition import Rooms
from safelight.app.judging import hangs_on_text, verdict
from safelight.app.look_wire import Look
from safelight.app.people import People
from safelight.app.steps import STEP_LOOK
from safelight.library.failures import Failures
from safelight.library.judgements import Judgements
from safelight.library.observations import Observations
from safelight.library.readings import Hint, Readings
from safelight.model.consent import Permit, Purpose
from safelight.model.people import FacesFound


@dataclass(frozen=True, slots=True)
class Looked:
    """One picture that was looked at, or that a look failed at.

    Attributes:
        subject: what the permits call it: its id, or its path where it was new.
        content, faces: permits that it was looked at under; None where consent did not reach.
        look: what was seen; None where there is a `problem`, in words for the person.
        has_camera: whether its files name a camera.
        size: pixels of the upright picture.
    """

    asset: str
    subject: str
    content: Permit | None
    faces: Permit | None
    look: Look | None
    has_camera: bool
    size: tuple[int, int]
    problem: str = ""


class KeepingLooks:
    """Writes looks into the drawers of their purposes."""

    def __init__(self, rooms: Rooms, people: People) -> None:
        self._rooms = rooms
        self._people = people
        self._observations = Observations(rooms.drawers)
        self._judgements = Judgements(rooms.drawers)
        self._readings = Readings(rooms.drawers)

    def keep(self, looked: Sequence[Looked]) -> None:
        """Keep what is still allowed; of failed looks the reason. The caller holds consent."""
        content = [each for each in looked if self._holds(each.content, each)]
        faces = [each for each in looked if self._holds(each.faces, each)]
        if content:
            self._keep_content([each for each in content if each.look is not None])
            self._note_failures(Purpose.CONTENT, content)
        if faces:
            self._keep_faces([each for each in faces if each.look is not None])
            self._note_failures(Purpose.FACES, faces)

    def _holds(self, permit: Permit | None, each: Looked) -> bool:
        if permit is None or self._rooms.gate.check(permit, each.subject) is not None:
            return False
        return self._rooms.catalogue.asset(each.asset) is not None  # else erased meanwhile

    def _keep_content(self, looked: Sequence[Looked]) -> None:
        seen = [(each, each.look) for each in looked if each.look is not None]
        if not seen:
            return
        assets = [each.asset for each, _ in seen]
        self._rooms.record(Purpose.CONTENT, STEP_LOOK, assets)
        self._observations.put([(e.asset, look.content) for e, look in seen if look.content])
        self._judgements.put_quality(
            verdict(
                each.asset, look.quality, look.content, has_camera=each.has_camera, size=each.size
            )
            for each, look in seen
            if look.quality
        )
        self._readings.put_hints(assets, filter(None, (_hint(*pair) for pair in seen)))

    def _keep_faces(self, looked: Sequence[Looked]) -> None:
        from safelight.app.looking import TEMPLATE_MODEL  # loads the model runtime

        found = [
            FacesFound(each.asset, each.look.templates, each.look.names)
            for each in looked
            if each.look is not None
        ]
        if found:
            self._people.keep(found, TEMPLATE_MODEL)

    def _note_failures(self, purpose: Purpose, looked: Sequence[Looked]) -> None:
        from safelight.app.looking import VERSIONS

        failed = [(each.asset, each.problem) for each in looked if each.look is None]
        if failed:
            drawer = Failures(self._rooms.drawers, purpose.value)
            self._rooms.record(purpose, STEP_LOOK, [asset for asset, _ in failed])
            drawer.note(failed, VERSIONS[purpose])


def _hint(each: Looked, look: Look) -> Hint | None:
    if look.content is None or look.quality is None or not look.hint:
        return None
    paper = hangs_on_text(look.quality, look.content, has_camera=each.has_camera, size=each.size)
    return Hint(each.asset, look.hint, paper)
