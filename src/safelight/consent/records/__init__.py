"""Consent records and receipts in the forms that others can read."""

from safelight.consent.records.dpv import dpv_document
from safelight.consent.records.history import ConsentState, Event, History, Person, histories
from safelight.consent.records.kantara import kantara_receipts

__all__ = [
    "ConsentState",
    "Event",
    "History",
    "Person",
    "dpv_document",
    "histories",
    "kantara_receipts",
]
