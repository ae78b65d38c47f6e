"""The Sun round a planned orbit, against where a flight has it."""

from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

import rvd
from rvd.assembly.axes import level_attitude
from rvd.assembly.build import build
from rvd.assembly.glare import hill_axes, nearest_and_farthest
from rvd.assembly.remarks import remarks
from rvd.core.orbit.frames import q_eci_hill

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def case():
    return rvd.load(CASES / "inspection.toml")


def test_the_axes_are_those_of_a_state_on_the_orbit(case):
    """At the node the target is along the first axis and moves along the second, up by the inclination."""
    radial, along, normal = hill_axes(case)[0].T
    i = case.target.inclination
    moves = (0.0, np.cos(i), np.sin(i))  # the node is along x: raan is zero
    q = Rotation.from_quat(q_eci_hill((7e6, 0.0, 0.0), tuple(7.5e3 * np.array(moves))))
    np.testing.assert_allclose(q.as_matrix(), np.column_stack([radial, along, normal]), atol=1e-12)


def test_the_sun_stands_where_a_flight_has_it(case):
    """A boresight across the orbit keeps its angle; one in its plane goes from an angle to that behind it."""
    turn = Rotation.from_quat(level_attitude(case, case.leg[0]))
    sun = build(case).setup.outside.sky[0, 5:8]
    normal = hill_axes(case)[0][:, 2]
    away = float(np.arccos(-normal @ sun / np.linalg.norm(sun)))
    assert nearest_and_farthest(case, turn, (0.0, 1.0, 0.0)) == pytest.approx((away, away))
    least, most = nearest_and_farthest(case, turn, (1.0, 0.0, 0.0))
    assert least + most == pytest.approx(np.pi, abs=1e-3) and most - least == pytest.approx(
        2 * away, abs=5e-3
    )


def test_a_tracker_that_the_sun_blinds_all_the_way_is_remarked(case):
    assert remarks(case) == []
    (remark,) = remarks(case.with_values({"sensors.star_tracker.boresight": (0.0, 1.0, 0.0)}))
    assert "the star tracker sees the Sun all through" in remark.what and "15.6 deg" in remark.what
