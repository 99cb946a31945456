"""Faces of one photo as rows of the drawer, in place of those that were there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import count
from typing import Any

from safelight.library.same_faces import Row, after_editing, in_place
from safelight.model.observations import FaceTemplate
from safelight.model.people import FacesFound

COLUMNS = "id, asset, x, y, width, height, score, quality, model, template, person, confirmed"


def rows_of(
    found: FacesFound, model: str, old: Sequence[Row], *, edited: bool
) -> tuple[list[tuple[Any, ...]], dict[str, bytes]]:
    """Rows for one asset; the same face of before lends its name, person and id.

    Besides them the templates of faces that are never to be grouped, which no row holds.
    """
    erased = {row["id"]: row for row in old if row["template"] is None}
    matched = (
        after_editing(found.templates, old, model) if edited else in_place(found.templates, old)
    )
    numbers = count(max((int(row["id"].rpartition(".")[2]) for row in old), default=-1) + 1)
    made: list[tuple[Any, ...]] = []
    left_out: dict[str, bytes] = {}
    for template, before in zip(found.templates, matched, strict=True):
        if before is not None and before["id"] in erased:
            if before["model"] != model:  # it has not seen whom it is to leave alone
                left_out[before["id"]] = template.template.values
            place = asdict(template.face.box) if edited else {}
            erased[before["id"]] = before | place | {"model": model}
            continue
        name = before["id"] if before else f"{found.asset}.{next(numbers)}"
        made.append(_row(name, found.asset, template, model, before))
    kept = [tuple(row[c] for c in COLUMNS.split(", ")) for row in erased.values()]
    return [*kept, *made], left_out


def _row(
    name: str, asset: str, found: FaceTemplate, model: str, before: Row | None
) -> tuple[Any, ...]:
    box = found.face.box
    person = before["person"] if before else None
    confirmed = before["confirmed"] if before else 0
    place = (box.x, box.y, box.width, box.height)
    made = (found.face.score, found.quality.score, model, found.template.values)
    return (name, asset, *place, *made, person, confirmed)
