"""Films: what they are to be like, how far they are, and how they turned out."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from safelight.app import Safelight
from safelight.app.making.wishes import Wish
from safelight.model.assets import AssetKind
from safelight.model.errors import UserError
from safelight.surfaces.web.session import Form, Library, field, page, see
from safelight.surfaces.web.watching import watch_page

router = APIRouter(prefix="/film")
_MOST = 200
_LARGEST_MUSIC = 64 << 20


@router.get("")
def choose(request: Request, safelight: Library, idea: str = "", photos: str = "") -> Response:
    """Ask for shape, length and music."""
    card = safelight.idea(idea)
    chosen = card.idea.assets if card else tuple(filter(None, photos.split(",")))[:_MOST]
    rows = safelight.rows(chosen)
    if not rows:
        raise HTTPException(404, "There are no photos to make a film of.")
    return page(
        request,
        "film.html",
        card=card,
        rows=rows,
        photos=",".join(row.id for row in rows),
        moods=safelight.making.moods(),
        movable=sum(row.kind in (AssetKind.VIDEO, AssetKind.LIVE) for row in rows),
        running=safelight.making.jobs.running(),
    )


@router.post("")
def start(safelight: Library, form: Form) -> Response:
    """Begin."""
    job = safelight.making.start("film", _wish(safelight, form))
    return see(f"/film/{job.id}")


@router.get("/music/{mood}")
def hear(safelight: Library, mood: str) -> Response:
    """The beginning of a piece in a mood, to be listened to before anything is made."""
    return Response(safelight.making.films.hear(mood), media_type="audio/wav")


@router.get("/{name}")
def watch(request: Request, safelight: Library, name: str) -> Response:
    """How far it is; when it is done, the film."""
    return watch_page(request, safelight, name, "film_progress.html", title="Making the film")


@router.post("/{name}/stop")
def stop(safelight: Library, name: str) -> Response:
    """End it; nothing is kept."""
    safelight.making.jobs.stop(name)
    return see(f"/film/{name}")


def _wish(safelight: Safelight, form: Form) -> Wish:
    named = field(form, "idea")
    card = safelight.idea(named)
    if named and card is None:
        raise UserError("The idea of this film is gone, and its words with it.")
    seconds, seed = field(form, "seconds"), field(form, "seed")
    own = field(form, "music") == "own"
    return Wish(
        card.idea.assets if card else tuple(filter(None, field(form, "photos").split(",")))[:_MOST],
        card.idea if card else None,
        format=field(form, "format") or None,
        titled=field(form, "titled") != "",
        seconds=float(seconds) if seconds.isdecimal() else None,
        music=None if own else field(form, "music") or None,
        own_music=_own_music(form) if own else None,
        moving=field(form, "moving") != "" or field(form, "movable") == "",
        seed=int(seed) if seed.isdecimal() and len(seed) < 7 else 0,
    )


def _own_music(form: FormData) -> bytes:
    """The music file that was chosen.

    Raises:
        UserError: none was, or it is too large.
    """
    given = form.get("own")
    if isinstance(given, str) or given is None or not given.filename:
        raise UserError("Choose a music file of yours first, or one of the moods.")
    content = given.file.read(_LARGEST_MUSIC + 1)
    if len(content) > _LARGEST_MUSIC:
        raise UserError(f"This music file has more than {_LARGEST_MUSIC >> 20} MB.")
    return content
