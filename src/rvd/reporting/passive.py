"""Passive safety of one flight: where a day without thrust leads from many moments, and which of them are safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rvd.core.flight.moments import chosen, drifts_of, fates_of
from rvd.core.safety.passive import INSIDE, During, Passive, back

from .corridor import Side, compass, zones
from .scene import Scene
from .style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LIMIT,
    ORANGE,
    PURPLE,
    SKY,
    blank,
    drawing,
    heading,
    legend_below,
    logarithmic,
)
from .timeline import mark_legs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from rvd.assembly.flyer import Flight
    from rvd.montecarlo.mission import Mission

COLOUR = {
    During.HOLD: BLUE,
    During.LINE: SKY,
    During.FIRST_BURN: PURPLE,
    During.COAST: GREEN,
    During.MIDCOURSE: ORANGE,
    During.ARRIVAL: ORANGE,
    During.ASCENT: GREY,
    During.FREE_DRIFT: GREY,
    During.ABORT: BLACK,
    During.AWAY: BLACK,
}
IN_BURN, ELSEWHERE = 20, 60
"""Moments of each burn and of every other stretch of flight that are drifted from for the figure."""


class Lost(NamedTuple):
    """Thrust lost at k moments: what the flight did, when (s), and what the drift of `seconds` came to (m).

    `closest` to the target's centre of mass; `returned`: how near it comes back once it has left the keep-out sphere
    (k,), NaN of a moment outside it on the way in, of which only contact is asked. `paths`
    (k, steps + 1, 2) lie along V-bar and R-bar from the berthing point.
    """

    during: np.ndarray
    t: np.ndarray
    closest: np.ndarray
    returned: np.ndarray
    paths: np.ndarray
    seconds: float
    keep_out: float

    @property
    def safe(self) -> np.ndarray:
        """Whether each moment keeps outside the sphere, or does not come back into it where it began inside."""
        inside = np.isin(self.during, INSIDE)
        way_in = inside & np.isnan(self.returned)
        return way_in | (np.where(inside, self.returned, self.closest) >= self.keep_out)

    @property
    def judged(self) -> np.ndarray:
        """The distance to show: of a moment inside the sphere, after it has been left."""
        came_back = np.isin(self.during, INSIDE) & ~np.isnan(self.returned)
        return np.where(came_back, self.returned, self.closest)


def lost_thrust(mission: Mission, flight: Flight, scene: Scene) -> Lost | None:
    """The drifts of a flight from many of its moments; None where its case asks for none."""
    passive: Passive | None = mission.built.passive
    if passive is None or not flight.moments.t.size:
        return None
    dense = passive._replace(in_burn=IN_BURN, elsewhere=ELSEWHERE)
    moments = flight.moments.take(chosen(flight.moments, dense))
    drifts = drifts_of(mission.built.setup, moments, passive.seconds, paths=True)
    places = np.stack([drifts.paths[:, :, 1], -drifts.paths[:, :, 0]], axis=-1) + np.array(scene.centre[:2])
    return Lost(
        moments.during,
        moments.t,
        drifts.closest,
        back(fates_of(drifts)),
        places,
        passive.seconds,
        scene.keep_out,
    )


def draw_passive(scene: Scene, flight: Flight, lost: Lost, vbar: Side = "right") -> Figure:
    """The drifts in the plane of V-bar and R-bar, and how near each came against when the thrust was lost."""
    with drawing():
        figure = blank(9.6, 10.4)
        above, below = figure.subplots(2, 1, height_ratios=[1.15, 1.0])
        _tubes(above, scene, lost, vbar)
        _moments(below, lost)
        mark_legs([below], scene, flight)
        legend_below(figure, [above, below])
        hours = lost.seconds / 3600.0
        heading(figure, scene.title, f"{hours:g} h of drift after lost thrust")
    return figure


def _tubes(axes: Axes, scene: Scene, lost: Lost, side: Side) -> None:
    from matplotlib.collections import LineCollection

    zones(axes, scene, 1e3)
    for during in During:
        these = (lost.during == during) & lost.safe
        if these.any():
            paths = LineCollection(
                list(lost.paths[these] / 1e3), colors=COLOUR[during], linewidths=0.5, alpha=0.35
            )
            axes.add_collection(paths)
    unsafe = list(lost.paths[~lost.safe] / 1e3)
    axes.add_collection(LineCollection(unsafe, colors=LIMIT, linewidths=0.8, alpha=0.8, zorder=3))
    # Most drifts run away by tens of kilometres; what matters happens near the target.
    reach = np.array([3.2, 1.6]) * scene.ellipsoid[0] / 1e3
    across = (-reach[0], reach[0]) if side == "right" else (reach[0], -reach[0])
    axes.set(xlim=across, ylim=(reach[1], -reach[1]), aspect="equal")
    axes.set(xlabel="V-bar from the berthing point (km)", ylabel="R-bar, down (km)")
    axes.set_title("paths, by what the flight did when thrust was lost", loc="left")
    compass(axes, side, 0.90)


def _moments(axes: Axes, lost: Lost) -> None:
    for during in During:
        these = lost.during == during
        if these.any():
            label = f"{during.words}: {int((these & lost.safe).sum())} of {int(these.sum())} safe"
            axes.plot(
                lost.t[these] / 60.0, lost.judged[these], ".", ms=5, color=COLOUR[during], label=label, zorder=3,
            )  # fmt: skip
    bad = ~lost.safe
    axes.plot(
        lost.t[bad] / 60.0, lost.judged[bad], "o", mfc="none", mec=LIMIT, ms=8, label="unsafe", zorder=4
    )
    axes.axhline(lost.keep_out, color=LIMIT, linestyle="--", linewidth=1.2, zorder=2)
    axes.set(xlabel="time at which thrust is lost (min)", ylabel="closest approach of the centres (m)")
    logarithmic(axes)
