import math
import subprocess
import sys

import numpy as np
import pytest

import rvd.arrays as arrays
from rvd.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.errors import RvdError
from rvd.motion import cw, roe, yamanaka_ankersen
from rvd.motion.nonlinear import Environment
from rvd.orbit import elements, frames, kepler, lambert
from rvd.orbit.elements import Kepler
from tests.motion.oracles import fly_in_many_digits

N = 1.13e-3
RNG = np.random.default_rng(5)
R = RNG.normal(size=(4, 3, 3)) * 1e3
V = RNG.normal(size=(4, 3, 3))
T = np.array([100.0, 2000.0, 5000.0])
RT, VT = (6.8e6, 1e5, 2e5), (-1e2, 4.6e3, 6.1e3)
TARGET = Kepler(7e6, 0.01, 0.9, 0.3, 1.2, 0.4)


def tuples(a):
    return tuple(map(float, a))


def test_cw_broadcasts_and_equals_the_kernel():
    r, v = arrays.cw.coast(R, V, N, T)
    assert r.shape == v.shape == (4, 3, 3)
    for i in range(4):
        for j in range(3):
            assert cw.coast(N, float(T[j]), tuples(R[i, j]), tuples(V[i, j])) == (
                tuples(r[i, j]),
                tuples(v[i, j]),
            )
    assert np.array_equal(arrays.cw.transition(N, T)[1], np.array(cw.transition(N, 2000.0)))
    first, second = arrays.cw.two_impulse(R, V, (0.0, -100.0, 0.0), N, T)
    arrived, speed = arrays.cw.coast(R, V + first, N, T)
    assert np.allclose(arrived, (0.0, -100.0, 0.0), atol=1e-7)
    assert np.allclose(speed + second, 0.0, atol=1e-12)


def test_the_other_faces_equal_their_kernels():
    r, v = tuples(R[0, 0]), tuples(V[0, 0])
    ours = arrays.yamanaka_ankersen.coast(r, v, MU_EARTH, 7e6, 0.3, 0.5, 900.0)
    assert np.array_equal(ours, yamanaka_ankersen.coast(MU_EARTH, 7e6, 0.3, 0.5, 900.0, r, v))
    ours = arrays.yamanaka_ankersen.transition(MU_EARTH, 7e6, 0.3, 0.5, [900.0])[0]
    assert np.array_equal(ours, np.array(yamanaka_ankersen.transition(MU_EARTH, 7e6, 0.3, 0.5, 900.0)))
    to = (0.0, -50.0, 1.0)
    ours = arrays.yamanaka_ankersen.two_impulse(r, v, to, MU_EARTH, 7e6, 0.3, 0.5, 900.0)
    assert np.array_equal(ours, yamanaka_ankersen.two_impulse(MU_EARTH, 7e6, 0.3, 0.5, 900.0, r, v, to))
    assert np.array_equal(arrays.kepler.coast(RT, VT, MU_EARTH, 900.0), kepler.coast(MU_EARTH, 900.0, RT, VT))
    six = arrays.elements.from_state(RT, VT, MU_EARTH)
    assert np.array_equal(six, elements.elements_from_state(MU_EARTH, RT, VT))
    assert np.allclose(arrays.elements.to_state(six, MU_EARTH)[0], RT, rtol=1e-14)
    assert np.array_equal(arrays.frames.hill_from_eci(RT, VT, r, v), frames.hill_from_eci(RT, VT, r, v))
    assert np.array_equal(arrays.frames.eci_from_hill(RT, VT, r, v), frames.eci_from_hill(RT, VT, r, v))
    end, _ = kepler.coast(MU_EARTH, 2000.0, RT, VT)
    v1, _ = arrays.lambert.transfer(RT, end, 2000.0, MU_EARTH)
    assert np.array_equal(v1, lambert.transfer(MU_EARTH, RT, end, 2000.0, True, 0, False).v1)
    assert np.allclose(v1, VT, rtol=1e-11)
    six = (1e-5, 2e-5, -1e-5, 3e-5, 1e-6, 2e-6)
    ours = arrays.roe.coast(six, TARGET, T, mu=MU_EARTH, j2=J2_EARTH, radius=RADIUS_EARTH, decay=1e-12)
    assert np.array_equal(ours[2], roe.coast(MU_EARTH, J2_EARTH, RADIUS_EARTH, TARGET, six, 1e-12, 5000.0))
    back = arrays.roe.roe_from_hill(*arrays.roe.hill_from_roe(six, TARGET, mu=MU_EARTH), TARGET, mu=MU_EARTH)
    assert np.allclose(back, six, rtol=0.0, atol=1e-18)
    assert arrays.roe.roe_from_hill(R, V, TARGET, mu=MU_EARTH).shape == (4, 3, 6)


def test_the_exact_model_in_lanes_and_one_by_one():
    """70 pairs (three blocks of lanes) give the bits of each pair alone."""
    environment = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, 6.8e6, 6e4)
    dr = RNG.normal(size=(70, 3)) * 1e3
    all_of_them = arrays.nonlinear.coast(
        environment, RT, VT, dr, (0.0, 0.0, 0.0), 60.0, ballistic_chaser=0.01
    )
    for k in (0, 31, 32, 69):
        one = arrays.nonlinear.coast(environment, RT, VT, dr[k], (0.0, 0.0, 0.0), 60.0, ballistic_chaser=0.01)
        for a, b in zip(all_of_them, one):
            assert np.array_equal(a[k], b)


def test_the_leap_to_a_nanometre_and_its_order():
    """Order 8 against 34 digits; halving a long step divides the error by about 2^8."""
    environment = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, 0.0, 0.0, 6.8e6, 6e4)
    dr, dv = frames.eci_from_hill(RT, VT, (300.0, 500.0, -200.0), (0.0, 0.0, 0.0))
    where, speed = fly_in_many_digits(environment, RT, VT, [(dr, dv)], 5600.0)
    _, _, found, rate = arrays.nonlinear.leap(environment, RT, VT, dr, dv, 5600.0)
    assert np.max(np.abs(found - where[0])) < 1e-9
    assert np.max(np.abs(rate - speed[0])) < 1e-12
    long, half = (
        np.max(np.abs(arrays.nonlinear.leap(environment, RT, VT, dr, dv, 5600.0, step=step)[2] - where[0]))
        for step in (280.0, 140.0)
    )
    assert 150.0 < long / half < 1500.0


ENVIRONMENT = Environment(MU_EARTH, 0.0, RADIUS_EARTH, 0.0, 0.0, 6.8e6, 6e4)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: arrays.cw.coast([1.0, 2.0], V, N, T),
            r"r has shape \(2,\); its last axis holds 3 components",
        ),
        (lambda: arrays.cw.coast([[1.0, 2.0, 3.0], [1.0]], V, N, T), "r is not an array of numbers"),
        (lambda: arrays.cw.coast("far", V, N, T), "r is not an array of numbers"),
        (lambda: arrays.cw.coast(R * math.nan, V, N, T), "r holds 36 of 36 numbers that are not finite"),
        (lambda: arrays.cw.coast(R, V, 0.0, T), "n must be above zero"),
        (lambda: arrays.cw.coast(R, V, N, np.ones(5)), r"do not broadcast: r \(4, 3\), v \(4, 3\), t \(5,\)"),
        (lambda: arrays.cw.coast(R, V[:2], N, 1.0), "do not broadcast"),
        (lambda: arrays.cw.two_impulse(R, V, R, N, 0.0), "t must be above zero"),
        (lambda: arrays.cw.two_impulse(R, V, R, N, 2.0 * math.pi / N), "12 transfers take whole revolutions"),
        (
            lambda: arrays.yamanaka_ankersen.coast(R, V, MU_EARTH, 7e6, 1.0, 0.0, T),
            "e must be at least 0 and below 1",
        ),
        (lambda: arrays.yamanaka_ankersen.transition(MU_EARTH, -7e6, 0.1, 0.0, T), "p must be above zero"),
        (lambda: arrays.kepler.coast((0.0, 0.0, 0.0), VT, MU_EARTH, 1.0), "at the centre"),
        (lambda: arrays.elements.from_state(RT, RT, MU_EARTH), "a straight line has no orbital elements"),
        (lambda: arrays.elements.to_state((7e6, 2.0, 0.1, 0.0, 0.0, 3.0), MU_EARTH), "beyond the asymptote"),
        (lambda: arrays.elements.to_state((7e6, 2.0, 0.1), MU_EARTH), "holds 6 components"),
        (lambda: arrays.frames.hill_from_eci(RT, RT, R, V), "a straight line has no hill frame"),
        (lambda: arrays.lambert.transfer(RT, VT, 0.0, MU_EARTH), "t must be above zero"),
        (lambda: arrays.lambert.transfer(RT, VT, 1.0, MU_EARTH, revolutions=-1), "whole number from 0"),
        (
            lambda: arrays.roe.hill_from_roe((0.0,) * 6, (7e6, 0.1, 0.0, 0, 0, 0), mu=MU_EARTH),
            "inclination is zero",
        ),
        (lambda: arrays.roe.hill_from_roe((0.0,) * 6, (7e6, 1.1, 0.1, 0, 0, 0), mu=MU_EARTH), "below 1"),
        (lambda: arrays.nonlinear.coast(ENVIRONMENT, (0.0,) * 3, VT, R, V, 1.0), "at the centre"),
        (lambda: arrays.nonlinear.coast(ENVIRONMENT, RT, VT, R, V, 1.0, step=0.0), "step must be above zero"),
        (
            lambda: arrays.nonlinear.coast(ENVIRONMENT._replace(scale_height=0.0), RT, VT, R, V, 1.0),
            "scale height",
        ),
    ],
)
def test_bad_inputs_get_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence) as caught:
        call()
    assert isinstance(caught.value, RvdError)
    assert "\n" not in str(caught.value)


def test_documented_limits():
    zero = np.zeros(3)
    r, v = arrays.cw.coast(zero, zero, N, T)
    assert not r.any()
    assert not v.any()
    r, v = arrays.cw.coast(R, V, N, 0.0)
    assert np.array_equal(r, R)
    assert np.allclose(v, V, rtol=1e-15)
    v1, _ = arrays.lambert.transfer(RT, -np.array(RT), 3000.0, MU_EARTH)
    assert np.all(np.isnan(v1))
    assert arrays.cw.coast(np.empty((0, 3)), np.empty((0, 3)), N, 1.0)[0].shape == (0, 3)


def test_naming_the_faces_compiles_nothing():
    probe = "import sys, rvd.arrays; print('numba' in sys.modules); rvd.arrays.cw; print(sorted(rvd.arrays._FACES)[0])"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "cw"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"zonals": (1e-6, 1e-6)}, "it holds J3, J4, J5 and J6"),
        ({"sky": (0.0,) * 7}, "it holds mu, x, y, z of two bodies"),
        ({"reflect_chaser": 0.01}, "sunlight needs the Sun"),
        ({"sky": (1.0,) * 8, "epoch": 8e8}, "not both"),
        ({"epoch": 1e12}, "the ephemeris covers"),
        ({"epoch": 8e8, "about": "mars"}, 'about the "earth" or the "moon"'),
        ({"reflect_chaser": np.ones(5)}, "do not broadcast"),
    ],
)
def test_bad_forces_get_a_sentence(options, sentence):
    with pytest.raises(RvdError, match=sentence):
        arrays.nonlinear.coast(ENVIRONMENT, RT, VT, R, V, 1.0, **options)
