"""Plans survive JSON unchanged."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safelight.creations.collage import plan_from_json, plan_to_json
from safelight.model.creations import Box, Cell, CollagePlan
from safelight.model.errors import UserError

_number = st.floats(0, 1e5, allow_nan=False).map(float)
_box = st.builds(Box, _number, _number, _number, _number)
_size = st.just((0, 0)) | st.tuples(st.integers(1, 10**5), st.integers(1, 10**5))
_cell = st.builds(Cell, st.text(), _box, _box, _size)
_plan = st.builds(
    CollagePlan,
    width=st.integers(1, 9999),
    height=st.integers(1, 9999),
    layout=st.text(),
    cells=st.lists(_cell, max_size=5).map(tuple),
    background=st.just("#ffffff"),
    ink=st.just("#000000"),
    title=st.none() | st.text(),
    subtitle=st.none() | st.text(),
    title_box=st.none() | _box,
)


def _cell_with(**wrong: object) -> dict[str, object]:
    boxes = {"source": [0, 0, 5, 5], "placed": [0, 0, 5, 5]}
    return {"asset": "a", **boxes, "size": [5, 5], "angle": 0.0, **wrong}


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text takes a second
@given(_plan)
def test_round_trip_is_lossless(plan: CollagePlan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


@pytest.mark.parametrize("damage", ["cells", "width", "title_box"])
def test_a_missing_part_is_named(damage: str) -> None:
    data = plan_to_json(CollagePlan(10, 10, "rows", ()))
    del data[damage]
    with pytest.raises(UserError, match=damage):
        plan_from_json(data)


def test_a_later_version_is_refused() -> None:
    data = plan_to_json(CollagePlan(10, 10, "rows", ())) | {"version": 2}
    with pytest.raises(UserError, match="later version"):
        plan_from_json(data)


def test_nonsense_in_a_box_is_refused() -> None:
    data = plan_to_json(CollagePlan(10, 10, "rows", (), title_box=Box(0, 0, 1, 1)))
    data["title_box"] = [1, 2, "wide", 4]
    with pytest.raises(UserError, match="not a collage plan"):
        plan_from_json(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": float("inf")},
        {"height": 10**30},
        {"width": -5, "height": -5},
        {"background": "midnight"},
        {"ink": None},
        {"title": 7},
        {"layout": "\ud83d"},
        {"ornaments": [["fireworks", [0, 0, 5, 5], 0]]},
        {"ornaments": [["map", [0, 0, 5, 5], 0]]},
        {"ornaments": [["print", [0, 0, float("nan"), 5], 0]]},
        {"route": [[float("nan"), 0, "here"]]},
        {"cells": [_cell_with(size=[0, 5])]},
        {"cells": [_cell_with(angle=float("inf"))]},
        {"cells": [_cell_with(placed=[0, 0, float("nan"), 5])]},
    ],
)
def test_what_could_not_be_drawn_or_kept_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UserError, match="not a collage plan"):
        plan_from_json(plan_to_json(CollagePlan(10, 10, "rows", ())) | wrong)
