"""Things for print: greeting cards, photo pages, small books, contact sheets."""

from __future__ import annotations

from dataclasses import replace

from safelight.app.making.collages import Collages, caption
from safelight.app.making.keeping import Made, Shelf
from safelight.app.making.pictures import Pictures
from safelight.app.making.wishes import Progress, Wish
from safelight.creations.book import KINDS, pages, pdf
from safelight.creations.collage import Sheet, find_format, plan_to_json, plans_in
from safelight.model.creations import Box, CollagePlan, Creation, CreationKind
from safelight.model.errors import UserError

_DPI = 200
"""Sharp at arm's length, and a third of the size of 300."""
_ON_A_CARD = 4
_MOST = 240
_GREETINGS = {
    "theme:birthday": "Happy birthday!",
    "theme:christmas": "Merry Christmas!",
    "theme:new-year": "Happy New Year!",
    "theme:halloween": "Happy Halloween!",
    "theme:wedding": "Congratulations!",
    "theme:graduation": "Congratulations!",
}


class Cards:
    """Greeting cards: one to four photos and a line of greeting, 15 by 10 cm at 300 dpi."""

    kind = CreationKind.CARD

    def __init__(self, pictures: Pictures, shelf: Shelf, collages: Collages) -> None:
        self._pictures = pictures
        self._shelf = shelf
        self._collages = collages

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The photos on it: the idea's cover and others spread over the story."""
        return tuple(cell.asset for cell in self._plan(wish).cells)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Draw it and keep it."""
        report(0.0)
        made = self._collages.drawn(self._plan(wish), self.kind)
        return self._shelf.keep_wished(made, wish)

    def _plan(self, wish: Wish) -> CollagePlan:
        picked = _spread(wish, _ON_A_CARD)
        photos = self._pictures.ingredients(picked)
        if not photos:
            raise UserError("None of these photos can be used for a card.")
        shape = find_format("card")
        words = wish.words or _greeting(wish)
        season = self._pictures.season(picked)
        sheet = Sheet(photos, shape.width, shape.height, words, None, wish.seed, season)
        found = plans_in(wish.style or "seasonal", sheet, 6)
        # On a card the words stand under or over the photos, not beside them.
        return next((p for p in found if p.title_box and _lies(p.title_box)), found[0])


class Prints:
    """PDFs to print: `book`, `page` or `contact` as the style."""

    kind = CreationKind.PDF

    def __init__(self, pictures: Pictures, shelf: Shelf, collages: Collages) -> None:
        self._pictures = pictures
        self._shelf = shelf
        self._collages = collages

    def choose(self, wish: Wish) -> tuple[str, ...]:
        """The photos on its pages, in order."""
        return tuple(cell.asset for plan in self._pages(wish) for cell in plan.cells)

    def make(self, wish: Wish, report: Progress) -> Creation:
        """Draw the pages one after the other and keep them as one file."""
        planned = self._pages(wish)
        scale = _DPI / (find_format("a4").dpi or _DPI)
        drawn = 0

        def draw(plan: CollagePlan) -> bytes:
            nonlocal drawn
            report(drawn / len(planned))
            drawn += 1
            return self._collages.render(plan, scale)

        content = pdf(planned, draw, _DPI)
        recipe: dict[str, object] = {
            "kind": str(self.kind),
            "style": wish.style or KINDS[0],
            "pages": [plan_to_json(plan) for plan in planned],
        }
        first = planned[0]
        made = Made(
            kind=self.kind,
            title=first.title or "Photo book",
            media_type="application/pdf",
            width=first.width,
            height=first.height,
            used=tuple(dict.fromkeys(c.asset for plan in planned for c in plan.cells)),
            recipe=recipe,
            content=content,
        )
        return self._shelf.keep_wished(made, wish)

    def _pages(self, wish: Wish) -> list[CollagePlan]:
        kind = wish.style or KINDS[0]
        if kind not in KINDS:
            raise UserError(f"There is no print {kind!r}; there are {', '.join(KINDS)}.")
        photos = self._pictures.ingredients(wish.assets)
        if not photos:
            raise UserError("None of these photos can be printed.")
        if len(photos) > _MOST:
            raise UserError(f"A print holds up to {_MOST} photos; these are {len(photos)}.")
        if wish.idea and kind == "book":
            cover = wish.idea.cover
            photos = [replace(p, weight=9.0) if p.asset == cover else p for p in photos]
        title, subtitle = caption(wish.idea) if wish.idea and wish.titled else (None, None)
        return pages(kind, photos, wish.words or title, subtitle)


def _lies(box: Box) -> bool:
    return box.width > box.height


def _greeting(wish: Wish) -> str:
    """What the card says unless told: by the idea's theme, else its title."""
    if wish.idea is None:
        return "With love"
    said = (_GREETINGS.get(each) for each in wish.idea.about)
    return next(filter(None, said), wish.idea.title)


def _spread(wish: Wish, most: int) -> list[str]:
    """Some of the photos: the cover first, then others from the whole story."""
    assets = list(dict.fromkeys(wish.assets))
    if wish.idea is None:
        return assets[:most]
    rest = [asset for asset in assets if asset != wish.idea.cover]
    step = max(1, len(rest) // max(1, most - 1))
    chosen = {wish.idea.cover, *rest[::step][: most - 1]}
    return [asset for asset in assets if asset in chosen]
