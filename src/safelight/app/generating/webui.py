"""The interface of Stable Diffusion web UIs (AUTOMATIC1111 and those that follow it)."""

from __future__ import annotations

import base64
import binascii

from safelight.app.generating.asking import Asked
from safelight.app.generating.loopback import Exchange, Place
from safelight.model.errors import RenderError


class WebUi:
    """Asks `/sdapi/v1/img2img`: one request, with the photo and the picture in base 64."""

    name = "webui"

    def __init__(self, place: Place) -> None:
        self._place = place

    def make(self, asked: Asked, exchange: Exchange) -> bytes:
        """See `Generator`. The program is asked to save neither the photo nor the picture."""
        wish = {
            "init_images": [base64.b64encode(asked.photo).decode()],
            "prompt": asked.words,
            "denoising_strength": asked.strength,
            "seed": asked.seed,
            "width": asked.width,
            "height": asked.height,
            "save_images": False,
            "do_not_save_samples": True,
            "do_not_save_grid": True,
        }
        answer = exchange.post_json(self._place, "/sdapi/v1/img2img", wish)
        try:
            return base64.b64decode(answer["images"][0].rpartition(",")[2], validate=True)
        except (KeyError, IndexError, TypeError, AttributeError, binascii.Error) as error:
            raise RenderError("The generator's answer holds no picture.") from error
