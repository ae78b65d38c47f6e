"""The cases that ship with `rvd`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def shelf() -> Path:
    """Where they are: inside the installed package, or beside the sources of a checkout."""
    package = Path(str(resources.files("rvd")))
    return next(place for place in (package / "cases", package.parents[1] / "cases") if place.is_dir())


def shipped() -> list[Path]:
    """Their files, in the order of their names."""
    return sorted(shelf().glob("*.toml"))
