"""Restyled photos: darkroom looks by arithmetic, and paintings by a model under `restyle`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safelight.app.making.altering import Alteration, Altered
from safelight.app.making.generating import GENERATOR, Generating
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.own_styles import OwnStyles
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.creations.restyle import LOOKS, works
from safelight.model.consent import Purpose
from safelight.model.creations import Creation, CreationKind
from safelight.model.errors import UserError

USUAL_STRENGTH = 0.9
_EDGE = 2048


@dataclass(frozen=True, slots=True)
class StyleRow:
    """One style that can be chosen.

    Attributes:
        name: what the command line and the API call it.
        label: what a person reads.
        origin: `look` (arithmetic), `work` (public domain), `own`, or `generator` (the person's
            own program).
        purpose: what it needs besides `library`; a generator needs `remote`, too.
    """

    name: str
    label: str
    origin: str
    purpose: Purpose | None


class Restyles:
    """Restyled copies of single photos."""

    kind = CreationKind.RESTYLE

    def __init__(
        self, pictures: Pictures, shelf: Shelf, own: OwnStyles, generating: Generating
    ) -> None:
        self._pictures = pictures
        self._shelf = shelf
        self.own = own
        self.generating = generating

    def styles(self) -> list[StyleRow]:
        """Every style: looks first, then works, then the person's own, then their generator."""
        generator = StyleRow(GENERATOR, "Your own generator", GENERATOR, Purpose.RESTYLE)
        return [
            *(StyleRow(look.name, look.label, "look", None) for look in LOOKS.values()),
            *(StyleRow(w.name, w.label, "work", Purpose.RESTYLE) for w in works().values()),
            *(StyleRow(name, name, "own", Purpose.RESTYLE) for name in self.own.names()),
            *([generator] if self.generating.named else []),
        ]

    def add(self, name: str, picture: Path, *, i_may: bool) -> None:
        """Make a style of a picture file; see `OwnStyles.add`."""
        taken = frozenset({GENERATOR, *(row.name for row in self.styles())})
        self.own.add(name, picture, i_may=i_may, taken=taken)

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The one photo that would be restyled."""
        self._style(wish.style)
        return (self._pictures.one(wish)["id"],)

    def preview(
        self,
        asset: str,
        style: str,
        strength: float = USUAL_STRENGTH,
        *,
        keep_colours: bool = False,
        edge: int = 1024,
    ) -> Altered:
        """A restyled copy to look at, which is not kept.

        Raises:
            UserError: there is no such photo or style.
            RefusedError: consent does not cover it.
            RenderError: it cannot be decoded.
        """
        wish = Wish((asset,), style=style, strength=strength, keep_colours=keep_colours)
        return self._altered(wish, edge)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Restyle a photo and keep the result, in the drawer of what it stands on."""
        report(0.0)
        if self._style(wish.style).origin == GENERATOR:
            return self.generating.make(wish, report)
        altered = self._altered(wish, _EDGE)
        style, row = self._style(wish.style), self._pictures.one(wish)
        recipe: dict[str, object] = {
            "kind": str(self.kind),
            "asset": row["id"],
            "style": style.name,
            "origin": style.origin,
            "strength": _strength(wish),
            "keep_colours": wish.keep_colours,
            "seed": wish.seed,
        }
        made = Made(
            kind=self.kind,
            title=style.label,
            media_type="image/jpeg",
            width=altered.width,
            height=altered.height,
            used=(row["id"],),
            recipe=recipe,
            content=altered.content,
        )
        return self._shelf.keep_wished(made, wish, {style.purpose} if style.purpose else ())

    def _altered(self, wish: Wish, edge: int) -> Altered:
        style, row = self._style(wish.style), self._pictures.one(wish)
        if style.origin == GENERATOR:
            raise UserError("A generator makes no previews: it gets a photo only when you say so.")
        strength = _strength(wish)
        if style.origin == "look":
            wanted = Alteration("look", edge, strength, look=style.name, seed=wish.seed)
        else:
            numbers = self.own.get(style.name) if style.origin == "own" else None
            vector = numbers or works()[style.name].style
            colours = wish.keep_colours
            wanted = Alteration("paint", edge, strength, style=vector, keep_colours=colours)
        return self._pictures.altered(row["id"], wanted, style.purpose)

    def _style(self, name: str | None) -> StyleRow:
        found = {row.name: row for row in self.styles()}
        if name is None:
            raise UserError(f"Say which style: {', '.join(found)}.")
        if name not in found:
            raise UserError(f"There is no style {name!r}; there are {', '.join(found)}.")
        return found[name]


def _strength(wish: Wish) -> float:
    return USUAL_STRENGTH if wish.strength is None else wish.strength
