"""`safelight consent`: what is on, turning it on, turning it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from safelight.model.consent import (
    Ended,
    ErasureReport,
    Grant,
    Purpose,
    PurposeState,
    Refusal,
    Scope,
)
from safelight.model.errors import RefusedError
from safelight.model.names import storable, typed
from safelight.surfaces.cli.erasing import erase, lift, receipts
from safelight.surfaces.cli.explaining import explain
from safelight.surfaces.cli.regions import regions, release
from safelight.surfaces.cli.session import Output, dry_run, open_library, options
from safelight.surfaces.cli.taking import archive, export

_PURPOSE = click.Choice([purpose.value for purpose in Purpose])
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def command() -> None:
    """What may be done with your photos: one switch a purpose, all off to begin with."""


command.add_command(archive)
command.add_command(explain)
command.add_command(export)
command.add_command(regions)
command.add_command(release)


@command.command()
@options
def show(home: Path | None, output: Output) -> None:
    """Every purpose with its state, scope, notice, since and until; and what has run out."""
    with open_library(home) as library:
        ended = {each.purpose: each for each in library.consent.ended()}
        rows = []
        for state in library.purposes():
            grant, over = state.grant, ended.get(state.notice.purpose)
            words = library.consent.scoping.words(grant.scope) if grant else None
            row = {**_fields(state), "covers": words, "ended": over.at if over else None}
            rows.append({**row, "why": _over(over)} if over else row)
        output.many(rows, _line)


@command.command()
@click.argument("purposes", nargs=-1, required=True, type=_PURPOSE)
@click.option("--folder", "folders", multiple=True, type=click.Path(path_type=Path))
@click.option("--album", "albums", multiple=True, help="Only what is in this album now.")
@click.option("--since", type=_DAY, help="First day, YYYY-MM-DD.")
@click.option("--until", type=_DAY, help="Last day, YYYY-MM-DD.")
@click.option("--without-person", "without", multiple=True, help="A person to leave out.")
@click.option("--expires", type=_DAY, help="The permission ends at the end of this day (UTC).")
@dry_run
@options
def allow(
    purposes: Sequence[str],
    folders: Sequence[Path],
    albums: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    without: Sequence[str],
    expires: datetime | None,
    dry_run: bool,
    home: Path | None,
    output: Output,
) -> None:
    """Turn purposes on, each with a record of its own."""
    scope = Scope(
        folders=tuple(storable(str(typed(str(folder)))) for folder in folders),
        albums=tuple(albums),
        since=_day(since),
        until=_day(until),
        without_people=tuple(without),
    )
    ends = _end_of(expires)
    with open_library(home) as library:
        if dry_run:
            library.consent.scoping.resolve(scope)
            shown = [s for s in library.purposes() if s.notice.purpose in purposes]
            output.many([{**_fields(state), "dry_run": True} for state in shown], _notice_line)
            return
        outcomes = library.allow([Purpose(purpose) for purpose in purposes], scope, ends)
        output.many([_outcome(outcome) for outcome in outcomes], _outcome_line)
    refused = [outcome.text for outcome in outcomes if isinstance(outcome, Refusal)]
    if refused:
        raise RefusedError(" ".join(refused))


@command.command()
@click.argument("purpose", type=_PURPOSE)
@click.option("--expires", type=_DAY, help="It ends at the end of this day (UTC).")
@dry_run
@options
def renew(
    purpose: str, expires: datetime | None, dry_run: bool, home: Path | None, output: Output
) -> None:
    """Allow once more what ends soon or has run out, for the same photos."""
    with open_library(home) as library:
        if dry_run:
            scope = library.consent.scoping.last(Purpose(purpose))
            fields = {"purpose": purpose, "scope": _scope(scope), "dry_run": True}
            output.one(fields, f"Would turn on {purpose} again, for the same photos.")
            return
        outcome = library.consent.renew(Purpose(purpose), _end_of(expires))
        output.one(_outcome(outcome), _outcome_line(_outcome(outcome)))
    if isinstance(outcome, Refusal):
        raise RefusedError(outcome.text)


@command.command()
@click.argument("purposes", nargs=-1, required=True, type=_PURPOSE)
@dry_run
@options
def decline(purposes: Sequence[str], dry_run: bool, home: Path | None, output: Output) -> None:
    """Say no, for the record; turns nothing off, and nothing asks again by itself."""
    with open_library(home) as library:
        chosen = [Purpose(purpose) for purpose in purposes]
        if not dry_run:
            library.consent.decline(chosen, for_good=True)
        rows = [{"purpose": p, "state": "declined", "dry_run": dry_run} for p in chosen]
        output.many(rows, lambda row: f"{row['purpose']}: no.")


@command.command()
@click.argument("purposes", nargs=-1, required=True, type=_PURPOSE)
@dry_run
@options
def withdraw(purposes: Sequence[str], dry_run: bool, home: Path | None, output: Output) -> None:
    """Turn purposes off and erase what came from them, at once."""
    with open_library(home) as library:
        if dry_run:
            shown = [s for s in library.purposes() if s.notice.purpose in purposes]
            output.many([{**_fields(state), "dry_run": True} for state in shown], _off_line)
            return
        reports = [r for purpose in purposes for r in library.withdraw(Purpose(purpose))]
        output.many([_erased(report) for report in reports], _erased_line)


for _more in (erase, lift, receipts):
    command.add_command(_more)


def _end_of(day: datetime | None) -> datetime | None:
    return day.replace(hour=23, minute=59, second=59, tzinfo=UTC) if day else None


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _fields(state: PurposeState) -> dict[str, Any]:
    grant, notice = state.grant, state.notice
    return {
        "purpose": notice.purpose,
        "state": "on" if state.active else "off",
        "why": state.why,
        "scope": _scope(grant.scope) if grant else None,
        "notice": {
            "version": notice.version,
            "digest": notice.digest,
            "title": notice.title,
            "summary": notice.summary,
            "reads": notice.reads,
            "derives": notice.derives,
            "stays": notice.stays,
            "off": notice.off,
        },
        "since": grant.granted_at if grant else None,
        "until": state.ends_at,
    }


def _scope(scope: Scope) -> dict[str, Any]:
    return {
        "folders": scope.folders,
        "albums": scope.albums,
        "since": scope.since,
        "until": scope.until,
        "without_people": scope.without_people,
    }


def _over(ended: Ended) -> str:
    day = ended.at.date().isoformat()
    if ended.why == "region":
        return f"Turned off on {day}: the region that is set rules it out."
    if ended.why == "limit":
        return f"Turned off on {day}: an album or a person that limited it is gone."
    purpose = ended.purpose.value
    return f"Ran out on {day}, and erased. Again: safelight consent renew {purpose}"


def _line(row: Mapping[str, Any]) -> str:
    covers = f", for {row['covers']}" if row.get("covers") and row["state"] == "on" else ""
    why = "" if row["why"].endswith("is off.") else f"\n{'':13}{row['why']}{covers}"
    notice = row["notice"]
    told = f"{notice['title']}: {notice['summary']}"
    return f"{row['state']:<4}{row['purpose']:<9}{told}{why}"


def _notice_line(row: Mapping[str, Any]) -> str:
    n = row["notice"]
    return f"Would turn on {row['purpose']}: {n['reads']} {n['derives']} {n['stays']}"


def _off_line(row: Mapping[str, Any]) -> str:
    return f"Would turn off {row['purpose']}: {row['notice']['off']}"


def _outcome(outcome: Grant | Refusal) -> dict[str, Any]:
    if isinstance(outcome, Refusal):
        return {
            "purpose": outcome.purpose,
            "state": "refused",
            "code": outcome.code,
            "text": outcome.text,
        }
    return {
        "purpose": outcome.purpose,
        "state": "on",
        "scope": _scope(outcome.scope),
        "notice_version": outcome.notice_version,
        "notice_digest": outcome.notice_digest,
        "since": outcome.granted_at,
        "until": outcome.expires_at,
        "ledger_entry": outcome.entry,
    }


def _outcome_line(row: Mapping[str, Any]) -> str:
    if row["state"] == "refused":
        return f"{row['purpose']} stays off: {row['text']}"
    return f"{row['purpose']} is on (ledger entry {row['ledger_entry']})."


def _erased(report: ErasureReport) -> dict[str, Any]:
    return {
        "purpose": report.purpose,
        "drawers": report.drawers,
        "bytes_removed": report.bytes_removed,
        "rows_removed": report.rows_removed,
        "out_of_reach": report.out_of_reach,
        "ledger_entry": report.entry,
    }


def _erased_line(row: Mapping[str, Any]) -> str:
    beyond = "".join(f"\n  Not in reach: {text}" for text in row["out_of_reach"])
    return f"{row['purpose']} is off; {row['bytes_removed']:,} bytes erased.{beyond}"
