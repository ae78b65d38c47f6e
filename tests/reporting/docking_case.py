"""The last ten metres of the HTV case flown to a docking: no such flight is planned, it is for figures and tables."""

import re
from pathlib import Path

from tests.short_case import short_case, write_short

PORTS = """
[target.ports.lower]
at = ["14.94 m", "0 m", "4.99 m"]
out = "down"
down = "aft"

[chaser.ports.upper]
at = ["0.3 m", "0 m", "-2.2 m"]
out = "up"
down = "forward"
"""
GOAL = """
[goal]
kind = "touch"
port = "lower"
of = "upper"
ring_radius = "0.6 m"
port_radius = "0.6 m"
closing_speed = ["0.02 m/s", "0.1 m/s"]
lateral_speed = "0.04 m/s"
lateral_offset = "0.1 m"
tilt = "4 deg"
roll_error = "4 deg"
tilt_rate = "0.2 deg/s"
roll_rate = "0.2 deg/s"
"""

APPROACH = r"""name = "final approach"
law = "straight"
speed = "0.07 m/s"
arrived = ["0.3 m", "0.05 m/s", "2 deg"]
needs = "laser"\1rbar = "-0.5 m"
"""
"""Through the port: the rings touch before it slows down."""


def docking_text() -> str:
    """The text of the case; its cone has its tip at the port, and is broken by who touches beside it."""
    gone = ("target.contact", "disperse.goal.time", "require", "monitors.corridor", "monitors.corridor_from")
    text = short_case(dict.fromkeys(gone)).text
    text, drift = re.subn(
        r'name = "free drift"\nlaw = "drift"\nat_most = "120.0 s"(.*?)rbar = "10.0 m"', APPROACH, text,
        flags=re.S,
    )  # fmt: skip
    text, goal = re.subn(r"\[goal\].*?(?=\[campaign\])", f"{PORTS}\n{GOAL}\n", text, flags=re.S)
    assert (drift, goal) == (1, 1)
    return text


def write_docking(folder: Path) -> Path:
    """Writes the case and its table of nozzles into a folder; gives the case's path."""
    path = write_short(folder, name="docking.toml")
    path.write_text(docking_text(), encoding="utf-8")
    return path
