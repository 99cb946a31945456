"""What is seen in one picture, and how requests and answers travel between coordinator and worker.

Nothing here loads a model: the steps themselves are in `looking`.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from safelight.engine import pack, pack_pieces, unpack
from safelight.library.reading.wire import ReadResult, parse_response
from safelight.model.assets import NamedRegion
from safelight.model.errors import WireError
from safelight.model.jobs import Payload
from safelight.model.observations import ContentResult, FaceTemplate
from safelight.model.quality import Quality

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LEAST_EDGE = 960
"""Pixels of a preview's long edge from which it is looked at instead of the original."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen in one picture; None and empty where consent did not reach.

    Attributes:
        hint: how much hints at text in it, 0 for nothing; words are read later, where it pays.
        names: faces that other programs named in the file or beside it.
    """

    content: ContentResult | None = None
    quality: Quality | None = None
    hint: float = 0.0
    templates: tuple[FaceTemplate, ...] = field(default=())
    names: tuple[NamedRegion, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What reading an asset and looking at it in one go gave.

    Attributes:
        look: None where nobody looked: consent did not reach, or there was nothing to look at.
        problem: why the look failed, in words for the person; the reading stands all the same.
    """

    read: ReadResult
    look: Look | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture says, empty where it says nothing, and the share that lines of text cover."""

    text: str
    cover: float


def shows_enough(edge: int, size: tuple[int, int]) -> bool:
    """Whether a preview with this long edge shows all that is looked at of a picture this large."""
    return edge >= min(LEAST_EDGE, max(size))


def build_look_request(
    data: bytes,
    *,
    content: bool,
    faces: bool,
    max_megapixels: float,
    named: Sequence[bytes] = (),
) -> Payload:
    """Frame one look: what may be looked for, and the encoded picture.

    Args:
        named: the original and its sidecars, to be read for names at faces; only with `faces`.
    """
    header = {"content": content, "faces": faces, "max_megapixels": max_megapixels}
    return pack_pieces(header, [data, *named])


def pack_look(seen: Look) -> bytes:
    """The output of a look."""
    return pack({}, [json.dumps([seen], default=_plain, allow_nan=False).encode()])


def parse_look(output: bytes) -> Look:
    """What came back.

    Raises:
        WireError: the message is damaged.
    """
    try:
        _, (text,) = unpack(output)
        (seen,) = _checked().validate_json(text)
    except ValueError as error:
        raise WireError("damaged look") from error
    return seen


@cache
def _checked() -> TypeAdapter[tuple[Look]]:
    """What a look must be made of: a worker has read a stranger's file.

    Imported by who takes looks in. Who sends them starts a tenth of a second sooner without it.
    """
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(tuple[Look], config=ConfigDict(val_json_bytes="base64"))


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return urlsafe_b64encode(value).decode()
    names, values = _fields(type(value))  # type: ignore[arg-type]  # a class does have a hash
    return dict(zip(names, values(value), strict=True))


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """Names and values of what a look is made of; all of it has two fields and more."""
    names = tuple(each.name for each in fields(kind))
    return names, attrgetter(*names)


def first_look(content: bool, faces: bool) -> Mapping[str, object]:
    """What `read_and_look` is told besides what `read_asset` is: what may be looked for."""
    return {"content": content, "faces": faces}


def pack_first_look(read: bytes, look: Look | None, problem: str | None) -> bytes:
    """The output of a reading with a look; `read` is what `read_asset` would have given."""
    blobs = [read] if look is None else [read, pack_look(look)]
    return pack({"problem": problem}, blobs)


def parse_first_look(output: bytes) -> FirstLook:
    """What came back.

    Raises:
        WireError: the message is damaged.
    """
    header, blobs = unpack(output)
    problem = header.get("problem")
    if not 1 <= len(blobs) <= 2 or not isinstance(problem, str | None):
        raise WireError("damaged look")
    look = parse_look(blobs[1]) if len(blobs) == 2 else None
    return FirstLook(parse_response(blobs[0]), look, problem)


def build_words_request(data: bytes, max_megapixels: float) -> Payload:
    """Frame an encoded picture that is to be read."""
    return pack_pieces({"max_megapixels": max_megapixels}, [data])


def pack_words(words: Words) -> bytes:
    """The output of a reading of words."""
    return pack({"text": words.text, "cover": words.cover})


def parse_words(output: bytes) -> Words:
    """What came back.

    Raises:
        WireError: the message is damaged.
    """
    header, _ = unpack(output)
    text, cover = header.get("text"), header.get("cover")
    if not isinstance(text, str) or not isinstance(cover, int | float):
        raise WireError("damaged words")
    return Words(text, float(cover))
