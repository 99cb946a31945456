"""The words that provenance may use; the signing library takes any, so they are checked here.

Sources: C2PA Technical Specification 2.2, "Actions"; IPTC NewsCodes Digital Source Type;
CAWG Training and Data Mining Assertion 1.1; PLUS Licence Data Format, Data Mining.
"""

from __future__ import annotations

from safelight.model.errors import RenderError

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SOURCES = frozenset(
    {
        "algorithmicMedia",
        "algorithmicallyEnhanced",
        "composite",
        "compositeCapture",
        "compositeSynthetic",
        "compositeWithTrainedAlgorithmicMedia",
        "computationalCapture",
        "dataDrivenMedia",
        "digitalCapture",
        "digitalCreation",
        "humanEdits",
        "negativeFilm",
        "positiveFilm",
        "print",
        "screenCapture",
        "trainedAlgorithmicMedia",
        "virtualRecording",
    }
)
_ACTIONS = frozenset(
    {
        "c2pa.addedText",
        "c2pa.adjustedColor",
        "c2pa.changedSpeed",
        "c2pa.converted",
        "c2pa.created",
        "c2pa.cropped",
        "c2pa.deleted",
        "c2pa.drawing",
        "c2pa.dubbed",
        "c2pa.edited",
        "c2pa.edited.metadata",
        "c2pa.enhanced",
        "c2pa.filtered",
        "c2pa.opened",
        "c2pa.orientation",
        "c2pa.placed",
        "c2pa.published",
        "c2pa.removed",
        "c2pa.repackaged",
        "c2pa.resized",
        "c2pa.transcoded",
        "c2pa.translated",
        "c2pa.trimmed",
        "c2pa.watermarked",
    }
)
USES = (
    "cawg.data_mining",
    "cawg.ai_inference",
    "cawg.ai_generative_training",
    "cawg.ai_training",
)
"""The four uses that a training-mining assertion speaks of."""

NO_TRAINING = "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-AIMLTRAINING"


def source_type(name: str) -> str:
    """The address of an IPTC digital source type.

    Raises:
        RenderError: there is no such type.
    """
    if name not in _SOURCES:
        raise RenderError(f"{name!r} is no digital source type")
    return SOURCE_TYPES + name


def action(name: str) -> str:
    """A C2PA action.

    Raises:
        RenderError: there is no such action.
    """
    if name not in _ACTIONS:
        raise RenderError(f"{name!r} is no C2PA action")
    return name


def training_entries() -> dict[str, dict[str, str]]:
    """Every use refused."""
    return {use: {"use": "notAllowed"} for use in USES}
