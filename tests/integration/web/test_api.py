"""`/api/v1` mirrors the facade."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

from PIL import Image

from safelight.app import Safelight


def test_reading_mirrors_the_facade(browser: Any, library: Safelight, weekend: list[str]) -> None:
    def get(path: str) -> Any:
        return browser.get(f"/api/v1/{path}").json()

    assert get("status")["on"] == ["library", "places", "suggest"]
    assert get("sources")[0]["location"] == library.sources()[0].location
    assert get("consent")[0]["notice"]["purpose"] == "library"
    found = [row["id"] for day in get("assets")["days"] for row in day["assets"]]
    assert set(found) == set(weekend)
    assert get(f"assets/{weekend[0]}")["row"]["place"]["country_code"] == "CZ"
    assert get("assets/problems")[0]["error"]
    assert sum(month["count"] for month in get("months")) == len(weekend)
    assert get("moments")[0]["assets"]
    assert isinstance(get("trips"), list)
    assert get("ideas")[0]["idea"]["reasons"][0]["purpose"]
    assert get("scan")["phase"] in ("idle", "done")
    assert get("ledger")[0]["event"] == "grant"
    assert get("ledger/verify")["ok"] is True


def test_collages_are_planned_made_and_deleted(browser: Any, weekend: list[str]) -> None:
    headers = {"X-CSRF-Token": browser.token()}

    def post(path: str, body: dict[str, Any]) -> Any:
        return browser.client.post(f"/api/v1/{path}", json=body, headers=headers)

    plans = post("collages/plans", {"assets": weekend[:4], "format": "square"}).json()
    for change in ({"width": 10**6, "height": 10**6}, {"width": 0}):
        assert post("creations", {"plan": plans[0] | change}).status_code == 400
    made = post("creations", {"plan": plans[0]})
    assert made.status_code == 201
    name = made.json()["id"]
    sheet = post(f"share/{name}/sheet", {}).json()
    assert "C2PA" in sheet["added"][0]
    shared = post(f"share/{name}", {"media_type": "image/png", "edge": 640})
    assert shared.content.startswith(b"\x89PNG")
    assert shared.headers["content-disposition"] == 'attachment; filename="collage.png"'
    assert browser.get(f"/api/v1/creations/{name}/file").status_code == 404
    gone = browser.client.delete(f"/api/v1/creations/{name}", headers=headers)
    assert gone.json() == {"deleted": True}
    assert browser.get(f"/api/v1/creations/{name}").status_code == 404


def test_every_kind_is_made_by_one_route_watched_and_stopped(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    headers = {"X-CSRF-Token": browser.token()}

    def start(**wish: Any) -> Any:
        wish = {"assets": weekend[:3], **wish}
        return browser.client.post("/api/v1/making", json=wish, headers=headers)

    def ended(name: str) -> Any:
        while (job := browser.get(f"/api/v1/making/{name}").json())["state"] == "running":
            time.sleep(0.05)
        return job

    asked = start(kind="pdf", style="contact")
    assert asked.status_code == 202
    job = ended(asked.json()["id"])
    assert (job["state"], job["note"]) == ("done", "")
    creation = library.creation(job["creation"])
    assert creation is not None
    assert creation[0].media_type == "application/pdf"
    refused = start(kind="film", seconds=4)
    assert refused.status_code == 400
    assert "A film lasts 10 to 60 seconds" in refused.text
    name = start(kind="gif").json()["id"]
    assert browser.client.delete(f"/api/v1/making/{name}", headers=headers).status_code == 200
    assert ended(name)["state"] in ("stopped", "done")
    assert browser.get("/api/v1/making/none").status_code == 404


def test_a_post_leaves_as_one_file(browser: Any, weekend: list[str]) -> None:
    headers = {"X-CSRF-Token": browser.token()}
    photos = [{"asset": weekend[1], "caption": "Here"}, {"asset": weekend[0]}]

    def post(**body: Any) -> Any:
        return browser.client.post("/api/v1/share/set", json=body, headers=headers)

    answer = post(photos=photos, text="There and here")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == ["01.jpg", "02.jpg", "post.txt"]
    assert archive.read("post.txt") == b"There and here\n\n1. Here\n"
    with Image.open(archive.open("01.jpg")) as picture:
        assert picture.size == (128, 160)
    assert post(photos=[]).status_code == 400
    assert post(photos=[{"asset": "nobody"}]).status_code == 400


def test_a_refusal_is_403_with_words(browser: Any) -> None:
    headers = {"X-CSRF-Token": browser.token()}
    answer = browser.client.post("/api/v1/ideas", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]
    refused = browser.client.post("/api/v1/consent", json={"purposes": ["train"]}, headers=headers)
    assert refused.json()["granted"] == []
    assert refused.json()["refused"][0]["code"] == "never-grantable"


def test_wrong_questions_are_answered_in_words(browser: Any) -> None:
    headers = {"X-CSRF-Token": browser.token()}
    wrong = browser.client.post(
        "/api/v1/sources", json={"path": "/nowhere/at/all"}, headers=headers
    )
    assert wrong.status_code == 400
    assert "/nowhere/at/all" in wrong.json()["error"]
    assert browser.get("/api/v1/nothing").json()["error"]
    assert browser.client.post("/api/v1/sources", json={}, headers=headers).status_code == 400


def test_the_description_covers_the_mirror(browser: Any) -> None:
    paths = browser.get("/api/v1/openapi.json").json()["paths"]
    for name in ("status", "sources", "consent", "scan", "assets", "moments", "trips", "ideas",
                 "creations", "ledger"):  # fmt: skip
        assert f"/api/v1/{name}" in paths
    assert all(path.startswith("/api/v1/") for path in paths)
