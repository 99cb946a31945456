"""Messages of reading survive the way there and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safelight.engine.codec import pack, unpack
from safelight.library.reading.step import unreadable
from safelight.library.reading.wire import (
    NOTHING,
    ReadResult,
    build_request,
    decode_metadata,
    encode_metadata,
    pack_result,
    parse_decode_response,
    parse_response,
)
from safelight.model.assets import (
    AssetKind,
    CaptureTime,
    FileRole,
    GeoPoint,
    MediaFile,
    Metadata,
    OffsetSource,
    TimePrecision,
    TimeSource,
)
from safelight.model.errors import WireError

text = st.text(max_size=20)
finite = st.floats(allow_nan=False, allow_infinity=False)
times = st.builds(
    CaptureTime,
    st.datetimes(),
    st.none() | st.integers(-840, 840),
    st.none() | st.sampled_from(OffsetSource),
    st.sampled_from(TimeSource),
    st.sampled_from(TimePrecision),
    st.booleans(),
)
metadata = st.builds(
    Metadata,
    media_type=text,
    kind=st.sampled_from(AssetKind),
    width=st.integers(0, 10**6),
    height=st.integers(0, 10**6),
    orientation=st.integers(1, 8),
    taken=st.none() | times,
    location=st.none() | st.builds(GeoPoint, finite, finite, st.none() | finite),
    camera=st.none() | text,
    lens=st.none() | text,
    title=st.none() | text,
    description=st.none() | text,
    keywords=st.lists(text, max_size=4).map(tuple),
    rating=st.none() | st.integers(-1, 5),
    duration_s=st.none() | finite,
    content_id=st.none() | text,
    fingerprint=st.none() | st.integers(0, 2**64 - 1),
    sharpness=st.none() | finite,
    names_written=st.booleans(),
)


@given(metadata)
def test_metadata_comes_back_unchanged(value: Metadata) -> None:
    assert decode_metadata(json.loads(json.dumps(encode_metadata(value)))) == value


@given(metadata, st.none() | st.binary(max_size=50), st.none() | text)
def test_results_come_back_unchanged(
    value: Metadata, preview: bytes | None, error: str | None
) -> None:
    result = ReadResult(value, preview, error)
    assert parse_response(pack_result(result)) == result


def test_out_of_scope_tells_nothing_else() -> None:
    told = Metadata("image/jpeg", AssetKind.PHOTO, 10, 10, title="private")
    message = pack_result(ReadResult(told, b"preview", None, out_of_scope=True))
    assert b"private" not in message
    assert b"preview" not in message
    assert parse_response(message) == ReadResult(NOTHING, None, None, out_of_scope=True)


def test_requests_carry_the_name_but_no_folder() -> None:
    file = MediaFile("/home/someone/secret/\udcffa\n.jpg", FileRole.PRIMARY, 3, 5)
    request = build_request(
        [(file, b"abc")],
        live=False,
        want_places=False,
        preview_edge=720,
        preview_quality=82,
        max_megapixels=250,
        since=None,
        until=None,
        now=datetime(2026, 1, 1, tzinfo=UTC),
    )
    header, blobs = unpack(request)
    assert header["name"] == "\udcffa\n.jpg"
    assert blobs == [b"abc"]
    assert b"secret" not in request


def test_damaged_messages() -> None:
    with pytest.raises(WireError):
        parse_response(pack({"metadata": {"kind": "poem"}, "error": None}))
    with pytest.raises(WireError):
        parse_decode_response(pack({"width": 2, "height": 2}, [b"short"]))


def test_what_could_not_be_opened_keeps_name_and_time() -> None:
    file = MediaFile("/a/VID_20190521_134501.mp4", FileRole.PRIMARY, 3, 10**18)
    result = unreadable(file, "It is gone.", datetime(2026, 1, 1, tzinfo=UTC))
    assert (result.error, result.preview) == ("It is gone.", None)
    assert result.metadata.kind is AssetKind.VIDEO
    assert result.metadata.taken is not None
    assert result.metadata.taken.isoformat() == "2019-05-21T13:45:01"
