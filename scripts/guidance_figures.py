"""Draws the figures of docs/guidance_functions.md: `python scripts/guidance_figures.py`."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from rvd.guidance import approach, coelliptic, forced, hops, natural
from rvd.motion import cw
from rvd.safety import drifting, trajectories

DOCS = Path(__file__).parents[1] / "docs"
N = 1.13e-3
TURN = 2.0 * np.pi / N
REST = (0.0, 0.0, 0.0)


def axes(ax, title):
    """V-bar to the right and R-bar down, the target at the centre."""
    ax.axhline(0.0, color="0.8", lw=0.8)
    ax.axvline(0.0, color="0.8", lw=0.8)
    ax.plot(0.0, 0.0, "ks", ms=5)
    ax.set(title=title, xlabel="V-bar, m", ylabel="R-bar, m")


def path(r, v, t):
    """Places on the drift from a state, as (V-bar, R-bar)."""
    there, _ = cw.coast(r, v, N, np.linspace(0.0, float(t), 200))
    return there[:, 1], -there[:, 0]


def paths():
    """Hops, natural motion, and the five burns of an approach."""
    figure, ((a, b), (c, d)) = plt.subplots(2, 2, figsize=(9.0, 7.0), layout="constrained")
    for hop, label in ((hops.vbar_tangential, "tangential"), (hops.vbar_radial, "radial")):
        first, _, t = hop(400.0, N)
        a.plot(*path((0.0, -500.0, 0.0), first, t), label=f"V-bar, {label}")
    first, _, t = hops.rbar_tangential(-300.0, -100.0, N)
    a.plot(*path((-300.0, 0.0, 0.0), first, t), label="R-bar, tangential")
    a.invert_yaxis()
    axes(a, "Hops")
    a.legend(fontsize=8)
    v, _, dwell = natural.teardrop(-150.0, -250.0, N)
    b.plot(*path((-250.0, 0.0, 0.0), v, dwell), label="teardrop")
    b.plot(
        *path((0.0, -100.0, 0.0), natural.circumnavigation(-100.0, 0.6, N), TURN), label="circumnavigation"
    )
    b.plot(
        *path((0.0, 400.0, 0.0), natural.ellipse_velocity(0.0, 400.0, 300.0, N), TURN),
        label="2:1 ellipse ahead",
    )
    b.invert_yaxis()
    axes(b, "Natural motion")
    b.legend(fontsize=8)
    r, v = natural.safety_ellipse(100.0, 80.0, 0.0, 0.5 * np.pi, 0.0, N)
    there, _ = cw.coast(r, v, N, np.linspace(0.0, TURN, 200))
    c.plot(there[:, 2], -there[:, 0], label="parallel vectors")
    r, v = natural.from_ei((0.0, 0.0, 0.0, 100.0, 80.0, 0.0), 0.0, N)
    there, _ = cw.coast(r, v, N, np.linspace(0.0, TURN, 200))
    c.plot(there[:, 2], -there[:, 0], "--", label="perpendicular vectors")
    c.invert_yaxis()
    axes(c, "Safety ellipse, seen along the V-bar")
    c.set(xlabel="H-bar, m")
    c.legend(fontsize=8)
    t, dv = approach.five_burns(-30e3, -1200e3, -10e3, 0.4712, 3, 24e3, 2e3, (0.0, -500.0, 0.0), N)
    r, v = np.array((-30e3, -1200e3, 0.0)), coelliptic.velocity(-30e3, N)
    for k in range(4):
        x, y = path(r, v + dv[k], t[k + 1] - t[k])
        d.plot(x / 1e3, y / 1e3, label=("NC", "NH", "NSR", "TPI")[k])
        r, v = cw.coast(r, v + dv[k], N, t[k + 1] - t[k])
    d.invert_yaxis()
    axes(d, "Five burns")
    d.set(xlabel="V-bar, km", ylabel="R-bar, km")
    d.legend(fontsize=8)
    return figure


def glideslope():
    """A glideslope with pulses, and where a loss of thrust before each would lead."""
    figure, (a, b) = plt.subplots(1, 2, figsize=(9.0, 3.6), layout="constrained")
    r, to = np.array((-500.0, 0.0, 0.0)), np.array((-30.0, 0.0, 0.0))
    for pulses in (5, 12):
        t, _, dv = forced.glideslope_pulse(r, REST, to, 0.8, 0.1, pulses, np.arange(pulses + 1), N)
        times = np.linspace(0.0, t[-1], 400)
        there, speed = trajectories.after_burns(r, REST, t, dv, N, times)
        a.plot(there[:, 1], -there[:, 0], label=f"{pulses} pulses")
        distance, _ = drifting.closest_approach(there, speed, N, 86400.0)
        b.plot(times, distance, label=f"{pulses} pulses")
    a.invert_yaxis()
    axes(a, f"Glideslope up the R-bar, {float(forced.glideslope_time(r, to, 0.8, 0.1)):.0f} s")
    a.legend(fontsize=8)
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
