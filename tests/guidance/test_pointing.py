"""Attitudes against SciPy's rotations; rates by differences of the attitudes."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.guidance import pointing

A, B = Rotation.from_rotvec((0.3, -0.2, 1.0)), Rotation.from_rotvec((-1.0, 0.5, 0.4))


@pytest.mark.parametrize(("rate", "acceleration"), [(0.02, 0.001), (0.5, 0.001)])
def test_a_slew_is_its_own_derivative_and_turns_about_one_axis(rate, acceleration):
    whole = float(pointing.slew_time(A.as_quat(), B.as_quat(), rate, acceleration))
    angle = (A.inv() * B).magnitude()
    quick = angle / rate + rate / acceleration if rate < 0.1 else 2.0 * np.sqrt(angle / acceleration)
    assert np.isclose(whole, quick)
    t = np.linspace(0.0, whole, 4001)
    q, w, change = pointing.slew(A.as_quat(), B.as_quat(), rate, acceleration, t)
    turns = Rotation.from_quat(q)
    step = (turns[:-1].inv() * turns[1:]).as_rotvec() / (t[1] - t[0])
    assert np.allclose(step, 0.5 * (w[1:] + w[:-1]), atol=acceleration * t[1])
    assert np.allclose(np.diff(w, axis=0)[5:100] / (t[1] - t[0]), change[5:100], rtol=1e-6)
    assert np.allclose(np.cross(w, (A.inv() * B).as_rotvec()), 0.0, atol=1e-12)
    assert np.max(np.linalg.norm(w, axis=1)) <= rate * (1.0 + 1e-12)
    assert (turns[-1].inv() * B).magnitude() < 1e-9 and (turns[0].inv() * A).magnitude() < 1e-9


def test_a_body_looks_where_it_should():
    r, to, up = np.array((10.0, -100.0, 5.0)), np.array((1.0, 2.0, 3.0)), np.array((-1.0, 0.1, 0.2))
    bore, up_body = np.array((0.0, 0.6, 0.8)), np.array((1.0, 0.0, 0.0))
    turn = Rotation.from_quat(pointing.look_at(r, to, up, bore, up_body))
    line = (to - r) / np.linalg.norm(to - r)
    assert np.allclose(turn.apply(bore), line)
    across = up - line * (up @ line)
    held = turn.apply(up_body)
    assert np.allclose(held, across / np.linalg.norm(across))


def test_ports_that_mate_face_one_another():
    q_body, place = Rotation.from_rotvec((0.2, 0.7, -0.1)), np.array((1.5, 0.2, -0.3))
    for roll in (0.0, 0.4):
        r, q = pointing.mating((3.0, -1.0, 2.0), A.as_quat(), place, q_body.as_quat(), 0.25, roll)
        body = Rotation.from_quat(q)
        port = body * q_body
        assert np.allclose(port.apply((1.0, 0.0, 0.0)), -A.apply((1.0, 0.0, 0.0)))
        assert np.allclose(port.apply((0.0, 0.0, 1.0)), A.apply((0.0, -np.sin(roll), np.cos(roll))))
        assert np.allclose(
            r + body.apply(place), np.array((3.0, -1.0, 2.0)) + 0.25 * A.apply((1.0, 0.0, 0.0))
        )
