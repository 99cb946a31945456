"""Sets of labelled faces are read in the forms in which they come, and scanned by the program."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks" / "accuracy"
ORIGINALS = "apple-photos-faces.photoslibrary/originals"


@pytest.fixture
def labelled(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("labelled")


@pytest.fixture
def wild(tmp_path: Path) -> Path:
    """A folder a person; of Bob the first photo is missing."""
    for name in ("Ann_Lee_0001", "Ann_Lee_0002", "Ann_Lee_0003", "Bob_0002", "Cy_0001"):
        folder = tmp_path / name[:-5]
        folder.mkdir(exist_ok=True)
        Image.new("RGB", (8, 8)).save(folder / f"{name}.jpg")
    (tmp_path / "Cy" / "notes.txt").write_text("no photo")
    return tmp_path


def test_every_pair_of_a_folder_a_person(labelled: ModuleType, wild: Path) -> None:
    people = labelled.people_in(wild)
    assert {name: len(paths) for name, paths in people.items()} == {"Ann_Lee": 3, "Bob": 1, "Cy": 1}
    pairs = labelled.all_pairs(people)
    assert len(pairs) == 10
    assert sum(pair.same for pair in pairs) == 3


@pytest.mark.parametrize("gap", ["\t", " "])
def test_pairs_as_faces_in_the_wild_lists_them(labelled: ModuleType, wild: Path, gap: str) -> None:
    lines = (("10", "300"), ("Ann_Lee", "1", "3"), ("Ann_Lee", "2", "Bob", "2"))
    text = "\n".join(gap.join(row) for row in lines)
    same, other = labelled.from_pairs(text, labelled.people_in(wild))
    assert (same.one.name, same.other.name, same.same) == (
        "Ann_Lee_0001.jpg", "Ann_Lee_0003.jpg", True,
    )  # fmt: skip
    assert (other.one.name, other.other.name, other.same) == (
        "Ann_Lee_0002.jpg", "Bob_0002.jpg", False,
    )  # fmt: skip


def test_other_names_go_by_their_place(labelled: ModuleType, tmp_path: Path) -> None:
    for name in ("x.jpg", "y.png"):
        (tmp_path / "s1").mkdir(exist_ok=True)
        Image.new("L", (8, 8)).save(tmp_path / "s1" / name)
    (pair,) = labelled.from_pairs("s1 1 2", labelled.people_in(tmp_path))
    assert (pair.one.name, pair.other.name) == ("x.jpg", "y.png")


def test_a_table_of_pairs_says_who_hangs_together(labelled: ModuleType, tmp_path: Path) -> None:
    for at in range(1, 6):
        Image.new("RGB", (8, 8)).save(tmp_path / f"img{at}.jpg")
    table = tmp_path / "master.csv"
    table.write_text(
        "\ufefffile_x,file_y,Decision\n"
        "img1.jpg,img2.jpg,Yes\nimg3.jpg,dataset/img2.jpg, yes\nimg4.jpg,img5.jpg,No\n",
        encoding="utf-8",
    )
    pairs = list(labelled.from_csv(table, tmp_path))
    assert [pair.same for pair in pairs] == [True, True, False]
    who = labelled.identities(pairs)
    one, two, three, four, five = (who[tmp_path / f"img{at}.jpg"] for at in range(1, 6))
    assert one == two == three
    assert len({one, four, five}) == 3


def test_a_photo_that_is_not_there_is_named(labelled: ModuleType, tmp_path: Path) -> None:
    table = tmp_path / "master.csv"
    table.write_text("file_x,file_y,Decision\na.jpg,b.jpg,No\n")
    with pytest.raises(FileNotFoundError, match=r"a\.jpg"):
        list(labelled.from_csv(table, tmp_path))


def test_a_table_is_answered_by_a_whole_scan(
    labelled: ModuleType,
    shared_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    starts = ("74C3C5B5", "2C766B95", "52E95CFC")
    for start in starts:
        found = next((shared_data / ORIGINALS).glob(f"*/{start}*"))
        with Image.open(found) as opened:
            opened.thumbnail((600, 600))
            opened.save(tmp_path / f"{start}.jpg")
            opened.convert("L").resize((250, 250)).save(tmp_path / f"{start}-grey.jpg")
    Image.new("RGB", (300, 300)).save(tmp_path / "nobody.jpg")
    rows = [f"{start}.jpg,{start}-grey.jpg,Yes" for start in starts]
    rows += ["74C3C5B5.jpg,2C766B95.jpg,No", "74C3C5B5.jpg,nobody.jpg,No"]
    table = tmp_path / "master.csv"
    table.write_text("\n".join(["file_x,file_y,Decision", *rows]))
    monkeypatch.setattr(sys, "argv", ["pairs.py", str(tmp_path), "--csv", str(table)])
    importlib.import_module("pairs").main()
    said = capsys.readouterr().out
    assert "(6 of 7;" in said  # photos with a face
    assert "no face:" in said
    assert "nobody.jpg" in said
    assert "(4 of 5;" in said  # pairs: a photo without a face is no answer
    assert "pairs F1 1.0000" in said
