"""A command, option or setting that is not documented does not exist for people."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from safelight.settings import Settings
from safelight.surfaces.cli import cli

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROOT = Path(__file__).resolve().parents[2]


def commands(group: click.Group, path: str = "safelight") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


ALL = dict(commands(cli))


@pytest.mark.parametrize("name", ALL)
def test_every_command_is_in_the_reference(name: str) -> None:
    text = (DOCS / "reference" / "cli.md").read_text("utf-8")
    short = name.removeprefix("safelight ")  # beside the whole name of a sibling
    assert name in text or (" " in short and f"`{short}" in text)


@pytest.mark.parametrize("name", ALL)
def test_every_command_takes_home_and_json_and_says_what_it_does(name: str) -> None:
    options = {option for param in ALL[name].params for option in param.opts}
    assert {"--home", "--json"} <= options
    assert ALL[name].help


def test_every_setting_has_a_default_a_comment_and_a_row() -> None:
    defaults = (ROOT / "src/safelight/defaults.toml").read_text("utf-8")
    reference = (DOCS / "reference" / "settings.md").read_text("utf-8")
    names = {field.name for field in fields(Settings)} - {"home"}
    assert set(tomllib.loads(defaults)) == names
    for name in names:
        assert f"`{name}`" in reference


def test_links_between_documents_lead_somewhere() -> None:
    import re

    for page in [*DOCS.rglob("*.md"), ROOT / "README.md"]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_and_every_decision_can_be_found() -> None:
    index = (DOCS / "index.md").read_text("utf-8")
    kinds = ("tutorials", "how-to", "reference", "explanation")
    pages = [
        page.relative_to(DOCS).as_posix() for kind in kinds for page in DOCS.glob(f"{kind}/*.md")
    ]
    assert [page for page in pages if f"({page})" not in index] == []
    listed = (DOCS / "decisions" / "README.md").read_text("utf-8")
    made = sorted(each.name for each in DOCS.glob("decisions/0*.md"))
    assert sorted(re.findall(r"\((0\d+[^)]+\.md)\)", listed)) == made


def test_the_table_of_regions_is_the_one_in_force() -> None:
    from safelight.consent.regions import all_regions

    text = (DOCS / "reference" / "regions.md").read_text("utf-8")
    assert "not legal advice" in text
    for region in all_regions():
        part = text.partition(f"### {region.name}\n")[2].partition("\n### ")[0]
        assert f"`{region.code}`" in text
        for cell in region.cells.values():
            read = str(cell.verified_on) if cell.verified_on else "to be checked"
            assert any(
                cell.says in line and cell.source in line and read in line
                for line in part.splitlines()
            ), cell.says
