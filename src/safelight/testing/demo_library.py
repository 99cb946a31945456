"""The demo library: a folder of painted pictures with a home, trips and feasts.

No photograph is in it and none may be shipped: `docs/decisions/0009-demo-pictures.md` says why.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from safelight.model.errors import UserError
from safelight.testing.demo_files import write_frame
from safelight.testing.demo_oddities import write_oddities
from safelight.testing.demo_story import Story, days_of, tell_story

MARKER = ".safelight-demo.json"
_VERSION = 2


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What the demo library holds.

    Attributes:
        files: every file, sidecars and the torn one included; `photos`: painted JPEGs with
            camera tags.
        days: calendar days with photos; `first`, `last`: the first and last of them (ISO).
        outings: names of the trips in it; `kinds`: scenes that were painted.
        reused: whether it was already there.
    """

    folder: str
    files: int
    photos: int
    days: int
    first: str
    last: str
    outings: tuple[str, ...]
    kinds: tuple[str, ...]
    bytes: int
    reused: bool


def write_demo_library(
    folder: Path,
    *,
    today: date,
    seed: int = 2015,
    progress: Callable[[int, int], None] | None = None,
    workers: int | None = None,
    scale: float = 1.0,
) -> DemoSummary:
    """Paint the demo library for a day, or find it already painted.

    Args:
        folder: made if missing. What is there is replaced only when it is an older demo and
            holds nothing else.
        today: the story ends two days before it.
        seed: another seed paints other pictures of the same life.
        progress: called with pieces of work done and in all; about one a picture.
        workers: processes; None for one a core, 1 paints in this process.
        scale: of the pictures' edges; tests paint small.

    Raises:
        UserError: the folder holds something that this function did not write.
    """
    folder = folder.absolute()
    wanted = {"version": _VERSION, "seed": seed, "today": today.isoformat(), "scale": scale}
    known = _read_marker(folder)
    if known is not None and known["made_for"] == wanted and not _missing(folder, known):
        return replace(_summary(known), folder=str(folder), reused=True)
    _check_ours(folder, known)
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        marker = _paint_all(making, seed, today, progress, workers, scale)
        marker["made_for"] = wanted
        (making / MARKER).write_text(json.dumps(marker), "utf-8")
        making.chmod(0o755)
        _remove_old(folder, known)
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return replace(_summary(marker), folder=str(folder))


def _paint_all(
    root: Path,
    seed: int,
    today: date,
    progress: Callable[[int, int], None] | None,
    workers: int | None,
    scale: float,
) -> dict[str, Any]:
    story = tell_story(seed, today)
    frames = [replace(frame, size=_scaled(frame.size, scale)) for frame in story.frames]
    last = datetime.combine(today - timedelta(days=3), time(18, 12, 9))
    jobs = [
        partial(write_oddities, str(root), seed, last, scale),
        *(partial(write_frame, str(root), frame) for frame in frames),
    ]
    names: list[str] = []
    for done, written in enumerate(_run(jobs, workers), 1):
        names += written
        if progress is not None:
            progress(done, len(jobs))
    return {"summary": asdict(_count(root, story, sorted(names))), "names": sorted(names)}


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(16, round(size[0] * scale)), max(16, round(size[1] * scale))


def _run(jobs: list[partial[list[str]]], workers: int | None) -> Iterator[list[str]]:
    count = workers or _cores()
    if count == 1:
        yield from (job() for job in jobs)
        return
    known = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        tasks = [pool.submit(job) for job in jobs]
        try:
            for task in as_completed(tasks):
                yield task.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _count(root: Path, story: Story, names: list[str]) -> DemoSummary:
    days = days_of(story.frames)
    return DemoSummary(
        folder="",
        files=len(names),
        photos=sum(frame.burst for frame in story.frames),
        days=len(days),
        first=days[0].isoformat(),
        last=days[-1].isoformat(),
        outings=tuple(outing.name for outing in story.outings),
        kinds=tuple(sorted({frame.kind for frame in story.frames})),
        bytes=sum((root / name).stat().st_size for name in names),
        reused=False,
    )


def _summary(marker: dict[str, Any]) -> DemoSummary:
    values = {**marker["summary"]}
    values["outings"], values["kinds"] = tuple(values["outings"]), tuple(values["kinds"])
    return DemoSummary(**values)


def _read_marker(folder: Path) -> dict[str, Any] | None:
    try:
        marker: dict[str, Any] = json.loads((folder / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(marker, dict) or not {"summary", "names", "made_for"} <= set(marker):
        return None
    inside = all(".." not in Path(name).parts for name in marker["names"])
    return marker if inside and not any(map(os.path.isabs, marker["names"])) else None


def _missing(folder: Path, marker: dict[str, Any]) -> bool:
    return not all((folder / name).is_file() for name in marker["names"])


def _check_ours(folder: Path, marker: dict[str, Any] | None) -> None:
    """Refuse a folder with anything in it that a demo did not write."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise UserError(f"{folder} is not a folder; choose another place for the demo library")
    ours = {MARKER, *marker["names"]} if marker else set()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name not in ours and (path.is_symlink() or not path.is_dir()):
            raise UserError(
                f"{folder} holds {name}, which is not part of a demo library; nothing was "
                "changed. Choose another folder, or move that file away."
            )


def _remove_old(folder: Path, marker: dict[str, Any] | None) -> None:
    """Remove what the marker lists, then the emptied folders; anything else makes this fail."""
    if not folder.exists():
        return
    for name in [*(marker["names"] if marker else ()), MARKER]:
        (folder / name).unlink(missing_ok=True)
    inside = [path for path in folder.rglob("*") if path.is_dir()]
    for path in [*sorted(inside, key=lambda path: -len(path.parts)), folder]:
        path.rmdir()
