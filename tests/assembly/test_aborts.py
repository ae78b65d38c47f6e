"""The collision-avoidance manoeuvre, flown from moments of the HTV case."""

import math

import numpy as np
import pytest

from rvd.assembly.aborts import aborts, why
from rvd.core.safety.passive import During
from rvd.montecarlo.mission import Mission
from tests.core.flight.htv import case, mission, nominal

FULL = 26
"""Moments here; the whole flight is looked at in more of them by the campaign's own table."""


@pytest.fixture(scope="module")
def table():
    return mission().aborts(FULL, None, 2013)


def test_every_abort_keeps_a_day_clear(table):
    """Each stays outside the sphere, or was commanded within it: then it leaves, and says so."""
    assert [line.t for line in table] == list(np.linspace(0.0, nominal().tally.t_end, FULL, endpoint=False))
    assert all(line.safe for line in table)
    for line in table:
        if line.started >= 200.0:
            assert line.closest >= 200.0 and line.reason == ""
        else:
            assert "within the sphere" in line.reason
            assert line.point > 7.0 and line.returned >= 200.0


def test_every_leg_is_aborted(table):
    flown = {line.leg for line in table}
    assert len(flown) >= 8
    assert {During.HOLD, During.COAST, During.LINE, During.ASCENT} <= {line.during for line in table}


def test_the_first_burn_is_covered_by_the_abort():
    """At each second of the burn whose loss would not be safe, the abort on the other string is."""
    built, moments = mission().built, nominal().moments
    burn = moments.t[moments.during == During.FIRST_BURN]
    lines = aborts(built.setup, built.names, built.row, burn[::4], 2013, 0)
    assert len(lines) == burn[::4].size
    assert all(line.safe and line.closest > 1000.0 for line in lines)


def test_half_the_gain_from_the_ai_point_leads_to_the_station():
    """0.3 m/s backward is one V-bar length in one orbit: 6 pi v / n = 5.0 km. Each such abort is listed with why."""
    weak = Mission(case().with_values({"abort.dv": {"rbar": 0.3, "vbar": -0.3}, "start.rbar": 0.0,
                                       "leg.AI hold.to.rbar": 0.0}))  # fmt: skip
    built = weak.built
    lines = aborts(built.setup, built.names, built.row, (200.0, 300.0, 400.0), 2013, 0)
    assert min(line.closest for line in lines) < 1000.0
    strong = aborts(mission().built.setup, built.names, mission().built.row, (200.0, 300.0, 400.0), 2013, 0)
    assert min(line.closest for line in strong) > 1000.0


def test_a_time_after_the_end_gives_no_line():
    built = mission().built
    assert aborts(built.setup, built.names, built.row, (nominal().tally.t_end + 60.0,), 2013, 0) == []


def test_what_is_said_of_an_abort():
    assert why(False, True, 900.0, 0.0, 0.0, 900.0, 900.0) == ""
    assert (
        why(False, False, 61.0, 7200.0, 0.0, 61.0, 50.0)
        == "passes the target at 61 m, 2.0 h after the command"
    )
    inside = why(True, True, 22.0, 0.0, 360.0, 230.0, 12.1)
    assert (
        inside
        == "commanded within the sphere: leaves it within 6 min, no nearer than 12.1 m to the berthing point"
    )
    assert why(True, False, 22.0, 0.0, 360.0, 150.0, 12.1).endswith("and comes back to 150 m")
    assert (
        why(True, False, 22.0, 0.0, math.nan, 150.0, 12.1)
        == "commanded within the sphere, and does not leave it"
    )
