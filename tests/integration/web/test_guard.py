"""Who may ask, and what every answer carries."""

from __future__ import annotations

from typing import Any

import pytest

from safelight.app import Safelight
from safelight.surfaces.web.guard import split_host
from safelight.surfaces.web.tokens import Tokens

PAGES = ("/welcome", "/library", "/compose", "/creations", "/settings", "/ledger", "/help")


@pytest.mark.parametrize("address", [*PAGES, "/nothing", "/sw.js", "/api/v1/status"])
def test_every_answer_carries_the_policy(browser: Any, address: str) -> None:
    headers = browser.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_not_stored_and_hold_nothing_inline(browser: Any, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "style=" not in answer.text
    assert "<style" not in answer.text
    assert "onclick" not in answer.text
    assert "<script>" not in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org", "")
    assert "https://" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "192.168.1.5:8420"])
def test_other_names_are_turned_away(browser: Any, host: str) -> None:
    assert browser.get("/welcome", host=host).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8420", "LOCALHOST", "[::1]:8420", "127.0.0.1"])
def test_loopback_names_are_served(browser: Any, host: str) -> None:
    assert browser.get("/welcome", host=host).status_code == 200


def test_hosts_are_taken_apart() -> None:
    assert split_host("[::1]:80") == ("::1", 80)
    assert split_host("Localhost.:8420") == ("localhost", 8420)


def test_other_sites_cannot_embed_or_fetch(browser: Any) -> None:
    fetched = browser.get("/api/v1/status", sec_fetch_site="cross-site", sec_fetch_mode="cors")
    assert fetched.status_code == 403
    same_machine = browser.get("/library", sec_fetch_site="same-site", sec_fetch_mode="no-cors")
    assert same_machine.status_code == 403
    followed = browser.get(
        "/library",
        sec_fetch_site="cross-site",
        sec_fetch_mode="navigate",
        sec_fetch_dest="document",
    )
    assert followed.status_code == 200


def test_a_form_without_the_token_changes_nothing(browser: Any, library: Safelight) -> None:
    browser.get("/welcome")
    for data in ({}, {"csrf": "wrong"}, {"csrf": Tokens().mint()}):
        answer = browser.client.post("/welcome", data={**data, "answer": "allow"})
        assert answer.status_code == 403
    assert not library.consent.answered()


def test_json_needs_the_token_in_a_header(browser: Any, library: Safelight) -> None:
    wish = {"purposes": ["library"]}
    assert browser.client.post("/api/v1/consent", json=wish).status_code == 403
    headers = {"X-CSRF-Token": browser.token()}
    assert browser.client.post("/api/v1/consent", json=wish, headers=headers).status_code == 200
    assert [p.value for p in library.status().on] == ["library"]


def test_a_form_from_elsewhere_is_refused_even_with_the_token(browser: Any) -> None:
    token = browser.token()
    answer = browser.client.post(
        "/theme", data={"csrf": token, "theme": "dark"}, headers={"Origin": "http://evil.example"}
    )
    assert answer.status_code == 403


def test_a_form_of_our_own_may_hide_its_origin(browser: Any) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    data = {"csrf": browser.token(), "theme": "dark"}
    assert browser.client.post("/theme", data=data, headers=headers).status_code == 303
    foreign = {**headers, "Sec-Fetch-Site": "cross-site"}
    assert browser.client.post("/theme", data=data, headers=foreign).status_code == 403


def test_the_cookie_is_strict_and_names_its_port(browser: Any) -> None:
    cookie = browser.get("/welcome").headers["set-cookie"]
    assert cookie.startswith("safelight-csrf-8420=")
    assert "SameSite=Strict" in cookie
    assert "HttpOnly" in cookie


def test_tokens_of_another_process_are_not_genuine() -> None:
    assert not Tokens().genuine(Tokens().mint())
    own = Tokens()
    assert own.genuine(own.mint())
    assert not own.genuine("")


def test_a_crash_is_a_plain_page_with_the_policy(
    browser: Any, library: Safelight, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(library, "ledger_size", broken)
    answer = browser.get("/ledger")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_back_addresses_stay_here(browser: Any) -> None:
    for back in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert browser.post("/theme", theme="dark", back=back).headers["location"] == "/"
    assert browser.post("/theme", theme="dark", back="/library").headers["location"] == "/library"


def test_static_files_stay_in_their_folder(browser: Any) -> None:
    for path in ("../server.py", "%2e%2e/server.py", "css/../../templates/base.html", "none.css"):
        assert browser.get(f"/static/x/{path}").status_code == 404
    kept = browser.get("/static/x/css/base.css")
    assert kept.headers["content-type"].startswith("text/css")
