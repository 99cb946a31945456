"""The composer: words and photos for a story, with ideas offered beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.views import AssetRow, IdeaCard
from safelight.model.consent import Purpose
from safelight.surfaces.web.collage_view import CollageView, lay_out, read_view, usual_photos
from safelight.surfaces.web.session import Form, Library, field, fields, page

router = APIRouter()
_OFFERS = 4
_RECENT = 60


@router.get("/compose")
def blank(request: Request, safelight: Library) -> Response:
    """An empty composer, or one that begins with an idea."""
    view = CollageView((), "story")
    card = safelight.idea(request.query_params.get("idea", ""))
    if card is not None:
        view = _with_idea(view, card)
    return _composer(request, safelight, view, view.title, "")


@router.post("/compose")
def compose(request: Request, safelight: Library, form: Form) -> Response:
    """The composer as it stands. It posts, so that no words end up in an address or a history."""
    words = field(form, "words")[:300]
    view = _read(form, words)
    card = safelight.idea(field(form, "use"))
    if card is not None:
        view = _with_idea(view, card)
        words = words or card.idea.title
        view = replace(view, title=words)
    return _composer(request, safelight, view, words, field(form, "month"))


def _read(form: FormData, words: str) -> CollageView:
    base = CollageView((), "story")
    view = read_view(form, base)
    drop = field(form, "drop")
    chosen = tuple(dict.fromkeys(fields(form, "photo")))
    first, _, rest = words.partition("\n")
    shows = field(form, "show_words") != ""
    return replace(
        view,
        photos=tuple(photo for photo in chosen if photo != drop)[:30],
        title=first.strip()[:120] if shows else "",
        subtitle=rest.strip()[:120] if shows else "",
    )


def _with_idea(view: CollageView, card: IdeaCard) -> CollageView:
    photos = usual_photos(card.idea.assets, card.idea.cover)
    return replace(view, photos=photos, title=view.title or card.idea.title, layout=0)


def _composer(
    request: Request, safelight: Safelight, view: CollageView, words: str, month: str
) -> Response:
    states = safelight.purposes()
    reading = any(s.active for s in states if s.notice.purpose is Purpose.LIBRARY)
    cards = safelight.ideas() if reading else []
    chosen = safelight.rows(view.photos)
    template = "composer.html" if request.headers.get("x-part") else "compose.html"
    return page(
        request,
        template,
        reading=reading,
        words=words,
        shows=bool(view.title) or not words,
        sheet=lay_out(safelight, view),
        offers=offers(cards, words)[:_OFFERS],
        chosen=chosen,
        pool=_pool(safelight, month, {row.id for row in chosen}) if reading else [],
        months=safelight.month_counts() if reading else [],
        month=month,
    )


def offers(cards: list[IdeaCard], words: str) -> list[IdeaCard]:
    """Ideas that fit the words, best first; without any words, as they are offered."""
    asked = set(re.findall(r"\w{3,}", words.casefold()))
    if not asked:
        return cards
    ranked = sorted(cards, key=lambda card: -len(asked & _said(card)))
    return [card for card in ranked if asked & _said(card)] or cards


def _said(card: IdeaCard) -> set[str]:
    idea = card.idea
    text = " ".join([idea.title, idea.subtitle, *(reason.text for reason in idea.reasons)])
    if idea.start is not None:
        text += f" {idea.start:%A %B %Y}"
    return set(re.findall(r"\w{3,}", text.casefold()))


def _pool(
    safelight: Safelight, month: str, chosen: Mapping[str, object] | set[str]
) -> list[AssetRow]:
    found = safelight.timeline_page(None, month or None, _RECENT)
    rows = [row for day in found.days for row in day.assets]
    return [row for row in rows if row.id not in chosen]
