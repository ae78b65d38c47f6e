"""The cases that ship with `rvd`."""

from __future__ import annotations

from pathlib import Path

import rvd


def shelf() -> Path:
    """Where they are: inside the installed package, or beside the sources of a checkout."""
    package = Path(rvd.__file__).parent
    return next(place for place in (package / "cases", package.parents[1] / "cases") if place.is_dir())


def shipped() -> list[Path]:
    """Their files, in the order of their names."""
    return sorted(shelf().glob("*.toml"))
