"""Quality at work: verdicts by content, near-identical pictures, and what stays out of ideas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from safelight.analysis.quality import Candidate, Picture, best_of, group, judge
from safelight.app.composition import Rooms
from safelight.library.judgements import Judged, Judgements, Likeness
from safelight.library.kept_in import KeptIn
from safelight.library.vectors import Vectors
from safelight.model.assets import KeptOut, Shot
from safelight.model.consent import Purpose
from safelight.model.ideas import Timeline
from safelight.model.observations import ContentResult
from safelight.model.quality import Quality

STEP_LIKENESS = "likeness"
_A_PAGE = 0.2
"""Share of a page that text covers."""
_A_BILL = "total 1.00"
_MAY_STAND_IN = (KeptOut.SCREENSHOT, KeptOut.DOCUMENT, KeptOut.BLURRED)
"""Where these keep out the best of alike pictures, another goes into ideas. What is hidden or
sensitive takes those that are like it along."""


def verdict(
    asset: str,
    quality: Quality,
    content: ContentResult | None,
    *,
    has_camera: bool,
    size: tuple[int, int],
    text: str = "",
) -> Judged:
    """What is kept of one asset's quality.

    Args:
        text: what was read in it.
        has_camera: whether its files name a camera.
        size: pixels of the upright picture.
    """
    found = judge(quality, content, has_camera=has_camera, size=size, text=text)
    return Judged(asset, quality, found.kept_out, found.why)


def hangs_on_text(
    quality: Quality, content: ContentResult, *, has_camera: bool, size: tuple[int, int]
) -> bool:
    """Whether a picture is a document or a screen, or would be if it had the text of a bill."""
    texts = ((quality, ""), (replace(quality, text_cover=_A_PAGE), _A_BILL))
    found = {judge(q, content, has_camera=has_camera, size=size, text=t).kept_out for q, t in texts}
    return bool(found & {KeptOut.DOCUMENT, KeptOut.SCREENSHOT})


def _candidate(judged: Judged, shots: Mapping[str, Shot]) -> Candidate:
    shot = shots[judged.asset]
    return Candidate(shot.id, judged.quality, shot.rating, shot.width * shot.height)


class Judging:
    """Verdicts of one library; does nothing where `content` is off."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._judgements = Judgements(rooms.drawers)

    def keep_out(self, shots: Sequence[Shot]) -> list[Shot]:
        """The same shots; those that content keeps out are marked, as far as consent reaches."""
        conditions = self._rooms.content_view()
        if conditions is None:
            return list(shots)
        verdicts = self._judgements.verdicts(*conditions)
        return [
            replace(shot, kept_out=verdicts[shot.id])
            if shot.kept_out is None and shot.id in verdicts
            else shot
            for shot in shots
        ]

    def without_seconds(self, timeline: Timeline) -> Timeline:
        """The same timeline, where of near-identical pictures only one goes into ideas.

        Moments and trips keep them all.
        """
        best = self.likeness()
        if not best:
            return timeline
        stand_ins: dict[str, str] = {}

        def is_second(shot: Shot) -> bool:
            first = timeline.by_id.get(best.get(shot.id, ""))
            if shot.kept_out is not None or first is None:
                return False
            if first.kept_out in _MAY_STAND_IN:
                return stand_ins.setdefault(first.id, shot.id) != shot.id
            return True

        shots = [
            replace(shot, kept_out=KeptOut.DUPLICATE) if is_second(shot) else shot
            for shot in timeline.shots
        ]
        return replace(timeline, shots=shots, by_id={shot.id: shot for shot in shots})

    def likeness(self) -> dict[str, str]:
        """For every picture that looks like a better one, that one."""
        conditions = self._rooms.content_view()
        if conditions is None:
            return {}
        return {item.asset: item.best for item in self._judgements.likeness(*conditions)}

    def once(self, assets: Sequence[str]) -> list[str]:
        """Assets in their order, less those that look like a better one among them."""
        best, among = self.likeness(), frozenset(assets)
        return [asset for asset in assets if best.get(asset) not in among]

    def regroup(self, shots: Sequence[Shot], model: str) -> int:
        """Find near-identical pictures afresh and keep the best of each; returns how many are not.

        Args:
            shots: everything that may be seen.
            model: whose embeddings are compared.
        """
        before = self._rooms.book.revision(Purpose.CONTENT)
        conditions = self._rooms.content_view()
        if conditions is None:
            return 0
        assets, vectors = Vectors(self._rooms.drawers).all(model, *conditions)
        row = {asset: number for number, asset in enumerate(assets)}
        wanted = KeptIn(self._rooms.drawers).all()
        by_id = {
            shot.id: shot
            for shot in shots
            if shot.id in row and shot.kept_out is None and shot.id not in wanted
        }
        pictures = [
            Picture(s.id, row[s.id], s.utc, s.fingerprint, s.trusted) for s in by_id.values()
        ]
        found = list(self._alike(group(pictures, vectors), by_id))
        with self._rooms.book.held():
            withdrawn = self._rooms.content_view() is None
            if withdrawn or self._rooms.book.revision(Purpose.CONTENT) != before:
                return 0  # or narrowed meanwhile; what is due stays due
            self._rooms.record(Purpose.CONTENT, STEP_LIKENESS, [item.asset for item in found])
            self._judgements.replace_likeness(found)
        return len(found)

    def _alike(self, groups: Iterable[list[str]], by_id: dict[str, Shot]) -> Iterable[Likeness]:
        for members in groups:
            known = [judged for asset in members if (judged := self._judgements.judged(asset))]
            if len(known) < 2:
                continue
            able = [judged for judged in known if judged.kept_out is None]
            best = best_of([_candidate(judged, by_id) for judged in able or known])
            rest = (judged.asset for judged in known if judged.asset != best.id)
            yield from (Likeness(asset, best.id, best.why) for asset in rest)
