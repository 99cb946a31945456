"""Ideas as cards, and one idea with its photos, reasons and collage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.app.views import IdeaCard
from safelight.model.consent import Purpose
from safelight.model.ideas import Idea, IdeaKind, Moment
from safelight.surfaces.web.collage_view import CollageView, read_view, usual_photos
from safelight.surfaces.web.offers import MADE_AT_ONCE, offers_of
from safelight.surfaces.web.pages.collages import collage_page
from safelight.surfaces.web.pages.less import menu_of
from safelight.surfaces.web.pages.today import new_today
from safelight.surfaces.web.session import Form, Library, field, own_path, page, see

router = APIRouter()
_FEW = 4
_TELLING = (Purpose.PLACES, Purpose.CONTENT)
"""Switches that let more ideas be found."""

_SECTIONS: tuple[tuple[str, frozenset[IdeaKind]], ...] = (
    ("On this day", frozenset({IdeaKind.ON_THIS_DAY, IdeaKind.THIS_WEEK})),
    ("Trips", frozenset({IdeaKind.TRIP, IdeaKind.TRIP_DAY})),
    (
        "Your people",
        frozenset(
            {
                IdeaKind.TOGETHER,
                IdeaKind.THEN_AND_NOW,
                IdeaKind.FIRST_AND_LATEST,
                IdeaKind.GROWING_UP,
                IdeaKind.DAY_WITH,
                IdeaKind.GROUP,
            }
        ),
    ),
    ("Your pets", frozenset({IdeaKind.PETS})),
    ("Themes", frozenset({IdeaKind.THEME, IdeaKind.THROUGH_THE_YEARS})),
    ("Places you know well", frozenset({IdeaKind.LIVED_THERE, IdeaKind.RETURNING})),
    ("Then and now", frozenset({IdeaKind.BEFORE_AND_AFTER})),
    ("Days and weekends", frozenset({IdeaKind.DAY, IdeaKind.WEEKEND})),
    ("Looking back", frozenset({IdeaKind.WEEK, IdeaKind.MONTH, IdeaKind.SEASON, IdeaKind.YEAR})),
    ("Albums of yours", frozenset({IdeaKind.ALBUM})),
    ("Small collections", frozenset({IdeaKind.COLLECTION})),
    ("Forgotten gems", frozenset({IdeaKind.GEMS})),
    ("The best of many", frozenset({IdeaKind.BEST_OF_BURSTS})),
    ("Something to make", frozenset({IdeaKind.ENHANCE, IdeaKind.RESTYLE, IdeaKind.FILM})),
)
_LOOKED_THROUGH = timedelta(days=62)
_SAID = {"like": "liked", "dismiss": "dismissed", "hide": "hidden", "restore": "restored"}


@router.get("/")
def home(request: Request, safelight: Library) -> Response:
    """The ideas of today; the prompt comes first."""
    if not safelight.consent.answered():
        return see("/welcome")
    states = {state.notice.purpose: state for state in safelight.purposes()}
    reading = states[Purpose.LIBRARY].active
    cards = safelight.ideas() if reading else []
    if cards:
        safelight.warming.begin()
    return page(
        request,
        "ideas.html",
        reading=reading,
        switches=list(states.values()),
        suggesting=states[Purpose.SUGGEST].active,
        sources=safelight.sources(),
        first=cards[0] if cards else None,
        sections=_sections(cards[1:], safelight.answers.chosen() if cards else frozenset()),
        todays=new_today(request, safelight) if reading else 0,
        assets=safelight.status().assets if reading and not cards else len(cards),
        off=[states[each].notice for each in _TELLING if not states[each].active],
        days=days_of(safelight.moments()) if reading and len(cards) < _FEW else None,
    )


@dataclass(frozen=True, slots=True)
class Days:
    """How photos lie on days, to say why there are few ideas."""

    photos: int
    days: int
    fullest: int


def days_of(moments: Sequence[Moment]) -> Days | None:
    """On how many days there are photos, and how many on the fullest; None without any."""
    counts: Counter[date] = Counter()
    for moment in moments:
        counts[moment.start.date()] += len(moment.assets)
    if not counts:
        return None
    return Days(sum(counts.values()), len(counts), max(counts.values()))


@router.get("/ideas/put-away")
def put_away(request: Request, safelight: Library) -> Response:
    """Dismissed and hidden ideas, to bring back."""
    return page(request, "put_away.html", cards=safelight.ideas("dismissed"))


@router.post("/ideas/make")
def make(safelight: Library) -> Response:
    """Look for ideas now, because the person asks."""
    safelight.make_ideas()
    return see("/?said=looked")


@router.get("/ideas/{name}")
def idea(request: Request, safelight: Library, name: str) -> Response:
    """One idea."""
    card = _card(safelight, name)
    safelight.warming.begin()
    title, subtitle = safelight.collages.caption(card.idea)
    photos = usual_photos(card.idea.assets, card.idea.cover)
    base = CollageView(photos, title=title, subtitle=subtitle)
    rows = safelight.rows(card.idea.assets)
    looks = [style.name for style in safelight.making.restyles.styles() if style.origin == "look"]
    return collage_page(
        request,
        safelight,
        read_view(request.query_params, base),
        "idea.html",
        f"/ideas/{name}",
        own_words=(title, subtitle),
        offers=offers_of(card.idea, looks[0]),
        looks=looks,
        looked=next((row for row in rows if row.id == card.idea.cover and row.width), None),
        card=card,
        idea=card.idea,
        rows=rows,
        all_photos=all_photos(card.idea),
        idea_id=name,
        pool=rows,
        **menu_of(safelight, card, rows),
    )


def all_photos(idea: Idea) -> str | None:
    """The address of the last day of an idea in the timeline, which goes back from there.

    None where an idea takes its photos from here and there: nobody looks through years for them.
    """
    if idea.start is None or idea.end is None or idea.end - idea.start > _LOOKED_THROUGH:
        return None
    return f"/library?month={idea.end:%Y-%m}#day-{idea.end:%Y-%m-%d}"


@router.post("/ideas/{name}/make")
def make_of(safelight: Library, name: str, form: Form) -> Response:
    """Make something other than a collage of an idea, and keep it."""
    made = _card(safelight, name).idea
    kind, _, style = field(form, "what").partition("/")
    if (kind, style) not in MADE_AT_ONCE:
        raise HTTPException(404, "Nothing of that kind is made here.")
    safelight.making.make(kind, Wish(made.assets, made, style=style or None))
    return see("/creations?said=kept")


@router.post("/ideas/{name}/decide")
def decide(safelight: Library, name: str, form: Form) -> Response:
    """Like, dismiss, hide or bring back."""
    verdict = field(form, "verdict")
    if verdict not in _SAID:
        raise HTTPException(400, "There is no such answer.")
    safelight.answers.decide(name, verdict)
    stays = f"/ideas/{name}" if verdict in ("like", "restore") else "/"
    back = own_path(field(form, "back"), stays).partition("?")[0]
    return see(f"{back}?said={_SAID[verdict]}&about={name}")


def _card(safelight: Safelight, name: str) -> IdeaCard:
    card = safelight.idea(name)
    if card is None:
        raise HTTPException(404, "This idea is no longer there.")
    return card


def _sections(cards: list[IdeaCard], chosen: frozenset[str]) -> list[tuple[str, list[IdeaCard]]]:
    mine = [card for card in cards if card.idea.id in chosen]
    rest = [card for card in cards if card.idea.id not in chosen]
    grouped = [(title, [c for c in rest if c.idea.kind in kinds]) for title, kinds in _SECTIONS]
    return [(title, found) for title, found in [("Liked or named by you", mine), *grouped] if found]
