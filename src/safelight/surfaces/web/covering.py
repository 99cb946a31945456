"""One veil for every page: a small picture of a sensitive photo is blurred, wherever it stands.

Pages are looked through once they are written, so a page cannot forget it. Where the picture may
be shown on demand, the page puts it into a `.covered` box with a switch (`kept_out_parts.html`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

_PICTURE = re.compile(r'<img(?=[^>]*? src="/previews/([^"/]+)\.jpg")')

Sensitive = Callable[[Collection[str]], frozenset[str]]


def cover(page: str, sensitive: Sensitive) -> str:
    """The page, with `data-covered` at every small picture that is to be blurred.

    Args:
        sensitive: which of some photos are.
    """
    shown = set(_PICTURE.findall(page))
    hidden = sensitive(shown) if shown else frozenset[str]()
    if not hidden:
        return page
    return _PICTURE.sub(lambda found: "<img data-covered" if found[1] in hidden else found[0], page)
