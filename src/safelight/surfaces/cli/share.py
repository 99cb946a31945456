"""`safelight share`: the only way out, asked each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from safelight.app import Safelight
from safelight.app.making.wishes import unheard
from safelight.app.sharing import SIZES
from safelight.model.names import shown
from safelight.model.sharing import CoverArea, Covering, ShareWish
from safelight.surfaces.cli.leaving import Leaving, told, type_of, words_of
from safelight.surfaces.cli.posting import PORTRAIT, SHAPES, is_post, shaped, share_post
from safelight.surfaces.cli.session import Output, dry_run, open_library, options
from safelight.surfaces.cli.writing import write_whole


@click.command()
@click.argument("subjects", metavar="CREATION_OR_ASSET...", nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--yes", is_flag=True, help="Do not ask; the answer is yes, for this one time.")
@click.option("--size", type=click.Choice(list(SIZES)), default="medium", show_default=True)
@click.option(
    "--shape",
    type=click.Choice(list(SHAPES)),
    help="Photos in the shape of a post; several leave as one ZIP, in the order named.",
)
@click.option("--text", default="", help="The words of a post, as post.txt in its ZIP.")
@click.option(
    "--people",
    type=click.Choice(["show", "solid", "mosaic"]),
    default="show",
    show_default=True,
    help="Leave people as they are, or cover them for good.",
)
@click.option("--bodies", is_flag=True, help="Cover whole bodies, not only faces.")
@click.option("--keep", multiple=True, metavar="PERSON", help="Who stays visible.")
@click.option("--silent", is_flag=True, help="Leave out the sound of a video.")
@click.option("--caption", is_flag=True, help="Keep the words that somebody wrote to it.")
@click.option("--ai-label", is_flag=True, help="Write “Made with AI” into the picture.")
@click.option("--sign/--no-sign", default=True, help="With a signed label of origin (C2PA).")
@click.option("--allow-training", is_flag=True, help="Leave out the do-not-train statement.")
@dry_run
@options
def command(
    subjects: tuple[str, ...],
    out: Path,
    yes: bool,
    size: str,
    shape: str | None,
    text: str,
    people: str,
    bodies: bool,
    keep: Sequence[str],
    silent: bool,
    caption: bool,
    ai_label: bool,
    sign: bool,
    allow_training: bool,
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Write one creation or photo to a file for others, without what it should not tell.

    Says first what will be removed and what everybody will still see, then asks. The end of the
    file's name chooses JPEG, PNG, WebP or AVIF. With `--shape`, photos leave as a post: one as a
    picture, several (or an idea's) as a ZIP.
    """
    wish = ShareWish(
        media_type=type_of(out),
        edge=SIZES[size],
        covering=Covering.NONE if people == "show" else Covering(people),
        area=CoverArea.BODIES if bodies else CoverArea.FACES,
        keep=tuple(keep),
        caption=caption,
        ai_label=ai_label,
        sign=sign,
        sound=not silent,
        no_training=not allow_training,
    )
    leaving = Leaving(out, yes, dry_run, output)
    with open_library(home) as library:
        if is_post(library, subjects, out):
            share_post(library, subjects, text, shaped(wish, shape or PORTRAIT), leaving)
        else:
            share_one(library, subjects[0], shaped(wish, shape) if shape else wish, leaving)


def tell(done: float) -> None:
    """Progress on stderr, on one line."""
    click.echo(f"\r{done:4.0%}", err=True, nl=done >= 0.99)


def share_one(library: Safelight, subject: str, wish: ShareWish, leaving: Leaving) -> None:
    """Say, ask, and write one creation or photo."""
    thing = library.sharing.subject(subject)
    sheet = library.sharing.sheet(thing, wish)
    if leaving.dry_run:
        leaving.output.one(told(sheet) | {"dry_run": True}, words_of(sheet))
        return
    leaving.ask(library, words_of(sheet))
    shared = library.sharing.share(thing, wish, tell if sheet.video else unheard)
    write_whole(leaving.out, [shared.content])
    library.sharing.handed_over(shared)
    fields = told(sheet) | {
        "path": str(leaving.out),
        "media_type": shared.media_type,
        "width": shared.width,
        "height": shared.height,
        "bytes": len(shared.content),
        "entry": shared.entry,
        "certificate": shared.certificate or None,
    }
    words = f"Shared to {shown(str(leaving.out))}, {len(shared.content):,} bytes."
    leaving.output.one(fields, words)
