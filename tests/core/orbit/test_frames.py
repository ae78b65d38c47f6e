import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.core.orbit import frames

RT = (4.1e6, -3.2e6, 4.4e6)
VT = (5.2e3, 5.3e3, -1.4e3)
numbers = st.lists(st.floats(-1e5, 1e5), min_size=6, max_size=6)


FRAMES = {
    "hill": (frames.hill_from_eci, frames.eci_from_hill),
    "lvlh": (frames.lvlh_from_eci, frames.eci_from_lvlh),
    "ntw": (
        lambda *state: frames.ntw_from_eci(*state, MU_EARTH),
        lambda *state: frames.eci_from_ntw(*state, MU_EARTH),
    ),
}


@pytest.mark.parametrize("name", FRAMES)
@given(numbers)
def test_there_and_back(name, values):
    into, out_of = FRAMES[name]
    r, v = tuple(values[:3]), tuple(k * 1e-3 for k in values[3:])
    r1, v1 = into(RT, VT, *out_of(RT, VT, r, v))
    assert np.allclose(r1, r, atol=1e-9)
    assert np.allclose(v1, v, atol=1e-12)


def test_axes_are_orthonormal_and_right_handed():
    for axes in (frames.hill_axes(RT, VT), frames.lvlh_axes(RT, VT), frames.ntw_axes(RT, VT)):
        matrix = np.array(axes)
        assert np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-15)
        assert abs(np.linalg.det(matrix) - 1.0) < 1e-14


def test_axes_point_where_they_say():
    radial, along, normal = frames.hill_axes(RT, VT)
    assert np.dot(radial, RT) > 0.0
    assert np.dot(along, VT) > 0.0
    assert np.allclose(np.cross(radial, along), normal)
    assert np.allclose(frames.lvlh_axes(RT, VT), (along, np.negative(normal), np.negative(radial)))
    across, tangent, _ = frames.ntw_axes(RT, VT)
    assert np.allclose(tangent, VT / np.linalg.norm(VT))
    assert np.dot(across, RT) > 0.0


def test_quaternions_take_components_to_inertial():
    for q, axes in (
        (frames.q_eci_hill(RT, VT), frames.hill_axes(RT, VT)),
        (frames.q_eci_lvlh(RT, VT), frames.lvlh_axes(RT, VT)),
    ):
        assert np.allclose(Rotation.from_quat(q).as_matrix(), np.array(axes).T, atol=1e-15)


@pytest.mark.parametrize("name", FRAMES)
def test_velocity_is_the_rate_seen_in_the_turning_frame(name):
    """Against a central difference of the position in the frame along two Keplerian arcs."""
    into = FRAMES[name][0]
    dr, dv = np.array((300.0, -5000.0, 700.0)), np.array((1.0, -2.0, 0.5))

    def at(t):
        def move(r, v):
            r, v = np.array(r), np.array(v)
            k = MU_EARTH / np.linalg.norm(r) ** 3
            jerk = -k * v + 3.0 * k * (r @ v) / (r @ r) * r
            return r + t * v - 0.5 * t * t * k * r + t**3 / 6.0 * jerk, v - t * k * r + t * t / 2.0 * jerk

        rt, vt = move(RT, VT)
        rc, vc = move(RT + dr, VT + dv)
        r, _ = into(tuple(rt), tuple(vt), tuple(rc - rt), tuple(vc - vt))
        return np.array(r)

    h = 0.05
    _, v = into(RT, VT, tuple(dr), tuple(dv))
    assert np.allclose((at(h) - at(-h)) / (2.0 * h), v, atol=5e-7)


def test_the_turn_of_the_plane_under_j2():
    """`hill_rates` against the turn of finely propagated axes; 1.6e-6 rad/s at most at 400 km."""
    r, v = np.array(RT), np.array(VT)

    def pull(r):
        d = np.linalg.norm(r)
        k = 1.5 * J2_EARTH * MU_EARTH * RADIUS_EARTH**2 / d**5
        return -MU_EARTH * r / d**3 - k * r * (np.array([1.0, 1.0, 3.0]) - 5.0 * (r[2] / d) ** 2)

    def axes(t):
        a = pull(r)
        return np.array(frames.hill_axes(tuple(r + t * v + 0.5 * t * t * a), tuple(v + t * a)))

    h = 1e-2
    turn = (axes(h) - axes(-h)) / (2.0 * h) @ axes(0.0).T
    ours = frames.hill_rates(RT, VT, tuple(pull(r)))
    assert np.allclose((turn[1, 2], turn[2, 0], turn[0, 1]), ours, rtol=0.0, atol=1e-11)
    assert abs(ours[2] - frames.hill_rate(RT, VT)) < 1e-18
    dr, dv = (10.0, -3000.0, 4.0), (0.1, 0.2, 0.3)
    turning = frames.hill_from_eci_turning(RT, VT, (0.0, 0.0, ours[2]), dr, dv)
    assert np.allclose(
        np.concatenate(turning), np.concatenate(frames.hill_from_eci(RT, VT, dr, dv)), atol=1e-12
    )


def test_circular_orbit_turns_at_its_mean_motion():
    r = 7e6
    v = math.sqrt(MU_EARTH / r)
    assert math.isclose(frames.hill_rate((r, 0.0, 0.0), (0.0, v, 0.0)), v / r, rel_tol=1e-15)
