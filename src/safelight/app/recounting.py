"""The ledger in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from safelight.app.views import LedgerLine, LedgerRun
from safelight.consent.ledger import VerifyReport
from safelight.consent.purposes import notice
from safelight.model.consent import LedgerEntry, Purpose

_SENTENCES = {
    "ask": "You were asked about {purpose}.",
    "grant": "You allowed {purpose}.",
    "decline": "You answered “Not now” for {purpose}.",
    "withdraw": "You turned {purpose} off.",
    "expire": "Your permission for {purpose} ran out.",
    "select": "{count} chosen to be read for {purpose}.",
    "derive": "{count} read for {purpose}; what was found is kept in its drawer.",
    "share": "You chose to share one thing that shows {count}.",
    "egress-intent": "The file you chose to share was about to be handed over.",
    "egress-done": "The file you chose to share was handed over.",
    "refusal": "An attempt to use photos for {purpose} was refused.",
    "narrow": "{count} no longer covered by {purpose}; what it held of them was erased.",
    "export": "You took along what Safelight holds about you.",
    "album": "An album of yours was changed.",
    "release": "A written release was recorded or taken back.",
    "region": "You chose where you live, or took that back; a region only takes away.",
    "signal": "Your browser said that you want no sale and no sharing of your data.",
    "erase-intent": "Erasing what came from {purpose} began.",
    "erase-done": "Everything that came from {purpose} was erased.",
    "style-right": "You said that a picture may serve as a style of yours.",
    "keys": "A new master key was made, and the one before it destroyed.",
    "ledger-cut": "A record that a crash had left half-written was removed from this log.",
    "ledger-gap": "Entries before this one are missing.",
    "ledger-broken": "It was noticed that this log does not hold; nothing was allowed from here.",
    "ledger-new": "A new log was begun, since the one before it did not hold.",
    "ledger-key": "A key was made that signs this log.",
}


_WITHOUT_READING = {
    "ideas": "Ideas were made with {count}, from what was known of them.",
    "people.group": "Faces in {count} were put together, by what was known of them.",
}
"""Steps that keep something of photos, and open none."""

_PARTS = {
    "erase-intent": "Erasing {photos} that you chose began.",
    "erase-done": "{photos} that you chose: everything that was worked out from them was erased.",
    "erase-lift": "You let photos back in that had been erased.",
}
_TO_GENERATOR = {
    "egress-intent": "A photo was about to be handed to your own generator.",
    "egress-done": "A photo was handed to your own generator.",
}
_BY_ITSELF = {
    "expired": "{purpose} was turned off, because your permission had run out.",
    "region": "{purpose} was turned off, because the region you set rules it out.",
    "limit": "{purpose} was turned off, because an album or person it was limited by is gone.",
}


_ONE_BY_ONE = "Photos chosen one by one to be read for {purpose}, {number:,} times."

_ACCESS = {
    "passphrase-set": "A passphrase for other devices was set.",
    "passphrase-removed": "The passphrase was removed; other devices are not let in.",
    "signed-in": "A browser signed in.",
    "token-added": "A program was given a token for the API.",
    "token-removed": "A program's token was taken back.",
}


def recount(entry: LedgerEntry) -> LedgerLine:
    """One entry as a sentence, with its exact form beside it."""
    if entry.event == "access":
        words = _ACCESS.get(str(entry.body.get("act")), "Who may come in was changed.")
        return LedgerLine(entry.index, entry.at, entry.event, None, words, entry.body)
    if entry.event == "isolation":
        words = _isolation(entry.body)
        return LedgerLine(entry.index, entry.at, entry.event, None, words, entry.body)
    if entry.purpose is None and entry.event in _PARTS:
        words = _PARTS[entry.event].format(photos=_photos(entry.body.get("count")))
        return LedgerLine(entry.index, entry.at, entry.event, None, words, entry.body)
    if entry.event == "refusal" and entry.body.get("asked") == "allow":
        words = f"“{_title(entry.purpose)}” could not be allowed."
        return LedgerLine(entry.index, entry.at, entry.event, entry.purpose, words, entry.body)
    if entry.event == "withdraw" and entry.body.get("why") in _BY_ITSELF:
        words = _BY_ITSELF[str(entry.body["why"])].format(purpose=f"“{_title(entry.purpose)}”")
        return LedgerLine(entry.index, entry.at, entry.event, entry.purpose, words, entry.body)
    said = _TO_GENERATOR if entry.purpose is Purpose.REMOTE else {}
    step = _WITHOUT_READING.get(str(entry.body.get("step"))) if entry.event == "derive" else None
    words = (step or {**_SENTENCES, **said}.get(entry.event, "{event}")).format(
        event=entry.event,
        purpose=f"“{_title(entry.purpose)}”",
        count=_photos(entry.body.get("count")),
    )
    return LedgerLine(entry.index, entry.at, entry.event, entry.purpose, words, entry.body)


def folded(lines: Iterable[LedgerLine]) -> list[LedgerRun]:
    """Entries for people to read: what repeats without anything between it is one, with a number.

    Every photo that is looked at large is chosen by itself, so that looking through an evening
    would fill pages.
    """
    runs = (list(run) for _, run in groupby(lines, key=_said))
    return [LedgerRun(_together(run), tuple(run)) for run in runs]


def _said(line: LedgerLine) -> tuple[str, date]:
    return line.text, line.at.astimezone().date()  # the person's own day


def _together(run: Sequence[LedgerLine]) -> str:
    line, number = run[0], len(run)
    if number == 1:
        return line.text
    if line.event == "select" and line.raw.get("count") == 1 and line.purpose is not None:
        return _ONE_BY_ONE.format(number=number, purpose=f"“{_title(line.purpose)}”")
    return f"{line.text} ({number:,} times)"


def _photos(count: object) -> str:
    return f"{count:,} photo{'' if count == 1 else 's'}" if isinstance(count, int) else "Photos"


def _isolation(body: dict[str, object]) -> str:
    held, missing = (_listed(body.get(name)) for name in ("held", "missing"))
    inside = f"behind {held}" if held else "without walls around them"
    return f"Readers of photos worked {inside}" + (f"; missing: {missing}." if missing else ".")


def _listed(names: object) -> str:
    return ", ".join(map(str, names)) if isinstance(names, list) else ""


def _title(purpose: Purpose | None) -> str:
    """The words on the purpose's switch; those that have none are called by their name."""
    if purpose is None:
        return ""
    return notice(purpose).title if purpose.grantable else purpose.value


def describe_check(report: VerifyReport) -> str:
    """What checking the whole log found."""
    if not report.ok:
        return f"The log does not hold at entry {report.first_bad}: {report.problem}."
    entries = "The one entry is" if report.size == 1 else f"All {report.size:,} entries are"
    return f"{entries} whole and in order (root {report.root[:16]}…)."
