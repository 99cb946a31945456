"""What leaves tells nothing but its picture, and nothing leaves but by sharing.

Every place in which a photo file hides something is filled with a mark; a detector, shown to
fire on the originals and on a planted fault, must find none in what was shared.
"""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import safelight
from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.model.consent import Purpose
from safelight.model.creations import Box
from safelight.model.errors import RefusedError, UserError
from safelight.model.observations import Analyser, ContentResult, FaceBox
from safelight.model.sharing import CoverArea, Covering, PostShape, ShareSubject, ShareWish
from safelight.settings import load_settings
from safelight.testing.planting import HIDDEN_COLOUR, MARKS, leaks_in, plant, portrait

INPUTS = (".jpg", ".png", ".webp", ".avif")
OUTPUTS = ("image/jpeg", "image/png", "image/webp", "image/avif")
CODED = dict(zip(OUTPUTS, (b"\xff\xda", b"IDAT", b"VP8 ", b"mdat"), strict=True))
"""Where the coded picture begins."""
FACE = Box(380 / 960, 160 / 720, 200 / 960, 270 / 720)
SOURCE = Path(safelight.__file__).parent

# Another process, another context, our root as the only anchor, nothing from elsewhere.
READER = """
import io, json, sys
import c2pa
media_type, anchors = sys.argv[1], sys.argv[2]
context = c2pa.Context.from_dict({
    "trust": {"trust_anchors": anchors},
    "verify": {"verify_trust": True, "ocsp_fetch": False, "remote_manifest_fetch": False},
})
reader = c2pa.Reader(media_type, io.BytesIO(sys.stdin.buffer.read()), context=context)
print(json.dumps({"state": reader.get_validation_state(), **json.loads(reader.json())}))
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Safelight]:
    """A library with one planted photo a format, and a face that was found in each."""
    place = tmp_path_factory.mktemp("sharing")
    photos = place / "photos"
    photos.mkdir()
    for number, suffix in enumerate(INPUTS):
        picture = portrait()
        picture.putpixel((3 + number, 3), (255, 255, 255))  # no two are the same
        plant(photos / f"IMG_20150620_Prague_{number}{suffix}", picture)
    with Safelight(load_settings(place / "home", key_store="file"), inline=True) as library:
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT])
        library.scan()
        for row in library.assets():
            assert row.error is None
            seen = ContentResult(Analyser("test", "1"), faces=(_face(),))
            _observe(library, row.id, seen)
        yield library


def _observe(library: Safelight, asset: str, seen: ContentResult) -> None:
    from safelight.library.observations import Observations

    Observations(library._rooms.drawers).put([(asset, seen)])


def _face() -> FaceBox:
    point = (0.5, 0.4)
    return FaceBox(FACE, 0.9, point, point, point, point, point, point)


def assets(library: Safelight) -> dict[str, str]:
    """Ids by the end of the file name."""
    return {Path(row.path).suffix: row.id for row in library.assets()}


def collage(library: Safelight) -> str:
    wish = Wish(tuple(assets(library).values()), format="square")
    return library.making.make("collage", wish).id


def read(content: bytes, media_type: str, root: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", READER, media_type, root],
        input=content,
        capture_output=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        return {"state": "unreadable"}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("media_type", OUTPUTS)
@pytest.mark.parametrize("suffix", INPUTS)
def test_nothing_planted_is_left(shop: Safelight, suffix: str, media_type: str) -> None:
    asset = assets(shop)[suffix]
    shared = shop.sharing.share(ShareSubject(asset, False), ShareWish(media_type=media_type))
    assert leaks_in(shared.content) == []
    assert shared.name == f"photo.{media_type.removeprefix('image/').replace('jpeg', 'jpg')}"
    with Image.open(io.BytesIO(shared.content)) as picture:
        assert picture.size == (960, 720)
        assert not picture.getexif()


@pytest.mark.parametrize("media_type", OUTPUTS)
def test_nothing_planted_is_left_in_a_collage(shop: Safelight, media_type: str) -> None:
    subject = ShareSubject(collage(shop), True)
    assert leaks_in(shop.sharing.share(subject, ShareWish(media_type=media_type)).content) == []


def test_the_detector_fires_on_what_was_planted(shop: Safelight) -> None:
    paths = {Path(row.path).suffix: Path(row.path) for row in shop.assets()}
    found = set(leaks_in(paths[".jpg"].read_bytes()))
    assert found >= (set(MARKS) - {"text chunk"}) | {
        *("coordinates", "EXIF", "IPTC", "an embedded picture", "a trailing video"),
    }
    assert "text chunk" in leaks_in(paths[".png"].read_bytes())
    for suffix in (".webp", ".avif"):
        assert len(leaks_in(paths[suffix].read_bytes())) > 12


def test_the_detector_fires_on_a_planted_fault(
    shop: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that lets the old EXIF through, as a plain save with `exif=` does."""
    from safelight.sharing import write_picture

    original = next(row.path for row in shop.assets() if row.path.endswith(".jpg"))
    with Image.open(original) as opened:
        kept = opened.info["exif"]

    def faulty(image: Image.Image, *rest: Any) -> bytes:
        out = io.BytesIO()
        with Image.open(io.BytesIO(write_picture(image, *rest))) as fresh:
            fresh.save(out, "JPEG", exif=kept)
        return out.getvalue()

    monkeypatch.setattr("safelight.app.sharing.write_picture", faulty)
    shared = shop.sharing.share(ShareSubject(assets(shop)[".jpg"], False), ShareWish())
    assert {"coordinates", "serial", "owner"} <= set(leaks_in(shared.content))


def test_it_says_before_what_it_takes_out(shop: Safelight) -> None:
    sheet = shop.sharing.sheet(ShareSubject(assets(shop)[".jpg"], False), ShareWish())
    told = " | ".join(sheet.removed)
    for words in ("the place (near ", "2 names of people", "serial number", "short video",
                  "20 June 2015", "hidden comment", "small copy", "own name"):  # fmt: skip
        assert words in told
    assert all(mark not in told for name, mark in MARKS.items() if name != "camera")
    assert sheet.people == 1
    assert "1 face" in sheet.seen[0]
    assert "declaration, not a lock" in " ".join(sheet.added)


@pytest.mark.parametrize("media_type", OUTPUTS)
@pytest.mark.parametrize("made", [True, False], ids=["collage", "photo"])
def test_an_independent_reader_trusts_the_label_and_one_flipped_byte_breaks_it(
    shop: Safelight, media_type: str, made: bool
) -> None:
    name = collage(shop) if made else assets(shop)[".jpg"]
    shared = shop.sharing.share(ShareSubject(name, made), ShareWish(media_type=media_type))
    said = read(shared.content, media_type, shared.certificate)
    assert said["state"] == "Trusted"
    manifest = said["manifests"][said["active_manifest"]]
    assertions = {each["label"]: each["data"] for each in manifest["assertions"]}
    first = assertions["c2pa.actions.v2"]["actions"][0]
    assert first["action"] == ("c2pa.created" if made else "c2pa.opened")
    if made:
        assert first["digitalSourceType"].endswith("/compositeCapture")
    entries = assertions["cawg.training-mining"]["entries"]
    assert {entry["use"] for entry in entries.values()} == {"notAllowed"}
    assert len(entries) == 4
    assert "thumbnail" not in json.dumps(manifest)
    flipped = bytearray(shared.content)
    flipped[shared.content.rindex(CODED[media_type]) + 100] ^= 1
    assert read(bytes(flipped), media_type, shared.certificate)["state"] in (
        "Invalid",
        "unreadable",
    )


def test_another_library_is_not_trusted(shop: Safelight, tmp_path: Path) -> None:
    subject = ShareSubject(assets(shop)[".png"], False)
    shared = shop.sharing.share(subject, ShareWish())
    from safelight.sharing import Signer

    said = read(shared.content, "image/jpeg", Signer(bytes(32)).root)
    assert said["state"] == "Valid"
    assert "signingCredential.untrusted" in json.dumps(said)


def test_the_original_is_not_inside(shop: Safelight) -> None:
    for media_type in OUTPUTS:
        subject = ShareSubject(assets(shop)[".jpg"], False)
        content = shop.sharing.share(subject, ShareWish(media_type=media_type)).content
        starts = [match.start() for match in re.finditer(rb"\xff\xd8\xff|\x89PNG|RIFF", content)]
        assert [at for at in starts if at > 0] == []
        with Image.open(io.BytesIO(content)) as picture:
            colours = picture.convert("RGB").getcolors(1 << 24) or []
            assert HIDDEN_COLOUR not in {colour for _, colour in colours}


@pytest.mark.parametrize("how", [Covering.SOLID, Covering.MOSAIC])
@pytest.mark.parametrize("area", list(CoverArea))
@pytest.mark.parametrize("made", [True, False], ids=["collage", "photo"])
def test_covered_people_are_gone_and_the_rest_is_not(
    shop: Safelight, how: Covering, area: CoverArea, made: bool
) -> None:
    name = collage(shop) if made else assets(shop)[".png"]
    subject = ShareSubject(name, made)
    wish = ShareWish(media_type="image/png", edge=None, covering=how, area=area)
    plain = _pixels(shop.sharing.share(subject, ShareWish("image/png", None)).content)
    covered = _pixels(shop.sharing.share(subject, wish).content)
    eyes = (plain < 60).all(2)
    assert eyes.sum() > 200
    assert (covered[eyes] > 60).any(1).mean() > 0.99  # no dark eye is where one was
    assert (plain == covered).all(2).mean() > 0.3


def _pixels(content: bytes) -> NDArray[np.int64]:
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture.convert("RGB"), np.int64)


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_photo_for_a_post_keeps_its_face_and_tells_nothing(shop: Safelight, suffix: str) -> None:
    subject = ShareSubject(assets(shop)[suffix], False)
    wish = ShareWish(media_type="image/png", shape=PostShape.STORY)
    shared = shop.sharing.share(subject, wish)
    assert leaks_in(shared.content) == []
    assert shared.width * 16 == pytest.approx(shared.height * 9, abs=16)
    whole = _pixels(shop.sharing.share(subject, ShareWish("image/png", None)).content)
    eyes = (whole < 60).all(2).sum()
    assert (_pixels(shared.content) < 60).all(2).sum() == pytest.approx(
        eyes, rel=0.08
    )  # none is cut
    with pytest.raises(UserError):
        shop.sharing.share(ShareSubject(collage(shop), True), wish)


def test_people_cannot_be_covered_where_nobody_may_look(shop: Safelight, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    plant(photos / "a.jpg", portrait())
    with Safelight(load_settings(tmp_path / "home", key_store="file"), inline=True) as library:
        library.add_folder(str(photos))
        library.allow([Purpose.LIBRARY])
        library.scan()
        subject = ShareSubject(assets(library)[".jpg"], False)
        sheet = library.sharing.sheet(subject, ShareWish())
        assert sheet.people is None
        assert "Look yourself" in sheet.cautions[0]
        assert "the place" in sheet.removed  # that there is one, not which
        with pytest.raises(RefusedError):
            library.sharing.share(subject, ShareWish(covering=Covering.SOLID))
        library.withdraw(Purpose.LIBRARY)
        with pytest.raises(RefusedError):
            library.sharing.share(subject, ShareWish())


def test_the_ledger_has_the_decision_before_the_file_and_no_name(shop: Safelight) -> None:
    before = shop.ledger_size()
    asset = assets(shop)[".jpg"]
    shared = shop.sharing.share(ShareSubject(asset, False), ShareWish())
    shop.sharing.handed_over(shared)
    lines = shop.ledger(before)
    events = [line.event for line in lines]
    assert events[-1] == "egress-done"
    assert events.index("share") < events.index("egress-intent") < events.index("egress-done")
    text = json.dumps([line.raw for line in lines])
    assert asset not in text
    assert "Prague" not in text


def test_looking_is_not_sharing(shop: Safelight) -> None:
    before = shop.ledger_size()
    subject = ShareSubject(assets(shop)[".jpg"], False)
    shop.sharing.sheet(subject, ShareWish())
    shop.sharing.look(subject, ShareWish())
    assert not {line.event for line in shop.ledger(before)} & {"share", "egress-intent"}


# No other way out


def test_only_sharing_hands_out_files_on_the_web(shop: Safelight) -> None:
    """Every GET route is asked for every thing there is: none gives a file to take away."""
    from safelight.surfaces.web.server import build_app

    things = [*assets(shop).values(), collage(shop)]
    full = shop.creation(things[-1])
    assert full is not None
    app = build_app(shop)
    asked = 0
    for path in sorted(_paths(app, "GET")):
        names = things if "{name}" in path else [""]
        for name in names:
            headers, body = _get(app, path.replace("{name}", name))
            asked += 1
            if "attachment" in headers.get("content-disposition", ""):
                # Keys and proofs of the log, receipts, and records of consent: words, no picture.
                assert path.startswith(("/ledger/", "/privacy/", "/receipts/")), path
                assert headers["content-type"].startswith(("text/", "application/")), path
                body.decode()
            assert body != full[1], path
            assert not set(leaks_in(body)) & {"coordinates", "serial", "owner"}, path
            if headers.get("content-type", "").startswith("image/") and "/static" not in path:
                with Image.open(io.BytesIO(body)) as picture:
                    assert max(picture.size) <= 2560, path
    assert asked > 30


def test_the_search_for_other_ways_out_finds_a_planted_one(shop: Safelight) -> None:
    from starlette.responses import Response

    from safelight.surfaces.web.server import build_app

    app = build_app(shop)
    headers = {"content-disposition": "attachment"}
    app.router.add_route("/planted", lambda _: Response(b"", headers=headers), ["GET"])
    assert "/planted" in set(_paths(app, "GET"))
    assert "attachment" in _get(app, "/planted")[0].get("content-disposition", "")


def test_only_sharing_writes_files_and_offers_attachments() -> None:
    """Of all surfaces; whoever adds a door has to come by here."""
    writers, attachers = set(), set()
    for path in (SOURCE / "surfaces").rglob("*.py"):
        text = path.read_text("utf-8")
        name = path.relative_to(SOURCE / "surfaces").as_posix()
        if writes_files(text):
            writers.add(name)
        if "attachment" in text or "FileResponse" in text:
            attachers.add(name)
    assert writers == {"cli/writing.py"}
    # The app's own files; keys, proofs, receipts; what a person takes along of their own.
    others = {f"web/pages/{name}.py" for name in ("shell", "ledger", "erasing", "taking")}
    assert attachers <= {"web/pages/sharing.py", "api/sharing.py"} | others


def writes_files(text: str) -> bool:
    """Whether a module's code writes a file of anything but text."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        plain = node.func.id if isinstance(node.func, ast.Name) else ""
        if called in ("write_bytes", "copyfile", "copy2", "save", "fdopen"):
            return True
        if plain == "open" or called == "open":
            given = node.args[1:] if plain else node.args
            modes = [a.value for a in given if isinstance(a, ast.Constant)]
            modes += [k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)]
            if any(isinstance(m, str) and set(m) & set("wax+") and len(m) < 4 for m in modes):
                return True
    return False


def test_the_search_for_writers_finds_planted_ones() -> None:
    assert writes_files("from pathlib import Path\nPath('a').write_bytes(b'')")
    assert writes_files("open('a', 'wb')")
    assert not writes_files("open('a')")


def _paths(app: Any, method: str) -> Iterator[str]:
    for route in app.router.routes:
        # Newer versions of the framework keep an included router as one route.
        inside = getattr(route, "effective_route_contexts", lambda route=route: [route])()
        yield from (each.path for each in inside if method in (each.methods or ()))


def _get(app: Any, path: str) -> tuple[dict[str, str], bytes]:
    import anyio
    import httpx

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    answer = anyio.run(ask)
    return dict(answer.headers), answer.content


def test_the_date_of_a_shared_file_is_that_of_sharing(shop: Safelight, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from safelight.surfaces.cli.share import command

    out = tmp_path / "out.jpg"
    asset = assets(shop)[".jpg"]
    home = str(shop.settings.home)
    asked = CliRunner(env={"SAFELIGHT_KEY_STORE": "file"}).invoke(
        command, [asset, "--out", str(out), "--home", home], input="n\n"
    )
    assert asked.exit_code == 1
    assert not out.exists()
    done = CliRunner(env={"SAFELIGHT_KEY_STORE": "file"}).invoke(
        command, [asset, "--out", str(out), "--home", home, "--json", "--yes"]
    )
    assert done.exit_code == 0, done.output
    assert datetime.fromtimestamp(out.stat().st_mtime).year >= 2025
    assert leaks_in(out.read_bytes()) == []
