"""People in the app: asking, naming, correcting, taking back; all of it under `faces`."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image
from tests.unit.people.conftest import Likenesses, template

from safelight.app import Safelight
from safelight.library.judgements import Judgements, Likeness
from safelight.model.consent import Purpose
from safelight.model.people import FacesFound, PersonRow

MODEL = "a" * 64


@dataclass
class Acquaintances:
    """Two people in the photos of a weekend: the first in six, the second in four."""

    library: Safelight
    ann: str
    bob: str
    photos: list[str]

    def row(self, person: str) -> PersonRow:
        found = self.library.people.person(person)
        assert found is not None
        return found


@pytest.fixture
def people(library: Safelight, weekend: list[str]) -> Acquaintances:
    library.allow([Purpose.FACES])
    likenesses = Likenesses()
    found = [
        FacesFound(asset, (template(likenesses.of(0 if n < 6 else 1)),))
        for n, asset in enumerate(weekend[:10])
    ]
    library.people.keep(found, MODEL)
    library.people.update()
    first, second = library.people.people()
    return Acquaintances(library, first.id, second.id, weekend)


def undo_form(page: str) -> str:
    found = re.search(r'action="/people/undo".*?name="number" value="(\d+)"', page, re.DOTALL)
    assert found, "no way back"
    return found[1]


def test_while_faces_is_off_the_page_says_so_and_shows_nobody(
    browser: Any, library: Safelight, weekend: list[str]
) -> None:
    page = browser.get("/people").text
    assert "People are off" in page
    assert 'href="/settings#faces"' in page
    assert "/faces/" not in page
    assert browser.get("/people/p1").status_code == 403
    assert browser.get("/faces/x.0.jpg").status_code == 403
    assert browser.post("/people/p1/name", name="Ann").status_code == 403
    assert browser.get("/api/v1/people").status_code == 403
    assert not library.status().on.count(Purpose.FACES)


def test_those_without_a_name_are_asked_about_first(browser: Any, people: Acquaintances) -> None:
    page = browser.get("/people").text
    assert "Who is this?" in page
    assert page.index(people.ann) < page.index(people.bob)
    answer = browser.post(f"/people/{people.ann}/name", name="  Ann  Lee ", back="/people")
    after = browser.get(answer.headers["location"]).text
    assert "Named." in after
    assert after.index("Your people") < after.index("Ann Lee", after.index("Your people"))
    browser.post("/people/undo", number=undo_form(after), back="/people")
    assert people.row(people.ann).name is None


def test_a_name_that_is_there_already_is_asked_about(browser: Any, people: Acquaintances) -> None:
    people.library.people.name(people.ann, "Ann")
    asked = browser.post(f"/people/{people.bob}/name", name="ann")
    assert asked.status_code == 200
    assert "Is this the same Ann?" in asked.text
    assert people.row(people.bob).name is None
    browser.post(f"/people/{people.bob}/name", name="ann", another="yes")
    assert people.row(people.bob).name == "ann"
    people.library.people.undo()
    merged = browser.post(f"/people/{people.bob}/same", other=people.ann)
    assert merged.headers["location"].startswith(f"/people/{people.ann}?said=person.merged")
    assert len(people.row(people.ann).faces) == 10
    assert browser.get(f"/people/{people.bob}").status_code == 404
    number = undo_form(browser.get(merged.headers["location"]).text)
    browser.post("/people/undo", number=number, back=f"/people/{people.ann}")
    assert len(people.row(people.bob).faces) == 4


def test_of_photos_that_look_the_same_a_person_has_one(browser: Any, people: Acquaintances) -> None:
    people.library.allow([Purpose.CONTENT])
    best, copy, other = people.photos[0], people.photos[1], people.photos[9]
    alike = [Likeness(copy, best, None), Likeness(people.photos[2], other, None)]
    Judgements(people.library._rooms.drawers).replace_likeness(alike)
    page = browser.get(f"/people/{people.ann}").text
    assert "6 photos" in page
    assert "1 much like another" in page
    assert f"/photo/{best}" in page
    assert f"/photo/{copy}" not in page
    assert f"/photo/{people.photos[2]}" in page, "what it is like does not show this person"
    assert f"/photo/{copy}" in browser.get(f"/people/{people.ann}?every=true").text


def test_a_person_has_all_photos_newest_first(browser: Any, people: Acquaintances) -> None:
    page = browser.get(f"/people/{people.ann}").text
    assert re.findall(r'data-photo="([^"]+)"', page) == people.photos[:6][::-1]
    assert "6 photos" in page


@pytest.mark.parametrize("action", ["not", "new", "move"])
def test_faces_that_are_someone_else_are_taken_out_and_put_back(
    browser: Any, people: Acquaintances, action: str
) -> None:
    people.library.people.name(people.bob, "Bob")
    chosen = [face.id for face in people.row(people.ann).faces if face.asset in people.photos[:2]]
    answer = browser.post(f"/people/{people.ann}/faces", face=chosen, action=action, to=people.bob)
    assert answer.status_code == 303
    left = {face.asset for face in people.row(people.ann).faces}
    assert left == set(people.photos[2:6])
    assert len(people.row(people.bob).faces) == (6 if action == "move" else 4)
    assert len(people.library.people.people()) == (3 if action == "new" else 2)
    number = undo_form(browser.get(answer.headers["location"]).text)
    browser.post("/people/undo", number=number)
    assert len(people.row(people.ann).faces) == 6
    assert len(people.row(people.bob).faces) == 4


def test_nothing_chosen_is_said_in_words(browser: Any, people: Acquaintances) -> None:
    answer = browser.post(f"/people/{people.ann}/faces", action="new")
    assert answer.status_code == 400
    assert "Choose at least one face first." in answer.text
    every = [face.id for face in people.row(people.ann).faces]
    assert (
        "all the faces"
        in browser.post(f"/people/{people.ann}/faces", action="new", face=every).text
    )


def test_an_undo_never_takes_back_another_word(browser: Any, people: Acquaintances) -> None:
    said = browser.post(f"/people/{people.ann}/name", name="Ann")
    number = undo_form(browser.get(said.headers["location"]).text)
    people.library.people.name(people.bob, "Bob")
    assert browser.post("/people/undo", number=number).status_code == 400
    assert people.row(people.bob).name == "Bob"


def test_hidden_people_wait_at_the_end(browser: Any, people: Acquaintances) -> None:
    browser.post(f"/people/{people.ann}/hide", hidden="yes")
    page = browser.get("/people").text
    assert "1 hidden person" in page
    assert "Show again" in browser.get(f"/people/{people.ann}").text
    browser.post(f"/people/{people.ann}/hide", hidden="no")
    assert "hidden person" not in browser.get("/people").text


def test_never_group_says_what_goes_and_it_goes(browser: Any, people: Acquaintances) -> None:
    people.library.people.name(people.ann, "Ann")
    face = people.row(people.ann).faces[0].id
    page = browser.get(f"/people/{people.ann}/never").text
    assert "6 face templates in 6 photos" in page
    assert "the name “Ann”" in page
    answer = browser.post(f"/people/{people.ann}/never")
    assert answer.headers["location"].startswith("/people?said=person.excluded")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert "Ann" not in browser.get("/people").text
    assert browser.get(f"/faces/{face}.jpg").status_code == 404


def test_a_portrait_is_cut_under_faces_and_gone_with_it(
    browser: Any, people: Acquaintances
) -> None:
    face = people.row(people.ann).faces[0].id
    before = people.library.ledger_size()
    answer = browser.get(f"/faces/{face}.jpg")
    assert Image.open(io.BytesIO(answer.content)).size == (256, 256)
    assert "private" in answer.headers["cache-control"]
    opened = people.library.ledger(before)
    assert [(line.event, line.purpose) for line in opened] == [("select", Purpose.FACES)]
    assert browser.get(f"/faces/{face}.jpg").status_code == 200
    assert people.library.ledger_size() == before + 1  # held in memory, checked all the same
    people.library.withdraw(Purpose.FACES)
    assert browser.get(f"/faces/{face}.jpg").status_code == 403
    assert people.library.portraits._kept == {}
    people.library.allow([Purpose.FACES])
    assert browser.get(f"/faces/{face}.jpg").status_code == 404


def test_a_photo_shows_who_is_in_it(browser: Any, people: Acquaintances) -> None:
    people.library.people.name(people.ann, "Ann <Lee>")
    page = browser.get(f"/photo/{people.photos[0]}").text
    assert "Ann &lt;Lee&gt;" in page
    assert 'class="face-boxes"' in page
    people.library.withdraw(Purpose.FACES)
    page = browser.get(f"/photo/{people.photos[0]}").text
    assert "Lee" not in page
    assert "face-boxes" not in page
    assert "No face was compared" in page


def test_the_api_says_and_does_the_same(browser: Any, people: Acquaintances) -> None:
    headers = {"X-CSRF-Token": browser.token()}

    def post(path: str, body: dict[str, Any] | None = None) -> Any:
        answer = browser.client.post(f"/api/v1/{path}", json=body or {}, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert [row["id"] for row in browser.get("/api/v1/people").json()] == [people.ann, people.bob]
    assert post(f"people/{people.ann}/name", {"name": "Ann"})["name"] == "Ann"
    faces = [face.id for face in people.row(people.ann).faces]
    made = post(f"people/{people.ann}/split", {"faces": faces[:1]})["id"]
    assert len(people.row(made).faces) == 1
    post(f"people/{people.ann}/merge", {"other": made})
    assert len(people.row(people.ann).faces) == 6
    assert len(post(f"people/{people.ann}/not", {"faces": faces[:2]})["faces"]) == 4
    post(f"people/{people.ann}/split", {"faces": faces[2:3], "to": people.bob})
    assert post(f"people/{people.ann}/hide", {"hidden": True})["hidden"] is True
    assert post("people/undo") == {"undone": "hide"}
    inside = browser.get(f"/api/v1/assets/{people.photos[9]}/people").json()
    assert [each["id"] for each in inside] == [people.bob]
    portrait = browser.get(f"/api/v1/faces/{faces[3]}/portrait")
    assert portrait.headers["content-type"] == "image/jpeg"
    assert post(f"people/{people.bob}/never", {"remember": False})["erased"] >= 5
    assert browser.get(f"/api/v1/people/{people.bob}").status_code == 404


def test_somebody_rests_from_ideas_and_comes_back(browser: Any, people: Acquaintances) -> None:
    def with_bob() -> list[str]:
        seen = {face.asset for face in people.row(people.bob).faces}
        ideas = [card.idea for card in people.library.ideas()]
        return [idea.id for idea in ideas if seen & set(idea.assets)]

    people.library.people.name(people.bob, "Bob")
    people.library.make_ideas()
    assert with_bob()
    preferences = people.library.preferences
    assert preferences.rest(f"person:{people.bob}").label == "Bob"
    assert not with_bob()
    people.library.make_ideas()
    assert not with_bob()
    assert "Rests until" in browser.get("/ideas/hidden").text
    assert people.row(people.bob).name == "Bob"  # known as before
    browser.post("/ideas/hidden/back", subject=f"person:{people.bob}")
    people.library.make_ideas()
    assert with_bob()
    preferences.hide(f"person:{people.bob}")
    assert not with_bob()
    assert [row.label for row in preferences.all()] == ["Bob"]
    assert preferences.bring_back(f"person:{people.bob}")
    assert preferences.all() == []


def test_names_in_files_are_shown_where_nobody_has_them(
    browser: Any, people: Acquaintances, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {people.photos[0]: ("Cleo", "Ann"), people.photos[1]: ("Cleo",)}
    monkeypatch.setattr(people.library.people.__class__, "written_names", lambda _: names)
    people.library.people.name(people.ann, "ann")
    page = browser.get("/people").text
    assert re.findall(r'href="/search\?q=([^"]+)" title="([^"]+)"', page) == [
        ("%22Cleo%22", "2 photos")
    ]
    for person in (people.ann, people.bob):
        people.library.people.exclude(person)
    alone = browser.get("/people").text
    assert "Nobody yet" not in alone
    assert "Named in your files" in alone


def test_a_page_can_ask_whether_what_it_shows_is_still_allowed(
    browser: Any, people: Acquaintances
) -> None:
    shown = re.search(r'data-standing="([^"]*)"', browser.get("/people").text)
    assert shown
    assert browser.get("/standing").text == shown[1]
    assert "faces=" in shown[1]
    entries = len(people.library.ledger())
    people.library.withdraw(Purpose.FACES)
    now = browser.get("/standing").text
    assert "faces=" not in now
    assert "library=" in now
    before = len(people.library.ledger())
    browser.get("/standing")
    assert len(people.library.ledger()) == before > entries, "asking writes nothing"
