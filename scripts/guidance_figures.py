"""Draws the figures of docs/guidance_functions.md: `python scripts/guidance_figures.py`."""

from itertools import cycle
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from rvd import plot
from rvd.guidance import approach, coelliptic, forced, hops, natural
from rvd.motion import cw
from rvd.safety import drifting, trajectories

DOCS = Path(__file__).parents[1] / "docs"
N = 1.13e-3
TURN = 2.0 * np.pi / N
REST = (0.0, 0.0, 0.0)


def path(r, v, t):
    """Places (200, 3) on the drift from a state."""
    there, _ = cw.coast(r, v, N, np.linspace(0.0, float(t), 200))
    return there


def panel(ax, title, drawn, **view):
    """Paths with their names, on axes of V-bar and R-bar with the target at their origin."""
    plot.vbar_rbar(ax, **view)
    dashes = cycle(("-", "--") if view.get("plane") == "R-H" else ("-",))
    for name, r in drawn.items():
        plot.trajectory(ax, r, label=name, linestyle=next(dashes))
    plot.port(ax)
    ax.set_title(title)
    ax.legend(fontsize=8, loc="lower right" if "plane" in view else "best")


def hopped():
    """Hops by two burns, from rest to rest."""
    found = {}
    for name, hop in (("V-bar, tangential", hops.vbar_tangential), ("V-bar, radial", hops.vbar_radial)):
        first, _, t = hop(400.0, N)
        found[name] = path((0.0, -500.0, 0.0), first, t)
    first, _, t = hops.rbar_tangential(-300.0, -100.0, N)
    return found | {"R-bar, tangential": path((-300.0, 0.0, 0.0), first, t)}


def drifting_by():
    """Motion without thrust."""
    v, _, dwell = natural.teardrop(-150.0, -250.0, N)
    ahead = natural.ellipse_velocity(0.0, 400.0, 300.0, N)
    return {
        "teardrop": path((-250.0, 0.0, 0.0), v, dwell),
        "circumnavigation": path((0.0, -100.0, 0.0), natural.circumnavigation(-100.0, 0.6, N), TURN),
        "2:1 ellipse ahead": path((0.0, 400.0, 0.0), ahead, TURN),
    }


def ellipses():
    """A safety ellipse, and one that is none."""
    return {
        "parallel vectors": path(*natural.safety_ellipse(100.0, 80.0, 0.0, 0.5 * np.pi, 0.0, N), TURN),
        "perpendicular vectors": path(*natural.from_ei((0.0, 0.0, 0.0, 100.0, 80.0, 0.0), 0.0, N), TURN),
    }


def five_burns():
    """An approach from 1,200 km behind, burn by burn."""
    t, dv = approach.five_burns(-30e3, -1200e3, -10e3, 0.4712, 3, 24e3, 2e3, (0.0, -500.0, 0.0), N)
    r, v = np.array((-30e3, -1200e3, 0.0)), coelliptic.velocity(-30e3, N)
    found = {}
    for k, name in enumerate(("NC", "NH", "NSR", "TPI")):
        found[name] = path(r, v + dv[k], t[k + 1] - t[k])
        r, v = cw.coast(r, v + dv[k], N, t[k + 1] - t[k])
    return found


def paths():
    """Hops, natural motion, a safety ellipse, and the five burns of an approach."""
    figure, ((a, b), (c, d)) = plt.subplots(2, 2, figsize=(9.6, 8.0), layout="constrained")
    panel(a, "Hops", hopped(), compass="lower left")
    panel(b, "Natural motion", drifting_by(), compass="lower left")
    panel(c, "Safety ellipse, seen along the V-bar", ellipses(), plane="R-H", compass="upper left")
    panel(d, "Five burns", five_burns(), unit="km", equal=False, compass="upper left")
    return figure


def glideslope():
    """A glideslope with pulses, and where a loss of thrust before each would lead."""
    figure, (a, b) = plt.subplots(1, 2, figsize=(9.6, 4.6), layout="constrained")
    r, to = np.array((-500.0, 0.0, 0.0)), np.array((-30.0, 0.0, 0.0))
    flown = {}
    for pulses in (5, 12):
        t, _, dv = forced.glideslope_pulse(r, REST, to, 0.8, 0.1, pulses, np.arange(pulses + 1), N)
        times = np.linspace(0.0, t[-1], 400)
        there, speed = trajectories.after_burns(r, REST, t, dv, N, times)
        flown[f"{pulses} pulses"] = there
        distance, _ = drifting.closest_approach(there, speed, N, 86400.0)
        b.plot(times, distance, label=f"{pulses} pulses")
    panel(
        a, f"Glideslope up the R-bar, {float(forced.glideslope_time(r, to, 0.8, 0.1)):.0f} s", flown,
        compass="upper right", equal=False,
    )  # fmt: skip
    b.set(
        title="Closest approach in a day after a loss of thrust",
        xlabel="time of the loss, s",
        ylabel="distance, m",
    )
    b.set(ylim=(0.0, None))
    b.legend(fontsize=8)
    return figure


if __name__ == "__main__":
    paths().savefig(DOCS / "guidance_paths.png", dpi=110)
    glideslope().savefig(DOCS / "guidance_glideslope.png", dpi=110)
