"""Passive safety of one flight: where a day without thrust leads from many moments, and which of them are safe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from rvd import plot
from rvd.core.flight.moments import chosen, drifts_of, fates_of
from rvd.core.safety.passive import INSIDE, During, Passive, back

from .corridor import Side, zones
from .scene import Scene, hill
from .style import (
    BLACK,
    BLUE,
    BROWN,
    GREEN,
    GREY,
    INDIGO,
    LIMIT,
    ORANGE,
    PURPLE,
    SKY,
    WINE,
    blank,
    drawing,
    heading,
    legend_below,
    limit_line,
    logarithmic,
)
from .timeline import mark_legs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from rvd.assembly.flyer import Flight
    from rvd.montecarlo.mission import Mission


class Mark(NamedTuple):
    """How a class of moments is drawn: a colour and a marker of its own, so that it is known in grey as well."""

    colour: str
    marker: str
    size: float = 5.5


MARKS = {
    During.HOLD: Mark(BLUE, "o"),
    During.LINE: Mark(SKY, "s"),
    During.FIRST_BURN: Mark(PURPLE, "^"),
    During.COAST: Mark(GREEN, "D"),
    During.MIDCOURSE: Mark(ORANGE, "v"),
    During.ARRIVAL: Mark(BROWN, "P", 7.0),
    During.ASCENT: Mark(GREY, "p"),
    During.FREE_DRIFT: Mark(WINE, "*", 9.0),
    During.ABORT: Mark(BLACK, "X"),
    During.AWAY: Mark(INDIGO, "<"),
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
    """The worst drift of each class of moments in the plane, and how near every drift came by when thrust was lost."""
    with drawing():
        figure = blank(9.6, 10.4)
        above, below = figure.subplots(2, 1, height_ratios=[1.15, 1.0])
        _worst(above, scene, lost, vbar)
        _moments(below, lost)
        mark_legs([below], scene, flight)
        legend_below(figure, [above, below])
        hours = lost.seconds / 3600.0
        heading(figure, scene.title, f"{hours:g} h of drift after lost thrust")
    return figure


def worst(lost: Lost) -> dict[During, int]:
    """Of each class of moments, the one whose drift is judged worst: an unsafe one if there is any."""
    rank = np.where(lost.safe, lost.judged, lost.judged - 1e12)
    return {
        during: int(np.flatnonzero(lost.during == during)[np.argmin(rank[lost.during == during])])
        for during in During
        if np.any(lost.during == during)
    }


def drawn_steps(scene: Scene, lost: Lost, k: int) -> int:
    """How many steps of a drift are drawn: to its closest approach, and a turn of the target at least."""
    away = np.linalg.norm(lost.paths[k] - np.array(scene.centre[:2]), axis=1)
    if lost.during[k] in INSIDE:  # of interest is how near it comes once it has left
        out = np.flatnonzero(away > lost.keep_out)
        away[: int(out[0]) if out.size else away.size] = np.inf
    closest = int(np.argmin(away)) if np.isfinite(away).any() else 0
    turn = 2.0 * np.pi / scene.orbit_rate / lost.seconds * (len(away) - 1)
    return min(max(closest, int(turn)), len(away) - 1) + 1


def _worst(axes: Axes, scene: Scene, lost: Lost, side: Side) -> None:
    plot.vbar_rbar(axes, side, unit="km", origin=f"the {scene.origin}", zero=False)
    zones(axes, scene)
    for during, k in worst(lost).items():
        v, r = lost.paths[k, : drawn_steps(scene, lost, k)].T
        path = hill(v, r, np.zeros_like(v))
        safe = bool(lost.safe[k])
        look: dict[str, Any] = {
            "color": MARKS[during].colour,
            "linewidth": 1.1 if safe else 1.8,
            "zorder": 3.0 - safe,
        }
        plot.trajectory(axes, path, **look)
        axes.plot(v[0], r[0], zorder=4, **_look(during))
        if not safe:
            axes.plot(v[-1], r[-1], "x", ms=9, mew=2.0, color=LIMIT, zorder=5)
    # Most drifts run away by tens of kilometres; what matters happens between the flight and the target.
    reach = 1.1 * max(float(np.abs(lost.paths[:, 0]).max()), 1.6 * max(scene.ellipsoid[:2]))
    axes.set_xlim(*((-reach, reach) if side == "right" else (reach, -reach)))
    axes.set_ylim(0.5 * reach, -0.5 * reach)
    axes.set_title("the worst drift of each class, from where thrust was lost (marks)", loc="left")


def _look(during: During) -> dict[str, Any]:
    """The mark of a class with a white edge, so that marks side by side stay apart."""
    colour, marker, size = MARKS[during]
    return {"color": colour, "marker": marker, "ms": size, "mec": "white", "mew": 0.3}


def _moments(axes: Axes, lost: Lost) -> None:
    for during in During:
        these = lost.during == during
        if these.any():
            label = f"{during.words}: {int((these & lost.safe).sum())} of {int(these.sum())} safe"
            axes.plot(
                lost.t[these] / 60.0, lost.judged[these], label=label, zorder=3, linestyle="none", **_look(during)
            )  # fmt: skip
    bad = ~lost.safe
    axes.plot(
        lost.t[bad] / 60.0, lost.judged[bad], "o", mfc="none", mec=LIMIT, ms=8, label="unsafe", zorder=4
    )
    limit_line(axes, lost.keep_out, f"keep-out sphere, {lost.keep_out:g} m: unsafe below")
    axes.set(xlabel="time at which thrust is lost (min)", ylabel="closest approach of the centres (m)")
    logarithmic(axes)
