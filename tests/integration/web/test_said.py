"""Words for times."""

from __future__ import annotations

from datetime import date

import pytest

from safelight.model.consent import Scope
from safelight.surfaces.web.words import scope, scope_in_short, zone


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


def test_a_permission_is_said_in_short_by_the_names_of_its_folders() -> None:
    narrow = Scope(folders=("/home/ana/Pictures", "/media/disk/2015"), since=date(2015, 6, 1))
    assert scope_in_short(narrow) == "“Pictures”, “2015”; since 1 June 2015"
    assert scope_in_short(Scope()) == scope(Scope())
