"""Other devices: who comes in, how often somebody may guess, and what programs may do."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from tests.integration.web.conftest import Browser, Client

from safelight.app import Safelight
from safelight.app.certificate import own_certificate
from safelight.model.errors import UserError
from safelight.surfaces.web.pages import ROUTERS
from safelight.surfaces.web.reach import Reach, plan_reach
from safelight.surfaces.web.server import build_app

WORDS = "purple otter quiet harbour"
AT_HOME = Reach("0.0.0.0", beyond=True)


@pytest.fixture
def phone(library: Safelight) -> Iterator[Browser]:
    """A browser on another device, on a library with a passphrase."""
    library.access.set_passphrase(WORDS)
    client = Client(build_app(library, AT_HOME), "http://192.168.7.5:8420", "192.168.7.20")
    yield Browser(client)
    client.close()


def sign_in(browser: Browser, words: str = WORDS, wanted: str = "/") -> Any:
    page = browser.get("/sign-in").text
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    fields = {"csrf": found[1], "passphrase": words, "next": wanted}
    return browser.client.post("/sign-in", data=fields)


@pytest.mark.parametrize(
    "address",
    ["/", "/library", "/settings", "/devices", "/photo/x", "/ledger", "/scan", "/help"],
)
def test_pages_ask_who_is_there(phone: Browser, address: str) -> None:
    answer = phone.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("address", ["/api/v1/status", "/api/v1/assets", "/api/v1/openapi.json"])
def test_the_api_asks_for_a_token(phone: Browser, address: str) -> None:
    answer = phone.get(address)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def every_route(library: Safelight) -> set[tuple[str, str]]:
    """Method and address of everything that the app answers; `1` stands for what varies."""
    described = build_app(library, AT_HOME).openapi()["paths"]
    found = {(way.upper(), path) for path, ways in described.items() for way in ways}
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            found |= {(method, route.path) for method in route.methods or ()}
    return {(method, re.sub(r"\{[^}]+\}", "1", path)) for method, path in found}


def test_every_route_but_the_named_ones_is_closed(phone: Browser, library: Safelight) -> None:
    routes = every_route(library)
    assert len(routes) > 100
    public = set()
    for method, path in routes:
        answer = phone.client.request(method, path)
        to_the_door = answer.headers.get("location", "").startswith("/sign-in")
        if answer.status_code != 401 and not to_the_door:
            public.add(path)
    assert public == {
        "/sign-in", "/manifest.webmanifest", "/sw.js", "/favicon.ico", "/offline",
        "/static/1/css/ratios.css", "/static/1/1", "/.well-known/gpc.json",
    }  # fmt: skip


def test_pictures_and_changes_are_refused_in_words(phone: Browser) -> None:
    for method, address in (("GET", "/previews/x.jpg"), ("POST", "/settings/off/library")):
        answer = phone.client.request(method, address)
        assert (answer.status_code, answer.text) == (401, "Sign in first.\n")


def test_the_passphrase_opens_and_leads_on(phone: Browser) -> None:
    answer = sign_in(phone, wanted="/settings")
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("safelight-session-8420=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert phone.get("/settings").status_code == 200
    assert phone.get("/api/v1/status").status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_it_leads_nowhere_else(phone: Browser, wanted: str) -> None:
    assert sign_in(phone, wanted=wanted).headers["location"] == "/"


def test_over_tls_the_cookies_are_secure(library: Safelight) -> None:
    library.access.set_passphrase(WORDS)
    client = Client(build_app(library, AT_HOME), "https://192.168.7.5:8420", "192.168.7.20")
    browser = Browser(client)
    assert "Secure" in browser.get("/sign-in").headers["set-cookie"]
    cookie = sign_in(browser).headers["set-cookie"]
    assert cookie.startswith("__Host-safelight-session-8420=")
    assert "Secure" in cookie
    assert "not encrypted" not in browser.get("/sign-in").text
    client.close()


def test_a_plain_connection_is_called_plain(phone: Browser) -> None:
    assert "This connection is not encrypted" in phone.get("/sign-in").text


def test_a_wrong_passphrase_opens_nothing(phone: Browser) -> None:
    for words in ("", "purple otter quiet", WORDS.upper(), WORDS + " ", "x" * 5000):
        answer = sign_in(phone, words)
        assert answer.status_code in (403, 429)
    assert phone.get("/settings").status_code == 303


def test_guessing_is_slowed_down_and_the_right_one_waits_too(phone: Browser) -> None:
    codes = [sign_in(phone, f"wrong number {n}").status_code for n in range(7)]
    assert codes == [403] * 5 + [429] * 2
    answer = sign_in(phone)
    assert answer.status_code == 429
    assert "Try again in" in answer.text
    assert phone.get("/settings").status_code == 303


def test_a_sign_in_from_another_page_is_refused(phone: Browser) -> None:
    assert phone.client.post("/sign-in", data={"passphrase": WORDS}).status_code == 403


def test_signing_out_ends_the_session(phone: Browser, library: Safelight) -> None:
    sign_in(phone)
    kept = dict(phone.client.cookies)
    answer = phone.post("/sign-out")
    assert "cache" in answer.headers["clear-site-data"]
    assert library.access.sessions() == []
    cookie = "; ".join(f"{name}={value}" for name, value in kept.items())
    assert phone.get("/settings", cookie=cookie).status_code == 303


def test_a_new_passphrase_signs_everybody_else_out(phone: Browser, library: Safelight) -> None:
    sign_in(phone)
    library.access.set_passphrase("another five words altogether")
    assert phone.get("/settings").status_code == 303


def test_a_forged_session_is_none(phone: Browser) -> None:
    for forged in ("", "x" * 43, "' or 1=1"):
        cookie = f"safelight-session-8420={forged}"
        assert phone.get("/settings", cookie=cookie).status_code == 303


# Tokens


def test_a_token_reads_and_one_that_may_changes(phone: Browser, library: Safelight) -> None:
    _, reader = library.access.add_token("frame")
    _, writer = library.access.add_token("script", writes=True)
    wish = {"purposes": ["library"]}

    def ask(method: str, secret: str, **more: Any) -> int:
        headers = {"Authorization": f"Bearer {secret}"}
        found: int = phone.client.request(
            method, "/api/v1/consent", headers=headers, **more
        ).status_code
        return found

    assert ask("GET", reader) == 200
    assert ask("POST", reader, json=wish) == 403
    assert library.status().on == ()
    assert ask("POST", writer, json=wish) == 200
    assert [purpose.value for purpose in library.status().on] == ["library"]
    assert ask("GET", "slt_wrong") == 401
    library.access.remove_token("frame")
    assert ask("GET", reader) == 401


def test_a_token_opens_no_page(phone: Browser, library: Safelight) -> None:
    _, secret = library.access.add_token("frame")
    assert phone.get("/settings", authorization=f"Bearer {secret}").status_code == 303


# The page


def test_a_passphrase_is_set_in_the_app_and_this_browser_stays(
    browser: Browser, library: Safelight
) -> None:
    answer = browser.post("/devices/passphrase", passphrase=WORDS, again=WORDS)
    assert answer.headers["location"] == "/devices?said=passphrase"
    assert library.access.required
    page = browser.get("/devices").text
    assert "This browser" in page
    wrong = browser.post("/devices/passphrase", passphrase="a" * 20, again="a" * 20, current="no")
    assert wrong.status_code == 400
    assert "That is not the passphrase." in wrong.text
    assert browser.post("/devices/off", current=WORDS).status_code == 303
    assert not library.access.required


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("short", "short", "at least 12"), (WORDS, WORDS + "!", "not the same")],
)
def test_a_passphrase_that_will_not_do_says_why(
    browser: Browser, library: Safelight, first: str, second: str, said: str
) -> None:
    answer = browser.post("/devices/passphrase", passphrase=first, again=second)
    assert answer.status_code == 400
    assert said in answer.text
    assert not library.access.required


def test_a_token_is_shown_once(browser: Browser, library: Safelight) -> None:
    answer = browser.post("/devices/tokens", name="Frame <in> the kitchen")
    secret = re.search(r"slt_[\w-]{40,}", answer.text)
    assert secret
    assert library.access.token(secret[0])
    assert "Frame &lt;in&gt; the kitchen" in answer.text
    assert secret[0] not in browser.get("/devices").text
    (token,) = library.access.tokens()
    browser.post(f"/devices/tokens/{token.id}/remove")
    assert library.access.token(secret[0]) is None


def test_another_browser_is_signed_out_from_the_page(phone: Browser, library: Safelight) -> None:
    library.access.sign_in(WORDS, "192.168.7.9", "Firefox on Linux")
    sign_in(phone)
    other = next(s for s in library.access.sessions() if s.device == "Firefox on Linux")
    phone.post(f"/devices/sessions/{other.id}/end")
    assert [s.device for s in library.access.sessions()] != []
    assert all(s.id != other.id for s in library.access.sessions())


# Who may knock


def test_this_machine_comes_in_as_before(browser: Browser) -> None:
    assert browser.get("/settings").status_code == 200
    assert browser.get("/sign-in").headers["location"] == "/"


def test_beyond_this_machine_nothing_is_open_without_a_passphrase(library: Safelight) -> None:
    client = Client(build_app(library, AT_HOME), "http://192.168.7.5:8420", "192.168.7.20")
    assert client.request("GET", "/library").status_code == 403
    client.close()


def test_what_a_proxy_passes_on_is_not_from_here(browser: Browser) -> None:
    assert browser.get("/settings", x_forwarded_for="192.168.7.20").status_code == 403


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("192.168.7.5:8420", True),
        ("[fe80::1]:8420", True),
        ("localhost:8420", True),
        ("evil.example", False),
        ("192.168.7.5.evil.example", False),
    ],
)
def test_addresses_are_answered_and_foreign_names_are_not(
    phone: Browser, host: str, served: bool
) -> None:
    assert phone.get("/sign-in", host=host).status_code == (200 if served else 421)


def test_a_proxys_name_needs_a_passphrase(library: Safelight) -> None:
    from dataclasses import replace

    library.settings = replace(library.settings, names="photos.home.example, Other.example")
    with pytest.raises(UserError, match=r"photos\.home\.example"):
        plan_reach(library, "127.0.0.1", encrypted=True)
    library.access.set_passphrase(WORDS)
    reach = plan_reach(library, "127.0.0.1", encrypted=True)
    assert reach.answers_to("other.example")
    assert not reach.answers_to("192.168.7.5")
    assert reach.certificate is None


def test_a_damaged_register_lets_nobody_in(phone: Browser, library: Safelight) -> None:
    (library.settings.home / "access.json").write_text("{")
    for address in ("/", "/library", "/api/v1/status"):
        assert phone.get(address).status_code == 503


def test_beyond_this_machine_the_connection_is_encrypted(library: Safelight) -> None:
    library.access.set_passphrase(WORDS)
    reach = plan_reach(library, "0.0.0.0", encrypted=True)
    assert reach.certificate
    again = own_certificate(library.settings.home, ["localhost"])
    assert again.fingerprint == reach.certificate.fingerprint
    assert (reach.certificate.key.stat().st_mode & 0o077) == 0
    assert reach.address(5).startswith("https://127.0.0.1:5")
    assert plan_reach(library, "0.0.0.0", encrypted=False).certificate is None
    other = own_certificate(library.settings.home, ["localhost", "new.example"])
    assert other.fingerprint != again.fingerprint
    assert Path(other.certificate).read_bytes().startswith(b"-----BEGIN CERT")


def test_a_key_of_another_certificate_is_made_anew(tmp_path: Path, library: Safelight) -> None:
    """A crash between the two files would have kept the server from starting for a year."""
    first = own_certificate(library.settings.home, ["localhost"])
    other = own_certificate(tmp_path, ["localhost"])
    first.key.write_bytes(other.key.read_bytes())
    again = own_certificate(library.settings.home, ["localhost"])
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
        again.certificate, again.key
    )
    assert again.fingerprint != first.fingerprint
