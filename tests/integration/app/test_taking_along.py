"""Consent records that others can read, and an archive that opens without the program."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from safelight.app import Safelight
from safelight.app.archive.stream import stream_zip
from safelight.consent.records import ConsentState
from safelight.model.consent import Purpose, Scope
from safelight.model.errors import RefusedError, UserError
from safelight.settings import Settings
from safelight.surfaces.cli import cli

DAY = datetime(2020, 5, 1, 10)
PRAGUE = (50.0875, 14.4213)
RECORD = {
    *("@id", "@type", "dct:conformsTo", "dct:identifier", "dpv:hasDataSubject"),
    *("dpv:hasDataController", "dpv:hasProcess", "dpv:hasConsentStatus"),
    *("dpv:hasConsentControl", "dpv:hasRight", "dpv:hasNotice"),
}
KANTARA = {
    *("version", "jurisdiction", "consentTimestamp", "collectionMethod", "consentReceiptID"),
    *("language", "piiPrincipalId", "piiControllers", "policyUrl", "services"),
    *("sensitive", "spiCat"),
}


@pytest.fixture
def lived(library: Safelight, photos: Path, camera: Any) -> Safelight:
    """A library whose purposes have been through every state."""
    for n in range(3):
        camera.shoot(photos / f"{n}.jpg", DAY + timedelta(days=40 * n), gps=PRAGUE)
    library.add_folder(str(photos))
    library.consent.asked()
    library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.CONTENT, Purpose.LEARN])
    library.scan()
    library.consent.decline([Purpose.FACES])
    library.consent.decline([Purpose.REMOTE], for_good=True)
    library.allow([Purpose.PLACES])
    library.withdraw(Purpose.CONTENT)
    soon = datetime.now(UTC) + timedelta(seconds=0.3)
    library.allow([Purpose.LEARN], Scope(), soon)
    while datetime.now(UTC) < soon:
        pass
    library.consent.end_over()
    return library


def states(library: Safelight) -> dict[str, list[str]]:
    return {h.purpose.value: [e.state.value for e in h.events] for h in library.records.histories()}


def test_every_state_of_consent_is_told_apart(lived: Safelight) -> None:
    asked = "ConsentRequested"
    assert states(lived) == {
        "library": [asked, "ConsentGiven"],
        "places": [asked, "ConsentGiven", "RenewedConsentGiven"],
        "content": [asked, "ConsentGiven", "ConsentWithdrawn"],
        "faces": [asked, "ConsentRequestDeferred"],
        "suggest": [asked],
        "learn": [asked, "ConsentGiven", "RenewedConsentGiven", "ConsentExpired"],
        "restyle": [asked],
        "remote": [asked, "ConsentRefused"],
    }
    valid = {h.purpose.value for h in lived.records.histories() if h.now.valid}
    assert valid == {purpose.value for purpose in lived.status().on}


def test_what_comes_back_after_it_ran_out_is_a_renewal(lived: Safelight) -> None:
    lived.consent.renew(Purpose.LEARN, None)
    assert states(lived)["learn"][-1] == "RenewedConsentGiven"


def test_changed_words_make_the_record_invalid(
    lived: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from safelight.consent import purposes

    newer = replace(purposes.NOTICES[Purpose.PLACES], version=99, digest="other")
    monkeypatch.setitem(purposes.NOTICES, Purpose.PLACES, newer)
    history = next(h for h in lived.records.histories() if h.purpose is Purpose.PLACES)
    assert history.now is ConsentState.INVALIDATED
    assert not history.now.valid


def test_a_dpv_record_has_every_field_and_keeps_off_its_traps(lived: Safelight) -> None:
    document = json.loads(lived.records.text("dpv"))
    records = [n for n in document["@graph"] if n["@type"] == "dpv:ConsentRecord"]
    receipts = [n for n in document["@graph"] if n["@type"] == "dpv:ConsentReceipt"]
    assert len(records) == 8
    assert len(receipts) == 6
    for record in records:
        assert record.keys() >= RECORD
        assert isinstance(record["dpv:hasProcess"], list)
        assert record["dct:conformsTo"] == "https://w3id.org/dpv/schema/dpv-27560#record"
        assert all("dpv:isIndicatedAtTime" in s for s in record["dpv:hasConsentStatus"])
    known = {record["@id"] for record in records}
    assert {receipt["dpv:hasRecordOfActivity"] for receipt in receipts} <= known
    assert "isIndicationTime" not in lived.records.text("dpv")


def test_it_is_json_ld_and_reads_without_the_network(lived: Safelight) -> None:
    jsonld = pytest.importorskip("pyld.jsonld")

    def refuse(address: str, options: object) -> object:
        raise AssertionError(f"asked for {address}")

    nodes = jsonld.expand(lived.records.dpv(), {"documentLoader": refuse})
    assert len(nodes) == 14
    keys = {key for node in nodes for key in node}
    assert all(key.startswith("@") or re.match(r"https?://", key) for key in keys)
    status = "https://w3id.org/dpv#hasConsentStatus"
    kinds = {s["@type"][0] for node in nodes for s in node.get(status, [])}
    assert kinds == {f"https://w3id.org/dpv#{state}" for state in ConsentState} - {
        "https://w3id.org/dpv#ConsentInvalidated"
    }


def test_a_kantara_receipt_is_for_one_purpose_that_was_given(lived: Safelight) -> None:
    receipts = json.loads(lived.records.text("kantara"))
    assert len(receipts) == 6
    assert len({receipt["consentReceiptID"] for receipt in receipts}) == 6
    for receipt in receipts:
        assert receipt.keys() >= KANTARA
        assert receipt["version"] == "KI-CR-v1.1.0"
        assert isinstance(receipt["consentTimestamp"], int)
        ((service,), (controller,)) = receipt["services"], receipt["piiControllers"]
        assert len(service["purposes"]) == 1
        assert service["purposes"][0]["consentType"] == "EXPLICIT"
        assert service["purposes"][0]["thirdPartyDisclosure"] is False
        assert controller.keys() >= {"piiController", "contact", "address", "email", "phone"}


def test_faces_are_said_to_be_sensitive(library: Safelight) -> None:
    library.allow([Purpose.LIBRARY, Purpose.FACES])
    faces = library.records.kantara()[-1]
    assert faces["sensitive"] is True
    assert faces["spiCat"] == ["Biometric"]


def test_the_european_profile_is_named_there(settings: Settings) -> None:
    from dataclasses import replace

    with Safelight(replace(settings, region="eu"), inline=True) as library:
        library.allow([Purpose.LIBRARY])
        (record, _) = library.records.dpv()["@graph"]
        assert record["dct:conformsTo"].endswith("#record-eu-gdpr")
        assert record["dpv:hasJurisdiction"] == {"dct:title": "European Union"}


# The archive


def unpack(library: Safelight, parts: list[str] | None = None) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(library.archiving.pack(parts))))


def test_the_archive_holds_everything_and_opens_alone(lived: Safelight, photos: Path) -> None:
    archive = unpack(lived)
    assert archive.testzip() is None
    rows = list(csv.DictReader(io.StringIO(archive.read("photos.csv").decode())))
    assert [Path(row["path"]).name for row in rows] == ["0.jpg", "1.jpg", "2.jpg"]
    assert rows[0]["city"] == "Prague"
    exact = [json.loads(line) for line in archive.read("photos.jsonl").splitlines()]
    assert [row["id"] for row in exact] == [row["id"] for row in rows]
    for row in rows:
        assert archive.read(f"previews/{row['id']}.jpg").startswith(b"\xff\xd8")
    pages = [name for name in archive.namelist() if name.endswith(".html")]
    assert "months/2020-05.html" in pages
    for name in pages:
        text = archive.read(name).decode()
        assert "<script" not in text
        assert "http" not in text
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            place = (Path(name).parent / target).as_posix().replace("months/../", "")
            assert place in archive.namelist(), f"{name} leads to {target}"
    assert archive.read("consent/ledger.jsonl").count(b"\n") == lived.ledger_size()


def test_taking_along_is_recorded_before_the_first_byte(lived: Safelight) -> None:
    size = lived.ledger_size()
    lived.archiving.pack(["photos"])
    assert lived.ledger_size() == size + 1
    line = lived.ledger()[-1]
    assert line.event == "export"
    assert line.raw["parts"] == ["photos"]
    assert lived.accounting.account(datetime.now(UTC)).left[0].index == line.index


def test_what_the_person_said_is_in_it_as_far_as_its_purpose_is_on(
    library: Safelight, photos: Path, camera: Any
) -> None:
    for n in range(12):
        camera.shoot(photos / f"{n}.jpg", DAY + timedelta(minutes=31 * n), gps=PRAGUE)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY, Purpose.PLACES, Purpose.LEARN])
    library.scan()
    idea = library.make_ideas()[0]
    library.answers.decide(idea.id, "like")
    library.answers.entitle(idea.id, "Our days")
    library.preferences.hide("place:CZ//")
    library.preferences.hide("days:2020-01-01")
    told = _said(library)
    assert [wish["subject"] for wish in told["hidden_or_resting"]] == [
        "days:2020-01-01",
        "place:CZ//",
    ]
    assert (told["answers"], told["titles"]) == ({idea.id: "liked"}, {idea.id: "Our days"})
    assert [each["liked"] for each in told["received"].values()] == [1]
    library.withdraw(Purpose.PLACES)
    library.withdraw(Purpose.LEARN)
    told = _said(library)
    assert [wish["subject"] for wish in told["hidden_or_resting"]] == ["days:2020-01-01"]
    assert "received" not in told


def _said(library: Safelight) -> Any:
    packed = io.BytesIO(b"".join(library.archiving.pack(["ideas"])))
    with zipfile.ZipFile(packed) as archive:
        return json.loads(archive.read("said.json"))


def test_what_is_off_is_not_in_it(lived: Safelight) -> None:
    lived.withdraw(Purpose.PLACES)
    archive = unpack(lived, ["photos", "content", "people", "numbers"])
    assert "content.jsonl" not in archive.namelist()
    assert "people.json" not in archive.namelist()
    assert b"Prague" not in archive.read("photos.csv")
    assert not any(name.startswith("previews/") for name in archive.namelist())


def test_a_permission_that_ends_meanwhile_ends_the_archive(lived: Safelight) -> None:
    pieces = lived.archiving.pack(["photos", "previews"])
    next(pieces)
    lived.withdraw(Purpose.PLACES)
    with pytest.raises(RefusedError, match="changed while"):
        for _ in pieces:
            pass


def test_cells_cannot_become_formulas(library: Safelight, photos: Path, camera: Any) -> None:
    camera.shoot(photos / "a.jpg", DAY)
    library.add_folder(str(photos))
    library.allow([Purpose.LIBRARY])
    library.scan()
    connection = library._rooms.catalogue.connection
    connection.execute("update asset set title = '=cmd()', description = '<script>'")
    archive = unpack(library)
    (row,) = csv.DictReader(io.StringIO(archive.read("photos.csv").decode()))
    assert row["title"] == "'=cmd()"
    assert json.loads(archive.read("photos.jsonl"))["title"] == "=cmd()"


def test_an_unknown_part_is_named(library: Safelight) -> None:
    with pytest.raises(UserError, match="previews"):
        library.archiving.pack(["everything"])
    with pytest.raises(UserError, match="Choose"):
        library.archiving.pack([])


def test_the_archive_is_never_whole_in_memory() -> None:
    drawn = 0

    def entries() -> Iterator[tuple[str, list[bytes]]]:
        nonlocal drawn
        for number in range(50):
            drawn += 1
            yield f"{number}.jpg", [bytes(1 << 16)]

    pieces = stream_zip(entries())
    largest = 0
    for number, piece in enumerate(pieces):
        largest = max(largest, len(piece))
        assert drawn <= number + 2
    assert largest < 1 << 18


def test_the_commands(lived: Safelight, settings: Settings, tmp_path: Path) -> None:
    def run(*arguments: str, code: int = 0, said: str = "") -> str:
        environment = {"SAFELIGHT_KEY_STORE": "file"}
        done = CliRunner().invoke(
            cli, [*arguments, "--home", str(settings.home)], env=environment, input=said
        )
        assert done.exit_code == code, done.output
        return done.output

    assert json.loads(run("consent", "export", "--json"))["@graph"]
    assert json.loads(run("consent", "export", "--format", "kantara"))
    out = tmp_path / "mine.zip"
    run("consent", "archive", "--out", str(out), "--dry-run")
    run("consent", "archive", "--out", str(out), said="n\n", code=1)
    assert not out.exists()
    run("consent", "archive", "--out", str(out), said="y\n")
    assert zipfile.ZipFile(out).testzip() is None
    run("consent", "archive", "--out", str(out), "--yes", code=1)
    within = Path(lived.sources()[0].location) / "mine.zip"
    run("consent", "archive", "--out", str(within), "--yes", code=1)
    assert list(tmp_path.glob("*.part")) == []
