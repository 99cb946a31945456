"""Consent receipts after Kantara Initiative's Consent Receipt Specification 1.1, as JSON."""

from __future__ import annotations

from typing import Any

from safelight.consent.purposes import notice
from safelight.consent.records.history import Event, History, Person
from safelight.consent.regions import Region
from safelight.model.consent import Purpose

_NOBODY = "none: nobody but the person at this machine is involved"


def kantara_receipts(
    histories: list[History], person: Person, region: Region
) -> list[dict[str, Any]]:
    """One receipt for each time that consent for one purpose was given, oldest first.

    The form knows given consent only: what was withdrawn since is in the DPV record.
    """
    given = [(h, event) for h in histories for event in h.events if event.state.valid]
    given.sort(key=lambda pair: pair[1].entry)
    return [_receipt(history, event, person, region) for history, event in given]


def _receipt(history: History, event: Event, person: Person, region: Region) -> dict[str, Any]:
    words, faces = notice(history.purpose), history.purpose is Purpose.FACES
    return {
        "version": "KI-CR-v1.1.0",
        "jurisdiction": region.name if region.code else "not set",
        "consentTimestamp": int(event.at.timestamp()),
        "collectionMethod": "A switch of its own in Safelight, on the person's own machine",
        "consentReceiptID": str(person.receipt(history, event)),
        "language": "en",
        "piiPrincipalId": str(person.id),
        "piiControllers": [
            {
                "piiController": "The person who runs this Safelight",
                "onBehalf": False,
                "contact": _NOBODY,
                "address": {"streetAddress": _NOBODY},
                "email": _NOBODY,
                "phone": _NOBODY,
            }
        ],
        "policyUrl": f"urn:sha256:{event.notice_digest}",
        "services": [
            {
                "service": "Safelight",
                "purposes": [
                    {
                        "purpose": words.summary,
                        "purposeCategory": [_category(history.purpose)],
                        "consentType": "EXPLICIT",
                        "piiCategory": [words.reads, words.derives],
                        "primaryPurpose": history.purpose is Purpose.LIBRARY,
                        "termination": words.off,
                        "thirdPartyDisclosure": False,
                    }
                ],
            }
        ],
        "sensitive": faces,
        "spiCat": ["Biometric"] if faces else [],
    }


def _category(purpose: Purpose) -> str:
    personal = purpose in (Purpose.SUGGEST, Purpose.LEARN)
    return "5 - Personalized Experience" if personal else "1 - Core Function"
