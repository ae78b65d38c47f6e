import numpy as np
import pytest

from rvd.reporting.navigation import WORDS, draw_navigation, error
from rvd.reporting.shown import Shown
from tests.reporting.synthetic import SCENE, made_up

FRONT = Shown(None, made_up(0, every=20.0))


@pytest.fixture(scope="module")
def figure():
    return draw_navigation(SCENE, [FRONT, Shown(1, made_up(1, spread=1.0, every=20.0))])


def test_the_error_is_believed_less_true(figure):
    history = FRONT.flight.history
    for row, (name, _) in enumerate(WORDS):
        for column, rate in enumerate(("", "_rate")):
            axes = figure.axes[2 * row + column]
            line = next(line for line in axes.lines if line.get_label() == "nominal flight")
            wanted = history[f"believed_{name}{rate}"] - history[f"{name}{rate}"]
            assert np.array_equal(line.get_ydata(), wanted)
            assert np.array_equal(error(history, f"{name}{rate}"), wanted)


def test_the_band_is_three_believed_sigmas(figure):
    history = FRONT.flight.history
    for column, sigma in enumerate(("sigma_r", "sigma_v")):
        band = next(c for c in figure.axes[column].collections if c.get_label().startswith("three sigma"))
        edge = band.get_paths()[0].vertices[:, 1]
        assert edge.max() == pytest.approx(3.0 * history[sigma].max())
        assert edge.min() == pytest.approx(-3.0 * history[sigma].max())


def test_zero_error_lies_in_the_middle_of_every_panel(figure):
    for axes in figure.axes:
        low, high = axes.get_ylim()
        assert low == -high
