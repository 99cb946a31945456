"""The archive's pages: plain HTML that opens from a disk, without scripts or the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from safelight.model.names import shown

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #777; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font: 500 2rem/1.2 ui-serif, Georgia, serif; }
a { color: #b5330e; } @media (prefers-color-scheme: dark) { a { color: #ff8a5c; } }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.grid img { width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 8px; }
.grid small, .soft { color: var(--soft); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(10rem, 1fr) 2fr; } dt, dd { margin: 0; padding: .5rem 0; border-top: 1px solid var(--line); }
"""  # noqa: E501  # rules read better on one line


def html_page(title: str, body: str) -> bytes:
    """A whole page."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{body}"
    ).encode("utf-8", "replace")


def month_page(month: str, photos: Iterable[tuple[str, str, str]], previews: bool) -> bytes:
    """One month; photos are (id, path, date in words)."""
    tiles = "".join(_tile(*photo, previews) for photo in photos)
    body = f'<p><a href="../index.html">All months</a></p><ul class="grid">{tiles}</ul>'
    return html_page(month or "Without a date", body)


def index_page(
    files: Sequence[tuple[str, str]], months: Sequence[tuple[str, int]], counts: dict[str, int]
) -> bytes:
    """The first page: what is in the archive, and the way to the months."""
    listed = "".join(
        f'<dt><a href="{escape(name)}">{escape(name)}</a><dd>{escape(words)}'
        for name, words in files
    )
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    linked = "".join(
        f'<li><a href="months/{month or "undated"}.html">{month or "Without a date"}</a>'
        f" <small>{number:,}</small>"
        for month, number in months
    )
    return html_page(
        "What Safelight held about you",
        f'<p class="soft">{escape(told)}. This page needs no program but a browser and asks '
        f"nobody for anything.</p><dl>{listed}</dl>"
        + (f'<h2>Photos by month</h2><ul class="grid">{linked}</ul>' if months else ""),
    )


def _tile(name: str, path: str, when: str, previews: bool) -> str:
    picture = f'<img src="../previews/{name}.jpg" alt="" loading="lazy">' if previews else ""
    return f"<li>{picture}<small>{escape(when)}<br>{escape(shown(path))}</small>"
