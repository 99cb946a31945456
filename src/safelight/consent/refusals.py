"""Refusals in words for the person: why not, and which switch decides it."""

from __future__ import annotations

from datetime import datetime

from safelight.consent.purposes import NOTICES
from safelight.model.consent import Grant, Purpose, Refusal, RefusalCode


def never(purpose: Purpose) -> Refusal:
    """Training and advertising; and sharing, which has no standing switch."""
    texts = {
        Purpose.TRAIN: "Your photos are never used to train anything. This cannot be turned on.",
        Purpose.ADS: "Your photos are never used for advertising. This cannot be turned on.",
        Purpose.SHARE: "Sharing is asked each time, for that one thing; it has no switch.",
    }
    return Refusal(purpose, RefusalCode.NEVER_GRANTABLE, texts[purpose])


def not_granted(purpose: Purpose) -> Refusal:
    """Nothing is on until it is turned on."""
    return Refusal(purpose, RefusalCode.NOT_GRANTED, f"“{title(purpose)}” is off.")


def expired(grant: Grant, ended: datetime) -> Refusal:
    """The grant's own end has come, or the one that its region sets."""
    text = f"“{title(grant.purpose)}” was on until {ended.date().isoformat()} and has ended."
    return Refusal(grant.purpose, RefusalCode.EXPIRED, text)


def notice_changed(purpose: Purpose) -> Refusal:
    """What was agreed to is not what it says now."""
    text = f"What “{title(purpose)}” does has changed; it is off until you agree again."
    return Refusal(purpose, RefusalCode.NOTICE_CHANGED, text)


def needs_other(purpose: Purpose, needed: Purpose) -> Refusal:
    """A purpose cannot be on alone."""
    text = f"“{title(purpose)}” needs “{title(needed)}”, which is off."
    return Refusal(purpose, RefusalCode.NEEDS_OTHER, text)


def out_of_scope(purpose: Purpose) -> Refusal:
    """The grant does not reach this far."""
    text = f"What you allowed for “{title(purpose)}” does not cover this."
    return Refusal(purpose, RefusalCode.OUT_OF_SCOPE, text)


def not_recorded(purpose: Purpose) -> Refusal:
    """A grant that no entry of the ledger stands behind."""
    text = f"There is no record that you allowed “{title(purpose)}”; it is off until you do again."
    return Refusal(purpose, RefusalCode.NOT_RECORDED, text)


def ledger_broken(purpose: Purpose, fault: str) -> Refusal:
    """The record itself cannot be relied on, so nothing that stands on it counts."""
    text = (
        f"The record of your choices does not hold ({fault}), so nothing is allowed until a new "
        "one is begun: Ledger in the app, or `safelight ledger renew`."
    )
    return Refusal(purpose, RefusalCode.LEDGER_BROKEN, text)


def withdrawn(purpose: Purpose) -> Refusal:
    """Allowed when the work began, and changed since."""
    text = f"“{title(purpose)}” was changed or turned off in the meantime."
    return Refusal(purpose, RefusalCode.WITHDRAWN, text)


def permit_expired(purpose: Purpose) -> Refusal:
    """A permit lives for minutes."""
    text = f"The leave to use photos for “{title(purpose)}” has run out; ask again."
    return Refusal(purpose, RefusalCode.EXPIRED, text)


def spent(purpose: Purpose) -> Refusal:
    """Leave that was asked once is used once."""
    text = f"This leave for “{title(purpose)}” was used already; you are asked each time."
    return Refusal(purpose, RefusalCode.EXPIRED, text)


def forged(purpose: Purpose) -> Refusal:
    """A permit that this gate did not seal."""
    return Refusal(purpose, RefusalCode.FORGED, "This permit was not made by the gate.")


def limit_unknown(purpose: Purpose) -> Refusal:
    """It names an album or a person that is not known any more: better nothing than too much."""
    text = (
        f"“{title(purpose)}” is limited by an album or a person that is not there any more, so the "
        "limit cannot be kept. It is off until you say again for which photos."
    )
    return Refusal(purpose, RefusalCode.LIMIT_UNKNOWN, text)


def needs_faces(purpose: Purpose) -> Refusal:
    """Only faces tell whom to leave out."""
    text = (
        f"“{title(purpose)}” is to leave out photos with certain people. That needs "
        f"“{title(Purpose.FACES)}”, which is off."
    )
    return Refusal(purpose, RefusalCode.NEEDS_OTHER, text)


def needs_release(purpose: Purpose, region: str) -> Refusal:
    """The region asks for the signature of those who are shown."""
    text = (
        f"In {region}, “{title(purpose)}” stays off unless it is limited to albums for which "
        "everybody shown has signed a release that is recorded here."
    )
    return Refusal(purpose, RefusalCode.REGION, text)


def on_since(grant: Grant, ends: datetime | None) -> str:
    """Not a refusal: the same line of the page for a purpose that is on."""
    text = f"On since {grant.granted_at.date().isoformat()}"
    return f"{text}, until {ends.date().isoformat()}" if ends else text


def title(purpose: Purpose) -> str:
    """The switch's label; the bare name for what has no switch."""
    return NOTICES[purpose].title if purpose in NOTICES else purpose.value
