import io

import numpy as np
from matplotlib.image import imread

from rvd.reporting.page import LETTERS, SMALLEST
from rvd.reporting.panels import NARROW, narrow, panels, panels_of
from rvd.reporting.shown import Shown
from rvd.reporting.speed import draw_speed
from rvd.reporting.style import blank, drawing, png
from tests.reporting.synthetic import SCENE, made_up


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


def test_panels_fit_a_telephone_with_letters_that_can_be_read():
    """390 px with 12.8 px of margin on both sides."""
    assert NARROW * 72.0 * SMALLEST / LETTERS < 390.0 - 2.0 * 12.8
    made = draw_speed(SCENE, [Shown(None, made_up(every=20.0))])
    assert all(panel.width <= NARROW + 0.05 for panel in panels(made))


def test_a_figure_is_afterwards_as_it_was():
    made = draw_speed(SCENE, [Shown(None, made_up(every=20.0))])
    before = png(made)
    panels(made)
    assert png(made) == before


def test_names_of_legs_stay_apart_where_the_panel_is_narrow():
    made = draw_speed(SCENE, [Shown(None, made_up(every=20.0))])
    with drawing(), narrow(made):
        made.canvas.draw()
        names = [text for text in made.axes[0].texts if str(text.get_gid()).startswith("leg ")]
        places = sorted(text.get_window_extent().x0 for text in names)
        assert len(names) == len(SCENE.legs)
        assert (
            min(np.diff(places)) > 0.75 * names[0].get_fontsize() * made.dpi / 72.0
        )  # a small letter is half as high


def test_long_titles_are_broken_within_and_whole_afterwards():
    made = figure(2)
    title = "a title that is far too long to stand above one panel of a telephone"
    made.axes[0].set_title(title, loc="left")
    with drawing(), narrow(made):
        assert "\n" in made.axes[0].get_title(loc="left")
    assert made.axes[0].get_title(loc="left") == title
