from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.engine import header_of, pack, pack_pieces, unpack
from safelight.model.errors import WireError

headers = st.dictionaries(st.text().filter(lambda k: k != "_blobs"), st.integers() | st.text())


@given(headers, st.lists(st.binary()))
def test_a_frame_comes_back_as_it_went(header: dict[str, int | str], blobs: list[bytes]) -> None:
    assert unpack(pack(header, blobs)) == (header, blobs)


@given(headers, st.lists(st.binary()))
def test_a_frame_in_pieces_says_the_same(header: dict[str, int | str], blobs: list[bytes]) -> None:
    pieces = pack_pieces(header, blobs)
    assert b"".join(pieces) == pack(header, blobs)
    assert unpack(pieces) == (header, blobs)
    assert all(ours is theirs for ours, theirs in zip(unpack(pieces)[1], blobs, strict=True))
    assert header_of(pieces) == header_of(pack(header, blobs))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda head, one, two: (head, one),
        lambda head, one, two: (head, two, one),
        lambda head, one, two: (head, one, two, b""),
        lambda head, one, two: (head + one, two),
        lambda head, one, two: (one, two),
    ],
)
def test_pieces_that_are_not_those_of_the_header_are_noticed(
    wrong: Callable[[bytes, bytes, bytes], tuple[bytes, ...]],
) -> None:
    with pytest.raises(WireError):
        unpack(wrong(*pack_pieces({"a": 1}, [b"one", b"other"])))


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
