"""Words for times."""

from __future__ import annotations

import pytest

from safelight.surfaces.web.words import zone


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ("2024-04-14T02:20:31+05:45", "UTC+05:45"),
        ("2024-04-13T17:35:30.250-03:00", "UTC-03:00"),
        ("2024-04-13T20:37:30+00:00", "UTC"),
        ("2024-04-13T20:38:00", ""),
        (None, ""),
    ],
)
def test_a_zone_is_said_where_one_is_known(taken: str | None, said: str) -> None:
    assert zone(taken) == said
