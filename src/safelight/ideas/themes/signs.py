"""What is read in a picture: a banner that says what day it is, and words that may be anything.

"Happy Birthday" over a table is said at birthdays. "Beach", "Dinner" or "Show" on a wall is said on
any walk, so such words only support what else there is, unless several pictures agree.
"""

from __future__ import annotations

import re
from functools import cache

from safelight.ideas.themes.spoken import plain, themes_in

BANNER, ANY_WORD = 0.9, 0.5
"""Strength of a banner in one picture, and of any other word that names a theme."""

_MORE = 0.25
"""What another picture adds."""

_BANNERS: dict[str, str] = {
    # Letters run together, as readers of pictures often give them, with their usual mistakes.
    "birthday": r"hap+y?b[il1]rt|b[il1]rthd[ao]|irthday|geburtstag|joyeuxanniv|cumplea[nf]|"
    r"compleanno|verjaardag|fodselsdag|grattispafodelse|hbdto",
    "graduation": r"gradua(?:tion|tes|te20|te19)|congratsgrad|classof(?:19|20)\d\d|commencement|"
    r"convocation|abschlussfeier|abitur(?:19|20)\d\d|graduacion",
    "wedding": r"justmarr[il1]ed|mr(?:and)?mrs|ourwedding|nurverheiratet|frischverheiratet",
    "christmas": r"merry?(?:christ|xmas)|froheweihn|joyeuxnoel|feliznavidad|buonnatale",
    "new-year": r"happynewyear|frohesneuesjahr|bonneannee|felizanonuevo|buonanno",
    "halloween": r"happyhallow|trickortreat",
    "theme-park": r"disney(?:land|world|sea|parks)|magickingdom|sixflags|legoland|europapark|"
    r"universalstudios|phantasialand|efteling|cedarpoint|buschgardens|rollercoaster|"
    r"altontowers|portaventura|waterpark|amusementpark|themepark",
}


def read_in(text: str) -> dict[str, float]:
    """Themes that words read in one picture name, each with its strength, 0 to 1."""
    said = dict.fromkeys(themes_in(text), ANY_WORD)
    glued = re.sub(r"[^0-9a-z]", "", plain(text))
    return said | {theme: BANNER for theme, sign in _signs().items() if sign.search(glued)}


def together(strengths: list[float]) -> float:
    """What several pictures of one moment say of a theme: the clearest, and a little for each."""
    return min(1.0, max(strengths) + _MORE * (len(strengths) - 1))


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    return {theme: re.compile(pattern) for theme, pattern in _BANNERS.items()}
