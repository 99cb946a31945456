"""What people type, taken apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.analysis.search import Query, parse
from safelight.analysis.search.dates import take_dates
from safelight.analysis.search.spans import Span
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
    "2014 to 2012": span("2012-01-01", "2014-12-31"),
    "2014 or 2016": span("2014-01-01", "2016-12-31"),
    "since june 2014": Span(first=date(2014, 6, 1)),
    "after 12 june 2015": Span(first=date(2015, 6, 13)),
    "before summer 2015": Span(last=date(2015, 5, 31)),
    "until 2015-06-12": Span(last=date(2015, 6, 12)),
    "since march": Span(first=date(2026, 3, 1)),
    "since december": Span(first=date(2025, 12, 1)),
    "since yesterday": Span(first=date(2026, 11, 22)),
    "from 2014": span("2014-01-01", "2014-12-31"),
    "from 2014 on": Span(first=date(2014, 1, 1)),
    "12 to 14 june 2015": span("2015-06-12", "2015-06-14"),
    "june to august 2015": span("2015-06-01", "2015-08-31"),
    "december to february 2015": span("2014-12-01", "2015-02-28"),
    "last 3 months": span("2026-08-23", "2026-11-23"),
    "past two weeks": span("2026-11-09", "2026-11-23"),
    "past year": span("2025-11-23", "2026-11-23"),
    "two years ago": span("2024-01-01", "2024-12-31"),
    "a week ago": span("2026-11-16", "2026-11-22"),
    "10 days ago": span("2026-11-13", "2026-11-13"),
    "last saturday": span("2026-11-21", "2026-11-21"),
    "last monday": span("2026-11-16", "2026-11-16"),
    "this june": span("2026-06-01", "2026-06-30"),
    "1990s": span("1990-01-01", "1999-12-31"),
    "the 80s": span("1980-01-01", "1989-12-31"),
    "juni 2015": span("2015-06-01", "2015-06-30"),
    "3. märz 2015": span("2015-03-03", "2015-03-03"),
    "14 juillet 2015": span("2015-07-14", "2015-07-14"),
    "août 2015": span("2015-08-01", "2015-08-31"),
    "12 june": Span(days=frozenset({(6, 12)})),
    "june 12": Span(days=frozenset({(6, 12)})),
    "4th of july": Span(days=frozenset({(7, 4)})),
    "29 february": Span(days=frozenset({(2, 29)})),
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


LAST_YEARS = {
    "last christmas": ("2025-12-10", "2026-01-09"),
    "this halloween": ("2026-10-17", "2026-11-14"),
    "last halloween": ("2026-10-17", "2026-11-14"),
    "last new year": ("2025-12-17", "2026-01-15"),
}


@pytest.mark.parametrize("text", LAST_YEARS)
def test_the_last_of_a_feast_is_looked_for_around_its_days(text: str) -> None:
    when, rest = take_dates(text, TODAY)
    assert when == span(*LAST_YEARS[text])
    assert rest == text.split(maxsplit=1)[1], "what is looked for is still the feast"


def test_new_year_of_a_year_begins_in_the_year_before() -> None:
    assert parse("new year 2015", TODAY).when == span("2014-12-25", "2015-01-07")
    assert parse("new year's eve 2015", TODAY).when == span("2015-01-01", "2015-12-31")


@pytest.mark.parametrize(
    ("text", "day"),
    [("24.12.2014", "2014-12-24"), ("4.7.2014", "2014-07-04"), ("24/12/2014", "2014-12-24"),
     ("12/24/2014", "2014-12-24"), ("6/6/2014", "2014-06-06")],
)  # fmt: skip
def test_days_in_numbers(text: str, day: str) -> None:
    assert parse(f"tree {text}", TODAY) == Query(("tree",), when=span(day, day))


def test_a_day_in_numbers_that_may_be_two_is_either() -> None:
    when = parse("12/06/2014", TODAY).when
    assert when == Span(date(2014, 1, 1), date(2014, 12, 31), days=frozenset({(6, 12), (12, 6)}))


def test_a_name_that_is_a_month_too_is_the_name() -> None:
    named = frozenset({"june", "summer"})
    assert parse("June", TODAY, names=named) == Query(("june",))
    assert parse("summer at the beach", TODAY, names=named) == Query(("summer", "beach"))
    assert parse("june in june", TODAY, names=named) == Query(
        ("june",), when=Span(months=frozenset({6}))
    )
    assert parse("june 2015", TODAY, names=named).when == span("2015-06-01", "2015-06-30")


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
    "beach -people": Query(("beach",), without=("person",)),
    "beach without any dogs": Query(("beach",), without=("dog",)),
    "lake not winter": Query(("lake",), without=("winter",)),
    '-"new york" bridge': Query(("bridge",), without=("new york",)),
    "2015-06-12 to 2015-06-20": Query(when=span("2015-06-12", "2015-06-20")),
    "june and july": Query(when=Span(months=frozenset({6, 7}))),
    "in the '90s": Query(when=span("1990-01-01", "1999-12-31")),
    "mar del plata": Query(("mar", "del", "plata")),
    "road-trip": Query(("road", "trip")),
    "dog or cat": Query(("dog", "cat")),
    "Côte d\N{RIGHT SINGLE QUOTATION MARK}Azur": Query(("cote", "d", "azur")),
    "l'été": Query(("l", "ete")),
    "Ana\N{RIGHT SINGLE QUOTATION MARK}s birthday": Query(("ana", "birthday")),
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
     ("Paris", "paris"), ("Ana's", "ana"), ("New Yorks", "new york"), ("buses", "bus"),
     ("lenses", "lens"), ("volcanoes", "volcano"), ("potatoes", "potato"), ("snowmen", "snowman"),
     ("knives", "knife"), ("shoes", "shoe"), ("houses", "house"), ("Tromsø", "tromso"),
     ("Łódź", "lodz"), ("Ærø", "aero"), ("Straße", "strasse"), ("Đà Nẵng", "da nang"),
     ("O'Brien", "o'brien")],
)  # fmt: skip
def test_singular(many: str, one: str) -> None:
    assert key(many) == one
    assert singular(one.split()[-1]) == one.split()[-1]


GERMAN_DATES = {
    "Juni 2015": "june 2015",
    "letzten Sommer": "last summer",
    "letzte Woche": "last week",
    "vor 3 Jahren": "3 years ago",
    "vor einem Jahr": "1 year ago",
    "seit 2014": "since 2014",
    "im März": "march",
    "gestern": "yesterday",
}


@pytest.mark.parametrize("typed", GERMAN_DATES)
def test_german_dates(typed: str) -> None:
    assert parse(typed, TODAY) == parse(GERMAN_DATES[typed], TODAY)


def test_german_filler_asks_for_nothing() -> None:
    assert parse("alle meine Fotos mit der Katze am Strand", TODAY).words == ("katze", "strand")
