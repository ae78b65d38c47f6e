"""The last ten metres of the HTV case: two minutes of flight, for tests of everything around a flight."""

import shutil
from pathlib import Path
from typing import Any

import rvd
from rvd.casefile import Case

ROOT = Path(__file__).parents[1]
HTV = ROOT / "cases" / "htv_berthing.toml"


def short_case(values: dict[str, Any] | None = None) -> Case:
    """The box and the free drift alone, started in the box; `values` change more of it."""
    case = rvd.load(HTV)
    kept = ("box", "free drift")
    gone = {f"leg.{leg.name}": None for leg in case.leg if leg.name not in kept}
    alone = {f"leg.{name}.{key}": None for name in kept for key in ("gate", "fallback", "tries")}
    here = {
        "start.vbar": 0.0,
        "start.rbar": 10.0,
        "start.known_within": [0.1, 0.002],
        "leg.box.at_least": 20.0,
    }
    calm = {f"disperse.{key}": None for key in ("start", "knowledge", "gates.delay")}
    named = {"title": "The last ten metres", "campaign.runs": 12, "campaign.seed": 5}
    # Without a day of drift from every moment.
    named |= {"passive": None, "require": [
        {"what": "captured", "at_least": 0.9973},
        {"what": "propellant_used", "at_most": 300.0, "share": 0.99},
        {"what": "release_speed", "at_most": 0.006, "share": 0.99},
    ]}  # fmt: skip
    return case.with_values({**gone, **alone, **here, **calm, **named, **(values or {})})


def write_short(folder: Path, values: dict[str, Any] | None = None, name: str = "short.toml") -> Path:
    """Writes the short case and its table of nozzles into a folder; gives the case's path."""
    case = short_case(values)
    shutil.copytree(HTV.parent / "parts", folder / "parts", dirs_exist_ok=True)
    (folder / name).write_text(case.text, encoding="utf-8")
    return folder / name


TIGHT = {"goal.half_width": [0.30, 0.30, 0.30]}
"""A box so small that some runs drift out of it."""
