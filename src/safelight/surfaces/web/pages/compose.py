"""The composer: words and photos for a story in their order, with ideas offered beside them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.views import AssetRow, IdeaCard
from safelight.model.consent import Purpose
from safelight.surfaces.web.collage_view import CollageView, lay_out, usual_photos
from safelight.surfaces.web.compose_view import Draft, read_draft, remembering
from safelight.surfaces.web.session import Form, Library, field, page

router = APIRouter()
_OFFERS = 4
_RECENT = 60


@router.get("/compose")
def blank(request: Request, safelight: Library) -> Response:
    """An empty composer, or one that begins with an idea."""
    draft = Draft(CollageView((), "story"))
    card = safelight.idea(request.query_params.get("idea", ""))
    if card is not None:
        draft = _with_idea(draft, card)
        draft = replace(draft, words=draft.view.title)
    return _composer(request, safelight, draft, "")


@router.post("/compose")
def compose(request: Request, safelight: Library, form: Form) -> Response:
    """The composer as it stands. It posts, so that no words end up in an address or a history."""
    draft = read_draft(form)
    added = field(form, "add")
    if added:
        draft = _joined(safelight, draft, added)
    card = safelight.idea(field(form, "use"))
    if card is not None:
        before = draft.view.photos
        draft = remembering(_with_idea(draft, card), before)
        words = draft.words or card.idea.title
        draft = replace(draft, words=words, view=replace(draft.view, title=words))
    return _composer(request, safelight, draft, field(form, "month"))


def _joined(safelight: Safelight, draft: Draft, name: str) -> Draft:
    """The story with one more photo: at its time where the story follows time, else at its end."""
    before = draft.view.photos
    times = {row.id: row.taken_at or "" for row in safelight.rows((*before, name))}
    photos = [*before, name] if name in times else list(before)
    said = [times.get(photo, "") for photo in before]
    if said == sorted(said):
        photos.sort(key=lambda photo: times.get(photo, ""))
    return replace(remembering(draft.choosing(photos), before), said="Added")


def _with_idea(draft: Draft, card: IdeaCard) -> Draft:
    view = replace(draft.view, title=draft.view.title or card.idea.title, layout=0)
    photos = usual_photos(card.idea.assets, card.idea.cover)
    ideas = tuple(dict.fromkeys((*draft.ideas, card.idea.id)))
    return replace(draft, view=view, ideas=ideas).choosing(photos)


def _composer(request: Request, safelight: Safelight, draft: Draft, month: str) -> Response:
    states = safelight.purposes()
    reading = any(s.active for s in states if s.notice.purpose is Purpose.LIBRARY)
    cards = safelight.ideas() if reading else []
    chosen = safelight.rows(draft.view.photos)
    template = "composer.html" if request.headers.get("x-part") else "compose.html"
    return page(
        request,
        template,
        reading=reading,
        draft=draft,
        words=draft.words,
        shows=bool(draft.view.title) or not draft.words,
        sheet=lay_out(safelight, draft.view),
        offers=offers(cards, draft.words, draft.view.photos)[:_OFFERS],
        companions=safelight.accompanying.of(draft.view.photos) if reading else [],
        chosen=chosen,
        pool=_pool(safelight, month, {row.id for row in chosen}) if reading else [],
        months=safelight.showing.month_counts() if reading else [],
        month=month,
    )


def offers(cards: list[IdeaCard], words: str, chosen: Collection[str] = ()) -> list[IdeaCard]:
    """Ideas that fit the words, best first; without any words, those of the chosen photos.

    Ideas whose photos are all chosen have nothing more to offer.
    """
    cards = [card for card in cards if set(card.idea.assets) - set(chosen)]
    asked = set(re.findall(r"\w{3,}", words.casefold()))
    if not asked:
        return sorted(cards, key=lambda card: -len({*chosen} & {*card.idea.assets}))
    ranked = sorted(cards, key=lambda card: -len(asked & _said(card)))
    return [card for card in ranked if asked & _said(card)] or cards


def _said(card: IdeaCard) -> set[str]:
    idea = card.idea
    text = " ".join([idea.title, idea.subtitle, *(reason.text for reason in idea.reasons)])
    if idea.start is not None:
        text += f" {idea.start:%A %B %Y}"
    return set(re.findall(r"\w{3,}", text.casefold()))


def _pool(safelight: Safelight, month: str, chosen: Collection[str]) -> list[AssetRow]:
    found = safelight.showing.timeline_page(None, month or None, _RECENT)
    rows = [row for day in found.days for row in day.assets]
    # Of the latest photos only those that would be in ideas; a month shows all that it holds.
    return [r for r in rows if r.id not in chosen and (month or r.kept_out is None)]
