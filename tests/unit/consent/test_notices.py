"""The words people agree to: complete, honest about this version, and pinned."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from safelight.consent.purposes import NOTICES, dependents, notice, notice_digest, requires
from safelight.model.consent import Purpose

GRANTABLE = [purpose for purpose in Purpose if purpose.grantable]

# Changed words are another notice: raise its version, then pin the new digest here.
PINNED = {
    ("library", 1): "425471b57c5f0440e596fcdcc5745ac7d5562d4bd51dc1fc4ea70d643b93d41a",
    ("library", 2): "58f6f3e6eb139ec0c710d3fbd629b67b8c534917292403245a1acb3af0172dec",
    ("places", 1): "6435159cfd91276ee4561f8f0aa5251cadb112944082e3e38021028151b40559",
    ("content", 1): "e23d407383c0aaa18c9cf322814bc7424f85d081cf649e79a175c36feb74c62c",
    ("faces", 1): "1fe5e355b58c8bc6c0010e020c29a1c2221956953f200e4ad6f3dd134f795318",
    ("faces", 2): "a35f4c6d0c78a5b90f7083e6bbe9f9b2632dc7bce570e7c7c5f1e82cb7eb2afc",
    ("suggest", 1): "ebaab46c0c3272fc56b12951d5044f186e435c779371f1a46291a735abac40a9",
    ("learn", 1): "b8a478928d384c821227e4a6d303e8f754593ac795447e2961e5e088ec462540",
    ("learn", 2): "d62d6b7818837b790368bc420834f50f7f1b703dcd9fc24a6485789af6a6141e",
    ("learn", 3): "f60801c05b6a2aa603a7f75239aa8324e501212f34f088d2cab28f6ccdac1f56",
    ("restyle", 2): "ca1001f2145a00d98a0f3dd3770e5ff6a5884a01a28798fe6d8db73053baa21f",
    ("remote", 1): "74379b27453024cd97e86d1fd5d3da0ce5068d514c01cca632a6842f53e0b6b0",
    ("remote", 2): "f51b76941dcb9821f1886f5d4546d785c33a7d94bd6a3242de93de2b9ef51ca1",
}


def test_every_grantable_purpose_has_a_notice_and_no_other() -> None:
    assert list(NOTICES) == GRANTABLE


@pytest.mark.parametrize("purpose", GRANTABLE)
def test_no_part_of_a_notice_is_empty(purpose: Purpose) -> None:
    words = notice(purpose)
    assert all(getattr(words, item.name) for item in fields(words))


@pytest.mark.parametrize("purpose", GRANTABLE)
def test_digest_covers_every_word_and_the_version(purpose: Purpose) -> None:
    words = notice(purpose)
    assert words.digest == notice_digest(words)
    for name in ("title", "summary", "reads", "derives", "stays", "off"):
        changed = replace(words, **{name: "else"})  # type: ignore[arg-type]  # all are str
        assert notice_digest(changed) != words.digest
    assert notice_digest(replace(words, version=words.version + 1)) != words.digest


@pytest.mark.parametrize("purpose", GRANTABLE)
def test_words_change_only_with_their_version(purpose: Purpose) -> None:
    words = notice(purpose)
    assert PINNED[purpose.value, words.version] == words.digest


def test_the_notice_of_remote_says_what_it_cannot_promise() -> None:
    words = notice(Purpose.REMOTE)
    assert "on this machine" in words.summary
    assert "is up to that program" in words.stays


def test_all_but_the_library_need_the_library() -> None:
    for purpose in GRANTABLE:
        needed = None if purpose is Purpose.LIBRARY else Purpose.LIBRARY
        assert requires(purpose) is needed
    assert set(dependents(Purpose.LIBRARY)) == set(GRANTABLE) - {Purpose.LIBRARY}
    assert dependents(Purpose.PLACES) == ()


def test_what_cannot_be_granted_has_no_words_to_agree_to() -> None:
    with pytest.raises(KeyError):
        notice(Purpose.TRAIN)
