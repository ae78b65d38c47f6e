"""What every linear model owes: it composes, keeps volume, and is tangent to the exact model."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.core.motion import cw, roe, roe_drag, tangent, yamanaka_ankersen
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import frames, kepler
from rvd.core.orbit.elements import (
    Elements,
    Kepler,
    kepler_from_state,
    state_from_kepler,
    to_state,
)
from rvd.core.orbit.kepler import mean_from_true

PERIGEE = 7.0e6
TWO_BODY = Environment(MU_EARTH, 0.0, RADIUS_EARTH, 0.0, 0.0, PERIGEE, 6e4)


def orbit(e, nu=0.7):
    return Elements(PERIGEE * (1.0 + e), e, 0.9, 0.3, 1.2, nu)


def rate(e):
    return math.sqrt(MU_EARTH * ((1.0 - e) / PERIGEE) ** 3)


def by_cw(e, nu, t):
    assert e == 0.0
    return np.array(cw.transition(rate(0.0), t))


def by_ya(e, nu, t):
    return np.array(yamanaka_ankersen.transition(MU_EARTH, PERIGEE * (1.0 + e), e, nu, t))


def by_roe(e, nu, t):
    k = Kepler(PERIGEE / (1.0 - e), e, 0.9, 0.3, 1.2, mean_from_true(e, nu))
    after = roe.drift(k, t, MU_EARTH, 0.0, RADIUS_EARTH)
    begin, end = (np.array(roe.hill_matrix(MU_EARTH, x)) for x in (k, after))
    return end @ np.array(roe.transition(k, t, MU_EARTH, 0.0, RADIUS_EARTH)) @ np.linalg.inv(begin)


def by_tangent(e, nu, t):
    r, v = to_state(orbit(e, nu), MU_EARTH)
    matrix, r1, v1 = tangent.transition(r, v, TWO_BODY, t, step=2.0)
    return tangent.in_hill(matrix, r, v, r1, v1)


MODELS = [(by_cw, 0.0), *((m, e) for m in (by_ya, by_roe, by_tangent) for e in (0.0, 0.01, 0.3, 0.7))]


def unitless(matrix, n):
    scale = np.array([1.0, 1.0, 1.0, n, n, n])
    return matrix * scale[None, :] / scale[:, None]


@pytest.mark.parametrize(("model", "e"), MODELS)
def test_two_halves_make_the_whole(model, e):
    nu, t1, t2 = 0.7, 2000.0, 3100.0
    nu1 = yamanaka_ankersen.true_anomaly_after(MU_EARTH, PERIGEE * (1.0 + e), e, nu, t1)
    whole, parts = model(e, nu, t1 + t2), model(e, nu1, t2) @ model(e, nu, t1)
    assert np.max(np.abs(unitless(whole - parts, rate(e)))) < 2e-9


@pytest.mark.parametrize(("model", "e"), MODELS)
def test_no_time_is_the_identity(model, e):
    assert np.allclose(unitless(model(e, 0.7, 0.0), rate(e)), np.eye(6), atol=1e-12)


@pytest.mark.parametrize(("model", "e"), MODELS)
def test_symplectic(model, e):
    """On inertial axes the flow of relative motion keeps the symplectic form, so its determinant is one."""
    nu, t = 0.7, 4000.0
    r, v = to_state(orbit(e, nu), MU_EARTH)
    r1, v1 = kepler.coast(r, v, MU_EARTH, t)
    begin = tangent.in_hill(np.eye(6), r, v, r, v)
    assert np.allclose(begin, np.eye(6), atol=1e-12)
    inward = [
        np.concatenate(frames.hill_from_eci(r, v, tuple(c[:3]), tuple(c[3:]))) for c in np.eye(6).tolist()
    ]
    outward = [
        np.concatenate(frames.eci_from_hill(r1, v1, tuple(c[:3]), tuple(c[3:]))) for c in np.eye(6).tolist()
    ]
    m = unitless(np.array(outward).T @ model(e, nu, t) @ np.array(inward).T, rate(e))
    j = np.block([[np.zeros((3, 3)), np.eye(3)], [-np.eye(3), np.zeros((3, 3))]])
    # the tangent flow is bent by its 1 um over 7,000 km, which grows tenfold
    allowed = 1e-11 if model is by_tangent else 1e-12
    assert np.max(np.abs(m.T @ j @ m - j)) < allowed * np.max(np.abs(m)) ** 2
    assert abs(np.linalg.det(m) - 1.0) < 1e-7


@pytest.mark.parametrize("e", [0.0, 0.01, 0.3, 0.7])
def test_all_linear_models_are_one(e):
    t = 5000.0
    exact = unitless(by_tangent(e, 0.7, t), rate(e))
    size = np.max(np.abs(exact))
    for model, ecc in MODELS:
        if ecc == e:
            assert np.max(np.abs(unitless(model(e, 0.7, t), rate(e)) - exact)) < 1e-9 * size, model


@pytest.mark.parametrize(("model", "e"), MODELS)
def test_tangent_to_the_exact_motion_with_second_order(model, e):
    """The error falls with the square of the separation: half of it, a quarter of the error."""
    t = 3000.0
    r, v = to_state(orbit(e), MU_EARTH)
    r1, v1 = kepler.coast(r, v, MU_EARTH, t)
    matrix, errors = model(e, 0.7, t), []
    direction = np.array((0.5, -0.6, 0.4, 0.3e-3, 0.2e-3, -0.4e-3))
    for size in (2e4, 1e4):
        state = size * direction
        dr, dv = frames.eci_from_hill(r, v, tuple(state[:3]), tuple(state[3:]))
        rc, vc = kepler.coast(tuple(np.add(r, dr)), tuple(np.add(v, dv)), MU_EARTH, t)
        seen, _ = frames.hill_from_eci(r1, v1, tuple(np.subtract(rc, r1)), tuple(np.subtract(vc, v1)))
        errors.append(np.linalg.norm((matrix @ state)[:3] - seen))
    assert 3.8 < errors[0] / errors[1] < 4.2


@pytest.mark.parametrize("e", [0.0, 0.2, 0.7])
def test_two_impulses_about_an_ellipse(e):
    p, t = PERIGEE * (1.0 + e), 1800.0
    r, v, to = (-500.0, -3000.0, 40.0), (0.2, 0.1, -0.1), (0.0, -250.0, 10.0)
    dv1, dv2 = yamanaka_ankersen.two_impulse(r, v, to, MU_EARTH, p, e, 0.7, t)
    r1, v1 = yamanaka_ankersen.coast(r, tuple(np.add(v, dv1)), MU_EARTH, p, e, 0.7, t)
    assert np.allclose(r1, to, atol=1e-7)
    assert np.allclose(np.add(v1, dv2), 0.0, atol=1e-12)


def test_eccentricity_one_is_not_silent():
    r, _ = yamanaka_ankersen.coast((1.0, 0.0, 0.0), (0.0, 0.0, 0.0), MU_EARTH, 1.4e7, 1.0, 0.7, 100.0)
    assert not all(map(math.isfinite, r))


@pytest.mark.parametrize("e", [0.0, 0.001, 0.3, 0.7])
def test_roe_and_hill_there_and_back(e):
    k = Kepler(PERIGEE / (1.0 - e), e, 0.9, 0.3, 1.2, 2.4)
    six = (1e-6, -2e-6, 3e-6, 1e-6, -2e-6, 2.5e-6)
    assert np.allclose(
        roe.roe_from_hill(*roe.hill_from_roe(six, k, MU_EARTH), k, MU_EARTH), six, rtol=0.0, atol=1e-19
    )


@pytest.mark.parametrize("e", [1e-4, 0.3])
def test_roe_from_elements_is_the_linear_map(e):
    """Against the states of both craft: second order."""
    k = Kepler(PERIGEE / (1.0 - e), e, 0.9, 0.3, 1.2, 2.4)
    rt, vt = state_from_kepler(k, MU_EARTH)
    errors = []
    for size in (1e-4, 0.5e-4):
        six = tuple(size * x for x in (1.0, -2.0, 3.0, 1.0, -2.0, 2.5))
        chaser = roe.elements_from_roe(six, k)
        assert np.allclose(roe.roe_from_elements(k, chaser), six, atol=1e-15)
        rc, vc = state_from_kepler(chaser, MU_EARTH)
        r, _ = frames.hill_from_eci(rt, vt, tuple(np.subtract(rc, rt)), tuple(np.subtract(vc, vt)))
        errors.append(np.linalg.norm(np.subtract(r, roe.hill_from_roe(six, k, MU_EARTH)[0])))
    assert 3.8 < errors[0] / errors[1] < 4.2


def test_roe_under_j2_against_the_drift_of_both():
    """A day of the secular elements of both craft."""
    k = Kepler(7.1e6, 0.01, 0.9, 0.3, 1.2, 2.4)
    six = (1e-5, 2e-4, 1e-4, -5e-5, 3e-5, -4e-5)
    chaser = roe.elements_from_roe(six, k)
    t = 86400.0
    ends = [roe.drift(x, t, MU_EARTH, J2_EARTH, RADIUS_EARTH) for x in (k, chaser)]
    exact = np.array(roe.roe_from_elements(*ends))
    ours = np.array(roe.coast(six, k, t, MU_EARTH, J2_EARTH, RADIUS_EARTH))
    assert np.max(np.abs(exact - ours)) < 3e-4 * np.max(np.abs(exact))


def test_kepler_elements_come_back_from_hill():
    k = Kepler(7.1e6, 0.01, 0.9, 0.3, 1.2, 2.4)
    rt, vt = state_from_kepler(k, MU_EARTH)
    assert np.allclose(kepler_from_state(rt, vt, MU_EARTH), k, rtol=1e-12)


@pytest.mark.parametrize("e", [0.0005, 0.1])
def test_roe_through_curvilinear_coordinates(e):
    """Far along the track the bent map errs by far less than the straight one, and it is its own inverse."""
    k = Kepler(PERIGEE / (1.0 - e), e, 0.9, 0.3, 1.2, 2.4)
    six = tuple(x / k.a for x in (20.0, -50e3, 300.0, -200.0, 100.0, 250.0))
    (rt, vt), (rc, vc) = (state_from_kepler(x, MU_EARTH) for x in (k, roe.elements_from_roe(six, k)))
    truth = frames.hill_from_eci(rt, vt, tuple(np.subtract(rc, rt)), tuple(np.subtract(vc, vt)))[0]
    straight, bent = (
        np.linalg.norm(np.subtract(roe.hill_from_roe(six, k, MU_EARTH, way)[0], truth))
        for way in (False, True)
    )
    assert straight > 100.0  # the square of the arc over twice the radius
    # left: e times half the square of dlambda, and its product with the other numbers (300 m of 50 km: 2 m)
    assert bent < (0.2 if e > 0.01 else 0.03) * straight
    back = roe.roe_from_hill(*roe.hill_from_roe(six, k, MU_EARTH, True), k, MU_EARTH, True)
    assert np.allclose(back, six, rtol=0.0, atol=1e-16)


eccentricities = st.one_of(st.just(0.0), st.floats(1e-6, 0.9))
angles = st.floats(0.0, 2.0 * math.pi)
turns = st.floats(-3.0, 3.0)
places = st.lists(st.floats(-1.0, 1.0), min_size=6, max_size=6)


def size_of(parts):
    """Of a state in units of 1 km and n km."""
    return float(np.max(np.abs(parts)))


@given(eccentricities, angles, turns, places)
def test_yamanaka_ankersen_there_and_back(e, nu, t, place):
    """Any ellipse, any start, three revolutions either way: back to rounding, grown by the motion itself."""
    n, p = rate(e), PERIGEE * (1.0 + e)
    seconds = 2.0 * math.pi * t / n
    scale = np.array((1e3, 1e3, 1e3, 1e3 * n, 1e3 * n, 1e3 * n))
    state = scale * place
    nu_end = yamanaka_ankersen.true_anomaly_after(MU_EARTH, p, e, nu, seconds)
    there = np.concatenate(
        yamanaka_ankersen.coast(tuple(state[:3]), tuple(state[3:]), MU_EARTH, p, e, nu, seconds)
    )
    back = np.concatenate(
        yamanaka_ankersen.coast(tuple(there[:3]), tuple(there[3:]), MU_EARTH, p, e, nu_end, -seconds)
    )
    grown = np.linalg.norm(unitless(by_ya(e, nu_end, -seconds), n), 2)
    assert size_of((back - state) / scale) <= 1e-12 * grown * max(1.0, size_of(there / scale))


@given(eccentricities, angles, turns)
def test_every_transition_matrix_keeps_volume(e, nu, t):
    """Turned to inertial axes, the determinant is one, for Yamanaka-Ankersen and for relative elements."""
    seconds = 2.0 * math.pi * t / rate(e)
    r, v = to_state(orbit(e, nu), MU_EARTH)
    r1, v1 = kepler.coast(r, v, MU_EARTH, seconds)
    for model in (by_ya, by_roe):
        m = unitless(model(e, nu, seconds), rate(e))
        # hill turns at w about z: a shear of velocities on positions, so the determinant is that on inertial axes
        assert abs(np.linalg.det(m) - 1.0) < 1e-13 * max(1.0, np.linalg.norm(m, 2)) ** 2, model
    assert math.isfinite(sum(r1) + sum(v1))


@given(eccentricities, angles, turns, places)
def test_relative_elements_there_and_back(e, nu, t, place):
    """Under J2 and drag, forward and backward."""
    k = Kepler(PERIGEE / (1.0 - e), e, 0.9, 0.3, 1.2, mean_from_true(e, nu))
    earth = (MU_EARTH, J2_EARTH, RADIUS_EARTH)
    seconds = 2.0 * math.pi * t / rate(e)
    six, rates = tuple(1e-4 * x for x in place), roe_drag.Rates(3e-11, 2e-11, -1e-12)
    there = roe_drag.coast(six, k, seconds, *earth, 0.0, rates)
    back = roe_drag.coast(there, roe.drift(k, seconds, *earth), -seconds, *earth, 0.0, rates)
    assert np.allclose(back, six, rtol=0.0, atol=1e-17)
