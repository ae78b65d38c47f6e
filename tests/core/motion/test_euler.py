"""Euler angles, Gibbs vectors and products against SciPy's rotations and published numbers."""

import doctest
import itertools

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from rvd import attitude
from rvd.core.motion import euler
from rvd.errors import ArgumentError

SEQUENCES = [s for s in itertools.product((1, 2, 3), repeat=3) if s[0] != s[1] and s[1] != s[2]]
DRAWN = Rotation.random(200, random_state=3)
#: A. Schaub's values in Basilisk's test_rbkRoutine.py; there the scalar is first.
EP = (0.4276078901804977, -0.4859180570232927, 0.7191587243944733, 0.2526773896521122)
ANGLES, RATE = (0.5235987755982988, -0.6981317007977318, 0.2617993877991494), (0.2, 0.1, -0.5)


@pytest.mark.parametrize("axes", SEQUENCES)
def test_every_sequence_both_ways(axes):
    wanted = DRAWN.as_euler("".join("XYZ"[k - 1] for k in axes))
    assert np.allclose(attitude.euler_from_quat(DRAWN.as_quat(), axes), wanted, atol=1e-9)
    back = Rotation.from_quat(attitude.quat_from_euler(wanted, axes))
    assert np.max((back.inv() * DRAWN).magnitude()) < 1e-12


@pytest.mark.parametrize("axes", SEQUENCES)
@pytest.mark.parametrize("end", [0, 1])
def test_at_the_ends_the_last_angle_is_zero(axes, end):
    middle = (0.0, np.pi)[end] if axes[0] == axes[2] else (-0.5 * np.pi, 0.5 * np.pi)[end]
    q = attitude.quat_from_euler((0.7, middle, 0.4), axes)
    found = attitude.euler_from_quat(q, axes)
    again = Rotation.from_quat(attitude.quat_from_euler(found, axes))
    assert (again.inv() * Rotation.from_quat(q)).magnitude() < 1e-7
    assert found[2] == 0.0


@pytest.mark.parametrize("axes", SEQUENCES)
def test_rates_are_those_of_the_angles(axes):
    """By differences over a turn of the body."""
    angles, w, h = np.array((0.3, 0.8, -0.5)), np.array((0.2, -0.1, 0.4)), 1e-6
    now = Rotation.from_quat(attitude.quat_from_euler(angles, axes))
    ends = [
        attitude.euler_from_quat((now * Rotation.from_rotvec(k * h * w)).as_quat(), axes) for k in (-1, 1)
    ]
    assert np.allclose(attitude.euler_rates(angles, axes, w), (ends[1] - ends[0]) / (2.0 * h), atol=1e-7)


def test_published_values():
    assert np.allclose(
        attitude.euler_from_quat(EP, (3, 2, 1)), (-3.039045355374235, -1.036440549977791, -1.246934586231547)
    )
    assert np.allclose(
        attitude.euler_from_quat(EP, (3, 1, 3)), (0.3837766626244828, 1.408008028147627, 2.082059614484753)
    )
    assert np.allclose(
        attitude.euler_rates(ANGLES, (3, 1, 3), RATE),
        (-0.2308015733560238, 0.1673032607475616, -0.3231957372675008),
    )
    assert np.allclose(
        attitude.euler_rates(ANGLES, (3, 2, 1), RATE),
        (-0.596676880486542, 0.2260021051801672, 0.5835365057631652),
    )
    assert np.allclose(
        attitude.gibbs_from_quat(EP), (1.692307692307693, -1.923076923076923, 2.846153846153846)
    )
    found = attitude.quat_from_gibbs((0.5746957711326909, -0.7662610281769212, 0.2873478855663454))
    assert np.allclose(
        found, (0.4063712768871578, -0.5418283691828771, 0.2031856384435789, 0.7071067811865475)
    )
    first = (0.75377836144441, 0.15075567228888, 0.45226701686665, 0.45226701686665)
    second = (0.46657709246321, 0.83983876643378, -0.20529392068381, -0.18663083698528)
    added = (-0.3404414533246, 0.71745926113861, 0.38545850500388, -0.46986547690254)
    assert np.allclose(attitude.compose(first, second), added)


@pytest.mark.parametrize("axes", [(1, 1, 2), (3, 2, 2), (0, 1, 2), (1, 2, 4), (1.5, 2, 3)])
def test_what_is_no_sequence_is_refused(axes):
    for call in (
        lambda: attitude.quat_from_euler(ANGLES, axes),
        lambda: attitude.euler_from_quat(EP, axes),
        lambda: attitude.euler_rates(ANGLES, axes, RATE),
    ):
        with pytest.raises(ArgumentError, match="no two alike in a row"):
            call()


def test_where_there_is_no_answer():
    with pytest.raises(ArgumentError, match="coincide"):
        attitude.euler_rates((0.1, 0.5 * np.pi, 0.2), (3, 2, 1), RATE)
    with pytest.raises(ArgumentError, match="half turn"):
        attitude.gibbs_from_quat((1.0, 0.0, 0.0, 0.0))
    with pytest.raises(ArgumentError, match="length one"):
        attitude.compose(EP, (1.0, 1.0, 0.0, 0.0))


def test_the_examples_run():
    for name in (
        "quat_from_euler",
        "euler_from_quat",
        "euler_rates",
        "gibbs_from_quat",
        "quat_from_gibbs",
        "compose",
    ):
        found = doctest.DocTestFinder().find(getattr(attitude, name), name, globs=vars(attitude))[0]
        assert found.examples and doctest.DocTestRunner().run(found).failed == 0
        assert hasattr(euler, name)
