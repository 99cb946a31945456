"""A picture generator that the person runs themselves, on this machine and nowhere else.

It is asked through one of two interfaces that such programs speak: that of Stable Diffusion web
UIs, or, where a workflow is set, that of ComfyUI. No name is looked up, no redirect followed.
"""

from __future__ import annotations

from safelight.app.generating.asking import Asked, Generator
from safelight.app.generating.comfy import Comfy, read_workflow
from safelight.app.generating.loopback import Exchange, find_place
from safelight.app.generating.webui import WebUi
from safelight.settings import Settings

__all__ = ["Asked", "Exchange", "Generator", "find_generator"]


def find_generator(settings: Settings) -> Generator:
    """The generator that the settings name; nothing is connected to.

    Raises:
        UserError: none is set, its address is not of this machine, or its workflow cannot be read.
    """
    place = find_place(settings.generator)
    if settings.generator_workflow:
        return Comfy(place, read_workflow(settings.generator_workflow))
    return WebUi(place)
