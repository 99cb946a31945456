"""The interface of Stable Diffusion web UIs (AUTOMATIC1111 and those that follow it)."""

from __future__ import annotations

import base64
import binascii
from contextlib import suppress
from typing import Any

from safelight.app.generating.asking import Asked
from safelight.app.generating.loopback import Exchange, Place, read_json
from safelight.model.errors import RenderError

_PROGRESS = "/sdapi/v1/progress?skip_current_image=true"
_OF_ITS_OWN_PAGE = "task("
"""How the name of a job begins that somebody started on the web UI's own page."""


class WebUi:
    """Asks `/sdapi/v1/img2img`: one request, with the photo and the picture in base 64.

    While it works, `/sdapi/v1/progress` is asked how far it is. When the wish is broken off,
    `/sdapi/v1/interrupt` ends the work, which goes on otherwise though nobody waits for it.
    """

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
        try:
            answer = exchange.post_json(
                self._place, "/sdapi/v1/img2img", wish, lambda: self._look(exchange)
            )
        except BaseException:
            if exchange.broken_off:
                self._interrupt(exchange)
            raise
        try:
            return base64.b64decode(answer["images"][0].rpartition(",")[2], validate=True)
        except (KeyError, IndexError, TypeError, AttributeError, binascii.Error) as error:
            raise RenderError("The generator's answer holds no picture.") from error

    def _look(self, exchange: Exchange) -> None:
        with suppress(RenderError):  # not every program that follows this interface tells
            share = self._progress(exchange).get("progress")
            if isinstance(share, int | float) and 0 <= share <= 1:
                exchange.share = max(exchange.share, float(share))

    def _interrupt(self, exchange: Exchange) -> None:
        with suppress(RenderError):
            state = self._progress(exchange).get("state")
            job = state.get("job") if isinstance(state, dict) else None
            if isinstance(job, str) and job.startswith(_OF_ITS_OWN_PAGE):
                return  # what runs is somebody else's; ours still waits behind it
        with suppress(RenderError):
            exchange.aside().post_json(self._place, "/sdapi/v1/interrupt", {})

    def _progress(self, exchange: Exchange) -> dict[str, Any]:
        answer = read_json(exchange.aside().get(self._place, _PROGRESS))
        return answer if isinstance(answer, dict) else {}
