import math
import subprocess
import sys

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd import attitude, motion, orbit
from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH, SPIN_EARTH
from rvd.core.motion import cw, rigid, roe_drag, tangent, yamanaka_ankersen
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import (
    cr3bp,
    elements,
    ephemeris,
    frames,
    kepler,
    lambert,
    sunlight,
    synodic,
    teme,
    timescales,
    transfers,
)
from rvd.core.orbit.elements import Kepler
from rvd.errors import RvdError
from rvd.orbit import nrho, three_bodies
from tests import owed
from tests.core.motion.oracles import fly_in_many_digits

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
    r, v = motion.cw.coast(R, V, N, T)
    assert r.shape == v.shape == (4, 3, 3)
    for i in range(4):
        for j in range(3):
            assert cw.coast(tuples(R[i, j]), tuples(V[i, j]), N, float(T[j])) == (
                tuples(r[i, j]),
                tuples(v[i, j]),
            )
    assert np.array_equal(motion.cw.transition(N, T)[1], np.array(cw.transition(N, 2000.0)))
    first, second = motion.cw.two_impulse(R, V, (0.0, -100.0, 0.0), N, T)
    arrived, speed = motion.cw.coast(R, V + first, N, T)
    assert np.allclose(arrived, (0.0, -100.0, 0.0), atol=1e-7)
    assert np.allclose(speed + second, 0.0, atol=1e-12)


def test_the_other_faces_equal_their_kernels():
    r, v = tuples(R[0, 0]), tuples(V[0, 0])
    ours = motion.yamanaka_ankersen.coast(r, v, MU_EARTH, 7e6, 0.3, 0.5, 900.0)
    assert np.array_equal(ours, yamanaka_ankersen.coast(r, v, MU_EARTH, 7e6, 0.3, 0.5, 900.0))
    ours = motion.yamanaka_ankersen.transition(MU_EARTH, 7e6, 0.3, 0.5, [900.0])[0]
    assert np.array_equal(ours, np.array(yamanaka_ankersen.transition(MU_EARTH, 7e6, 0.3, 0.5, 900.0)))
    to = (0.0, -50.0, 1.0)
    ours = motion.yamanaka_ankersen.two_impulse(r, v, to, MU_EARTH, 7e6, 0.3, 0.5, 900.0)
    assert np.array_equal(ours, yamanaka_ankersen.two_impulse(r, v, to, MU_EARTH, 7e6, 0.3, 0.5, 900.0))
    assert np.array_equal(orbit.kepler.coast(RT, VT, MU_EARTH, 900.0), kepler.coast(RT, VT, MU_EARTH, 900.0))
    six = orbit.elements.from_state(RT, VT, MU_EARTH)
    assert np.array_equal(six, elements.from_state(RT, VT, MU_EARTH))
    assert np.allclose(orbit.elements.to_state(six, MU_EARTH)[0], RT, rtol=1e-14)
    assert np.array_equal(orbit.frames.hill_from_eci(RT, VT, r, v), frames.hill_from_eci(RT, VT, r, v))
    assert np.array_equal(orbit.frames.eci_from_hill(RT, VT, r, v), frames.eci_from_hill(RT, VT, r, v))
    end, _ = kepler.coast(RT, VT, MU_EARTH, 2000.0)
    v1, _ = orbit.lambert.transfer(RT, end, 2000.0, MU_EARTH)
    assert np.array_equal(v1, lambert.transfer(RT, end, 2000.0, MU_EARTH, True, 0, False).v1)
    assert np.allclose(v1, VT, rtol=1e-11)
    six = (1e-5, 2e-5, -1e-5, 3e-5, 1e-6, 2e-6)
    ours = motion.roe.coast(six, TARGET, T, mu=MU_EARTH, j2=J2_EARTH, radius=RADIUS_EARTH, decay=1e-12)
    theirs = roe_drag.coast(
        six, TARGET, 5000.0, MU_EARTH, J2_EARTH, RADIUS_EARTH, 1e-12, roe_drag.Rates(0.0, 0.0, 0.0)
    )
    assert np.array_equal(ours[2], theirs)
    back = motion.roe.roe_from_hill(*motion.roe.hill_from_roe(six, TARGET, mu=MU_EARTH), TARGET, mu=MU_EARTH)
    assert np.allclose(back, six, rtol=0.0, atol=1e-18)
    assert motion.roe.roe_from_hill(R, V, TARGET, mu=MU_EARTH).shape == (4, 3, 6)


def test_the_exact_model_in_lanes_and_one_by_one():
    """70 pairs (three blocks of lanes) give the bits of each pair alone."""
    environment = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, 6.8e6, 6e4)
    dr = RNG.normal(size=(70, 3)) * 1e3
    all_of_them = motion.nonlinear.coast(
        RT, VT, dr, (0.0, 0.0, 0.0), environment, 60.0, ballistic_chaser=0.01
    )
    for k in (0, 31, 32, 69):
        one = motion.nonlinear.coast(RT, VT, dr[k], (0.0, 0.0, 0.0), environment, 60.0, ballistic_chaser=0.01)
        for a, b in zip(all_of_them, one):
            assert np.array_equal(a[k], b)


def test_the_leap_to_a_nanometre_and_its_order():
    """Order 8 against 34 digits; halving a long step divides the error by about 2^8."""
    environment = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, 0.0, 0.0, 6.8e6, 6e4)
    dr, dv = frames.eci_from_hill(RT, VT, (300.0, 500.0, -200.0), (0.0, 0.0, 0.0))
    where, speed = fly_in_many_digits(environment, RT, VT, [(dr, dv)], 5600.0)
    _, _, found, rate = motion.nonlinear.leap(RT, VT, dr, dv, environment, 5600.0)
    assert np.max(np.abs(found - where[0])) < 1e-9
    assert np.max(np.abs(rate - speed[0])) < 1e-12
    long, half = (
        np.max(np.abs(motion.nonlinear.leap(RT, VT, dr, dv, environment, 5600.0, step=step)[2] - where[0]))
        for step in (280.0, 140.0)
    )
    assert 150.0 < long / half < 1500.0


ENVIRONMENT = Environment(MU_EARTH, 0.0, RADIUS_EARTH, 0.0, 0.0, 6.8e6, 6e4)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: motion.cw.coast([1.0, 2.0], V, N, T),
            r"r has shape \(2,\); its last axis holds 3 components",
        ),
        (lambda: motion.cw.coast([[1.0, 2.0, 3.0], [1.0]], V, N, T), "r is not an array of numbers"),
        (lambda: motion.cw.coast("far", V, N, T), "r is not an array of numbers"),
        (lambda: motion.cw.coast(R * math.nan, V, N, T), "r holds 36 of 36 numbers that are not finite"),
        (lambda: motion.cw.coast(R, V, 0.0, T), "n must be above zero"),
        (lambda: motion.cw.coast(R, V, N, np.ones(5)), r"do not broadcast: r \(4, 3\), v \(4, 3\), t \(5,\)"),
        (lambda: motion.cw.coast(R, V[:2], N, 1.0), "do not broadcast"),
        (lambda: motion.cw.two_impulse(R, V, R, N, 0.0), "t must be above zero"),
        (lambda: motion.cw.two_impulse(R, V, V, N, 2.0 * math.pi / N), "12 of 12 transfers do not exist"),
        (
            lambda: motion.yamanaka_ankersen.coast(R, V, MU_EARTH, 7e6, 1.0, 0.0, T),
            "e must be at least 0 and below 1",
        ),
        (lambda: motion.yamanaka_ankersen.transition(MU_EARTH, -7e6, 0.1, 0.0, T), "p must be above zero"),
        (lambda: orbit.kepler.coast((0.0, 0.0, 0.0), VT, MU_EARTH, 1.0), "r holds a zero vector"),
        (lambda: orbit.kepler.coast(RT, VT, MU_EARTH, 1e10), "the mean anomaly after t reaches"),
        (lambda: orbit.elements.from_state(RT, RT, MU_EARTH), "a straight line has no orbital elements"),
        (lambda: orbit.elements.to_state((7e6, 2.0, 0.1, 0.0, 0.0, 3.0), MU_EARTH), "beyond the asymptote"),
        (lambda: orbit.elements.to_state((7e6, 2.0, 0.1), MU_EARTH), "holds 6 components"),
        (lambda: orbit.frames.hill_from_eci(RT, RT, R, V), "a straight line has no local frame"),
        (lambda: orbit.lambert.transfer(RT, VT, 0.0, MU_EARTH), "t must be above zero"),
        (lambda: orbit.lambert.transfer(RT, VT, 1.0, MU_EARTH, revolutions=-1), "whole number from 0"),
        (
            lambda: motion.roe.hill_from_roe((0.0,) * 6, (7e6, 0.1, 0.0, 0, 0, 0), mu=MU_EARTH),
            "inclination is within 1e-06 rad of zero",
        ),
        (lambda: motion.roe.hill_from_roe((0.0,) * 6, (7e6, 1.1, 0.1, 0, 0, 0), mu=MU_EARTH), "below 1"),
        (lambda: motion.nonlinear.coast((0.0,) * 3, VT, R, V, ENVIRONMENT, 1.0), "rt holds a zero vector"),
        (lambda: motion.nonlinear.coast(RT, VT, R, V, ENVIRONMENT, 1.0, step=0.0), "step must be above zero"),
        (
            lambda: motion.nonlinear.coast(RT, VT, R, V, ENVIRONMENT._replace(scale_height=0.0), 1.0),
            "environment.scale_height must be above zero",
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
    r, v = motion.cw.coast(zero, zero, N, T)
    assert not r.any()
    assert not v.any()
    r, v = motion.cw.coast(R, V, N, 0.0)
    assert np.array_equal(r, R)
    assert np.allclose(v, V, rtol=1e-15)
    v1, _ = orbit.lambert.transfer(RT, -np.array(RT), 3000.0, MU_EARTH)
    assert np.all(np.isnan(v1))
    assert motion.cw.coast(np.empty((0, 3)), np.empty((0, 3)), N, 1.0)[0].shape == (0, 3)


def test_naming_a_package_compiles_nothing():
    probe = "import sys, rvd; rvd.motion, rvd.orbit, dir(rvd.orbit); print('numba' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"zonals": (1e-6, 1e-6)}, "it holds J3, J4, J5 and J6"),
        ({"sky": (0.0,) * 7}, "it holds mu, x, y, z of two bodies"),
        ({"reflect_chaser": 0.01}, "sunlight needs the Sun"),
        ({"sky": (1.0,) * 8, "epoch": 8e8}, "not both"),
        ({"epoch": 1e12}, "the ephemeris covers"),
        ({"epoch": 8e8, "about": "mars"}, 'about is "earth" or "moon", not \'mars\''),
        ({"reflect_chaser": np.ones(5)}, "do not broadcast"),
    ],
)
def test_bad_forces_get_a_sentence(options, sentence):
    with pytest.raises(RvdError, match=sentence):
        motion.nonlinear.coast(RT, VT, R, V, ENVIRONMENT, 1.0, **options)


def test_times_and_frames_equal_their_functions():
    texts = np.array([["2026-03-01T12:00:00Z", "2016-12-31T23:59:60.5Z"]])
    tt = orbit.timescales.tt_from_utc(texts)
    assert tt.shape == (1, 2)
    assert tt[0, 1] == timescales.tt_from_utc(texts[0, 1])
    assert orbit.timescales.utc_from_tt(tt)[0, 1] == "2016-12-31T23:59:60.500000Z"
    assert np.allclose(
        orbit.timescales.tt_from_tdb(orbit.timescales.tdb_from_tt(tt)), tt, rtol=0.0, atol=1e-7
    )
    r, v = orbit.teme.j2000_from_teme(RT, VT, tt)
    assert np.array_equal(r[0, 0], teme.j2000_from_teme(RT, VT, float(tt[0, 0]))[0])
    assert np.allclose(orbit.teme.teme_from_j2000(r, v, tt)[1], np.broadcast_to(VT, (1, 2, 3)), atol=1e-11)
    turned, _ = orbit.teme.gcrf_from_teme(RT, VT, tt, 2e-7, 1e-7)
    assert 0.1 < np.linalg.norm(turned[0, 0] - r[0, 0]) < 3.0
    axes = orbit.frames.lvlh_axes(RT, VT)
    assert np.array_equal(axes, frames.lvlh_axes(RT, VT))
    assert np.array_equal(orbit.frames.ntw_axes(RT, VT), frames.ntw_axes(RT, VT))


def test_lvlh_and_ntw_equal_their_kernels():
    r, v = tuples(R[0, 0]), tuples(V[0, 0])
    assert np.array_equal(orbit.frames.lvlh_from_eci(RT, VT, r, v), frames.lvlh_from_eci(RT, VT, r, v))
    assert np.array_equal(orbit.frames.eci_from_lvlh(RT, VT, r, v), frames.eci_from_lvlh(RT, VT, r, v))
    assert np.array_equal(
        orbit.frames.ntw_from_eci(RT, VT, r, v, MU_EARTH), frames.ntw_from_eci(RT, VT, r, v, MU_EARTH)
    )
    assert np.array_equal(
        orbit.frames.eci_from_ntw(RT, VT, r, v, MU_EARTH), frames.eci_from_ntw(RT, VT, r, v, MU_EARTH)
    )


def test_the_sky_equals_its_functions():
    t = np.array([8.3e8, 8.4e8])
    moon, moving = orbit.ephemeris.moon_from_earth(t)
    assert np.array_equal(moon[1], ephemeris.moon_from_earth(8.4e8, ephemeris.de440())[0])
    sun, _ = orbit.ephemeris.sun_from_earth(t)
    assert np.array_equal(sun[0], ephemeris.sun_from_earth(8.3e8, ephemeris.de440())[0])
    behind = -7e6 * sun / np.linalg.norm(sun, axis=1)[:, None]
    assert orbit.sunlight.lit(
        np.concatenate((behind, -behind)), np.concatenate((sun, sun)), 6.4e6
    ).tolist() == [0, 0, 1, 1]
    push = orbit.sunlight.pressure(behind, sun, 0.01)
    assert np.array_equal(push[0], sunlight.pressure(tuples(behind[0]), tuples(sun[0]), 0.01))
    state = np.concatenate((moon, moving), axis=1)
    turning = orbit.synodic.synodic_from_eci(state, t)
    assert np.allclose(turning[:, :3], (1.0 - ephemeris.MOON_SHARE, 0.0, 0.0), atol=1e-12)
    assert np.allclose(turning[:, 3:], 0.0, atol=1e-9)
    mci = orbit.synodic.mci_from_synodic(nrho.SEED_9_2, t, mu=nrho.MU_EARTH_MOON)
    assert np.allclose(
        mci[1], synodic.mci_from_synodic(nrho.SEED_9_2, 8.4e8, nrho.MU_EARTH_MOON, ephemeris.de440())
    )
    assert np.allclose(orbit.synodic.mci_from_eci(orbit.synodic.eci_from_mci(mci, t), t), mci, rtol=1e-9)


def test_three_bodies_equal_their_functions():
    mu, times = nrho.MU_EARTH_MOON, np.array([0.1, 0.5])
    states, matrices = orbit.cr3bp.propagate(nrho.SEED_9_2, times, mu, matrix=True)
    end, matrix = three_bodies.propagate(mu, nrho.SEED_9_2, 0.5, matrix=True)
    assert np.array_equal(states[1], end)
    assert np.array_equal(matrices[1], matrix)
    kept = orbit.cr3bp.jacobi(states, mu)
    assert np.allclose(kept, cr3bp.jacobi(nrho.SEED_9_2, mu), rtol=1e-12)
    halo = nrho.correct(mu, nrho.SEED_9_2)
    path = orbit.cr3bp.along(halo, [[0.0, 0.5], [halo.period + 0.5, -halo.period]])
    assert path.shape == (2, 2, 6)
    assert np.allclose(path[0, 1], three_bodies.propagate(mu, halo.state, 0.5), atol=1e-9)
    assert np.allclose(path[1], path[0, ::-1], atol=1e-9)
    assert np.array_equal(orbit.cr3bp.lagrange_points(mu), three_bodies.lagrange_points(mu))


def test_attitudes_equal_their_kernels():
    inertia = np.array([(1e3, 1.5e3, 1.2e3, 10.0, -20.0, 5.0)] * 2)
    q, w = (0.0, 0.0, 0.0, 1.0), np.array([(0.1, 0.02, -0.03), (0.0, 0.0, 0.05)])
    q1, w1 = attitude.coast(q, w, inertia, 10.0, step=0.1)
    spun = Rotation.from_quat(q1).apply(np.einsum("nij,nj->ni", tensors(inertia), w1))
    assert np.allclose(spun, np.einsum("nij,nj->ni", tensors(inertia), w), atol=1e-6)  # momentum stays
    assert np.allclose(Rotation.from_quat(q1[1]).magnitude(), attitude.angle_between(q, q1[1]))
    torque = attitude.gravity_gradient(RT, inertia, MU_EARTH)
    assert np.array_equal(torque[0], rigid.gravity_gradient(RT, tuples(inertia[0]), MU_EARTH))
    held, rate = attitude.hill_pointing(RT, VT)
    assert np.allclose(Rotation.from_quat(held).as_matrix().T, frames.hill_axes(RT, VT), atol=1e-15)
    assert rate[2] == frames.hill_rate(RT, VT)
    forward, turning = attitude.lvlh_pointing(RT, VT)
    assert np.allclose(Rotation.from_quat(forward).as_matrix().T, frames.lvlh_axes(RT, VT), atol=1e-15)
    assert turning[1] == -rate[2]
    known = RNG.normal(size=(5, 4, 3))
    true = Rotation.random(5, random_state=2)
    seen = np.stack([true[k].inv().apply(known[k]) for k in range(5)])
    found = attitude.quest(seen, known, (1.0, 2.0, 1.0, 3.0))
    assert np.max(attitude.angle_between(found, true.as_quat())) < 1e-7
    sigma = attitude.mrp_from_quat(found)
    assert np.max(attitude.angle_between(attitude.quat_from_mrp(sigma), found)) < 1e-7
    with pytest.raises(RvdError, match="parallel in at least one row"):
        attitude.quest([RT, RT], [RT, VT])
    with pytest.raises(RvdError, match="inertia is no body's"):
        attitude.coast(q, w, (1.0, 1.0, 5.0, 0.0, 0.0, 0.0), 1.0)


def tensors(inertia):
    xx, yy, zz, xy, xz, yz = inertia.T
    return np.moveaxis(np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]), -1, 0)


def test_relative_elements_and_their_relatives():
    chaser = motion.roe.elements_from_roe((1e-5, 2e-5, -1e-5, 3e-5, 1e-6, 2e-6), TARGET)
    assert np.allclose(
        motion.roe.roe_from_elements(TARGET, chaser), (1e-5, 2e-5, -1e-5, 3e-5, 1e-6, 2e-6), atol=1e-15
    )
    earth = {"mu": MU_EARTH, "j2": J2_EARTH, "radius": RADIUS_EARTH}
    osculating = orbit.elements.osculating_from_mean(TARGET, **earth)
    assert np.allclose(orbit.elements.mean_from_osculating(osculating, **earth), TARGET, rtol=1e-12)
    r, v = orbit.elements.state_from_kepler(osculating, MU_EARTH)
    assert np.allclose(orbit.elements.kepler_from_state(r, v, MU_EARTH), osculating, rtol=1e-11)
    assert np.allclose(orbit.kepler.true_from_mean(0.3, orbit.kepler.mean_from_true(0.3, T)), T, rtol=1e-14)
    with pytest.raises(RvdError, match="on no ellipse"):
        orbit.elements.kepler_from_state(r, 2.0 * v, MU_EARTH)
    air = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, 6.8e6, 6e4)
    six = np.array((0.0, 2e-5, -1e-5, 3e-5, 1e-6, 2e-6))
    rates = motion.roe.drag_rates(six, TARGET, air, ballistic_target=0.01, ballistic_chaser=[0.005, 0.01])
    assert rates.shape == (2, 3)
    whole = motion.roe.transition(TARGET, 5e4, **earth)
    moved = motion.roe.coast(six, TARGET, 5e4, **earth, rates=rates)
    assert np.allclose(
        whole @ np.concatenate((six, rates[0])), np.concatenate((moved[0], rates[0])), atol=1e-17
    )
    assert np.allclose(motion.roe.rates_between(six, moved, TARGET, 5e4, **earth), rates, atol=1e-20)
    bent = motion.roe.hill_from_roe(six, TARGET, mu=MU_EARTH, bent=True)
    assert np.allclose(motion.roe.roe_from_hill(*bent, TARGET, mu=MU_EARTH, bent=True), six, atol=1e-16)
    curved = motion.curvilinear.curvilinear_from_hill(R, V, 7e6, 10.0)
    assert np.allclose(motion.curvilinear.hill_from_curvilinear(*curved, 7e6, 10.0), (R, V), rtol=1e-9)


def test_the_tangent_face():
    air = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, SPIN_EARTH, 4e-12, 6.8e6, 6e4)
    matrix, r, v = tangent.transition(RT, VT, air, 600.0, ballistic=0.01)
    ours = motion.tangent.transition([RT, RT], VT, air, 600.0, ballistic=0.01, hill=False)
    assert np.array_equal(ours[1], matrix)
    hill = motion.tangent.transition(RT, VT, air, 600.0, ballistic=0.01)
    assert np.allclose(hill, tangent.in_hill(matrix, RT, VT, r, v), rtol=1e-15)


def test_transfers_equal_their_functions():
    ours = orbit.transfers.hohmann(7e6, [8e6, 4e7], MU_EARTH)
    assert ours[1].tolist() == list(transfers.hohmann(7e6, 4e7, MU_EARTH))
    assert orbit.transfers.bielliptic(7e6, 9e7, 4e7, MU_EARTH).tolist() == list(
        transfers.bielliptic(7e6, 9e7, 4e7, MU_EARTH)
    )
    assert orbit.transfers.phasing(7e6, [0.1, -0.1], 2, MU_EARTH)[1].tolist() == list(
        transfers.phasing(7e6, -0.1, 2, MU_EARTH)
    )
    with pytest.raises(RvdError, match="would pass the centre"):
        orbit.transfers.phasing(7e6, -5.0, 1, MU_EARTH)


@pytest.mark.parametrize("name", ["cw.two_impulse", "yamanaka_ankersen.two_impulse"])
def test_the_example_runs(name):
    owed.run_example("motion", name)
