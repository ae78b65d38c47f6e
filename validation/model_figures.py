"""One small figure a model for docs/models. Run: python -m validation.model_figures"""

import math
from pathlib import Path

import numpy as np

from rvd import attitude, motion, orbit
from rvd.core.constants import J2_EARTH, MU_EARTH, MU_MOON, RADIUS_EARTH, RADIUS_MOON, SPIN_EARTH
from rvd.core.motion import tangent
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import synodic, teme, timescales
from rvd.core.orbit.ephemeris import de440
from rvd.orbit import nrho

PAGES = Path(__file__).parents[1] / "docs" / "models"
RADIUS = RADIUS_EARTH + 410e3
N = math.sqrt(MU_EARTH / RADIUS**3)
PERIOD = 2.0 * math.pi / N


def plane(ax, scale="m"):
    """Axes of the orbit's plane: ahead to the right, up away from the Earth."""
    ax.set_xlabel(f"along track, {scale} (ahead →)")
    ax.set_ylabel(f"radial, {scale} (away from Earth ↑)")
    ax.plot(0, 0, "ks", markersize=5)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=8)


def clohessy_wiltshire(ax):
    """Free drifts over two revolutions, and a two-impulse transfer."""
    t = np.linspace(0.0, 2.0 * PERIOD, 400)
    for name, r, v in (
        ("rest 100 m below", (-100.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
        ("0.1 m/s ahead", (0.0, 0.0, 0.0), (0.0, 0.1, 0.0)),
        ("0.1 m/s up", (0.0, 0.0, 0.0), (0.1, 0.0, 0.0)),
    ):
        path, _ = motion.cw.coast(np.array(r), np.array(v), N, t)
        ax.plot(path[:, 1], path[:, 0], label=name)
    start = np.array((-200.0, -1500.0, 0.0))
    first, _ = motion.cw.two_impulse(start, np.zeros(3), (0.0, -250.0, 0.0), N, 3000.0)
    path, _ = motion.cw.coast(start, first, N, np.linspace(0.0, 3000.0, 100))
    ax.plot(path[:, 1], path[:, 0], "--", label="two impulses, 50 min")
    plane(ax)


def yamanaka_ankersen(ax):
    """The same start about ellipses with the same perigee, one revolution."""
    for e in (0.0, 0.1, 0.3, 0.7):
        p = RADIUS * (1.0 + e)
        period = 2.0 * math.pi * math.sqrt((p / (1.0 - e * e)) ** 3 / MU_EARTH)
        t = np.linspace(0.0, period, 400)
        start = (
            np.array((100.0, 0.0, 0.0)),
            np.array((0.0, -(2.0 + e) * 100.0 * math.sqrt(MU_EARTH / p**3) * (1 + e), 0.0)),
        )
        path, _ = motion.yamanaka_ankersen.coast(*start, MU_EARTH, p, e, 0.0, t)
        ax.plot(path[:, 1], path[:, 0], label=f"e = {e:g}")
    plane(ax)


def relative_elements(ax):
    """A formation held apart by parallel eccentricity and inclination vectors, and what J2 does in five days."""
    target = (RADIUS, 0.001, 0.9, 0.3, 1.2, 0.0)
    six = np.array((0.0, 0.0, 0.0, 300.0, 0.0, 300.0)) / RADIUS
    for days in (0.0, 5.0):
        t = days * 86400.0 + np.linspace(0.0, PERIOD, 200)
        moved = motion.roe.coast(six, target, t, mu=MU_EARTH, j2=J2_EARTH, radius=RADIUS_EARTH)
        spot = np.tile(target, (200, 1))
        spot[:, 5] += N * t
        r, _ = motion.roe.hill_from_roe(moved, spot, mu=MU_EARTH)
        ax.plot(r[:, 2], r[:, 0], label=f"day {days:g}")
    plane(ax)
    ax.set_xlabel("across the track, m")
    ax.set_aspect("equal")


def exact(ax):
    """A day from rest 1 km behind a station of 1/130 m2/kg: drag alone parts them."""
    environment = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, RADIUS, 60e3)
    rt, vt = (RADIUS, 0.0, 0.0), (0.0, 0.62 * N * RADIUS, 0.7846 * N * RADIUS)
    chasers = (1 / 80, 1 / 130, 1 / 174, 1 / 493)
    dr, dv = orbit.frames.eci_from_hill(rt, vt, np.tile((0.0, -1000.0, 0.0), (4, 1)), np.zeros(3))
    state, places, step = (np.tile(rt, (4, 1)), np.tile(vt, (4, 1)), dr, dv), [], 300.0
    for _ in range(round(86400.0 / step)):
        places.append(orbit.frames.hill_from_eci(*state)[0])
        state = motion.nonlinear.coast(
            *state, environment, step, step=10.0, ballistic_target=1 / 130, ballistic_chaser=chasers
        )
    path = np.array(places)
    for k, b in enumerate(chasers):
        (line,) = ax.plot(path[:, k, 1] / 1e3, path[:, k, 0] / 1e3, label=f"chaser 1/{1 / b:.0f} m²/kg")
        ax.plot(path[-1, k, 1] / 1e3, path[-1, k, 0] / 1e3, "o", color=line.get_color(), markersize=5)
    plane(ax, "km")


def tangent_flow(ax):
    """How far a small error grows along a halo orbit of the Moon with its perilune."""
    epoch = timescales.tdb_from_utc("2026-03-01T12:00:00Z")
    start = np.array(synodic.mci_from_synodic(nrho.SEED_9_2, epoch, nrho.MU_EARTH_MOON, de440()))
    moon = Environment(MU_MOON, 0.0, RADIUS_MOON, 0.0, 0.0, RADIUS_MOON, 1e4)
    days = np.linspace(0.1, 6.5, 65)
    sizes, high = [], []
    for day in days:
        matrix, r, _ = tangent.transition(
            start[:3], start[3:], moon, day * 86400.0, step=20.0, epoch=epoch, about="moon"
        )
        sizes.append((np.linalg.norm(matrix[:3, :3], 2), 1e-5 * np.linalg.norm(matrix[:3, 3:], 2)))
        high.append(np.linalg.norm(r) / 1e6)
    ax.semilogy(days, np.array(sizes)[:, 0], label="error from 1 m of place, m")
    ax.semilogy(days, np.array(sizes)[:, 1], label="error from 0.01 mm/s of speed, m")
    ax.semilogy(days, high, "k:", label="distance to the Moon, 1000 km")
    ax.set_xlabel("days from the apolune")
    ax.set_ylabel("largest error in place; distance")
    ax.grid(alpha=0.3)
    ax.legend(fontsize=8)


def two_bodies(ax):
    """What a transfer between two points costs against its time, by the number of revolutions."""
    r1, r2 = (RADIUS, 0.0, 0.0), (-0.5 * RADIUS, 0.9 * RADIUS, 0.0)
    speed = math.sqrt(MU_EARTH / RADIUS)
    hours = np.linspace(0.4, 6.0, 700)
    for turns in (0, 1, 2):
        for left in (False, True) if turns else (False,):
            v1, _ = orbit.lambert.transfer(r1, r2, hours * 3600.0, MU_EARTH, revolutions=turns, left=left)
            cost = np.linalg.norm(v1 - (0.0, speed, 0.0), axis=1) / 1e3
            label = f"{turns} revolutions" + (", left" if left else "")
            ax.plot(hours, cost, "--" if left else "-", color=f"C{turns}", label=label)
    ax.set_xlabel("time of flight, h")
    ax.set_ylabel("first impulse from a circle, km/s")
    ax.set_ylim(0.0, 8.0)
    ax.grid(alpha=0.3)
    ax.legend(fontsize=8)


def three_bodies(ax):
    """Halo orbits about L2 from one seed: the 9:2 one and some of its family, as seen from the Earth."""
    mu, seed = nrho.MU_EARTH_MOON, np.array(nrho.SEED_9_2)
    orbit = nrho.correct(mu, seed)
    found = [orbit]
    for x in (1.03, 1.05, 1.08, 1.11):
        orbit = nrho.correct(mu, orbit.state + (x - orbit.state[0], 0, 0, 0, 0, 0), keep="x")
        found.append(orbit)
    far = nrho.LU / 1e6
    for orbit in found:
        path = orbit.cr3bp.along(orbit, np.linspace(0.0, 0.99999 * orbit.period, 400))
        days = orbit.period * nrho.TU / 86400.0
        ax.plot(path[:, 1] * far, path[:, 2] * far, label=f"{days:.2f} days")
    ax.plot(0.0, 0.0, "ko", markersize=5)
    ax.set_xlabel("along the Moon's motion, 1000 km")
    ax.set_ylabel("along the Moon's orbital pole, 1000 km")
    ax.set_aspect("equal")
    ax.grid(alpha=0.3)
    ax.legend(fontsize=8, loc="center left", bbox_to_anchor=(1.0, 0.5))


def tumbling(ax):
    """A rigid body thrown about its middle axis turns over, and again; its momentum stays."""
    inertia = (1000.0, 1500.0, 2200.0, 0.0, 0.0, 0.0)
    q, w, step = np.array((0.0, 0.0, 0.0, 1.0)), np.array((1e-4, math.radians(3.0), 0.0)), 2.0
    rates = []
    for _ in range(600):
        rates.append(np.degrees(w))
        q, w = attitude.coast(q, w, inertia, step)
    for k, name in enumerate(("x, least inertia", "y, middle", "z, largest")):
        ax.plot(np.arange(600) * step / 60.0, np.array(rates)[:, k], label=name)
    ax.set_xlabel("minutes")
    ax.set_ylabel("rate in body axes, deg/s")
    ax.grid(alpha=0.3)
    ax.legend(fontsize=8)


def pole(ax):
    """Where the true pole of date stands from the mean one, by the nutation that TEME is made with."""
    years = np.arange(2020.0, 2044.0, 0.02)
    angles = [teme.nutation((year - 2000.0) * 365.25 * 86400.0) for year in years]
    tilt = math.sin(teme.obliquity(0.0))
    path = np.array([(dpsi * tilt, deps) for dpsi, deps in angles]) / teme.ARCSEC
    ax.plot(path[:, 0], path[:, 1], linewidth=0.8)
    for year in range(2020, 2044, 4):
        k = int(np.argmin(np.abs(years - year)))
        ax.annotate(str(year), path[k], fontsize=8)
    ax.plot(0, 0, "k+")
    ax.set_xlabel("nutation in longitude × sin(obliquity), arcsec")
    ax.set_ylabel("nutation in obliquity, arcsec")
    ax.set_aspect("equal")
    ax.grid(alpha=0.3)


FIGURES = {
    "frames": pole,
    "attitude": tumbling,
    "three_bodies": three_bodies,
    "two_bodies": two_bodies,
    "cw": clohessy_wiltshire,
    "yamanaka_ankersen": yamanaka_ankersen,
    "roe": relative_elements,
    "nonlinear": exact,
    "tangent": tangent_flow,
}


def main() -> None:
    """Writes them."""
    from matplotlib.figure import Figure

    for name, draw in FIGURES.items():
        figure = Figure(figsize=(6.4, 4.0), layout="constrained")
        draw(figure.subplots())
        path = PAGES / f"{name}.png"
        figure.savefig(path, dpi=80)
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
