from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.engine import pack, unpack
from safelight.model.errors import WireError

headers = st.dictionaries(st.text().filter(lambda k: k != "_blobs"), st.integers() | st.text())


@given(headers, st.lists(st.binary()))
def test_a_frame_comes_back_as_it_went(header: dict[str, int | str], blobs: list[bytes]) -> None:
    assert unpack(pack(header, blobs)) == (header, blobs)


@given(st.binary(max_size=64))
def test_garbage_is_no_frame(garbage: bytes) -> None:
    with pytest.raises(WireError):
        unpack(garbage)


@given(st.integers(min_value=0, max_value=40))
def test_a_frame_cut_short_is_noticed(cut: int) -> None:
    frame = pack({"a": 1}, [b"12345678", b""])
    with pytest.raises(WireError):
        unpack(frame[:cut])


def test_a_frame_with_something_behind_it_is_noticed() -> None:
    with pytest.raises(WireError):
        unpack(pack({}, [b"x"]) + b"y")
