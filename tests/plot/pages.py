"""Axes to draw on, and a flight to draw."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

R = np.array([(0.0, -500.0, 0.0), (-60.0, -300.0, 10.0), (-40.0, -100.0, 20.0), (-10.0, 0.0, 0.0)])
T = np.array([0.0, 300.0, 600.0, 900.0])
RUNS = R + np.array([(0.0, 0.0, 0.0), (3.0, 0.0, 1.0), (-3.0, 2.0, -1.0), (0.0, -2.0, 0.0)])[:, np.newaxis]


def _figure():
    """A figure that can be drawn."""
    return FigureCanvasAgg(Figure()).figure


def page():
    """An Axes of the plane."""
    return _figure().subplots()


def space():
    """An Axes in space."""
    return _figure().add_subplot(projection="3d")


def words(ax):
    """The texts beside marks."""
    return [text.get_text().strip() for text in ax.texts]
