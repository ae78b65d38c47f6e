"""Trajectories flown by SciPy from burn to burn; margins and closest approaches by fine sampling."""

import numpy as np
import pytest

from rvd.motion import cw
from rvd.safety import margins, trajectories
from tests.guidance.oracles import fly
from tests.safety.calls import BURNS, N, R, V


def flown(t):
    """State at t on the trajectory of BURNS, before a burn at t."""
    r, v, now = np.array(R), np.array(V), 0.0
    for moment, dv in zip(BURNS["burn_times"], BURNS["burns"]):
        if moment < t:
            r, v = fly(r, v, N, moment - now)
            v, now = v + dv, moment
    return fly(r, v, N, t - now) if t > now else (r, v)


@pytest.mark.parametrize("t", [0.0, 50.0, 100.0, 500.0, 900.0, 3000.0])
def test_a_trajectory_with_burns(t):
    r, v = trajectories.after_burns(**BURNS, t=[t])
    there, speed = flown(t)
    assert np.allclose(r[0], there, atol=1e-6) and np.allclose(v[0], speed, atol=1e-9)


LIMITS = [
    ("sphere", ((0.0, 50.0, 0.0), 60.0)),
    ("ellipsoid", ((0.0, 0.0, 0.0), (50.0, 90.0, 30.0))),
    ("cone", ((0.0, 0.0, 0.0), (0.0, -1.0, 0.0), 0.3)),
    ("speed", (0.05, 0.001, 0.5)),
]


@pytest.mark.parametrize(("kind", "limits"), LIMITS)
def test_the_least_margin_between_samples(kind, limits):
    """61 samples of a turn give to a centimetre what 60,001 give of the motion itself."""
    start, rate = (-100.0, -300.0, 20.0), (0.1, 0.6, -0.05)
    t = np.linspace(0.0, 5560.0, 61)
    r, v = cw.coast(start, rate, N, t)
    least, when = trajectories.least_margin(kind, t, r, v, *limits)
    many = np.linspace(0.0, 5560.0, 60001)
    where, speed = cw.coast(start, rate, N, many)
    of = getattr(margins, kind)
    exact = of(where, speed, *limits) if kind == "speed" else of(where, *limits)
    scale = 1e-5 if kind == "speed" else 1e-2
    assert np.isclose(least, np.min(exact), rtol=0.0, atol=scale)
    assert np.isclose(when, many[np.argmin(exact)], atol=10.0)
    samples = of(r, v, *limits) if kind == "speed" else of(r, *limits)
    assert least <= np.min(samples) + 1e-12


def test_the_sweep():
    """Each drift sampled finely; the sigma by drawn states."""
    t = np.array((0.0, 100.0, 400.0, 900.0, 1500.0))
    spread = np.diag((4.0, 9.0, 1.0, 1e-5, 4e-6, 1e-6))
    sweep = trajectories.passive_sweep(**BURNS, t=t, horizon=15000.0, covariance=spread)
    rng = np.random.default_rng(8)
    times = np.linspace(0.0, 15000.0, 30001)
    for k, moment in enumerate(t):
        r, v = flown(moment)
        far = np.linalg.norm(cw.coast(r, v, N, times)[0], axis=1)
        assert np.isclose(sweep.distance[k], np.min(far), atol=0.05)
        drawn = rng.multivariate_normal(np.concatenate((r, v)), spread, 20000)
        there, _ = cw.coast(drawn[:, :3], drawn[:, 3:], N, sweep.after[k])
        mean = cw.coast(r, v, N, sweep.after[k])[0]
        seen = (there - mean) @ mean / np.linalg.norm(mean)
        # the sigma of 20,000 draws is off by more than 4 of its own sigmas (0.5 %) once in 16,000
        assert np.isclose(np.std(seen), sweep.sigma[k], rtol=0.02)
    assert not np.any(trajectories.passive_sweep(**BURNS, t=t, horizon=15000.0).sigma)


def test_many_trajectories_at_once():
    """Each row is the trajectory alone, with its own times, burns and mean motion."""
    many = {
        "r": np.array((R, (0.0, 50.0, 1.0))),
        "v": np.array(V),
        "burn_times": np.array(((100.0, 900.0), (0.0, 400.0))),
        "burns": np.array(BURNS["burns"]) * np.array((1.0, 2.0))[:, None, None],
        "n": np.array((N, 1.1 * N)),
        "t": np.linspace(0.0, 2000.0, 7),
    }
    r, v = trajectories.after_burns(**many)
    sweep = trajectories.passive_sweep(**many, horizon=9000.0, covariance=np.eye(6))
    assert r.shape == v.shape == (2, 7, 3) and sweep.distance.shape == sweep.sigma.shape == (2, 7)
    for k in range(2):
        one = {
            "r": many["r"][k], "v": V, "burn_times": many["burn_times"][k], "burns": many["burns"][k],
            "n": many["n"][k], "t": many["t"],
        }  # fmt: skip
        alone = trajectories.after_burns(**one)
        assert np.array_equal(r[k], alone[0]) and np.array_equal(v[k], alone[1])
        swept = trajectories.passive_sweep(**one, horizon=9000.0, covariance=np.eye(6))
        assert np.array_equal(sweep.distance[k], swept.distance) and np.allclose(
            sweep.sigma[k], swept.sigma, rtol=1e-13
        )
    outer = trajectories.after_burns(R, V, [[100.0]], np.zeros((4, 1, 1, 3)), N, np.zeros((3, 5)))
    assert outer[0].shape == (4, 3, 5, 3)
    assert trajectories.after_burns(R, V, [], np.zeros((0, 3)), N, [1.0])[0].shape == (1, 3)
