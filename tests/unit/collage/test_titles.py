"""Titles: fit, wrap, shorten, and honesty about letters that cannot be drawn."""

from __future__ import annotations

import importlib.util
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelight.creations.collage.typography import fit, missing_glyphs, printable

_SERIF = importlib.util.find_spec("fontpkg_pt_serif") is not None


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=90))
def test_whatever_the_words_they_fit(text: str) -> None:
    words = printable(text)
    found = fit(words, 500, 120, 60)
    assert all(found.width_of(line) <= 500 for line in found.lines)
    assert found.height <= 120
    assert 30 <= found.size <= 60
    assert len(found.lines) <= 2


def test_a_short_title_takes_one_line_at_full_size() -> None:
    found = fit("Prague", 800, 100, 60)
    assert (found.lines, found.size) == (("Prague",), 60)


def test_a_long_title_is_broken_into_even_lines_before_it_gets_small() -> None:
    found = fit("A quiet walk through the hills above the sea in spring", 700, 200, 60)
    assert len(found.lines) == 2
    first, second = (found.width_of(line) for line in found.lines)
    assert abs(first - second) < 0.35 * max(first, second)


def test_what_fits_nowhere_ends_in_an_ellipsis() -> None:
    found = fit("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2, 300, 60, 40)
    assert found.lines[0].endswith(("\u2026", "..."))


@pytest.mark.parametrize("lines", [2, 3, 5])
def test_one_long_word_gets_small_before_it_is_cut(lines: int) -> None:
    size = 60 * 500 / fit("Donaudampfschiff", 5000, 100, 60).width_of("Donaudampfschiff") * 1.4
    found = fit("Donaudampfschiff", 500, 200, size, lines=lines)
    assert found.lines == ("Donaudampfschiff",)
    assert 0.5 * size <= found.size < 0.8 * size


def test_many_words_are_set_in_a_moment() -> None:
    """Every way to break sixty words into five lines is half a million ways."""
    began = time.process_time()
    found = fit(" ".join(f"w{n:02d}" for n in range(60)), 300, 900, 90, lines=5)
    fit("a " * 50_000, 300, 900, 90, lines=5)
    assert found.lines[0].startswith("w00 w01")
    assert time.process_time() - began < 10


def test_breaks_are_the_same_at_every_scale() -> None:
    found = fit("A quiet walk through the hills above the sea", 400, 200, 50)
    assert found.scaled(0.25).lines == found.lines


@pytest.mark.skipif(not _SERIF, reason="fontpkg-pt-serif is not installed")
def test_kerning_is_right() -> None:
    found = fit("AVAVAV", 1000, 100, 60)
    letters = sum(found.font.getlength(c) for c in "AVAVAV")
    assert found.width_of("AVAVAV") < letters


@pytest.mark.parametrize("text", ["東京", "서울", "القاهرة"])
def test_letters_that_no_font_here_has_are_named_not_drawn_as_boxes(text: str) -> None:
    assert missing_glyphs(text) == "".join(dict.fromkeys(text))
    assert printable(f"Trip {text} 2024") == "Trip 2024"


def test_letters_lose_their_marks_before_they_are_lost() -> None:
    assert printable("Pen Ll\u0177n") in {"Pen Llyn", "Pen Ll\u0177n"}


def test_without_the_serif_letters_lose_their_marks_but_are_not_lost() -> None:
    assert len(printable("Łódź \u2013 Øresund")) == len("Łódź - Øresund")


@pytest.mark.skipif(not _SERIF, reason="fontpkg-pt-serif is not installed")
@pytest.mark.parametrize(
    "text",
    [
        "Łódź Žďár Győr Štúrovo Ísafjörður Ærø Tromsø Århus",
        "Çeşme İstanbul Iași Timișoara Reykjavík Coração Señor Œuvre Straße",
        "Rīga Kuressaare Šiauliai Ħal Škofja Đakovo",
        "Москва Київ Београд София",
        "14 \u2013 16 March 2024 · \u201cPrague\u2019s\u201d …",
    ],
)
def test_the_serif_draws_every_european_latin_letter_and_cyrillic(text: str) -> None:
    assert missing_glyphs(text) == ""
    assert printable(text) == text
