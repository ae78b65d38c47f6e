"""Draws the two figures of docs/architecture.md: the step of a flight with its files, and the layers.

    python scripts/draw_architecture.py

The layers are read from the import contracts in pyproject.toml, so the figure shows what is held.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
TRUTH, BELIEF, BOTH, PLAIN = "#dce9f7", "#fde8cd", "#e6e6e6", "#f4f4f4"

STEP = (
    ("sense", "world.py, vehicle/sensors/", "what each sensor reads of the truth", 0),
    ("read", "navigation/readings.py", "the sensors that the filters use", 1),
    ("estimate", "navigation/", "the filter: predict by what was fired, correct by what was read", 1),
    ("believe", "aboard.py", "what guidance and control may know", 1),
    ("monitor", "safety/monitors.py", "limits, on what is believed", 1),
    ("advance", "guidance/plan.py", "legs, gates, orders from outside", 1),
    ("guide", "guidance/law.py", "the law of the leg: what to aim at", 1),
    ("steer", "control/steering.py", "force and torque wanted", 1),
    ("allocate", "control/allocation.py", "on-times of the nozzles", 1),
    ("take_over", "chain.py", "an abort's own chain, once called: its on-times", 0),
    ("fire", "world.py, vehicle/nozzles.py", "the nozzles as they really push", 0),
    ("move", "world.py, motion/", "both vehicles, one step further", 0),
    ("look", "world.py", "hill frame and geometry, formed once", 0),
    ("watch", "judge.py, rules/, goals/", "the rules and the goal, on the truth", 0),
)
"""The verbs of a step in their order: file under core/, what it does, and its side (0 the truth's, 1 on board)."""

CROSSING = {1: "readings", 9: "on-times"}
"""What crosses to the other side before a verb."""


def draw_step(ax: Axes) -> None:
    """The verbs from the top, each on its side."""
    ax.set(xlim=(0, 2.1), ylim=(len(STEP) + 0.1, -1.0))
    ax.axis("off")
    for side, name in enumerate(("world: the truth", "aboard: what is believed")):
        ax.text(1.1 * side + 0.5, -0.55, name, ha="center", fontsize=13, weight="bold")
    ax.axvline(1.05, color="black", lw=2.0, ymin=0.0, ymax=0.93)
    for k, (verb, file, what, side) in enumerate(STEP):
        x = 1.1 * side
        ax.add_patch(plt.Rectangle((x, k), 1.0, 0.78, color=(TRUTH, BELIEF)[side]))
        ax.text(x + 0.03, k + 0.3, verb, fontsize=12, weight="bold", va="center")
        ax.text(x + 0.97, k + 0.3, file, fontsize=10, family="monospace", va="center", ha="right")
        ax.text(x + 0.03, k + 0.61, what, fontsize=9.5, va="center")
        if k in CROSSING:
            begin, end = (0.97, 1.13) if side else (1.13, 0.97)
            arrow = {"arrowstyle": "-|>", "lw": 2.0, "color": "#b03020"}
            ax.annotate("", (end, k + 0.1), (begin, k - 0.3), arrowprops=arrow)
            ax.text(
                begin, k + 0.15, CROSSING[k], ha="right" if side else "left", fontsize=10, color="#b03020"
            )


def layers(contract: str) -> list[list[str]]:
    """The layers of an import contract of pyproject.toml, the upper ones first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    found = next(one["layers"] for one in contracts if one["id"] == contract)
    return [re.findall(r"\w+", layer) for layer in found]


def draw_layers(ax: Axes, contract: str, name: str) -> None:
    """One row a layer, one box a package."""
    rows = layers(contract)
    ax.set(xlim=(0, 1), ylim=(len(rows), -0.6))
    ax.axis("off")
    ax.text(0.5, -0.3, name, ha="center", fontsize=13, weight="bold")
    for k, packages in enumerate(rows):
        width = 1.0 / len(packages)
        for i, package in enumerate(packages):
            colour = BELIEF if package == "core" else TRUTH if package in FACES else PLAIN
            ax.add_patch(plt.Rectangle((i * width + 0.005, k), width - 0.01, 0.8, color=colour))
            size = 11 if len(packages) < 6 else 7.5
            ax.text((i + 0.5) * width, k + 0.4, package, ha="center", va="center", fontsize=size)


FACES = {"motion", "orbit", "attitude", "guidance", "navigation", "control", "safety"}
"""The functions over arrays, which stand over the kernels of the same name."""


def main() -> None:
    """Writes both figures."""
    plt.rcParams["font.family"] = "DejaVu Sans"
    figure, ax = plt.subplots(figsize=(11.0, 8.6), layout="constrained")
    draw_step(ax)
    figure.savefig(DOCS / "step.png", dpi=110)
    figure, (left, right) = plt.subplots(1, 2, figsize=(12.5, 6.2), layout="constrained")
    draw_layers(left, "layers", "rvd")
    draw_layers(right, "core", "rvd.core")
    figure.savefig(DOCS / "layers.png", dpi=110)


if __name__ == "__main__":
    main()
