"""Settings: documented defaults in one TOML file, the person's file over it, then environment."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import platformdirs

from safelight.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; built once, in `app`. `defaults.toml` documents each field.

    `home` is the one field that no file can set: it says where the file is.
    """

    home: Path
    workers: int
    preview_edge: int
    preview_quality: int
    max_megapixels: int
    max_file_megabytes: int
    step_timeout_s: float
    host: str
    port: int
    names: str
    key_store: str
    isolation: str
    language: str
    region: str
    ideas_a_day: int
    daily_at: str
    notify: str
    pair_folder: str
    generator: str
    generator_workflow: str
    generator_timeout_s: float

    @property
    def worker_count(self) -> int:
        """Worker processes: as set, or one a core when 0."""
        return self.workers or max(1, len(_cores()))


def _cores() -> range:
    if hasattr(os, "sched_getaffinity"):
        return range(len(os.sched_getaffinity(0)))
    return range(os.cpu_count() or 1)


def default_home() -> Path:
    """The platform's user data folder, unless SAFELIGHT_HOME says otherwise."""
    chosen = os.environ.get("SAFELIGHT_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("safelight", appauthor=False)


def load_settings(home: Path | None = None, **overrides: object) -> Settings:
    """Build settings from the defaults, `HOME/settings.toml`, `SAFELIGHT_*` and `overrides`.

    Raises:
        UserError: an unknown name, or a value of the wrong type; the message names it.
    """
    home = (home or default_home()).expanduser().absolute()
    values = tomllib.loads(files("safelight").joinpath("defaults.toml").read_text("utf-8"))
    base = Settings(home=home, **values)
    own = home / "settings.toml"
    if own.is_file():
        base = _override(base, _read_toml(own), str(own))
    base = _override(base, _environment(base), "environment")
    return _override(base, overrides, "arguments")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError(f"{path} cannot be read: {error}") from error


def _environment(base: Settings) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in fields(Settings):
        text = os.environ.get(f"SAFELIGHT_{item.name.upper()}")
        if item.name == "home" or text is None:
            continue
        kind = type(getattr(base, item.name))
        try:
            found[item.name] = kind(text)
        except ValueError as error:
            name = f"SAFELIGHT_{item.name.upper()}"
            raise UserError(f"{name}={text!r} is not a {kind.__name__}") from error
    return found


def _override(base: Settings, values: dict[str, object], origin: str) -> Settings:
    for name, value in values.items():
        if name == "home" or not hasattr(base, name):
            raise UserError(f"{origin}: there is no setting {name!r}")
        wanted = type(getattr(base, name))
        if wanted is float and isinstance(value, int):
            value = float(value)
        if type(value) is not wanted:
            raise UserError(f"{origin}: {name} must be a {wanted.__name__}, not {value!r}")
        base = replace(base, **{name: value})  # type: ignore[arg-type]  # names checked above
    return base
