import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rvd.core.constants import J2_EARTH, MU_EARTH, MU_MOON, MU_SUN, RADIUS_EARTH, SPIN_EARTH
from rvd.core.kernel import entry
from rvd.core.motion import nonlinear
from rvd.core.motion.nonlinear import Environment, Sky
from rvd.core.orbit import frames
from tests.core.motion.oracles import fly_both, fly_in_many_digits, inertial_acceleration

ALTITUDE = 410e3
R = RADIUS_EARTH + ALTITUDE
V = math.sqrt(MU_EARTH / R)
INCLINATION = math.radians(51.6)
RT = (R, 0.0, 0.0)
VT = (0.0, V * math.cos(INCLINATION), V * math.sin(INCLINATION))
PERIOD = 2.0 * math.pi * R / V
NONE = (0.0,) * 8
TWO_BODY = Environment(MU_EARTH, 0.0, RADIUS_EARTH, SPIN_EARTH, 0.0, R, 60e3)
FULL = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, R, 60e3)
SKY = (MU_MOON, 3.1e8, 2.0e8, 1.0e8, MU_SUN, -1.0e11, 1.0e11, 0.4e11)


@entry
def fly(
    environment: Environment,
    ballistic_target: float,
    ballistic_chaser: float,
    sky: Sky,
    rt: tuple[float, float, float],
    vt: tuple[float, float, float],
    dr: tuple[float, float, float],
    dv: tuple[float, float, float],
    push: tuple[float, float, float],
    h: float,
    steps: int,
):
    for _ in range(steps):
        rt, vt, dr, dv = nonlinear.step(
            environment, ballistic_target, ballistic_chaser, sky, sky, sky, rt, vt, dr, dv, push, h
        )
    return rt, vt, dr, dv


def start(r_hill, v_hill=(0.0, 0.0, 0.0)):
    return frames.eci_from_hill(RT, VT, r_hill, v_hill)


def test_acceleration_is_that_of_both_vehicles_apart():
    dr, dv = start((300.0, -5000.0, 200.0), (0.3, -0.2, 0.1))
    forces = nonlinear.Forces(FULL, 0.008, 0.004, SKY, push_eci=(1e-3, 2e-3, -3e-3))
    at, ar = nonlinear.acceleration(forces, RT, VT, dr, dv)
    target = inertial_acceleration(FULL, 0.008, SKY, np.array(RT), np.array(VT))
    chaser = inertial_acceleration(FULL, 0.004, SKY, np.array(RT) + dr, np.array(VT) + dv)
    assert np.allclose(at, target, rtol=0.0, atol=1e-14)
    # the oracle subtracts two numbers of 9 m/s2
    assert np.allclose(np.array(ar) - (1e-3, 2e-3, -3e-3), chaser - target, rtol=0.0, atol=1e-14)


@pytest.mark.parametrize("separation", [1e-3, 1.0, 1e3, 1e5, 5e6, 2e7])
def test_differential_acceleration_in_many_digits(separation):
    """Against 50 digits: central gravity, J2 and a third body keep 14 digits at any separation."""
    mpmath = pytest.importorskip("mpmath")
    mpmath.mp.dps = 50
    f = mpmath.mpf
    rt = (4.1e6, -3.2e6, 4.4e6)
    dr = tuple(separation * k for k in (0.5, -0.3, 0.81))

    def gravity(r):
        d = mpmath.sqrt(sum(x * x for x in r))
        k = f(1.5) * f(J2_EARTH) * f(RADIUS_EARTH) ** 2 * f(MU_EARTH) / d**5
        z2 = 5 * (r[2] / d) ** 2
        central = f(MU_EARTH) / d**3
        return [-(central + k * (c - z2)) * x for x, c in zip(r, (1, 1, 3))]

    def moon(r):
        s = [f(x) for x in SKY[1:4]]
        d = mpmath.sqrt(sum((a - b) ** 2 for a, b in zip(s, r)))
        return [f(MU_MOON) * (a - b) / d**3 for a, b in zip(s, r)]

    for law, ours in (
        (gravity, nonlinear.gravity(FULL, rt, dr)[1]),
        (moon, nonlinear.third_body(MU_MOON, SKY[1:4], rt, dr)[1]),
    ):
        here = law([f(a) for a in rt])
        there = law([f(a) + f(b) for a, b in zip(rt, dr)])
        exact = np.array([float(b - a) for a, b in zip(here, there)])
        assert np.max(np.abs(exact - ours)) < 4e-15 * np.max(np.abs(exact)) * max(1.0, separation / 1e6)


def test_two_body_energy_and_momentum_are_kept():
    dr, dv = start((100.0, -800.0, 50.0), (0.1, 0.2, -0.05))
    rt, vt, dr1, dv1 = fly(TWO_BODY, 0.0, 0.0, NONE, RT, VT, dr, dv, (0.0,) * 3, 1.0, round(PERIOD))
    before = np.array(RT) + dr, np.array(VT) + dv
    after = np.array(rt) + dr1, np.array(vt) + dv1
    for a, b in (((np.array(RT), np.array(VT)), (np.array(rt), np.array(vt))), (before, after)):
        energy = [0.5 * v @ v - MU_EARTH / np.linalg.norm(r) for r, v in (a, b)]
        momentum = [np.cross(r, v) for r, v in (a, b)]
        assert abs(energy[1] / energy[0] - 1.0) < 1e-13
        assert (
            np.max(
                np.abs(momentum[1] / np.linalg.norm(momentum[0]) - momentum[0] / np.linalg.norm(momentum[0]))
            )
            < 1e-13
        )


@pytest.mark.parametrize("r_hill", [(-10.0, 0.0, 0.0), (0.0, -1000.0, 30.0), (-500.0, -5000.0, 100.0)])
def test_one_orbit_agrees_with_two_inertial_integrations(r_hill):
    """The difference is the other side's float64 floor: 7e6 m times 2e-16 times a few thousand steps."""
    dr, dv = start(r_hill)
    steps = round(PERIOD)
    args = (FULL, 0.008, 0.004, SKY, RT, VT, dr, dv, (0.0,) * 3)
    ours = np.concatenate(fly(*args, 1.0, steps))
    theirs = fly_both(FULL, (0.008, 0.004), SKY, RT, VT, dr, dv, np.zeros(3), [float(steps)])[-1]
    assert np.max(np.abs(ours[6:9] - theirs[6:9])) < 2e-6
    assert np.max(np.abs(ours[9:] - theirs[9:])) < 2e-9


def test_one_orbit_to_a_nanometre():
    """10 m to 1 km apart, J2, against 34 digits, with steps of 0.5 s; no drag."""
    places = ((-10.0, 0.0, 0.0), (3.0, -100.0, 20.0), (0.0, -1000.0, 30.0), (300.0, 900.0, -300.0))
    begins = [start(place) for place in places]
    steps = 2 * round(PERIOD)
    quiet = FULL._replace(density=0.0)
    theirs, speeds = fly_in_many_digits(quiet, RT, VT, begins, 0.5 * steps)
    for (dr, dv), where, speed in zip(begins, theirs, speeds):
        ours = fly(quiet, 0.0, 0.0, NONE, RT, VT, dr, dv, (0.0,) * 3, 0.5, steps)
        assert np.max(np.abs(ours[2] - where)) < 1e-9
        assert np.max(np.abs(ours[3] - speed)) < 1e-12


def test_a_hundred_kilometres_apart():
    """Against two high-order inertial integrations: their float64 floor."""
    dr, dv = start((2e4, -1e5, 1e4), (1.0, 2.0, -3.0))
    steps = round(PERIOD)
    ours = fly(FULL, 0.008, 0.004, SKY, RT, VT, dr, dv, (0.0,) * 3, 1.0, steps)
    theirs = fly_both(FULL, (0.008, 0.004), SKY, RT, VT, dr, dv, np.zeros(3), [float(steps)])[-1]
    assert np.max(np.abs(np.array(ours[2]) - theirs[6:9])) < 3e-6


@settings(max_examples=25)
@given(st.lists(st.floats(-1.0, 1.0), min_size=6, max_size=6), st.floats(10.0, 1e4))
def test_there_and_back_with_every_force(place, size):
    """Half a revolution forward and backward, drag and third bodies included: to the step's fifth power twice."""
    dr, dv = start(tuple(size * x for x in place[:3]), tuple(1e-3 * size * x for x in place[3:]))
    args = (FULL, 0.008, 0.004, SKY)
    there = fly(*args, RT, VT, dr, dv, (0.0,) * 3, 2.0, 1400)
    rt, vt, dr1, dv1 = fly(*args, *there, (0.0,) * 3, -2.0, 1400)
    far = max(size, float(np.max(np.abs(there[2]))))
    assert np.max(np.abs(np.subtract(dr1, dr))) < 1e-10 * far
    assert np.max(np.abs(np.subtract(dv1, dv))) < 1e-13 * far
    assert np.max(np.abs(np.subtract(rt, RT))) < 1e-3
    assert np.max(np.abs(np.subtract(vt, VT))) < 1e-6


def test_two_halves_make_the_whole():
    """To the bit, as the steps are the same."""
    dr, dv = start((300.0, -900.0, 200.0), (0.1, 0.2, -0.3))
    args, zero = (FULL, 0.008, 0.004, SKY), (0.0,) * 3
    whole = fly(*args, RT, VT, dr, dv, zero, 1.0, 2000)
    halves = fly(*args, *fly(*args, RT, VT, dr, dv, zero, 1.0, 900), zero, 1.0, 1100)
    assert whole == halves


def test_the_step_is_of_fourth_order():
    dr, dv = start((-500.0, -5000.0, 100.0))
    args = (FULL, 0.008, 0.004, SKY, RT, VT, dr, dv, (0.0,) * 3)
    exact = np.array(fly(*args, 1.0, 3200)[2])
    errors = [np.linalg.norm(np.array(fly(*args, h, round(3200 / h))[2]) - exact) for h in (40.0, 20.0)]
    assert 13.0 < errors[0] / errors[1] < 19.0


@pytest.mark.parametrize(
    ("ballistic_chaser", "sign"), [(1 / 174.0, -1.0), (1 / 493.0, -1.0), (1 / 80.0, 1.0)]
)
def test_a_day_of_drift_from_rest_five_kilometres_behind(ballistic_chaser, sign):
    """Station 1/130 m2/kg. Drag alone moves the chaser (less drag than the station: aft and up) in 24 h."""
    ballistic_target = 1 / 130.0
    dr, dv = start((0.0, -5000.0, 0.0))
    args = (ballistic_target, ballistic_chaser, NONE, RT, VT, dr, dv, (0.0,) * 3)
    dr1 = fly(FULL, *args, 10.0, 8640)[2]
    theirs = fly_both(
        FULL, (ballistic_target, ballistic_chaser), NONE, RT, VT, dr, dv, np.zeros(3), [86400.0]
    )
    assert np.max(np.abs(np.array(dr1) - theirs[-1, 6:9])) < 2e-2
    wind = V - SPIN_EARTH * R * math.cos(INCLINATION)
    difference = -0.5 * FULL.density * wind**2 * (ballistic_chaser - ballistic_target)
    round_earth = FULL._replace(j2=0.0)
    moved = [
        frames.hill_from_eci(*fly(round_earth, ballistic_target, b, *args[2:], 10.0, 8640))[0][1]
        for b in (ballistic_chaser, ballistic_target)
    ]
    assert (moved[0] - moved[1]) * sign > 0.0
    # Constant along-track acceleration a in CW: y = 4 a / n2 (1 - cos nt) - 1.5 a t2. The wind across the
    # track and the loss of height leave a few per cent (J2 alone, by the mean height, moves it by 12 %).
    n = V / R
    expected = difference * (4.0 / n**2 * (1.0 - math.cos(n * 86400.0)) - 1.5 * 86400.0**2)
    assert abs((moved[0] - moved[1]) / expected - 1.0) < 0.04


def test_no_third_body_is_no_acceleration():
    dr, _dv = start((10.0, 20.0, 30.0))
    for s in ((0.0, 0.0, 0.0), RT, (1e8, 2e8, 3e8)):
        assert nonlinear.third_body(0.0, s, RT, dr) == ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))


def test_zero_separation_stays_zero():
    zero = (0.0, 0.0, 0.0)
    _, _, dr, dv = fly(FULL, 0.008, 0.008, SKY, RT, VT, zero, zero, zero, 1.0, 100)
    assert dr == zero
    assert dv == zero


def test_far_from_the_atmosphere_drag_vanishes_quietly():
    at, ar = nonlinear.drag(FULL, 0.008, 0.004, (7e7, 0.0, 0.0), VT, (10.0, 0.0, 0.0), (0.0, 0.0, 0.0))
    assert np.all(np.abs(np.concatenate((at, ar))) < 1e-200)


def test_a_pulse_is_its_impulse_at_its_centroid():
    """A burn of 0.37 s inside a step of 1 s, against the same burn integrated finely."""
    dr, dv = start((-250.0, -30.0, 5.0))
    zero = (0.0, 0.0, 0.0)
    begin, length, size = 0.2, 0.37, 5e-3
    push = (0.6 * size, -0.48 * size, 0.64 * size)
    args = (FULL, 0.008, 0.004, SKY)
    fine = fly(*args, RT, VT, dr, dv, zero, begin / 20, 20)
    fine = fly(*args, *fine, push, length / 20, 20)
    fine = fly(*args, *fine, zero, (1.0 - begin - length) / 20, 20)
    _rt, _vt, dr1, dv1 = fly(*args, RT, VT, dr, dv, zero, 1.0, 1)
    impulse = tuple(length * a for a in push)
    dr1, dv1 = nonlinear.pulse(dr1, dv1, impulse, 1.0 - begin - 0.5 * length)
    assert np.max(np.abs(np.array(dr1) - fine[2])) < 1e-9
    assert np.max(np.abs(np.array(dv1) - fine[3])) < 2e-9


def test_push_accelerates_the_chaser_only():
    dr, dv = start((0.0, -100.0, 0.0))
    none = nonlinear.Forces(FULL, 0.0, 0.0, NONE, push_eci=(0.0, 0.0, 0.0))
    free = nonlinear.acceleration(none, RT, VT, dr, dv)
    pushed = nonlinear.acceleration(none._replace(push_eci=(1.0, 2.0, 3.0)), RT, VT, dr, dv)
    assert pushed[0] == free[0]
    assert np.allclose(np.subtract(pushed[1], free[1]), (1.0, 2.0, 3.0), atol=1e-15)
