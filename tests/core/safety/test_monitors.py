"""The monitors on board: each alarm by a belief that raises it alone."""

import math

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.orbit.frames import Q_HILL_LEVEL
from rvd.core.safety.monitors import Limits, monitor
from rvd.core.signals import Alarm
from tests.core.guidance.legs import belief, leg, memory

LIMITS = Limits(
    (0.0, 0.0, 0.0),
    (-5.0, 15.0, 0.0),
    (-1.0, 0.0, 0.0),
    math.radians(8.0),
    250.0,
    0.3,
    5.0,
    450.0,
    math.radians(10.0),
    300.0,
    90.0,
)
TILTED = tuple((Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_euler("x", 11.0, degrees=True)).as_quat())
INSIDE = (-100.0, 15.0, 0.0)
ABORT = np.zeros(len(Alarm))


def alarm(of=None, t=1000.0, r=INSIDE, entry=100.0, **off) -> Alarm:
    of = of or leg(zone=2.0, needs_laser=1.0)
    return raised(LIMITS, belief(r, **off), memory(of, t_entry=entry), t)


def raised(limits, of, m, t=1000.0, reactions=ABORT) -> Alarm:
    return Alarm(int(monitor(limits, reactions, of, of.q_hill_body, m, t)))


def test_a_sound_belief_raises_nothing():
    assert alarm() == Alarm.NONE


@pytest.mark.parametrize(
    ("off", "name"),
    [
        ({"r": (-100.0, 29.0, 0.0)}, Alarm.CORRIDOR),
        ({"v": (0.31, 0.0, 0.0)}, Alarm.SPEED),
        ({"sigma_r": 5.1}, Alarm.NAVIGATION),
        ({"q": TILTED}, Alarm.ATTITUDE),
        ({"propellant": 299.0}, Alarm.PROPELLANT),
        ({"laser_age": 91.0}, Alarm.LASER),
    ],
)
def test_every_alarm_is_raised_by_its_own_limit(off, name):
    assert alarm(**off) == name


def test_the_corridor_is_of_the_grapple_fixture_wherever_the_centre_of_mass_is():
    """2 m aside of the centre of mass, 10 m below the point: inside and outside of 8 degrees by where it points."""
    aside = LIMITS._replace(grapple_body=(2.0, 0.0, 0.0))
    of, r = memory(leg(zone=2.0, needs_laser=1.0), t_entry=100.0), (-15.0, 15.0, 0.0)
    turned = tuple(
        (Rotation.from_quat(Q_HILL_LEVEL) * Rotation.from_euler("z", 180.0, degrees=True)).as_quat()
    )
    assert raised(LIMITS, belief(r), of) == Alarm.NONE
    assert raised(aside, belief(r), of) == Alarm.CORRIDOR
    beside = belief((-15.0, 17.0, 0.0), q=turned)
    of = memory(leg(zone=2.0, needs_laser=1.0)._replace(q_leg_body=turned), t_entry=100.0)
    assert raised(aside, beside, of) == Alarm.NONE


def test_every_alarm_is_tested_or_raised_by_the_leg_table():
    own = {Alarm.CORRIDOR, Alarm.SPEED, Alarm.NAVIGATION, Alarm.ATTITUDE, Alarm.PROPELLANT, Alarm.LASER}
    assert set(Alarm) - own == {Alarm.NONE, Alarm.TIME_OUT, Alarm.COMMANDED, Alarm.REFUSED, Alarm.LAW}


def test_limits_arm_where_they_matter():
    assert alarm(leg(zone=1.0), r=(-100.0, 29.0, 0.0)) == Alarm.NONE
    assert alarm(r=(-300.0, 15.0, 0.0), v=(0.31, 0.0, 0.0)) == Alarm.NONE
    assert alarm(r=(-500.0, 15.0, 0.0), sigma_r=9.0) == Alarm.NONE
    assert alarm(leg(zone=2.0), laser_age=1e9) == Alarm.NONE
    assert alarm(q=TILTED, entry=990.0) == Alarm.NONE


def test_a_laser_that_is_silent_keeps_its_alarm_on_a_leg_that_is_held():
    """A leg that is entered is given time to find it; a hold is not a new leg."""
    m = memory(leg(zone=2.0, needs_laser=1.0), t_entry=990.0)
    silent = belief(INSIDE, laser_age=95.0)
    assert raised(LIMITS, silent, m) == Alarm.NONE
    assert raised(LIMITS, silent, m._replace(halted=2.0)) == Alarm.LASER
    assert raised(LIMITS, silent, m._replace(halted=1.0)) == Alarm.NONE  # an order's hold is given time too


def test_an_attitude_that_is_off_keeps_its_alarm_while_it_holds():
    m = memory(leg(zone=2.0), t_entry=990.0)
    tilted = belief(INSIDE, q=TILTED)
    assert raised(LIMITS, tilted, m) == Alarm.NONE  # the turn of a leg just entered
    assert raised(LIMITS, tilted, m._replace(halted=2.0)) == Alarm.ATTITUDE


def test_of_two_alarms_the_one_with_the_graver_reaction_is_called():
    m = memory(leg(zone=2.0, needs_laser=1.0), t_entry=100.0)
    fast = belief(INSIDE, v=(0.31, 0.0, 0.0), laser_age=91.0)
    assert raised(LIMITS, fast, m) == Alarm.LASER
    held = ABORT.copy()
    held[Alarm.LASER] = 2.0
    assert raised(LIMITS, fast, m, reactions=held) == Alarm.SPEED
    both = held.copy()
    both[Alarm.SPEED] = 1.0
    assert raised(LIMITS, fast, m, reactions=both) == Alarm.SPEED
    both[Alarm.SPEED] = 2.0
    assert raised(LIMITS, fast, m, reactions=both) == Alarm.LASER


def test_an_alarm_that_has_led_back_hides_no_other():
    m = memory(leg(zone=2.0, needs_laser=1.0), t_entry=100.0)
    both = belief(INSIDE, v=(0.31, 0.0, 0.0), laser_age=91.0)
    react = ABORT.copy()
    react[[Alarm.LASER, Alarm.SPEED]] = 1.0, 2.0
    assert raised(LIMITS, both, m, reactions=react) == Alarm.LASER
    assert raised(LIMITS, both, m._replace(led_back=float(Alarm.LASER)), reactions=react) == Alarm.SPEED
    silent = belief(INSIDE, laser_age=91.0)
    assert raised(LIMITS, silent, m._replace(led_back=float(Alarm.LASER)), reactions=react) == Alarm.LASER
