"""The least clearance of two hulls, against points on their surfaces, and what is left out or proven by a bound."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd.core.hull.hull import FAR, Clearance, Hulls, clearance

LEVEL, NONE = (0.0, 0.0, 0.0, 1.0), Clearance(FAR, -1.0)
ORIGIN = (0.0, 0.0, 0.0)


def hulls(target, chaser) -> Hulls:
    """Hulls of capsules, each (from, to, radius, ring)."""
    tables = [
        np.array([(*a, *b, radius, ring) for a, b, radius, ring in rows], float) for rows in (target, chaser)
    ]
    reach = [
        float(max(max(np.linalg.norm(row[:3]), np.linalg.norm(row[3:6])) + row[6] for row in t))
        for t in tables
    ]
    return Hulls(*tables, *reach)


BALL = ((0, 0, 0), (0, 0, 0), 1.0, 0.0)
MODULE = ((-5, 0, 0), (5, 0, 0), 2.0, 0.0)


def test_two_balls():
    found = clearance(hulls([BALL], [BALL]), ORIGIN, (0.0, 10.0, 0.0), LEVEL, LEVEL, False, NONE)
    assert found == (8.0, 0.0)
    assert clearance(hulls([BALL], [BALL]), ORIGIN, (0.0, 1.5, 0.0), LEVEL, LEVEL, False, NONE).least == -0.5


def test_the_centre_of_mass_is_not_the_body_s_origin():
    found = clearance(hulls([BALL], [BALL]), (0.0, 3.0, 0.0), (0.0, 10.0, 0.0), LEVEL, LEVEL, False, NONE)
    assert found.least == 5.0  # the ball is 3 m nearer than the centre of mass


def test_turned_bodies_against_points_on_the_surfaces():
    """The least distance of many points on the segments is never smaller, and comes as near as they are dense."""
    rng, both = np.random.default_rng(8), hulls([MODULE, ((0, -9, 1), (0, 9, 1), 0.5, 0.0)], [MODULE, BALL])
    for _ in range(20):
        q_target, q_body = Rotation.random(rng=rng), Rotation.random(rng=rng)
        r, com = rng.normal(0.0, 12.0, 3), rng.normal(0.0, 0.5, 3)
        given = (tuple(map(float, x)) for x in (com, r, q_target.as_quat(), q_body.as_quat()))
        found = clearance(both, *given, False, NONE)
        share = np.linspace(0.0, 1.0, 400)[:, None]

        def points(row, turn, origin, share=share):
            return origin + turn.apply(row[:3] + share * (row[3:6] - row[:3]))

        gaps = [
            np.linalg.norm(points(a, q_target, 0.0)[:, None] - points(b, q_body, r - q_body.apply(com)), axis=2).min()
            - a[6] - b[6]
            for a in both.target for b in both.chaser
        ]  # fmt: skip
        assert found.least == pytest.approx(min(gaps), abs=0.03) and found.least <= min(gaps) + 1e-12
        assert int(found.pair) == int(np.argmin(gaps))


def test_the_rings_of_the_goal_may_touch_in_a_docking_and_nothing_else():
    ring, beside = (*BALL[:3], 1.0), (ORIGIN, (0.0, 1.0, 0.0), LEVEL, LEVEL)
    assert clearance(hulls([ring], [ring]), *beside, True, NONE) == NONE
    assert clearance(hulls([ring], [ring]), *beside, False, NONE).least == -1.0
    assert clearance(hulls([ring], [BALL]), *beside, True, NONE).least == -1.0


def test_what_was_nearer_before_stays():
    was = Clearance(0.5, 7.0)
    assert clearance(hulls([BALL], [BALL]), ORIGIN, (0.0, 10.0, 0.0), LEVEL, LEVEL, False, was) == was
    assert clearance(hulls([BALL], [BALL]), ORIGIN, (0.0, 2.4, 0.0), LEVEL, LEVEL, False, was) == (
        pytest.approx(0.4),
        0.0,
    )


def test_the_bound_leaves_out_nothing_that_is_nearer():
    """With what was seen before, the answer is the smaller of the two."""
    rng, both = np.random.default_rng(9), hulls([MODULE], [MODULE, BALL])
    for _ in range(200):
        r, com = (tuple(map(float, rng.normal(0.0, size, 3))) for size in (15.0, 1.0))
        q = tuple(map(float, Rotation.random(rng=rng).as_quat()))
        alone, was = (
            clearance(both, com, r, q, LEVEL, False, NONE),
            Clearance(float(rng.uniform(0.0, 20.0)), 9.0),
        )
        found = clearance(both, com, r, q, LEVEL, False, was)
        assert found == (alone if alone.least < was.least else was)


def test_bodies_without_hulls_never_touch():
    none = Hulls(np.zeros((0, 8)), np.zeros((0, 8)), 0.0, 0.0)
    assert clearance(none, ORIGIN, ORIGIN, LEVEL, LEVEL, False, NONE) == NONE
