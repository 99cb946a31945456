"""ISO/IEC TS 27560 records and receipts in the W3C Data Privacy Vocabulary, as JSON-LD.

Source: https://w3id.org/dpv/guides/consent-27560. The context is written into the document, so
that nothing has to be fetched to read it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from safelight.consent.purposes import notice
from safelight.consent.records.history import Event, History, Person
from safelight.consent.regions import Region
from safelight.model.consent import Notice, Purpose

CONTEXT: dict[str, Any] = {
    "dpv": "https://w3id.org/dpv#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:conformsTo": {"@type": "@id"},
    "dpv:hasRecordOfActivity": {"@type": "@id"},
    "dpv:isIndicatedAtTime": {"@type": "xsd:dateTime"},
}
_SCHEMA = "https://w3id.org/dpv/schema/dpv-27560#"
_BROADER = {
    Purpose.SUGGEST: "dpv:ProvidePersonalisedRecommendations",
    Purpose.LEARN: "dpv:ServicePersonalisation",
}
_RIGHTS = (
    "Withdraw at any time, as easily as it was given; what came from it is erased at once.",
    "See everything that is held: safelight consent explain, and the privacy page.",
    "Take everything along: safelight consent archive.",
)


def dpv_document(histories: list[History], person: Person, region: Region) -> dict[str, Any]:
    """One record for each purpose, and one receipt for each time that consent was given."""
    records = [_record(history, person, region) for history in histories]
    receipts = [
        _receipt(history, event, person, region)
        for history in histories
        for event in history.events
        if event.state.valid
    ]
    return {"@context": CONTEXT, "@graph": [*records, *receipts]}


def _record(history: History, person: Person, region: Region) -> dict[str, Any]:
    return {
        "@id": person.record(history).urn,
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": _profile("record", region),
        "dct:identifier": str(person.record(history)),
        **_parties(person, region),
        "dpv:hasProcess": [_process(history, region)],
        "dpv:hasConsentStatus": [_status(event, person) for event in history.events]
        + _since(history),
        "dpv:hasConsentControl": [
            {"@type": "dpv:WithdrawConsent", "dct:description": _withdrawal(history.purpose)},
            {"@type": "dpv:ProvideConsent", "dct:description": "Its own switch in Safelight."},
        ],
        "dpv:hasRight": [
            {"@type": "dpv:DataSubjectRight", "dct:description": text} for text in _RIGHTS
        ],
        "dpv:hasNotice": [_notice(notice(history.purpose))],
    }


def _receipt(history: History, event: Event, person: Person, region: Region) -> dict[str, Any]:
    return {
        "@id": person.receipt(history, event).urn,
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": _profile("receipt", region),
        "dct:identifier": str(person.receipt(history, event)),
        "dct:issued": _time(event.at),
        "dpv:hasDataSubject": {"@id": person.urn},
        "dpv:hasRecordOfActivity": person.record(history).urn,
        "dpv:hasConsentStatus": [_status(event, person)],
    }


def _parties(person: Person, region: Region) -> dict[str, Any]:
    found: dict[str, Any] = {
        "dpv:hasDataSubject": {"@id": person.urn, "@type": "dpv:DataSubject"},
        "dpv:hasDataController": {
            "@id": f"{person.urn}#controller",
            "@type": "dpv:DataController",
            "dct:title": "The person who runs this Safelight, on a machine of their own",
        },
    }
    if region.code:
        instrument = region.cells["instrument"].says
        found["dpv:hasJurisdiction"] = {"dct:title": region.name}
        found["dpv:hasApplicableLaw"] = {"@type": "dpv:Law", "dct:title": instrument}
    return found


def _process(history: History, region: Region) -> dict[str, Any]:
    words, purpose = notice(history.purpose), history.purpose
    stays = {"@type": "dpv:StorageCondition", "dct:description": words.stays}
    until = history.events[-1].expires
    duration: dict[str, Any] = {"@type": "dpv:UntilEventDuration", "dct:description": words.off}
    if until is not None and history.now.valid:
        duration = {"@type": "dpv:UntilTimeDuration", "dct:date": _time(until)}
    return {
        "@type": "dpv:Process",
        "dct:title": "Safelight, on this machine",
        "dpv:hasPurpose": [
            {
                "@id": f"urn:safelight:purpose:{purpose.value}",
                "@type": "dpv:Purpose",
                "skos:broader": {"@id": _BROADER.get(purpose, "dpv:ServiceProvision")},
                "dct:title": words.title,
                "dct:description": words.summary,
            }
        ],
        "dpv:hasLegalBasis": [{"@id": "dpv:ExplicitlyExpressedConsent"}],
        "dpv:hasPersonalData": _personal_data(words, purpose),
        "dpv:hasProcessing": [{"@id": f"dpv:{name}"} for name in _PROCESSING],
        "dpv:hasDataSource": {"dct:description": words.reads},
        "dpv:hasStorageCondition": [{**stays, "dpv:hasDuration": duration}],
        "dpv:hasLocation": [{"@id": "dpv:WithinDevice"}],
        "dpv:hasRecipient": [],
        "dpv:hasScope": {"@type": "dpv:Scope", "dct:description": history.scope or "nothing now"},
    }


_PROCESSING = ("Collect", "Derive", "Store", "Use")


def _personal_data(words: Notice, purpose: Purpose) -> list[dict[str, Any]]:
    derived = ["dpv:DerivedPersonalData"]
    if purpose is Purpose.FACES:
        derived.append("dpv:SpecialCategoryPersonalData")
    base = f"urn:safelight:data:{purpose.value}"
    return [
        {
            "@id": f"{base}:read",
            "@type": "dpv:CollectedPersonalData",
            "dct:description": words.reads,
        },
        {"@id": f"{base}:derived", "@type": derived, "dct:description": words.derives},
    ]


def _status(event: Event, person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": f"dpv:{event.state}",
        "dpv:isIndicatedAtTime": event.at.isoformat(),
        "dpv:isIndicatedBy": {"@id": person.urn},
        "dct:source": f"ledger entry {event.entry}",
    }
    if event.notice_version is not None:
        found["dpv:hasNotice"] = {
            "@type": "dpv:ConsentNotice",
            "dct:hasVersion": str(event.notice_version),
            "dct:identifier": f"sha-256:{event.notice_digest}",
        }
    if event.expires is not None:
        found["dpv:hasDuration"] = {
            "@type": "dpv:UntilTimeDuration",
            "dct:date": _time(event.expires),
        }
    return found


def _since(history: History) -> list[dict[str, Any]]:
    """The state that counts, where it came about without an event."""
    if history.now is history.events[-1].state:
        return []
    return [{"@type": f"dpv:{history.now}", "dct:description": "So since the last event."}]


def _notice(words: Notice) -> dict[str, Any]:
    return {
        "@type": "dpv:ConsentNotice",
        "dct:title": words.title,
        "dct:hasVersion": str(words.version),
        "dct:identifier": f"sha-256:{words.digest}",
        "dct:language": "en",
        "dct:description": " ".join((words.reads, words.derives, words.stays, words.off)),
    }


def _withdrawal(purpose: Purpose) -> str:
    return f"The switch in Safelight, or: safelight consent withdraw {purpose.value}"


def _profile(kind: str, region: Region) -> str:
    return f"{_SCHEMA}{kind}-eu-gdpr" if region.code == "eu" else f"{_SCHEMA}{kind}"


def _time(at: datetime) -> dict[str, str]:
    return {"@value": at.isoformat(), "@type": "xsd:dateTime"}
