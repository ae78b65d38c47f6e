"""A short case for tests, every line of which may be edited; the numbers of the HTV case may change, these do not."""

import functools
import shutil
import tempfile
from pathlib import Path

from rvd.assembly.build import build
from rvd.casefile import Case, load
from rvd.core.flight import truth
from rvd.core.vehicle.sensors.kinds import SensorKind

HTV = Path(__file__).parents[2] / "cases" / "htv_berthing.toml"

SMALL = """\
schema = 2
title = "small"
epoch = 2013-08-09T07:57:00Z
limit = "5 h"

[target]
name = "station"
contact = "7 m"
altitude = "410 km"
inclination = "51.6 deg"
mass = "420000 kg"
inertia = ["1.28e8 kg m^2", "1.07e8 kg m^2", "2.00e8 kg m^2"]
drag_area = ["1470 m^2", "1470 m^2", "1470 m^2"]

[target.points]
berthing = ["15 m", "0 m", "5 m"]
reflectors = [["12 m", "-6 m", "4 m"]]
facing = "down"
half_angle = "40 deg"

[chaser]
name = "freighter"
mass = "15500 kg"
propellant = "1200 kg"
inertia = ["37500 kg m^2", "143000 kg m^2", "143000 kg m^2"]
thrusters = "nozzles.csv"
drag_area = ["15.2 m^2", "43.1 m^2", "43.1 m^2"]
grapple = ["0.3 m", "0 m", "-2.2 m"]

[atmosphere]
density = "3e-12 kg/m^3"

[start]
vbar = "-5000 m"
known_within = ["30 m", "0.05 m/s"]

[sensors.gps]
position = "3 m"
velocity = "0.02 m/s"

[sensors.laser]
where = ["1 m", "-1 m", "-2.2 m"]
range = "0.02 m"
angle = "0.03 deg"
field = "40 deg"
within = "520 m"

[sensors.gyro]
walk = "0.005 deg/h^0.5"

[sensors.accelerometer]
walk = "1e-4 m/s/s^0.5"

[navigation]
hand_over = "500 m"
acceleration = "3e-5 m/s/s^0.5"
thrust = ["2 %", "2 %", "2 %"]
station_angle = "0.2 deg"
accelerometer_above = "0.02 m/s^2"
accelerometer_quiet = "5e-4 m/s^2"

[control.far]
pull = "4e-4 s^-2"
lead = "60 s"
dead = "1 m"
most = "0.014 m/s^2"
turn_pull = "0.01 s^-2"
turn_lead = "12 s"
turn_dead = "0.3 deg"
turn_most = "0.002 rad/s^2"

[nozzles.burn]
strings = ["A"]

[[leg]]
name = "wait"
law = "hold"
to = { vbar = "-5000 m" }
at_most = "30 min"
zone = "outside"
rate = "1 Hz"
control = "far"
nozzles = "burn"
arrived = ["50 m", "0.1 m/s", "2 deg"]

[[leg]]
name = "transfer"
law = "two-impulse"
aim = { vbar = "1500 m", rbar = "800 m" }
to = { rbar = "500 m" }
time = "63 min"
midcourse = "40 min"
at_most = "80 min"
zone = "ellipsoid"
rate = "1 Hz"
control = "far"
nozzles = "burn"

[[leg]]
name = "climb"
law = "glideslope"
to = { rbar = "10 m" }
speed = ["0.15 m/s", "0.06 m/s"]
at_most = "80 min"
attitude = { yaw = "180 deg" }
zone = "sphere"
rate = "2 Hz"
control = "far"
nozzles = "burn"
arrived = ["1 m", "0.03 m/s", "2 deg"]

[abort]
dv = { rbar = "0.3 m/s", vbar = "-0.3 m/s" }
time = "10 min"
rate = "1 Hz"
control = "far"
nozzles = "burn"

[monitors]
corridor = "8 deg"
corridor_from = "250 m"
speed = "0.30 m/s"
sigma = "5 m"
sigma_within = "450 m"
angle = "10 deg"
reserve = "300 kg"
laser_age = "60 s"

[rules.ellipsoid]
kind = "ellipsoid"
semi_axes = { vbar = "2 km", rbar = "1 km", hbar = "1 km" }
zones = ["outside"]

[rules.keep_out]
kind = "sphere"
radius = "200 m"
zones = ["outside", "ellipsoid"]

[rules.speed]
kind = "speed"
steps = [
    { within = "250 m", at_most = "10 m/min" },
    { within = "1 km", at_most = "1.5 m/s" },
]

[rules.corridor]
kind = "cone"
axis = "rbar"
half_angle = "10 deg"
from = "250 m"

[goal]
kind = "box"
at = { rbar = "10 m" }
half_width = ["1 m", "1 m", "1 m"]
release_speed = "0.006 m/s"
speed = "0.03 m/s"
angle = "5 deg"
rate = "0.1 deg/s"
time = "99 s"

[disperse]
"start" = { sigma = { vbar = "20 m", rbar_rate = "0.02 m/s" }, correlation = [["vbar", "rbar_rate", -0.5]] }
"chaser.mass" = { normal = "0.5 %" }
"chaser.thrusters.tilt" = { normal = "0.25 deg" }
"target.altitude" = { normal = "1 km", within = "3 km" }

[campaign]
runs = 200
seed = 7

[[require]]
what = "captured"
at_least = 0.9973

[[require]]
what = "propellant_used"
at_most = "300 kg"
share = 0.99
"""


@functools.cache
def row_names() -> tuple[str, ...]:
    """The names of the row of the small case with every sensor (its nozzle file is that of HTV, with 32 nozzles)."""
    with tempfile.TemporaryDirectory() as folder:
        small = build(load(save(Path(folder))))
    return truth.row_names(small.nozzle_names, small.leg_names, tuple(SensorKind))


def save(folder: Path, text: str | bytes = SMALL) -> Path:
    """Writes a case and a nozzle file beside it; gives the case's path."""
    path = folder / "small.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    shutil.copy(HTV.parent / "parts" / "htv_rcs.csv", folder / "nozzles.csv")
    return path


def edited(old: str, new: str, text: str = SMALL) -> str:
    """The small case with one text in it, which stands there once, replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def line_with(mark: str, text: str = SMALL) -> int:
    """The number of the first line that holds a text."""
    return next(k for k, line in enumerate(text.splitlines(), 1) if mark in line)


def small(folder: Path) -> Case:
    """The small case, loaded."""
    return load(save(folder))
