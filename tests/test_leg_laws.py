"""Legs flown by the laws that ship as functions, in whole flights; and what is refused of them."""

from pathlib import Path

import numpy as np
import pytest

import rvd
from rvd.core.signals import Outcome
from rvd.errors import CaseError

CASES = Path(__file__).parents[1] / "cases"
LEG = "leg.behind to below"


def inspection(**changes):
    case = rvd.load(CASES / "inspection.toml")
    return case.with_values({f"{LEG}.{key}": value for key, value in changes.items()})


def on_leg(flight, name):
    """Places of the fixture (V-bar, R-bar, H-bar) while a leg of the inspection was flown."""
    h, at = flight.history, [leg.name for leg in inspection().leg].index(name)
    return np.stack([h[f"fixture_{word}"] for word in ("vbar", "rbar", "hbar")], axis=1)[h["leg"] == at]


def test_an_arc_keeps_its_distance_all_the_way_round():
    case = inspection(law="arc", time=None, parameters={"speed": 0.08}, at_most=3600.0, acceleration=0.001)
    flight = rvd.fly(case)
    assert flight.outcome is Outcome.HELD
    away = np.linalg.norm(on_leg(flight, "behind to below"), axis=1)
    assert len(away) > 900 and away.min() > 46.0 and away.max() < 54.0
    assert np.abs(on_leg(flight, "behind to below")[:, 2]).max() < 2.0


def test_a_coelliptic_drift_keeps_its_height():
    """From 300 m behind and 60 m below: at 0.1 m/s, without a push but for trims."""
    case = rvd.load(CASES / "inspection.toml").with_values(
        {
            "start.rbar": 60.0,
            "leg.300 m.law": "coelliptic",
            "leg.300 m.parameters": {"trim": 0.005},
            "leg.300 m.to": {"vbar": -150.0, "rbar": 60.0},
            "leg.300 m.at_most": 3600.0,
        }
    )
    flight = rvd.fly(case)
    way = on_leg(flight, "300 m")
    assert np.abs(way[:, 1] - 60.0).max() < 8.0  # a trim over n is 4.5 m, twice that where it turns
    assert way[0, 0] == pytest.approx(-300.0, abs=20.0) and way[-1, 0] == pytest.approx(-150.0, abs=5.0)
    assert flight.legs["t"][1] == pytest.approx(1480.0, abs=200.0)  # 150 m at 3/2 n 60 m


def test_a_two_impulse_transfer_may_be_the_first_leg():
    case = rvd.load(CASES / "inspection.toml").with_values(
        {"leg.300 m.law": "two-impulse", "leg.300 m.time": 1500.0, "leg.300 m.at_most": 3000.0,
         "leg.300 m.to": {"vbar": -200.0}}
    )  # fmt: skip
    flight = rvd.fly(case)
    assert flight.legs["t"][1] == pytest.approx(1500.0, abs=60.0)
    # A burn leaves 1 cm/s, which moves the end by up to three times its length; no midcourse mends that here.
    assert on_leg(flight, "300 m")[-1, 0] == pytest.approx(-200.0, abs=3.0 * 0.01 * 1500.0)


def test_what_counts_on_the_orbit_s_motion_is_flown_in_hill_alone():
    with pytest.raises(
        CaseError, match="the law coelliptic is flown by the orbit's own motion, in the hill frame"
    ):
        inspection(law="coelliptic", time=None, frame="body", to={"forward": -60.0}, at_most=900.0)
    with pytest.raises(
        CaseError, match="the law arc has no speed; remove it: what the law takes goes into parameters"
    ):
        inspection(law="arc", time=None, speed=0.2, at_most=900.0)
    with pytest.raises(CaseError, match="the law arc takes no such number"):
        inspection(law="arc", time=None, parameters={"sped": 0.1}, at_most=900.0)
