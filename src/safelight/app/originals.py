"""Reading originals for a step, whole or as the excerpt that is enough."""

from __future__ import annotations

from safelight.app.composition import Rooms
from safelight.library.reading.excerpts import excerpt, is_long_video
from safelight.model.consent import Permit, Refusal


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
