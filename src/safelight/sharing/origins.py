"""How a shared thing came to be, in the words of C2PA."""

from __future__ import annotations

from dataclasses import dataclass

from safelight.model.creations import Creation
from safelight.sharing.vocabulary import action, source_type

_SOURCES = {
    "restyle": "compositeWithTrainedAlgorithmicMedia",
    "enhance": "algorithmicallyEnhanced",
}
_COMPOSED = "compositeCapture"
_LOOK = "algorithmicallyEnhanced"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the pixels came from.

    Attributes:
        source: IPTC digital source type, as an address; empty for a photo of the library: what
            its file is, only its camera could vouch for.
        model_made: whether a trained model made or altered it.
    """

    source: str
    model_made: bool = False


def origin_of(creation: Creation | None) -> Origin:
    """The origin of a creation; of a photo where it is None."""
    if creation is None:
        return Origin("")
    kind = _SOURCES.get(creation.kind.value, _COMPOSED)
    if creation.recipe.get("origin") == "look":  # a restyle by arithmetic, without a model
        kind = _LOOK
    if creation.recipe.get("origin") == "enlarged":  # a model drew its finest detail
        kind = _SOURCES["restyle"]
    return Origin(source_type(kind), "rained" in kind)


def actions(origin: Origin, done: tuple[str, ...]) -> list[dict[str, object]]:
    """The actions of a manifest: how it began, then what was done to share it.

    Args:
        done: C2PA actions, in order.
    """
    if origin.source:
        first: dict[str, object] = {
            "action": action("c2pa.created"),
            "digitalSourceType": origin.source,
        }
    else:
        first = {
            "action": action("c2pa.opened"),
            "parameters": {"ingredientIds": [ORIGINAL]},
        }
    rest: list[dict[str, object]] = [{"action": action(name)} for name in done]
    return [first, *rest]


ORIGINAL = "original"
"""The name under which a manifest speaks of the photo it began with; nothing of it is inside."""
