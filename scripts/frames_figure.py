"""Draws docs/units_and_frames.png: the axes of `rvd` about a target, and the units, in one figure.

python scripts/frames_figure.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

OUT = Path(__file__).parents[1] / "docs" / "units_and_frames.png"

HILL, WORDS, INK = "#0072B2", "#D55E00", "#333333"

UNITS = [
    ("length, time, mass", "m, s, kg"),
    ("velocity, acceleration", "m/s, m/s²"),
    ("angle, rate", "rad, rad/s"),
    ("force, torque", "N, N m"),
    ("gravitational parameter", "m³/s²"),
    ("quaternion q_a_b", "(x, y, z, w): takes b to a"),
    ("time of an epoch", "s of TDB past J2000"),
    ("in case files", 'a string with its unit: "250 m"'),
]


def arrow(ax, way, colour, text, at=1.12, width=2.4):
    """An axis from the target, named at its end."""
    x, y = way
    look = {"arrowstyle": "-|>", "color": colour, "lw": width, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (x, y), (0.0, 0.0), arrowprops=look)
    ax.text(at * x, at * y, text, color=colour, ha="center", va="center", fontsize=10)


def side(ax) -> None:
    """The orbit plane seen from the side on which the target moves to the right."""
    arc = np.linspace(np.radians(60), np.radians(120), 100)
    ax.plot(6.0 * np.cos(arc), 6.0 * np.sin(arc) - 6.0, color="#999999", lw=1.0)
    ax.plot(6.0 * np.cos(arc) * 0.62, 6.0 * np.sin(arc) * 0.62 - 6.0, color="#555555", lw=2.0)
    ax.text(0.0, -2.5, "Earth", ha="center", color="#555555")
    arrow(ax, (0.0, 1.5), HILL, "x: radially outward", 1.12)
    arrow(ax, (1.7, 0.0), HILL, "y: along track", 1.05)
    ax.texts[-1].set(ha="left", va="bottom")
    arrow(ax, (1.2, 0.0), WORDS, "", width=5.0)
    ax.text(1.25, -0.22, "vbar = +y", color=WORDS)
    arrow(ax, (0.0, -1.2), WORDS, "", width=5.0)
    ax.text(0.12, -1.2, "rbar = -x, toward the Earth", color=WORDS)
    ax.plot(0, 0, "o", mfc="white", mec=HILL, ms=13, zorder=5)
    ax.plot(0, 0, "x", color=HILL, ms=7, zorder=6)  # z = x times y goes into the page
    ax.text(-0.15, 0.22, "z: orbit normal,\ninto the page", color=HILL, ha="right", va="bottom")
    ax.text(-0.15, -0.2, "hbar = -z,\nout of the page", color=WORDS, ha="right", va="top")
    ax.set(xlim=(-2.6, 3.3), ylim=(-2.8, 1.9), aspect="equal")
    ax.set_title("The axes of hill, and the words of case files", fontsize=11)
    ax.axis("off")


def body(ax) -> None:
    """The chaser's own axes, and the units."""
    ax.axis("off")
    ax.set(xlim=(0.0, 10.0), ylim=(0.0, 10.0))
    ax.set_title("Units, and more frames", fontsize=11)
    for k, (what, unit) in enumerate(UNITS):
        ax.text(0.2, 9.3 - 0.66 * k, what, color=INK, fontsize=10)
        ax.text(4.9, 9.3 - 0.66 * k, unit, color=HILL, fontsize=10)
    more = [
        ("body", "x forward, y starboard, z down"),
        ("lvlh", "x along track (vbar), y = hbar, z = rbar"),
        ("ntw", "along the velocity, not along the track"),
        ("eci, mci", "inertial, about the Earth or the Moon"),
    ]
    for k, (name, told) in enumerate(more):
        ax.text(0.2, 3.3 - 0.66 * k, name, color=WORDS, fontsize=10, weight="bold")
        ax.text(2.0, 3.3 - 0.66 * k, told, color=INK, fontsize=10)
    ax.text(0.2, 0.2, "A relative velocity is the rate seen in the rotating frame.", color=INK, fontsize=10)


def main() -> None:
    """Draws and saves."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(11.5, 4.8), layout="constrained")
    side(left)
    body(right)
    figure.savefig(OUT, dpi=110, metadata={"Software": "rvd"})


if __name__ == "__main__":
    main()
