"""For which photos: picking by name before anything is read, and how far a switch reaches."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from safelight.app import Safelight
from safelight.model.consent import Purpose, Scope


@pytest.fixture
def folder(library: Safelight, photos: Path, camera: Any) -> Path:
    """Three photos, one of them in a folder below, and a text; nothing is on."""
    for n, name in enumerate(("a", "b", "sub/c")):
        camera.shoot(photos / f"{name}.jpg", datetime(2020, 5, 1 + n, 10))
    (photos / "notes.txt").write_text("x")
    library.add_folder(str(photos))
    return photos


def pick(browser: Any, folder: Path, *names: str) -> Any:
    offered = [str(folder / name) for name in ("a.jpg", "b.jpg", "sub")]
    chosen = [str(folder / name) for name in names]
    return browser.post(
        "/albums/pick", name="Mine", folder=str(folder), path=chosen, offered=offered
    )


def test_photos_are_picked_by_name_and_only_they_are_read(
    browser: Any, library: Safelight, folder: Path
) -> None:
    page = browser.get("/albums/pick?name=Mine").text
    assert "a.jpg" in page
    assert "notes.txt" not in page
    assert "/previews/" not in page
    assert pick(browser, folder, "a.jpg").status_code == 303
    assert "Mine: 1 photo" in browser.get("/welcome").text
    browser.post("/welcome", answer="allow", purpose="library", scope="album", album="Mine")
    library.scans.stop()
    library.scan()
    assert [Path(row.path).name for row in library.assets()] == ["a.jpg"]
    assert "/previews/" in browser.get("/albums/pick?name=Mine").text


def test_what_is_unticked_is_taken_out_and_forgotten(
    browser: Any, library: Safelight, folder: Path
) -> None:
    pick(browser, folder, "a.jpg", "b.jpg")
    library.allow([Purpose.LIBRARY], Scope(albums=("Mine",)))
    library.scan()
    pick(browser, folder, "b.jpg")
    assert [Path(row.path).name for row in library.assets()] == ["b.jpg"]
    assert library.consent.scoping.album("Mine").files == (str(folder / "b.jpg"),)


def test_what_was_not_offered_stays_picked(browser: Any, library: Safelight, folder: Path) -> None:
    pick(browser, folder, "a.jpg", "sub")
    below = str(folder / "sub" / "c.jpg")
    browser.post("/albums/pick", name="Mine", folder=str(folder / "sub"), offered=[below])
    album = library.consent.scoping.album("Mine")
    assert (album.files, album.folders) == ((str(folder / "a.jpg"),), (str(folder / "sub"),))


@pytest.mark.parametrize("where", ["/", "/etc", "..", "relative"])
def test_only_folders_that_were_pointed_at_are_listed(
    browser: Any, folder: Path, where: str
) -> None:
    answer = browser.get(f"/albums/pick?folder={where}")
    assert answer.status_code == 400
    assert "passwd" not in answer.text
    climbing = browser.get(f"/albums/pick?folder={folder}/../../")
    assert climbing.status_code == 400


def test_adding_is_said_to_be_more_than_was_allowed(
    browser: Any, library: Safelight, folder: Path
) -> None:
    pick(browser, folder, "a.jpg")
    library.allow([Purpose.LIBRARY], Scope(albums=("Mine",)))
    assert "more than you allowed" not in browser.get("/settings/library/photos").text
    pick(browser, folder, "a.jpg", "b.jpg")
    assert "more than you allowed so far" in browser.get("/settings/library/photos").text


def test_a_removed_album_stops_what_it_limits(
    browser: Any, library: Safelight, folder: Path
) -> None:
    pick(browser, folder, "a.jpg")
    library.allow([Purpose.LIBRARY], Scope(albums=("Mine",)))
    answer = browser.post("/albums/remove", name="Mine")
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache"'
    assert library.status().on == ()
    assert "was limited by is gone" in browser.get("/settings").text
    assert library.sources() == []
    assert browser.post("/albums/remove", name="Mine").status_code == 400


def test_dates_and_an_end_are_kept(browser: Any, library: Safelight, folder: Path) -> None:
    tomorrow = date.today() + timedelta(days=1)
    answer = browser.post(
        "/settings/library/photos",
        scope="folders",
        folder=str(folder),
        since="2020-05-01",
        until="2020-05-02",
        lasts="until",
        expires=tomorrow.isoformat(),
    )
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache"'
    grant = library.purposes()[0].grant
    assert grant is not None
    assert grant.scope == Scope(
        folders=(str(folder),), since=date(2020, 5, 1), until=date(2020, 5, 2)
    )
    assert grant.expires_at is not None
    assert grant.expires_at.astimezone().date() == tomorrow
    library.scans.stop()
    page = browser.get("/settings/library/photos").text
    assert re.search(rf'name="folder" value="{folder}" checked', page)


@pytest.mark.parametrize(
    "fields",
    [
        {"scope": "all", "album": "Mine", "until": ""},
        {"scope": "all", "folder": "/x", "until": ""},
        {"scope": "album", "until": ""},
        {"scope": "folders", "until": ""},
        {"scope": "all", "until": "yesterday"},
        {"scope": "all", "until": "", "lasts": "30", "expires": "2099-01-01"},
        {"scope": "all", "until": "", "lasts": "until", "expires": "2001-01-01"},
        {"scope": "all", "until": "", "lasts": "until"},
        {"scope": "all", "until": "", "without": "nobody"},
    ],
)
def test_a_form_that_could_allow_more_than_it_says_allows_nothing(
    browser: Any, library: Safelight, folder: Path, fields: dict[str, str]
) -> None:
    answer = browser.post("/settings/library/photos", **fields)
    assert answer.status_code in (400, 403)
    assert library.status().on == ()


def test_showing_the_prompt_is_recorded_once(browser: Any, library: Safelight) -> None:
    for _ in range(2):
        browser.get("/welcome")
    assert [line.event for line in library.ledger()] == ["ask"] * 8
    assert library.status().on == ()


def test_the_api_limits_renews_and_hands_out_records(
    browser: Any, library: Safelight, folder: Path
) -> None:
    def post(address: str, body: dict[str, Any]) -> Any:
        headers = {"x-csrf-token": browser.token()}
        return browser.client.post(f"/api/v1/{address}", json=body, headers=headers)

    made = post("albums", {"name": "Mine", "paths": [str(folder / "a.jpg")]})
    assert made.status_code == 201
    ends = (datetime.now().astimezone() + timedelta(days=1)).isoformat()
    body = {"purposes": ["library"], "albums": ["Mine"], "expires_at": ends}
    answer = post("consent", body).json()
    assert answer["granted"][0]["scope"]["albums"] == [made.json()["reference"]]
    renewed = post("consent/library/renew", {}).json()
    assert renewed["expires_at"] is None
    assert renewed["scope"]["albums"] == [made.json()["reference"]]
    for purpose in ("train", "ads", "share"):
        refused = post("consent", {"purposes": [purpose]}).json()
        assert refused["granted"] == []
        assert refused["refused"][0]["code"] == "never-grantable"
        assert post(f"consent/{purpose}/renew", {}).status_code in (400, 403)
    assert browser.get("/api/v1/consent/records/dpv").json()["@graph"]
    assert len(browser.get("/api/v1/consent/records/kantara").json()) == 2
