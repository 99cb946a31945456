"""Proofs, notes and canonical JSON against published vectors, and against their definitions."""

from __future__ import annotations

import json
import struct
from hashlib import sha256

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from safelight.consent.ledger import leaf_hash, merkle_root
from safelight.consent.ledger.checkpoint import (
    Checkpoint,
    InclusionProof,
    parse_checkpoint,
    parse_proof,
)
from safelight.consent.ledger.note import (
    LOG,
    WITNESS,
    Note,
    NoteKey,
    cosign,
    parse_key,
    parse_note,
    sign,
)
from safelight.consent.ledger.proofs import (
    consistency_ranges,
    inclusion_ranges,
    is_consistent,
    range_roots,
    root_by_inclusion,
)

# Leaves, roots, audit paths and consistency proofs of the Certificate Transparency reference
# implementation (merkle_tree_test.cc), which many others repeat.
LEAVES = [
    leaf_hash(bytes.fromhex(leaf))
    for leaf in (
        *("", "00", "10", "2021", "3031", "40414243"),
        *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A, B, C, D, E, F = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
)
PATHS = {
    (0, 1): [],
    (0, 8): [A, B, C],
    (5, 8): [D, E, ROOTS[3]],
    (2, 3): [ROOTS[1]],
    (1, 5): [ROOTS[0], B, D],
}
GROWTH = {(1, 1): [], (1, 8): [A, B, C], (6, 8): [F, E, ROOTS[3]], (2, 5): [B, D]}


def hexed(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    assert merkle_root(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("place", "path"), PATHS.items())
def test_published_audit_paths(place: tuple[int, int], path: list[str]) -> None:
    index, size = place
    assert hexed(range_roots(LEAVES, inclusion_ranges(index, size))) == path
    root = root_by_inclusion(LEAVES[index], index, size, [bytes.fromhex(p) for p in path])
    assert root is not None
    assert root.hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("sizes", "path"), GROWTH.items())
def test_published_consistency_proofs(sizes: tuple[int, int], path: list[str]) -> None:
    old, new = sizes
    assert hexed(range_roots(LEAVES, consistency_ranges(old, new))) == path
    roots = bytes.fromhex(ROOTS[old - 1]), bytes.fromhex(ROOTS[new - 1])
    assert is_consistent(old, roots[0], new, roots[1], [bytes.fromhex(p) for p in path])


@given(st.integers(1, 80), st.data())
def test_every_entry_has_a_path_that_fits_it_alone(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(b"%d" % n) for n in range(size)]
    index = data.draw(st.integers(0, size - 1))
    path = range_roots(leaves, inclusion_ranges(index, size))
    root = merkle_root(leaves)
    assert root_by_inclusion(leaves[index], index, size, path) == root
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert root_by_inclusion(leaves[index], other, size, path) != root
    assert root_by_inclusion(leaves[index], index, size, [*path, root]) is None
    if path:
        assert root_by_inclusion(leaves[index], index, size, path[1:]) != root
    assert root_by_inclusion(leaves[index], index + size, size, path) is None


@given(st.integers(0, 80), st.integers(0, 80), st.integers(0, 6))
def test_only_what_grew_is_consistent(one: int, two: int, changed: int) -> None:
    old, new = sorted((one, two))
    leaves = [leaf_hash(b"%d" % n) for n in range(new)]
    path = range_roots(leaves, consistency_ranges(old, new))
    roots = merkle_root(leaves[:old]), merkle_root(leaves)
    assert is_consistent(old, roots[0], new, roots[1], path)
    if changed < old:
        forked = [*leaves]
        forked[changed] = leaf_hash(b"another")
        forged = range_roots(forked, consistency_ranges(old, new))
        assert not is_consistent(old, roots[0], new, merkle_root(forked), forged)
        assert not is_consistent(old, roots[0], new, merkle_root(forked), path)
    if old < new:
        assert not is_consistent(new, roots[1], old, roots[0], path)
        assert not is_consistent(old, roots[0], new, roots[1], [*path, roots[0]])


def test_proofs_of_what_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="no entry 3"):
        inclusion_ranges(3, 3)
    with pytest.raises(ValueError, match="does not grow"):
        consistency_ranges(4, 3)
    with pytest.raises(ValueError, match="fewer than 8"):
        range_roots(LEAVES[:5], inclusion_ranges(0, 8))
    assert not is_consistent(3, b"", 5, b"", [])


# The key, the note and the malformed ones of golang.org/x/mod/sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_SIGNED = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6"
    "KE6RyyBwJnAM=\n"
)
ENOCH_SIGNED = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WW"
    "d1RvMc+QQ=\n"
)


def peter() -> Ed25519PrivateKey:
    from base64 import b64decode

    return Ed25519PrivateKey.from_private_bytes(b64decode(PETER_SEED)[1:])


def test_the_published_note_is_signed_and_read_to_the_byte() -> None:
    note = Note(TEXT, (sign(TEXT, "PeterNeumann", peter()),))
    assert str(note) == f"{TEXT}\n{PETER_SIGNED}"
    both = parse_note(f"{TEXT}\n{PETER_SIGNED}{ENOCH_SIGNED}".encode())
    assert both.by(parse_key(PETER))
    assert both.by(parse_key(ENOCH))
    assert both.text == TEXT
    assert note.by(parse_key(ENOCH)) is None
    with pytest.raises(ValueError, match="does not hold"):
        Note(TEXT.replace("think", "know"), both.signatures).by(parse_key(PETER))


def test_no_mangled_key_is_taken() -> None:
    assert str(parse_key(PETER)) == PETER
    for start in range(len(PETER)):
        for end in range(start, len(PETER) + 1):
            if (start, end) != (0, len(PETER)):
                with pytest.raises(ValueError, match="public key"):
                    parse_key(PETER[start:end])
    for place in range(len(PETER)):
        with pytest.raises(ValueError, match="public key"):
            parse_key(PETER[:place] + chr(ord(PETER[place]) + 1) + PETER[place + 1 :])
    for odd in (
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ):
        with pytest.raises(ValueError, match="public key"):
            parse_key(odd)


@pytest.mark.parametrize(
    "message",
    [
        TEXT,
        TEXT + "\n",
        TEXT + "\n" + PETER_SIGNED[:-1],
        "\x01" + TEXT + "\n" + PETER_SIGNED,
        TEXT + "\n" + "— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ\n",
        TEXT + "\n" + PETER_SIGNED + "Unexpected line.\n",
        TEXT + "\n" + PETER_SIGNED * 101,
    ],
)
def test_malformed_notes_are_refused(message: str) -> None:
    with pytest.raises(ValueError, match="not a signed note"):
        parse_note(message.encode())
    with pytest.raises(ValueError, match="not a signed note"):
        parse_note(b"\xff" + message.encode())


def test_a_cosignature_says_when_and_follows_the_standard() -> None:
    note = Note(TEXT, (cosign(TEXT, "w1", peter(), 1679315147),))
    key = NoteKey("w1", WITNESS, peter().public_key().public_bytes_raw())
    signature = note.by(key)
    assert signature
    assert signature.time == 1679315147
    assert signature.value[:8] == struct.pack(">Q", 1679315147)
    peter().public_key().verify(
        signature.value[8:], f"cosignature/v1\ntime 1679315147\n{TEXT}".encode()
    )
    assert key.id == sha256(b"w1\n\x04" + key.public).digest()[:4]
    assert note.by(NoteKey("w1", LOG, key.public)) is None, "a log's key is no witness's"


def proof_of(index: int, size: int) -> InclusionProof:
    lines = [b"%d" % n for n in range(size)]
    leaves = list(map(leaf_hash, lines))
    text = str(Checkpoint("safelight/ledger/x", size, merkle_root(leaves)))
    note = Note(text, (sign(text, "safelight/ledger/x", peter()),))
    path = tuple(range_roots(leaves, inclusion_ranges(index, size)))
    return InclusionProof(index, path, note, lines[index])


def test_a_proof_file_comes_back_and_stands_alone() -> None:
    key = NoteKey("safelight/ledger/x", LOG, peter().public_key().public_bytes_raw())
    text = str(proof_of(4, 9))
    lines = text.split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra ")
    assert lines[2] == "index 4"
    again = parse_proof(text.encode())
    assert again == proof_of(4, 9)
    assert again.check(key).size == 9
    bare = parse_proof("\n".join([lines[0], *lines[2:]]).encode())
    assert bare.entry == b""
    assert bare.index == 4


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("index 4", "index 5", "not number 5"),
        ("index 4", "index 04", "not a number"),
        ("index 4", "number 4", "which entry"),
        ("tlog-proof@v1", "tlog-proof@v2", "not a proof"),
        ("\n9\n", "\n8\n", "does not hold"),
        ("extra NA==", "extra NQ==", "not number 4"),
    ],
)
def test_a_changed_proof_says_what_does_not_hold(old: str, new: str, says: str) -> None:
    key = NoteKey("safelight/ledger/x", LOG, peter().public_key().public_bytes_raw())
    text = str(proof_of(4, 9))
    assert old in text
    with pytest.raises(ValueError, match=says):
        parse_proof(text.replace(old, new, 1).encode()).check(key)


def test_a_checkpoint_of_another_log_or_key_does_not_count() -> None:
    proof = proof_of(4, 9)
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(ValueError, match="not signed with the key"):
        proof.check(NoteKey("safelight/ledger/x", LOG, stranger))
    with pytest.raises(ValueError, match="not a checkpoint"):
        parse_checkpoint(TEXT)
    with pytest.raises(ValueError, match="not a number"):
        parse_checkpoint("a\n007\nAAAA\n")


# RFC 8785: its own sorting and number samples, and those of its author's test suite.
def test_canonical_json_against_the_published_samples() -> None:
    weird = (
        r'{"\u20ac":"Euro Sign","1":"One","\u0080":"Control\u007f","\ud83d\ude02":"Smiley",'
        r'"\u00f6":"Latin Small Letter O With Diaeresis","\ufb33":"Hebrew Letter Dalet With Dagesh"'
        r',"</script>":"Browser Challenge"}'
    )
    assert rfc8785.dumps(json.loads(weird)).decode() == (
        '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f",'
        '"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley",'
        '"\ufb33":"Hebrew Letter Dalet With Dagesh"}'
    )
    values = (
        r'{"numbers":[1E30,4.50,333333333.33333329,2e-3,0.000000000000000000000000001],'
        r'"escaping":"\u20ac$\u000F\u000aA' + r"'" + r'\u0042\u0022\u005c\\\"\/",'
        r'"literals":[null,true,false]}'
    )
    assert rfc8785.dumps(json.loads(values)).decode() == (
        r'{"escaping":"€$\u000f\nA' + r"'" + r'B\"\\\\\"/","literals":[null,true,false],'
        r'"numbers":[1e+30,4.5,333333333.3333333,0.002,1e-27]}'
    )
    nested = '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{}],"A":{}}'
    assert rfc8785.dumps(json.loads(nested)).decode() == (
        r'{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}'
    )


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("4340000000000001", "9007199254740994"),
        ("4340000000000002", "9007199254740996"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("8000000000000000", "0"),
        ("0000000000000000", "0"),
    ],
)
def test_canonical_numbers_against_the_published_samples(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert rfc8785.dumps(number).decode() == text
