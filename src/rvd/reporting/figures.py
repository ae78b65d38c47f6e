"""Which figures belong to a flight and which to a campaign, and writing them into a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rvd.case.requirement import Requirement
from rvd.errors import CaseError
from rvd.store.files import replace

from .capture import draw_capture
from .consistency import draw_consistency
from .contact import draw_contact
from .corridor import Side, draw_corridor
from .navigation import draw_navigation
from .outcomes import draw_outcomes
from .passive import draw_passive, lost_thrust
from .scene import Scene
from .shown import Shown, known
from .speed import draw_speed
from .style import drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from rvd.assembly.flyer import Flight
    from rvd.montecarlo.mission import Mission

FORMATS = ("png", "svg", "pdf")


def flight_figures(scene: Scene, shown: list[Shown], vbar: Side = "right") -> dict[str, Figure]:
    """The figures of one flight, or of a few: name -> figure."""
    shown = [known(one) for one in shown]
    return {
        "corridor": draw_corridor(scene, shown, vbar),
        "speed": draw_speed(scene, shown),
        **_goal_figure(scene, shown, None, vbar),
        "navigation": draw_navigation(scene, shown),
        "consistency": draw_consistency(scene, shown),
    }


def campaign_figures(
    scene: Scene,
    shown: list[Shown],
    table: Mapping[str, np.ndarray],
    requirements: Sequence[Requirement] = (),
    vbar: Side = "right",
) -> dict[str, Figure]:
    """The figures of a campaign: `shown` are the flights drawn as lines, `table` holds every run."""
    shown = [known(one) for one in shown]
    return {
        "outcomes": draw_outcomes(scene, table, requirements),
        "corridor": draw_corridor(scene, shown, vbar),
        "speed": draw_speed(scene, shown),
        **_goal_figure(scene, shown, table, vbar),
        "navigation": draw_navigation(scene, shown),
        "consistency": draw_consistency(scene, shown, table),
    }


def _goal_figure(
    scene: Scene, shown: list[Shown], table: Mapping[str, np.ndarray] | None, vbar: Side
) -> dict[str, Figure]:
    """The figure of the goal's own limits, of the kinds that have one."""
    if scene.goal == "box":
        return {"capture": draw_capture(scene, shown, table, vbar)}
    return {"contact": draw_contact(scene, shown, table)} if scene.goal == "touch" else {}


def passive_figure(mission: Mission, flight: Flight, scene: Scene, vbar: Side = "right") -> dict[str, Figure]:
    """The figure of what lost thrust would do to a flight, if its case asks for it."""
    lost = lost_thrust(mission, flight, scene)
    return {} if lost is None else {"passive": draw_passive(scene, flight, lost, vbar)}


def write_figures(
    figures: Mapping[str, Figure],
    folder: Path,
    formats: Iterable[str] = ("png",),
    below: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> list[Path]:
    """Writes each figure as name.format and gives the paths; makes the folder, and the one `below` it that is named.

    `pictures` are those that are rendered as PNG already, which takes most of the time. Raises CaseError for another
    format, StoreError where a link leads out of the folder.
    """
    formats = tuple(formats)
    for form in formats:
        if form not in FORMATS:
            raise CaseError("", 0, "", f"no figure format {form!r}", f"formats are {', '.join(FORMATS)}")
    head = f"{below}/" if below else ""
    ready = pictures or {}
    return [
        replace(
            ready[name] if form == "png" and name in ready else drawn(figure, form),
            folder,
            f"{head}{name}.{form}",
        )
        for name, figure in figures.items()
        for form in formats
    ]
