"""`safelight search`: photos by words, best first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from safelight.model.names import shown
from safelight.surfaces.cli.nothing import not_found
from safelight.surfaces.cli.session import Output, open_library, options


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Pretend it is this day.")
@options
def command(
    words: tuple[str, ...], limit: int, today: datetime | None, home: Path | None, output: Output
) -> None:
    """Find photos by WORDS: what they show, where, when, who, and what is written.

    Try `beach last summer`, `"New York" christmas 2019`, `videos of dogs`, `4 stars`,
    `beach -people`.
    """
    for word in words:
        if word.startswith("--"):
            raise click.NoSuchOption(word)
    with open_library(home) as library:
        hits = library.finding.search(" ".join(words), today.date() if today else None, limit)
        rows = [{"id": hit.asset, "path": path, "score": hit.score} for hit, path in hits]
        output.many(rows, _line, lambda: not_found(library, words))


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['score']:.2f}  {shown(row['path'])}"
