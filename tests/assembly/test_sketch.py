import numpy as np
import pytest

import rvd.motion.cw as cw
from rvd.assembly.orbit import orbit_rate
from rvd.assembly.sketch import coast, following, held_back, sketch, velocity_to
from rvd.casefile import load
from tests.casefile.small import HTV


@pytest.fixture(scope="module")
def htv():
    return load(HTV)


def test_the_sketch_goes_from_leg_to_leg(htv):
    found = sketch(htv)
    names = [htv.leg[one.leg].name for one in found]
    assert names[0] == "AI hold" and sorted(names) == sorted(leg.name for leg in htv.leg)
    by_leg = {one.leg: one for one in found}
    for one in found:
        begin = by_leg[one.after].end if one.after >= 0 else found[0].begin
        np.testing.assert_allclose(one.begin, begin, atol=1e-9)
        assert one.r.shape == one.v.shape
    # The berthing point is 4.99 m below and 14.94 m ahead of the centre of mass, the fixture 2.2 m above and 0.3 m
    # ahead of the chaser's: 30 m below the point in yaw 180 deg is 37.19 m below, 15.24 m ahead.
    np.testing.assert_allclose(by_leg[6].end, [-37.19, 15.24, 0.0], atol=1e-9)


def test_free_motion_is_that_of_clohessy_and_wiltshire(htv):
    n, r, v = orbit_rate(htv), np.array([-400.0, -3000.0, 50.0]), np.array([0.3, -0.2, 0.05])
    path, rate = coast(htv, r, v, 2400.0)
    expected = cw.coast(r, v, n, 2400.0)
    np.testing.assert_allclose(path[-1], expected[0], rtol=1e-10)
    np.testing.assert_allclose(rate[-1], expected[1], rtol=1e-10, atol=1e-13)


def test_a_transfer_arrives(htv):
    r, to = np.array([60.0, -5000.0, 30.0]), np.array([-500.0, 0.0, 0.0])
    v = velocity_to(htv, 3780.0, r, to)
    np.testing.assert_allclose(coast(htv, r, v, 3780.0)[0][-1], to, atol=1e-6)
    period = 2.0 * np.pi / orbit_rate(htv)
    assert not np.linalg.norm(velocity_to(htv, period, r, to)) < 1e3


def test_what_is_held_back_is_the_pull_of_the_orbit(htv):
    n = orbit_rate(htv)
    np.testing.assert_allclose(held_back(htv, np.array([-100.0, 0.0, 10.0]), np.zeros(3)),
                               [300.0 * n * n, 0.0, 10.0 * n * n], rtol=1e-12)  # fmt: skip
    r, v = np.array([-100.0, 7.0, 0.0]), np.array([0.0, 0.3, 0.0])
    _, rate = coast(htv, r, v, 1e-3)
    seen = (rate[-1] - v) / 1e-3
    np.testing.assert_allclose(-held_back(htv, r, v), seen, rtol=1e-4, atol=1e-9)


def test_after_a_free_drift_only_its_fallback_follows(htv):
    names = [leg.name for leg in htv.leg]
    drift = names.index("free drift")
    assert list(following(htv, drift)) == [names.index("back to 30 m")]
    assert list(following(htv, names.index("box"))) == [drift, names.index("back to 30 m")]
    assert list(following(htv, names.index("back to 30 m"))) == [names.index("parking point")]
