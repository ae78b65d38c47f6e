"""Where each linear model holds: its error against the exact model, as a figure and a table in docs/models.

Run: python -m validation.which_model. The target's perigee is at 410 km. The chaser has the target's energy, stands
mostly along the track, and coasts; the error is that of its position over its largest distance so far.
"""

import math
from pathlib import Path

import numpy as np

from rvd import motion
from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.core.motion import cw, roe, roe_drag, yamanaka_ankersen
from rvd.core.motion.nonlinear import Environment
from rvd.core.motion.roe_drag import Rates
from rvd.core.orbit import curvilinear, frames, mean
from rvd.core.orbit.elements import (
    Elements,
    Kepler,
    from_state,
    kepler_from_state,
    state_from_kepler,
    to_state,
)

PERIGEE = RADIUS_EARTH + 410e3
SEPARATIONS = np.geomspace(10.0, 50e3, 8)
ECCENTRICITIES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.7)
TIMES = np.geomspace(0.1, 10.0, 8)  # revolutions
FORCES = {"two bodies": (0.0, 0.0), "J2": (J2_EARTH, 0.0), "J2 and drag": (J2_EARTH, 4e-12)}
BALLISTIC = (1.0 / 130.0, 1.0 / 174.0)  # station and freighter, m2/kg
PAGES = Path(__file__).parents[1] / "docs" / "models"


def begin(e: float, separation: float):
    """(target's r, v, chaser's r and v in hill) with equal energies."""
    rt, vt = to_state(Elements(PERIGEE * (1.0 + e), e, 0.9, 0.3, 1.2, 0.7), MU_EARTH)
    r = tuple(separation * x for x in (0.2, -0.93, 0.3))
    dr, dv = frames.eci_from_hill(rt, vt, r, (0.0, 0.0, 0.0))
    # rest in hill, then as much along the inertial velocity as makes the energies equal
    v = np.add(vt, dv)
    want = 2.0 * (
        0.5 * np.dot(vt, vt) - MU_EARTH / math.dist(rt, (0, 0, 0)) + MU_EARTH / np.linalg.norm(np.add(rt, dr))
    )
    v = v * math.sqrt(want) / np.linalg.norm(v)
    return rt, vt, *frames.hill_from_eci(rt, vt, dr, tuple(map(float, np.subtract(v, vt))))


def surroundings(force: str) -> Environment:
    """The Earth with these forces."""
    j2, density = FORCES[force]
    return Environment(MU_EARTH, j2, RADIUS_EARTH, SPIN_EARTH, density, PERIGEE, 6e4)


def exact(rt, vt, r, v, t: float, force: str):
    """Hill position and the largest distance so far, of the exact model."""
    environment = surroundings(force)
    state, far = (rt, vt, *frames.eci_from_hill(rt, vt, r, v)), np.linalg.norm(r)
    for _ in range(12):
        if environment.density:
            both = {"ballistic_target": BALLISTIC[0], "ballistic_chaser": BALLISTIC[1]}
            state = motion.nonlinear.coast(*state, environment, t / 12, step=10.0, **both)
        else:
            state = motion.nonlinear.leap(*state, environment, t / 12, step=30.0)
        far = max(far, np.linalg.norm(state[2]))
    return frames.hill_from_eci(*(tuple(map(float, x)) for x in state))[0], far


def by_cw(rt, vt, r, v, t, force):
    """CW at the target's mean motion."""
    k = kepler_from_state(rt, vt, MU_EARTH)
    return cw.coast(r, v, math.sqrt(MU_EARTH / k.a) / k.a, t)[0]


def by_cw_bent(rt, vt, r, v, t, force):
    """CW in curvilinear coordinates."""
    k = kepler_from_state(rt, vt, MU_EARTH)
    bent = curvilinear.curvilinear_from_hill(
        r, v, math.dist(rt, (0, 0, 0)), np.dot(rt, vt) / math.dist(rt, (0, 0, 0))
    )
    a, b = cw.coast(*bent, math.sqrt(MU_EARTH / k.a) / k.a, t)
    return curvilinear.hill_from_curvilinear(a, b, k.a, 0.0)[0]


def by_ya(rt, vt, r, v, t, force):
    """Yamanaka-Ankersen."""
    x = from_state(rt, vt, MU_EARTH)
    return yamanaka_ankersen.coast(r, v, MU_EARTH, x.p, x.e, x.nu, t)[0]


def by_roe(rt, vt, r, v, t, force, air=False):
    """Mean relative elements under secular J2, osculating at both ends."""
    j2 = FORCES[force][0]
    earth = (MU_EARTH, j2, RADIUS_EARTH)
    dr, dv = frames.eci_from_hill(rt, vt, r, v)
    chaser = tuple(map(float, np.add(rt, dr))), tuple(map(float, np.add(vt, dv)))
    target, other = (
        mean.mean_from_osculating(kepler_from_state(*s, MU_EARTH), *earth) for s in ((rt, vt), chaser)
    )
    six, rates = roe.roe_from_elements(target, other), Rates(0.0, 0.0, 0.0)
    if air:
        rates = roe_drag.drag_rates(six, target, surroundings(force), *BALLISTIC)
    six = roe_drag.coast(six, target, t, *earth, 0.0, rates)
    now = roe.drift(target, t, *earth)
    pair = [Kepler(*now), roe.elements_from_roe(six, now)]
    (r0, v0), (r1, v1) = (state_from_kepler(mean.osculating_from_mean(k, *earth), MU_EARTH) for k in pair)
    return frames.hill_from_eci(r0, v0, tuple(np.subtract(r1, r0)), tuple(np.subtract(v1, v0)))[0]


def by_roe_drag(rt, vt, r, v, t, force):
    """The same with the rates of differential drag, from the same air."""
    return by_roe(rt, vt, r, v, t, force, air=True)


MODELS = {
    "Clohessy-Wiltshire": by_cw,
    "Clohessy-Wiltshire, curvilinear": by_cw_bent,
    "Yamanaka-Ankersen": by_ya,
    "ROE with J2": by_roe,
    "ROE with J2 and drag": by_roe_drag,
}


def errors(e: float, separation: float, revolutions: float, force: str) -> list[float]:
    """Relative error of each model."""
    start = begin(e, separation)
    period = 2.0 * math.pi * math.sqrt((PERIGEE / (1.0 - e)) ** 3 / MU_EARTH)
    truth, far = exact(*start, revolutions * period, force)
    return [
        float(np.linalg.norm(np.subtract(law(*start, revolutions * period, force), truth)) / far)
        for law in MODELS.values()
    ]


def maps():
    """(title, y label, y values, errors (models, y, separations)) of each column of the figure."""
    columns = []
    table = [[errors(e, s, 1.0, "two bodies") for s in SEPARATIONS] for e in ECCENTRICITIES]
    columns.append(("two bodies, one revolution", "eccentricity", ECCENTRICITIES, np.moveaxis(table, -1, 0)))
    for force in FORCES:
        table = [[errors(0.001, s, t, force) for s in SEPARATIONS] for t in TIMES]
        columns.append((f"{force}, e = 0.001", "revolutions", TIMES, np.moveaxis(table, -1, 0)))
    return columns


def draw(columns, path: Path) -> None:
    """Logarithm of the error, and the line of 1 %."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 13), layout="constrained")
    axes = figure.subplots(len(MODELS), len(columns), squeeze=False)
    for i, model in enumerate(MODELS):
        for j, (title, label, values, found) in enumerate(columns):
            ax, rows = axes[i, j], np.arange(len(values))
            size = np.log10(np.clip(found[i], 1e-9, 10.0))
            seen = ax.pcolormesh(SEPARATIONS, rows, size, vmin=-6, vmax=0, cmap="viridis", shading="nearest")
            if size.min() < -2.0 < size.max():
                ax.contour(SEPARATIONS, rows, size, levels=[-2.0], colors="black", linewidths=1.5)
            ax.set_xscale("log")
            ax.set_xlim(SEPARATIONS[0], SEPARATIONS[-1])
            ax.set_yticks(rows, [f"{value:.2g}" for value in values])
            ax.set_title(f"{model}\n{title}", fontsize=9)
            ax.set_ylabel(label)
            if i == len(MODELS) - 1:
                ax.set_xlabel("separation, m")
    bar = figure.colorbar(seen, ax=axes, shrink=0.6)
    bar.set_label("log10 of the error over the largest distance; line: 1 %")
    figure.savefig(path, dpi=75)


def reach(columns) -> str:
    """Largest separation up to which the error stays under 1 %, as a Markdown table."""
    picks = [(0, 0), (0, 3), (0, 5), (0, 7), (1, 7), (2, 4), (2, 7), (3, 7)]
    names = []
    for j, k in picks:
        title, _, values, _ = columns[j]
        what = f"e = {values[k]:g}" if j == 0 else f"{values[k]:.2g} rev"
        names.append(f"{title.replace(', one revolution', ', 1 rev')}, {what}".replace("e = 0.001, ", ""))
    lines = ["| model | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for i, model in enumerate(MODELS):
        cells = []
        for j, k in picks:
            bad = np.flatnonzero(columns[j][3][i, k] >= 0.01)
            last = (bad[0] if bad.size else len(SEPARATIONS)) - 1
            cells.append(f"{SEPARATIONS[last]:,.0f} m" if last >= 0 else "nowhere")
        lines.append(f"| {model} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes the figure and the page."""
    columns = maps()
    draw(columns, PAGES / "which.png")
    text = (
        (PAGES / "which.md").read_text()
        if (PAGES / "which.md").exists()
        else "<!-- table -->\n<!-- end -->\n"
    )
    head, _, rest = text.partition("<!-- table -->")
    _, _, tail = rest.partition("<!-- end -->")
    (PAGES / "which.md").write_text(f"{head}<!-- table -->\n\n{reach(columns)}\n<!-- end -->{tail}")
    print(reach(columns))


if __name__ == "__main__":
    main()
