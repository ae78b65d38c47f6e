import numpy as np

from rvd import plot
from tests.plot.pages import R, page


def test_speed_against_range_from_a_centre():
    ax = page()
    line = plot.speed(ax, R, np.ones((4, 3)), centre=(-10.0, 0.0, 0.0))
    assert line.get_xdata().tolist() == np.linalg.norm(R - (-10.0, 0.0, 0.0), axis=1).tolist()
    assert np.allclose(line.get_ydata(), 3.0**0.5)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("range (m)", "relative speed (m/s)")


def test_labels_that_are_there_stay():
    ax = page()
    ax.set_xlabel("Abstand (m)")
    plot.envelope(ax, 250.0 * np.ones(1), [0.17])
    assert ax.get_xlabel() == "Abstand (m)"


def test_the_limit_has_steps_or_none():
    steps = plot.envelope(page(), (250.0, 1000.0), (0.17, 1.5))
    assert steps.get_xydata().tolist() == [[0.0, 0.17], [250.0, 0.17], [250.0, 1.5], [1000.0, 1.5]]
    straight = plot.envelope(page(), (0.0, 1000.0), (0.1, 1.5), steps=False)
    assert straight.get_xydata().tolist() == [[0.0, 0.1], [1000.0, 1.5]]


def test_what_is_forbidden_is_shaded_and_changes_no_limits():
    ax = page()
    plot.envelope(ax, (250.0, 1000.0), (0.17, 1.5))
    (shade,) = ax.patches
    assert shade.get_path().contains_points([(100.0, 0.3), (500.0, 2.0)]).all()
    assert not shade.get_path().contains_points([(100.0, 0.1), (500.0, 1.0), (1200.0, 9.0)]).any()
    assert ax.get_ylim()[1] < 2.0
