"""`safelight scan`: catalogue, and every analysis that is allowed."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from safelight.app.views import ScanProgress, ScanReport
from safelight.model.names import shown
from safelight.surfaces.cli.session import Output, dry_run, open_library, options


@click.command()
@click.option("--engine", type=click.Choice(["local"]), default="local", help="Where jobs run.")
@dry_run
@options
def command(engine: str, dry_run: bool, home: Path | None, output: Output) -> None:
    """Read what is new or changed; resumes where an earlier scan was stopped."""
    with open_library(home) as library:
        if dry_run:
            places = [row.location for row in library.sources()]
            words = "Would scan " + ", ".join(map(shown, places or ["nothing: no source yet"]))
            output.one({"sources": places, "dry_run": True}, words)
            return
        meter = _Meter()
        report = library.scan(meter.show)
        meter.end()
        fields = asdict(report)
        problems = fields.pop("problems")
        fields["problems"] = [{"path": path, "reason": reason} for path, reason in problems]
        output.one(fields, _words(report))


class _Meter:
    """Progress on stderr: one line that is rewritten on a terminal, silent elsewhere."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()

    def show(self, progress: ScanProgress) -> None:
        if not self._terminal:
            return
        total = f"/{progress.total:,}" if progress.total else ""
        left = f", {_clock(progress.seconds_left)} left" if progress.seconds_left else ""
        rate = f"  {progress.photos_per_second:.0f}/s" if progress.photos_per_second else ""
        text = f"{progress.phase}  {progress.done:,}{total}{rate}{left}"
        click.echo(f"\r\x1b[2K{text}", nl=False, err=True)

    def end(self) -> None:
        if self._terminal:
            click.echo("\r\x1b[2K", nl=False, err=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _words(report: ScanReport) -> str:
    rate = f", {report.photos_per_second:.1f} photos a second" if report.photos_per_second else ""
    lines = [
        f"{report.assets:,} photos and videos: {report.new:,} new, {report.changed:,} changed,"
        f" {report.moved:,} moved, {report.removed:,} removed, {report.unchanged:,} as before.",
        f"{report.seconds:.1f} s{rate}.",
    ]
    if report.problems:
        lines.append(f"{len(report.problems):,} could not be read:")
        lines += [f"  {shown(path)}: {reason}" for path, reason in report.problems[:20]]
    return "\n".join(lines)
