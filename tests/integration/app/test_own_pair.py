"""A person's own image-text pair, set in the settings, drives search and themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from safelight.app import Safelight
from safelight.library.vectors import Vectors
from safelight.model.consent import Purpose
from safelight.settings import Settings

RED, BLUE = (200, 20, 20), (20, 20, 200)


def paint(folder: Path, colour: tuple[int, int, int], start: datetime, count: int = 12) -> None:
    """Sharp tiles in shades of one colour, two minutes apart."""
    for number in range(count):
        rng = np.random.default_rng([*colour, number])
        shades = rng.normal(colour, 25, (30, 40, 3)).clip(0, 255).astype(np.uint8)
        tiles = shades.repeat(8, axis=0).repeat(8, axis=1)
        exif = Image.Exif()
        taken = start + timedelta(minutes=2 * number)
        exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
        exif[0x0110] = "One"
        Image.fromarray(tiles).save(folder / f"{colour[0]}-{number:02}.jpg", exif=exif)


def save_logarithm(path: Path) -> None:
    """An image encoder that gives the logarithm of the mean colour."""
    from onnx import TensorProto, helper, save

    graph = helper.make_graph(
        [
            helper.make_node("ReduceMean", ["x"], ["mean"], axes=[2, 3], keepdims=0),
            helper.make_node("Log", ["mean"], ["y"]),
        ],
        "image",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, 8, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 3])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    save(model, path)


@pytest.fixture
def own(settings: Settings, photos: Path, tiny_pair: Path) -> Iterator[Safelight]:
    paint(photos, RED, datetime(2021, 3, 4, 11))
    paint(photos, BLUE, datetime(2021, 8, 4, 11))
    with Safelight(replace(settings, pair_folder=str(tiny_pair)), inline=True) as opened:
        opened.add_folder(str(photos))
        opened.allow([Purpose.LIBRARY, Purpose.CONTENT])
        opened.scan()
        yield opened


def test_search_finds_by_the_own_pair(own: Safelight) -> None:
    found = own.finding.search("red")
    assert isinstance(found, list)
    assert len(found) >= 12
    assert all(Path(path).name.startswith("200-") for _, path in found[:12])


def test_themes_stand_on_the_own_pair_and_say_so(own: Safelight) -> None:
    march, august = own.moments()
    assert march.themes == ()
    (theme,) = august.themes
    assert theme.name == "beach"
    assert theme.evidence[0].endswith("photos look like it to your own model")


def test_own_themes_are_taught_on_it(own: Safelight) -> None:
    own.allow([Purpose.LEARN])
    reds = [row.id for row in own.assets() if Path(row.path).name.startswith("200-")]
    own.teaching.teach("ketchup", reds[:4])
    march, _ = own.moments()
    assert [theme.name for theme in march.themes] == ["ketchup"]


def test_withdrawing_content_takes_its_vectors_along(own: Safelight) -> None:
    own.withdraw(Purpose.CONTENT)
    assert all(moment.themes == () for moment in own.moments())
    own.allow([Purpose.CONTENT])
    assert all(moment.themes == () for moment in own.moments())  # nothing was kept


def test_a_picture_that_the_own_pair_cannot_bear_is_told_and_the_rest_goes_on(
    settings: Settings, photos: Path, tiny_pair: Path
) -> None:
    """The logarithm of black is no number."""
    save_logarithm(tiny_pair / "image.onnx")
    paint(photos, RED, datetime(2021, 3, 4, 11), 3)
    paint(photos, (0, 0, 1), datetime(2021, 3, 4, 15), 1)
    Image.new("RGB", (320, 240)).save(photos / "black.png")
    with Safelight(replace(settings, pair_folder=str(tiny_pair)), inline=True) as opened:
        opened.add_folder(str(photos))
        opened.allow([Purpose.LIBRARY, Purpose.CONTENT])
        opened.scan()
        (black,) = (row.id for row in opened.assets() if row.path.endswith("black.png"))
        assert "your own model" in opened.failed_looks.reasons()[black]
        vectors = Vectors(opened._rooms.drawers)
        (name, _) = opened._pairing.search_pair() or ("", None)
        assert len(vectors.assets(name)) == 4
        opened.scan()
        assert len(opened.failed_looks.reasons()) == 1


def test_search_goes_on_where_the_own_pair_cannot_read_a_word(
    settings: Settings, photos: Path, tiny_pair: Path
) -> None:
    tokenizer = tiny_pair / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text().replace('"red</w>": 2', '"red</w>": 99'))
    paint(photos, RED, datetime(2021, 3, 4, 11), 2)
    with Safelight(replace(settings, pair_folder=str(tiny_pair)), inline=True) as opened:
        opened.add_folder(str(photos))
        opened.allow([Purpose.LIBRARY, Purpose.CONTENT])
        opened.scan()
        assert opened.finding.search("red 200") != [], "by the name of the file"
        (problem,) = (each for each in opened.status().missing if "own model" in each)
        assert "text.onnx" in problem


def test_themes_go_on_where_the_own_pair_cannot_read_their_words(
    settings: Settings, photos: Path, tiny_pair: Path
) -> None:
    tokenizer = tiny_pair / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text().replace('"beach</w>": 4', '"beach</w>": 99'))
    paint(photos, BLUE, datetime(2021, 3, 4, 11), 6)
    with Safelight(replace(settings, pair_folder=str(tiny_pair)), inline=True) as opened:
        opened.add_folder(str(photos))
        opened.allow([Purpose.LIBRARY, Purpose.CONTENT])
        opened.scan()
        assert all(moment.themes == () for moment in opened.moments())
        assert any("own model" in each for each in opened.status().missing)


def test_a_pair_that_cannot_be_opened_is_named_and_the_rest_goes_on(
    settings: Settings, photos: Path, tmp_path: Path
) -> None:
    paint(photos, RED, datetime(2021, 3, 4, 11), 2)
    with Safelight(replace(settings, pair_folder=str(tmp_path / "no")), inline=True) as opened:
        opened.add_folder(str(photos))
        opened.allow([Purpose.LIBRARY, Purpose.CONTENT])
        assert opened.scan().new == 2
        assert any("pair.toml" in text for text in opened.status().missing)
