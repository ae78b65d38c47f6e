"""Flights made up from formulas, to draw figures of without flying: a schematic approach of HTV in minutes."""

import math
from typing import NamedTuple

import numpy as np

from rvd.case.limits import Goal
from rvd.case.table import Place
from rvd.core.flight.history import HISTORY, LEGS
from rvd.core.signals import Outcome
from rvd.reporting.scene import LegMark, Scene

# Name, law, end (V-bar, R-bar), zone, minutes.
PLAN = (
    ("AI hold", "hold", (-5000.0, 0.0), "outside", 8),
    ("AI to RI", "two-impulse", (0.0, 500.0), "ellipsoid", 63),
    ("RI", "hold", (0.0, 500.0), "ellipsoid", 2),
    ("RI to hold point", "straight", (0.0, 250.0), "ellipsoid", 20),
    ("hold point: yaw-around", "hold", (0.0, 250.0), "ellipsoid", 35),
    ("climb to 30 m", "glideslope", (0.0, 30.0), "sphere", 40),
    ("parking point", "hold", (0.0, 30.0), "sphere", 20),
    ("climb to the box", "glideslope", (0.0, 10.0), "sphere", 18),
    ("box", "hold", (0.0, 10.0), "sphere", 4),
    ("free drift", "drift", (0.0, 10.0), "sphere", 1.65),
)

SCENE = Scene(
    title="HTV-4 R-bar berthing",
    target="ISS",
    chaser="HTV-4",
    legs=tuple(LegMark(name, law, (*to, 0.0), zone) for name, law, to, zone, _ in PLAN),
    centre=(-14.94, -4.99, 0.0),
    ellipsoid=(2000.0, 1000.0, 1000.0),
    keep_out=200.0,
    corridor=math.radians(10.0),
    corridor_from=250.0,
    axis=(0.0, 1.0, 0.0),
    speeds=((250.0, 10.0 / 60.0), (1000.0, 1.5)),
    goal="box",
    success="captured",
    place=(0.0, 10.0, 0.0),
    limits=Goal(
        kind="box",
        at=Place(rbar=10.0),
        half_width=(1.0, 1.0, 1.0),
        release_speed=0.006,
        speed=0.03,
        angle=math.radians(5.0),
        rate=math.radians(0.1),
        time=99.0,
    ),
    orbit_rate=1.1289e-3,
)


DOCKING = SCENE._replace(
    title="Dragon R-bar docking",
    chaser="Dragon",
    legs=(
        *SCENE.legs[:7],
        LegMark("climb to 10 m", "glideslope", (0.0, 10.0, 0.0), "sphere"),
        LegMark("last hold", "hold", (0.0, 10.0, 0.0), "sphere"),
        LegMark("final approach", "glideslope", (0.0, 0.0, 0.0), "sphere"),
    ),
    goal="touch",
    success="docked",
    place=(0.0, 0.0, 0.0),
    limits=Goal(
        kind="touch",
        port="lower",
        of="nose",
        ring_radius=0.6,
        port_radius=0.6,
        closing_speed=(0.05, 0.1),
        lateral_speed=0.04,
        lateral_offset=0.1,
        tilt=math.radians(4.0),
        roll_error=math.radians(4.0),
        tilt_rate=math.radians(0.2),
        roll_rate=math.radians(0.2),
    ),
    port=((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)),
)
"""A docking at a port that looks down, its own down aft: limits of the International Docking System Standard."""


class Flight(NamedTuple):
    """What a figure asks of a flight."""

    outcome: Outcome
    history: dict[str, np.ndarray]
    legs: dict[str, np.ndarray]


def made_up(
    seed: int = 0, outcome: Outcome = Outcome.CAPTURED, spread: float = 0.0, every: float = 5.0
) -> Flight:
    """A schematic flight: smooth steps between the places of the plan, with noise of `spread` times a few metres."""
    random = np.random.default_rng(seed)
    legs = {name: np.full(len(PLAN) + 1, np.nan) for name in LEGS}
    t, vbar, rbar, leg = [], [], [], []
    here, now = np.array([-5000.0, 0.0]), 0.0
    stop = len(PLAN) if outcome.success or outcome is Outcome.MISSED else 5 + seed % 5
    for number, (_, law, to, _, minutes) in enumerate(PLAN[:stop]):
        for name, value in zip(
            LEGS,
            (now, 3.0 * number, 0.5 * number, *here, 0.0, 6.0, 3.0, 3.0, *[1.0] * 6, *here, 0.0),
            strict=True,
        ):
            legs[name][number] = value
        times = np.arange(now, now + 60.0 * minutes, every)
        share = (times - now) / (60.0 * minutes)
        step = share * share * (3.0 - 2.0 * share)
        bulge = 900.0 * np.sin(math.pi * share) if law == "two-impulse" else 0.0
        t.append(times)
        vbar.append(here[0] + (to[0] - here[0]) * step + bulge)
        rbar.append(here[1] + (to[1] - here[1]) * step + 0.4 * bulge)
        leg.append(np.full(times.size, float(number)))
        here, now = np.array(to), now + 60.0 * minutes
    t, vbar, rbar, leg = map(np.concatenate, (t, vbar, rbar, leg))
    near = np.hypot(vbar, rbar)
    wobble = (
        spread
        * random.normal(size=3)[:, None]
        * (0.015 + 0.01 * near)
        * np.sin(t / 700.0 + random.uniform(0, 6))
    )
    return Flight(
        outcome, _history(t, vbar + wobble[0], rbar + wobble[1], wobble[2], leg, near, random), legs
    )


def _history(t, vbar, rbar, hbar, leg, near, random) -> dict[str, np.ndarray]:
    history = {name: np.zeros(t.size) for name in HISTORY}
    history |= {"t": t, "leg": leg, "fixture_vbar": vbar, "fixture_rbar": rbar, "fixture_hbar": hbar}
    history |= {"vbar": vbar + 14.94, "rbar": rbar + 4.99 + 2.2, "hbar": hbar}
    history |= {"offset_forward": vbar, "offset_starboard": hbar, "offset_down": rbar - 10.0}
    history |= {"sigma_r": 0.02 + 0.002 * near, "sigma_v": 0.001 + 2e-6 * near}
    for end, whole in (("", "sigma_r"), ("_rate", "sigma_v")):
        history |= {f"sigma_{word}{end}": 0.5 * history[whole] for word in ("vbar", "rbar", "hbar")}
    for word in ("vbar", "rbar", "hbar"):
        history[f"{word}_rate"] = np.gradient(history[word], t)
        history[f"believed_{word}"] = history[word] + 0.4 * history["sigma_r"] * random.normal(size=t.size)
        rate = history[f"{word}_rate"]
        history[f"believed_{word}_rate"] = rate + 0.4 * history["sigma_v"] * random.normal(size=t.size)
    history["nees"], history["nis"] = random.chisquare(6.0, t.size), random.chisquare(3.0, t.size)
    history["numbers"] = np.full(t.size, 3.0)
    history["angle"] = np.abs(random.normal(0.0, math.radians(0.3), t.size))
    history["rate"] = np.abs(random.normal(0.0, math.radians(0.01), t.size))
    history["propellant_used"], history["delta_v"] = 0.01 * t, 0.002 * t
    return history


def docked(
    seed: int = 0, outcome: Outcome = Outcome.DOCKED, spread: float = 0.0, every: float = 5.0
) -> Flight:
    """A flight of the plan that ends in contact from below at 0.08 m/s, each way across within `spread` times 3 cm."""
    flight = made_up(seed, outcome, every=every)
    random = np.random.default_rng([seed, 1])
    history = {name: values.copy() for name, values in flight.history.items()}
    left = history["t"][-1] - history["t"]
    for name, start in (("forward", 0.2), ("starboard", -0.1)):
        history[f"offset_{name}"] = spread * 0.03 * random.normal() + start * np.minimum(left / 300.0, 1.0)
    history["offset_down"] = 0.08 * left
    nearer = np.maximum(history["fixture_rbar"] - 0.08 * left, 0.0) * (left <= 125.0)
    for name in ("fixture_rbar", "rbar", "believed_rbar"):
        history[name] = history[name] - nearer
    history["rbar_rate"] = np.gradient(history["rbar"], history["t"])
    return flight._replace(history=history)


def made_up_contacts(runs: int = 400, failures: int = 6, seed: int = 1) -> dict[str, np.ndarray]:
    """Columns of a campaign that docks: most runs do, `failures` missed or were aborted in turn."""
    random = np.random.default_rng(seed)
    table = {
        name: values for name, values in made_up_table(runs, 0, seed).items() if not name.startswith("box")
    }
    for name in ("captured", "since", "release_distance", "release_speed"):
        del table[name]
    for old, new in zip(SCENE.legs, DOCKING.legs, strict=True):
        for what in ("nees", "nis", "numbers"):
            table[f"{what}.{new.name}"] = table.pop(f"{what}.{old.name}")
    outcome = np.full(runs, int(Outcome.DOCKED))
    bad = random.choice(runs, failures, replace=False)
    outcome[bad[::2]], outcome[bad[1::2]] = Outcome.MISSED, Outcome.ABORTED
    contact = {
        "touch_time": table["t_end"],
        "closing_speed": random.normal(0.075, 0.005, runs),
        "lateral_speed": random.gamma(4.0, 0.002, runs),
        "lateral_offset": np.where(outcome == Outcome.MISSED, 0.12, random.gamma(4.0, 0.008, runs)),
        **{name: np.radians(random.gamma(5.0, 0.2, runs)) for name in ("tilt", "roll")},
        **{name: np.radians(random.gamma(5.0, 0.012, runs)) for name in ("tilt_rate", "roll_rate")},
    }
    never = outcome == Outcome.ABORTED
    contact = {name: np.where(never, np.nan, values) for name, values in contact.items()}
    return {**table, "outcome": outcome, "docked": outcome == Outcome.DOCKED, **contact}


def made_up_table(runs: int = 400, failures: int = 6, seed: int = 1) -> dict[str, np.ndarray]:
    """Columns of a campaign: most runs captured, `failures` ended badly in three ways."""
    random = np.random.default_rng(seed)
    outcome = np.full(runs, int(Outcome.CAPTURED))
    ways = (Outcome.LEFT_BOX, Outcome.CONTACT, Outcome.ABORTED)
    for k, run in enumerate(random.choice(runs, failures, replace=False)):
        outcome[run] = ways[k % 3]
    released = np.isin(outcome, (Outcome.CAPTURED, Outcome.LEFT_BOX))
    return {
        "outcome": outcome,
        "captured": outcome == Outcome.CAPTURED,
        "propellant_used": random.normal(120.0, 8.0, runs),
        "delta_v": random.normal(15.0, 0.8, runs),
        "corridor_margin": np.radians(random.normal(6.0, 0.8, runs)),
        "speed_margin": random.normal(0.02, 0.004, runs),
        "keep_out_margin": np.full(runs, np.nan),
        "ellipsoid_margin": random.normal(900.0, 20.0, runs),
        "closest": random.normal(17.0, 0.1, runs),
        "t_end": random.normal(12700.0, 120.0, runs),
        "since": np.where(released, 12600.0, np.nan),
        "release_distance": np.where(released, random.gamma(4.0, 0.02, runs), np.nan),
        "release_speed": np.where(released, random.gamma(6.0, 0.0005, runs), np.nan),
        "box_distance": np.where(released, random.gamma(9.0, 0.035, runs), np.nan),
        "box_speed": np.where(released, random.gamma(9.0, 0.0007, runs), np.nan),
        "box_angle": np.where(released, np.radians(random.gamma(9.0, 0.05, runs)), np.nan),
        "box_rate": np.where(released, np.radians(random.gamma(9.0, 0.002, runs)), np.nan),
        "error_r": random.gamma(4.0, 0.01, runs),
        "error_v": random.gamma(4.0, 0.0003, runs),
        **{f"nees.{name}": random.chisquare(6.0, runs) for name, *_ in PLAN},
        **{f"nis.{name}": random.chisquare(3.0, runs) for name, *_ in PLAN},
        **{f"numbers.{name}": np.full(runs, 3.0) for name, *_ in PLAN},
    }
