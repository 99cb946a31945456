"""Where the server listens."""

from __future__ import annotations

import pytest

from safelight.app import Safelight
from safelight.model.errors import UserError
from safelight.surfaces.web.reach import plan_reach
from safelight.surfaces.web.server import listen


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    with listen("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with listen("127.0.0.1", taken) as second:
            assert taken < second.getsockname()[1] <= taken + 20


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_other_machines_are_not_let_in(library: Safelight, host: str) -> None:
    with pytest.raises(UserError, match="safelight access set"):
        plan_reach(library, host, encrypted=True)
