"""Every form in which something leaves says nothing but its picture: films, videos, animations,
documents. For each, the detector is shown to fire on a planted fault, and one byte flipped in
what is seen or heard breaks the signed label.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.creations.film import FORMATS, find_encoder
from safelight.model.consent import Purpose
from safelight.model.errors import RefusedError, UserError
from safelight.model.sharing import PostShape, Shared, ShareSubject, ShareWish
from safelight.settings import load_settings
from safelight.testing.planting import leaks_in, plant, portrait
from safelight.testing.videos import LOCATION, planted, shoot_video, turned

MADE = {
    "film": Wish((), format="leaktest", seconds=10, music="bright"),
    "gif": Wish(()),
    "webp": Wish((), format="webp"),
    "pdf": Wish((), style="page"),
    "card": Wish((), words="Hello"),
    "collage": Wish(()),
    "enhance": Wish(()),
}
SIGNED = [*MADE, "video"]
SEEN = {
    "video/mp4": b"mdat",
    "image/gif": b"\x2c\0\0\0\0",
    "application/pdf": b"\xff\xda",
    "image/jpeg": b"\xff\xda",
    "image/webp": b"VP8",
}
"""Where what is seen begins."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Safelight]:
    """Planted photos, a planted video held upright, and a Live Photo that is planted twice."""
    if find_encoder() is None:
        pytest.skip("no ffmpeg here")
    place = tmp_path_factory.mktemp("formats")
    photos = place / "photos"
    photos.mkdir()
    for number, suffix in enumerate((".jpg", ".png", ".jpg")):
        picture = portrait((480, 360))
        picture.putpixel((3 + number, 3), (255, 255, 255))  # no two are the same
        plant(photos / f"IMG_20150620_Prague_{number}{suffix}", picture)
    for name, seed in (("IMG_20150620_Prague_2.mov", 1), ("Prague.mp4", 2)):
        video = planted(shoot_video(photos / name, 4.0, seed=seed).read_bytes())
        (photos / name).write_bytes(_with_sound(turned(video, 90), place))
    FORMATS["leaktest"] = (144, 256)
    with Safelight(load_settings(place / "home", key_store="file"), inline=True) as library:
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY, Purpose.PLACES])
        library.scan()
        assert [row.error for row in library.assets()] == [None] * 4
        yield library
    del FORMATS["leaktest"]


def _with_sound(video: bytes, place: Path) -> bytes:
    """The video with a tone in it, and all that was planted kept."""
    encoder = find_encoder()
    assert encoder is not None
    (place / "in.mp4").write_bytes(video)
    words = [encoder.program, "-v", "error", "-y", "-i", str(place / "in.mp4"), "-f", "lavfi"]
    words += ["-i", "sine=440:duration=4", "-map", "0:v", "-map", "1:a", "-c:v", "copy"]
    words += ["-c:a", "aac", "-movflags", "use_metadata_tags", "-map_metadata", "0"]
    words += [
        "-metadata",
        "creation_time=2015-06-20T12:05:00Z",
        "-metadata",
        "comment=Planted-Comment",
    ]
    words += ["-metadata", f"location={LOCATION}", str(place / "out.mp4")]
    subprocess.run(words, check=True)
    return (place / "out.mp4").read_bytes()


def video_of(library: Safelight) -> str:
    return next(row.id for row in library.assets() if row.path.endswith("Prague.mp4"))


@pytest.fixture(scope="module")
def leaving(shop: Safelight) -> dict[str, Shared]:
    """Everything that can be made, shared; and the video of the library."""
    found = {}
    assets = tuple(row.id for row in shop.assets())
    for kind, wish in MADE.items():
        photos = assets[:1] if kind in ("enhance", "card") else assets
        asked = Wish(photos, format=wish.format, seconds=wish.seconds, music=wish.music,
                     style=wish.style, words=wish.words)  # fmt: skip
        made = shop.making.make("gif" if kind == "webp" else kind, asked)
        found[kind] = shop.sharing.share(ShareSubject(made.id, True), ShareWish())
    found["video"] = shop.sharing.share(ShareSubject(video_of(shop), False), ShareWish())
    return found


@pytest.mark.parametrize("what", SIGNED)
def test_nothing_planted_is_left(leaving: dict[str, Shared], what: str) -> None:
    shared = leaving[what]
    assert leaks_in(shared.content) == []
    assert LOCATION.encode() not in shared.content
    assert b"Prague" not in shared.content
    assert shared.name.rpartition(".")[0] in ("video", what.replace("webp", "gif"))


def test_the_detector_fires_on_the_originals(shop: Safelight) -> None:
    for row in shop.assets():
        assert len(leaks_in(Path(row.path).read_bytes())) >= 5, row.path


def test_the_detector_fires_on_a_planted_fault_in_every_form(leaving: dict[str, Shared]) -> None:
    gif = leaving["gif"].content
    assert leaks_in(gif[:-1] + b"\x21\xfe\x0fPlanted-Comment\0\x3b") == ["comment"]
    film = leaving["film"].content
    at = film.index(b"mvhd") + 8
    assert leaks_in(film[:at] + b"\xd1\xaa\0\0" + film[at + 4 :]) == ["a time"]
    assert "user data" in leaks_in(film.replace(b"free", b"udta"))
    pdf = leaving["pdf"].content
    assert leaks_in(pdf.replace(b"/Producer", b"/Author  ", 1)) == ["an author"]
    webp = leaving["webp"].content
    assert "camera" in leaks_in(webp + b"EXIF\x0e\0\0\0Planted-Camera")
    assert "a trailing video" in leaks_in(leaving["collage"].content + film[:2000])


@pytest.mark.parametrize("what", SIGNED)
def test_the_label_is_trusted_and_one_flipped_byte_breaks_it(
    leaving: dict[str, Shared], what: str
) -> None:
    shared = leaving[what]
    said = read(shared.content, shared.media_type, shared.certificate)
    assert said["state"] == "Trusted"
    manifest = said["manifests"][said["active_manifest"]]
    assertions = {each["label"]: each["data"] for each in manifest["assertions"]}
    entries = assertions["cawg.training-mining"]["entries"]
    assert {entry["use"] for entry in entries.values()} == {"notAllowed"}
    first = assertions["c2pa.actions.v2"]["actions"][0]["action"]
    assert first == ("c2pa.opened" if what == "video" else "c2pa.created")
    assert "thumbnail" not in json.dumps(manifest)
    begin = shared.content.rindex(SEEN[shared.media_type])
    spots = [begin + 60]
    if shared.media_type == "video/mp4":  # its label stands in front, so all the rest is seen
        spots += [(begin + len(shared.content)) // 2, len(shared.content) - 30]
    for at in spots:
        flipped = bytearray(shared.content)
        flipped[at] ^= 1
        found = read(bytes(flipped), shared.media_type, shared.certificate)["state"]
        assert found in ("Invalid", "unreadable"), f"a byte at {at} of {len(flipped)}"


def read(content: bytes, media_type: str, root: str) -> dict[str, Any]:
    from tests.privacy.test_sharing import READER

    done = subprocess.run([sys.executable, "-c", READER, media_type, root], input=content,
                          capture_output=True, timeout=60, check=False)  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout) if not done.returncode else {}
    return found or {"state": "unreadable"}


# Videos of the library


def test_a_video_leaves_upright_playable_and_with_its_sound(
    leaving: dict[str, Shared], tmp_path: Path
) -> None:
    shared = leaving["video"]
    assert (shared.media_type, shared.name) == ("video/mp4", "video.mp4")
    assert (shared.width, shared.height) == (96, 128)
    told = probed(shared.content, tmp_path)
    assert "codec_name=h264" in told
    assert "codec_name=aac" in told
    assert "width=96" in told
    assert "rotation" not in told, "it stands upright by itself"


def test_its_sound_can_stay_behind(shop: Safelight, tmp_path: Path) -> None:
    subject = ShareSubject(video_of(shop), False)
    silent = ShareWish(sound=False)
    shared = shop.sharing.share(subject, silent)
    assert "codec_name=aac" not in probed(shared.content, tmp_path)
    assert "its sound" in shared.sheet.removed
    assert any("hear" in each for each in shop.sharing.sheet(subject, ShareWish()).seen)
    assert not any("hear" in each for each in shared.sheet.seen)


def probed(content: bytes, tmp_path: Path) -> str:
    import shutil

    path = tmp_path / "probed.mp4"
    path.write_bytes(content)
    if shutil.which("ffprobe") is None:
        pytest.skip("no ffprobe here")
    asked = ["ffprobe", "-v", "error", "-show_streams", "-show_format", str(path)]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


def test_it_is_said_what_a_video_gives_away(shop: Safelight) -> None:
    subject = ShareSubject(video_of(shop), False)
    sheet = shop.sharing.sheet(subject, ShareWish())
    assert sheet.video
    assert sheet.title == "A video"
    told = " | ".join(sheet.removed)
    assert "the place" in told
    assert "the time" in told
    assert "People in videos cannot be covered" in sheet.cannot_cover
    with pytest.raises(UserError, match="post"):
        shop.sharing.share(subject, ShareWish(shape=PostShape.SQUARE))


def test_an_animation_still_moves(leaving: dict[str, Shared]) -> None:
    for what in ("gif", "webp"):
        with Image.open(io.BytesIO(leaving[what].content)) as picture:
            assert getattr(picture, "n_frames", 1) >= 4, what


def test_a_withdrawal_comes_before_every_video(shop: Safelight) -> None:
    subject = ShareSubject(video_of(shop), False)
    asked: list[float] = []

    def withdraw(share: float) -> None:
        if not asked:
            asked.append(share)
            shop.withdraw(Purpose.LIBRARY)

    with pytest.raises(RefusedError):
        shop.sharing.share(subject, ShareWish(), withdraw)
