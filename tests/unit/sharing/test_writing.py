"""What is written is what was wished for, or is refused in words; never a broken file."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from safelight.creations.encoding import srgb_profile
from safelight.model.errors import RenderError
from safelight.sharing import declaration, draw_label, write_picture
from safelight.sharing.origins import Origin


@pytest.mark.parametrize(("media_type", "length"), [("image/webp", 16_384), ("image/jpeg", 65_501)])
@pytest.mark.parametrize("upright", [False, True])
def test_a_panorama_too_long_for_a_kind_of_file_is_refused_in_words(
    media_type: str, length: int, upright: bool
) -> None:
    size = (1, length) if upright else (length, 1)
    with pytest.raises(RenderError, match="too long for this kind of file"):
        write_picture(Image.new("RGB", size), media_type, srgb_profile(), b"")
    written = write_picture(Image.new("RGB", (length - 1, 1)), media_type, srgb_profile(), b"")
    with Image.open(io.BytesIO(written)) as picture:
        assert picture.size == (length - 1, 1)


@pytest.mark.parametrize("caption", ["a\x01b\x0b\x1f", "x" * 100_000, "&<>" * 30_000, "ש 🎉 你"])
def test_any_caption_gives_a_packet_that_programs_can_read(caption: str) -> None:
    packet = declaration(Origin(""), no_training=True, caption=caption)
    written = write_picture(Image.new("RGB", (8, 8)), "image/jpeg", srgb_profile(), packet)
    with Image.open(io.BytesIO(written)) as picture:
        said = "".join(ET.fromstring(picture.info["xmp"]).itertext())  # made here
    assert said
    assert set(said) <= {*caption, " "}


def test_a_label_on_clear_ground_can_be_read() -> None:
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    labelled = np.asarray(draw_label(clear, "Made with AI"))
    shown = labelled[..., 3] == 255
    assert 0.005 < shown.mean() < 0.2
    assert (labelled[shown][:, :3].min(1) > 240).any()  # its letters
    assert not np.asarray(clear)[..., 3].any()  # what was given stays as it was
