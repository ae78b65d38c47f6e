import io

import numpy as np
from matplotlib.image import imread

from rvd.reporting.panels import panels, panels_of
from rvd.reporting.style import blank, drawing


def figure(columns):
    with drawing():
        made = blank(9.6, 4.0)
        for k, axes in enumerate(np.ravel(made.subplots(1, columns))):
            axes.plot([0.0, 1.0], [0.0, k], label="line")
            axes.set_xlabel("time (s)")
    return made


def test_each_axes_is_a_panel_and_a_twin_is_part_of_its_own():
    made = figure(2)
    made.axes[0].twinx().set_ylabel("other")
    found = panels(made)
    assert len(found) == 2
    for panel in found:
        picture = imread(io.BytesIO(panel.picture))
        assert 3.5 < panel.width < 5.5
        assert abs(picture.shape[1] / made.dpi - panel.width) < 0.05
        assert picture[..., :3].min() < 0.5 < picture[..., :3].max()  # something is drawn on it


def test_a_legend_of_the_whole_figure_is_a_panel():
    made = figure(2)
    made.legend(*made.axes[0].get_legend_handles_labels(), loc="outside lower center")
    assert len(panels(made)) == 3


def test_a_figure_of_one_axes_has_no_panels():
    assert list(panels_of({"one": figure(1), "two": figure(2)})) == ["two"]
