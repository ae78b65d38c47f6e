"""The attainable wrench of a case: how hard each of its nozzle sets can push and turn the chaser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rvd.assembly.nozzle_table import read_nozzles
from rvd.assembly.onboard import nozzle_marks
from rvd.control.attainable import DIRECTIONS, Attainable, attainable

from .grid import Cell, Grid, Said
from .style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    blank,
    drawing,
    heading,
    legend_below,
    said,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from rvd.casefile import Case

AXES = {"x": "forward", "y": "starboard", "z": "down"}
OPPOSITE = {"x": "aft", "y": "port", "z": "up"}


def attainable_of(case: Case) -> Attainable:
    """The largest pure forces and torques about the dry centre of mass of all nozzles, of each string, of each set.

    The last row is all of them with any one nozzle out.
    """
    table = read_nozzles(case.folder / case.chaser.thrusters)
    every = np.ones(len(table.nozzles.thrust), dtype=bool)
    strings = {f"string {name}": table.of_string(name) for name in table.strings}
    sets = {f"set {name}": nozzle_marks(case, name, table) for name in case.nozzles}
    z = table.nozzles
    return attainable(
        z.where_body,
        z.push_body,
        z.thrust,
        {"all": every, **strings, **sets},
        case.chaser.centre_of_mass,
        every,
    )


def direction(name: str) -> str:
    """A direction of the summary in words: "force +x" is forward."""
    what, along = name.split()
    sign, axis = along[0], along[1]
    if what == "force":
        return (AXES if sign == "+" else OPPOSITE)[axis]
    return f"{sign} about {AXES[axis]}"


def wrench_grid(summary: Attainable) -> Grid:
    """A row a nozzle set: forces in N, torques in N m."""
    heads = tuple(direction(name) for name in DIRECTIONS)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(Said(float(value), f"{value:.0f}") for value in row))
        for name, row in zip(summary.names, summary.largest, strict=True)
    )
    return Grid(
        "Attainable wrench: forces (N), torques (N m)", ("nozzles", *heads), rows, "l" + "r" * len(heads)
    )


def draw_wrench(summary: Attainable, title: str) -> Figure:
    """The attainable wrench as bars, a group a direction."""
    colours = (BLUE, SKY, GREEN, ORANGE, PURPLE, VERMILION, GREY)
    with drawing():
        figure = blank(9.6, 7.0)
        axes = figure.subplots(2, 1)
        for place, span, unit in zip(
            axes, (slice(0, 6), slice(6, 12)), ("force (N)", "torque (N m)"), strict=True
        ):
            height = 0.8 / len(summary.names)
            for k, (name, row) in enumerate(zip(summary.names, summary.largest[:, span], strict=True)):
                place.bar(
                    np.arange(6) + (k + 0.5) * height - 0.4, row, height, color=colours[k % len(colours)],
                    label=said(name), hatch="//" if k >= len(colours) else None, edgecolor="white", linewidth=0.3,
                )  # fmt: skip
            place.set_xticks(np.arange(6), [direction(name) for name in DIRECTIONS[span]])
            place.set_ylabel(unit)
            place.grid(visible=False, axis="x")
        legend_below(figure, axes)
        heading(figure, title, "attainable wrench")
    return figure
