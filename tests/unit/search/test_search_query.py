"""What people type, taken apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.analysis.search import Query, parse
from safelight.analysis.search.dates import Span, take_dates
from safelight.analysis.search.tokens import key, singular
from safelight.model.assets import AssetKind

TODAY = date(2026, 11, 23)  # a Monday


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


DATES = {
    "june 2015": span("2015-06-01", "2015-06-30"),
    "jun 2015": span("2015-06-01", "2015-06-30"),
    "in june of 2015": span("2015-06-01", "2015-06-30"),
    "12 june 2015": span("2015-06-12", "2015-06-12"),
    "june 12, 2015": span("2015-06-12", "2015-06-12"),
    "12th of june 2015": span("2015-06-12", "2015-06-12"),
    "2015": span("2015-01-01", "2015-12-31"),
    "2015-06": span("2015-06-01", "2015-06-30"),
    "2015-06-12": span("2015-06-12", "2015-06-12"),
    "summer 2015": span("2015-06-01", "2015-08-31"),
    "winter 2015": span("2014-12-01", "2015-02-28"),
    "last summer": span("2026-06-01", "2026-08-31"),
    "last winter": span("2025-12-01", "2026-02-28"),
    "this autumn": span("2026-09-01", "2026-11-30"),
    "last autumn": span("2025-09-01", "2025-11-30"),
    "last week": span("2026-11-16", "2026-11-22"),
    "last weekend": span("2026-11-21", "2026-11-22"),
    "last month": span("2026-10-01", "2026-10-31"),
    "this year": span("2026-01-01", "2026-12-31"),
    "last year": span("2025-01-01", "2025-12-31"),
    "last december": span("2025-12-01", "2025-12-31"),
    "last june": span("2026-06-01", "2026-06-30"),
    "3 years ago": span("2023-01-01", "2023-12-31"),
    "2 months ago": span("2026-09-01", "2026-09-30"),
    "yesterday": span("2026-11-22", "2026-11-22"),
    "since 2014": Span(first=date(2014, 1, 1)),
    "after 2014": Span(first=date(2015, 1, 1)),
    "before 2014": Span(last=date(2013, 12, 31)),
    "2012 to 2014": span("2012-01-01", "2014-12-31"),
    "in june": Span(months=frozenset({6})),
    "summer": Span(months=frozenset({6, 7, 8})),
}


@pytest.mark.parametrize("text", DATES)
def test_dates(text: str) -> None:
    assert take_dates(text, TODAY) == (DATES[text], "")


@pytest.mark.parametrize(
    ("text", "today", "south", "meant"),
    [
        ("this winter", "2026-12-15", False, span("2026-12-01", "2027-02-28")),
        ("last winter", "2026-12-15", False, span("2025-12-01", "2026-02-28")),
        ("this winter", "2026-02-15", False, span("2025-12-01", "2026-02-28")),
        ("last winter", "2026-02-15", False, span("2024-12-01", "2025-02-28")),
        ("winter 2028", "2026-02-15", False, span("2027-12-01", "2028-02-29")),
        ("summer 2015", "2026-11-23", True, span("2014-12-01", "2015-02-28")),
        ("this summer", "2026-12-24", True, span("2026-12-01", "2027-02-28")),
        ("last winter", "2026-11-23", True, span("2026-06-01", "2026-08-31")),
        ("last spring", "2026-11-23", True, span("2025-09-01", "2025-11-30")),
        ("summer", "2026-11-23", True, Span(months=frozenset({12, 1, 2}))),
        ("2014 to 2012", "2026-11-23", False, span("2012-01-01", "2014-12-31")),
    ],
)
def test_seasons_over_new_year_and_on_the_other_half_of_the_earth(
    text: str, today: str, south: bool, meant: Span
) -> None:
    assert take_dates(text, date.fromisoformat(today), south=south) == (meant, "")


@pytest.mark.parametrize("text", ["31 june 2015", "marching", "maybe", "20155", "june-bug"])
def test_what_is_no_date_stays_words(text: str) -> None:
    when, _ = take_dates(text, TODAY)
    assert when is None or "31" in text


QUERIES = {
    "beach": Query(("beach",)),
    "the beach at Moab": Query(("beach", "moab")),
    "Beaches in June 2015": Query(("beach",), when=span("2015-06-01", "2015-06-30")),
    "christmas 2019": Query(("christmas",), when=span("2019-01-01", "2019-12-31")),
    "videos of dogs": Query(("dog",), kind=AssetKind.VIDEO),
    "4 stars": Query(stars=4),
    "5 star sunsets": Query(("sunset",), stars=5),
    '"grand canyon" sunset': Query(("sunset",), ("grand canyon",)),
    "\N{LEFT DOUBLE QUOTATION MARK}New York\N{RIGHT DOUBLE QUOTATION MARK}": Query(
        (), ("new york",)
    ),
    "São Paulo": Query(("sao", "paulo")),
    "photos": Query(("photo",)),
    "": Query(),
    '""': Query(),
}


@pytest.mark.parametrize("text", QUERIES)
def test_queries(text: str) -> None:
    assert parse(text, TODAY) == QUERIES[text]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_query(text: str) -> None:
    parse(text, TODAY)


@pytest.mark.parametrize(
    ("many", "one"),
    [("dogs", "dog"), ("beaches", "beach"), ("parties", "party"), ("children", "child"),
     ("christmas", "christmas"), ("glasses", "glass"), ("bus", "bus"), ("skis", "ski"),
     ("Paris", "paris"), ("Ana's", "ana"), ("New Yorks", "new york")],
)  # fmt: skip
def test_singular(many: str, one: str) -> None:
    assert key(many) == one
    assert singular(one.split()[-1]) == one.split()[-1]
