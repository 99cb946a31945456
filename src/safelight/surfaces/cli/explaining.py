"""`safelight consent explain`: one photo's account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from safelight.app.explaining import Explanation, PurposeAccount
from safelight.model.consent import Refusal
from safelight.model.errors import RefusedError, UserError
from safelight.model.names import shown
from safelight.surfaces.cli.session import Output, open_library, options


@click.command()
@click.argument("asset")
@click.option("--prove", is_flag=True, help="Check every entry against the ledger.")
@options
def explain(asset: str, prove: bool, home: Path | None, output: Output) -> None:
    """Who looked at a photo, why that was allowed, what is kept of it, and where.

    ASSET is an id, as `safelight assets list` gives it.
    """
    with open_library(home) as library:
        found = library.explaining.explain(asset, prove=prove)
    if isinstance(found, Refusal):
        raise RefusedError(found.text)
    if found is None:
        raise UserError(f"There is no photo {asset} in the library.")
    output.one(asdict(found), "\n".join(_lines(found)))


def _lines(found: Explanation) -> Iterator[str]:
    yield shown(found.path)
    for account in found.purposes:
        if account.since is None and not account.held:
            yield f"\n{account.title}: off. Nothing is kept for it."
            continue
        yield from _account(account)
    yield "\nUsed in:" if found.uses else "\nUsed in no idea and no creation."
    for use in found.uses:
        yield f"  {use.kind} {use.id}  {use.title}"


def _account(account: PurposeAccount) -> Iterator[str]:
    yield f"\n{account.title}: {account.why}"
    if account.since is not None:
        yield (
            f"  allowed for {account.scope}; words version {account.notice_version}"
            f" ({(account.notice_digest or '')[:12]}), ledger entry {account.entry}"
        )
    for look in account.looks:
        times = "once" if len(look.entries) == 1 else f"{len(look.entries)} times"
        proven = {None: "", True: ", proven", False: ", NOT AS THE LEDGER SAYS"}[look.proven]
        entries = ", ".join(map(str, look.entries[-5:]))
        grants = ", ".join(map(str, look.allowed_by))
        yield (
            f"  {look.last_at:%Y-%m-%d %H:%M}  {look.what} ({times}; entries {entries},"
            f" allowed by {grants}{proven})"
        )
    for item in account.held:
        yield f"  kept: {item.what}: {shown(item.value)}"
    if account.drawers:
        yield f"  in the drawers {', '.join(account.drawers)}, each encrypted with its own key"
    if account.off:
        yield f"  turning it off: {account.off}"
