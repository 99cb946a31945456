"""Reading originals for a step, whole or as the excerpt that is enough; or previews for them."""

from __future__ import annotations

from safelight.app.composition import Rooms
from safelight.app.look_wire import shows_enough
from safelight.library.catalogue import Row
from safelight.library.reading.excerpts import excerpt, is_long_video
from safelight.library.reading.raster import open_picture
from safelight.model.assets import AssetKind
from safelight.model.consent import Permit, Refusal
from safelight.model.errors import SourceError


def read_original(
    rooms: Rooms, permit: Permit, subject: str, path: str, size: int
) -> bytes | Refusal:
    """The bytes of one file under a permit; of a long video its beginning and its index.

    Raises:
        SourceError: the file cannot be opened, or is larger than the setting allows.
    """
    if not is_long_video(path, size):
        limit = rooms.settings.max_file_megabytes << 20
        return rooms.vault.read(permit, subject, path, limit)
    video = rooms.vault.open(permit, subject, path)
    if isinstance(video, Refusal):
        return video
    with video:
        return excerpt(video)


def picture_to_look_at(rooms: Rooms, permit: Permit, row: Row) -> bytes | None:
    """The preview where it is large enough, else the original; None where neither may be had now.

    Decoding an original again costs as much as all models together, of a HEIC ten times that.
    A video is looked at by its poster frame.

    Args:
        row: with id, path, size, kind, width and height.
    """
    if rooms.gate.check(permit, row["id"]) is not None:
        return None
    preview = rooms.previews.get(row["id"])
    if row["kind"] == AssetKind.VIDEO or (preview is not None and _is_enough(preview, row)):
        return preview
    try:
        data = read_original(rooms, permit, row["id"], row["path"], row["size"])
    except SourceError:
        return None  # its row says why at the next scan
    return None if isinstance(data, Refusal) else data


def _is_enough(preview: bytes, row: Row) -> bool:
    edge = max(open_picture(preview, "image/jpeg").size)
    return shows_enough(edge, (int(row["width"]), int(row["height"])))
