from rvd import plot
from tests.plot.pages import page, space, words


def test_a_port_has_a_name_and_an_arrow_along_its_axis():
    ax = page()
    mark = plot.port(ax, (-5.0, 2.0, 0.0), "+R", name="Node 2")
    assert mark.get_xydata().tolist() == [[2.0, 5.0]] and words(ax) == ["Node 2"]
    (arrow,) = ax.collections
    assert (arrow.U.tolist(), arrow.V.tolist(), arrow.angles) == ([0.0], [1.0], "xy")
    assert not plot.port(page()).axes.collections


def test_a_place_is_marked_once_with_all_its_names():
    ax = page()
    marks = plot.holds(ax, [(-250.0, 0.0, 0.0), (-250.0, 0.0, 0.0), (-30.0, 0.0, 0.0)], ["a", "b", "$c$"])
    assert marks.get_xydata().tolist() == [[0.0, 250.0], [0.0, 30.0]]
    assert words(ax) == ["a, b", r"\$c\$"]


def test_a_name_stays_within_the_axes():
    ax = page()
    plot.trajectory(ax, [(0.0, 0.0, 0.0), (0.0, 100.0, 50.0)])
    plot.holds(ax, [(0.0, 0.0, 0.0), (0.0, 100.0, 0.0)], ["at the left edge", "at the right edge"])
    ax.figure.canvas.draw()
    frame = ax.get_window_extent()
    left, right = (text.get_window_extent() for text in ax.texts)
    assert frame.x0 < left.x0 and right.x1 < frame.x1
    assert right.x1 < ax.transData.transform((100.0, 0.0))[0]


def test_one_place_needs_no_list():
    ax = page()
    assert plot.holds(ax, (-250.0, 0.0, 0.0), "hold").get_ydata().tolist() == [250.0] and words(ax) == [
        "hold"
    ]
    assert not words(plot.holds(page(), (-250.0, 0.0, 0.0)).axes)


def test_marks_stand_in_space_too():
    ax = space()
    plot.vbar_rbar(ax)
    plot.holds(ax, [(-250.0, 10.0, 5.0)], ["hold"])
    plot.port(ax, (0.0, 0.0, 0.0), "+R", name="port")
    assert words(ax) == ["hold", "port"]
    assert [float(c[0]) for c in ax.lines[0].get_data_3d()] == [10.0, -5.0, 250.0]
