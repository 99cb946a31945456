"""The words people agree to: complete, honest about this version, and pinned."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from safelight.consent.purposes import NOTICES, dependents, notice, notice_digest, requires
from safelight.model.consent import Purpose

GRANTABLE = [purpose for purpose in Purpose if purpose.grantable]

# Changed words are another notice: raise its version, then pin the new digest here.
PINNED = {
    ("library", 1): "a12e751d1a9ffc72ab4be069e954429163d3fc7fd5187655c87282b8b91004d5",
    ("places", 1): "6435159cfd91276ee4561f8f0aa5251cadb112944082e3e38021028151b40559",
    ("content", 1): "2b9bd56c116ad90398c1536956631b8719a6521e4bdbc9548f44f137b5616104",
    ("faces", 1): "44e9a34700c0c80505af81c371a1153386f88f72edba57e49b4e576aae4a3f31",
    ("suggest", 1): "ebaab46c0c3272fc56b12951d5044f186e435c779371f1a46291a735abac40a9",
    ("learn", 1): "b0d232b6990dad49a6d816b08a27f33890a380a9ec01d99994d6f89251085357",
    ("restyle", 1): "b51a668e1285e182bf7412e9587053a1723e40f661583bebf515f6b9d8562827",
    ("remote", 1): "74379b27453024cd97e86d1fd5d3da0ce5068d514c01cca632a6842f53e0b6b0",
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


@pytest.mark.parametrize("name", ["content", "faces", "learn", "restyle", "remote"])
def test_a_purpose_without_work_says_so(name: str) -> None:
    assert "This version does nothing with it yet" in notice(Purpose(name)).summary


def test_all_but_the_library_need_the_library() -> None:
    for purpose in GRANTABLE:
        needed = None if purpose is Purpose.LIBRARY else Purpose.LIBRARY
        assert requires(purpose) is needed
    assert set(dependents(Purpose.LIBRARY)) == set(GRANTABLE) - {Purpose.LIBRARY}
    assert dependents(Purpose.PLACES) == ()


def test_what_cannot_be_granted_has_no_words_to_agree_to() -> None:
    with pytest.raises(KeyError):
        notice(Purpose.TRAIN)
