import numpy as np
import pytest
from matplotlib.colors import to_hex

from rvd import plot
from rvd.plot.paths import clock
from tests.plot.pages import RUNS, R, T, page, space, words


def test_a_path_is_drawn_where_it_is():
    line = plot.trajectory(page(), R, color="tab:red", lw=2.0, label="flown")
    assert line.get_xdata().tolist() == R[:, 1].tolist()
    assert line.get_ydata().tolist() == (-R[:, 0] + 0.0).tolist()
    assert (line.get_color(), line.get_linewidth(), line.get_label()) == ("tab:red", 2.0, "flown")


def test_paths_take_the_colours_of_the_cycle():
    ax = page()
    first, many, last = plot.trajectory(ax, R), plot.trajectory(ax, RUNS), plot.trajectory(ax, R)
    colours = [to_hex(first.get_color()), to_hex(many.get_color()[0]), to_hex(last.get_color())]
    assert colours == [to_hex(f"C{k}") for k in range(3)]


def test_many_paths_are_one_collection_and_the_axes_hold_them():
    ax = page()
    many = plot.trajectory(ax, RUNS)
    assert len(many.get_segments()) == len(RUNS)
    assert np.array_equal(many.get_segments()[1][:, 0], RUNS[1, :, 1])
    assert ax.get_xlim()[0] <= RUNS[..., 1].min() and ax.get_xlim()[1] >= RUNS[..., 1].max()


def test_a_gap_stays_a_gap():
    broken = R.copy()
    broken[1] = np.nan
    assert np.isnan(plot.trajectory(page(), broken).get_xdata()).tolist() == [False, True, False, False]


def test_in_space_a_path_has_three_coordinates():
    ax = space()
    line = plot.trajectory(ax, R)
    assert np.array_equal(np.array(line.get_data_3d()), np.stack([R[:, 1], -R[:, 2], -R[:, 0]]))
    many = plot.trajectory(ax, RUNS)
    assert len(many._segments3d) == len(RUNS)


def test_marks_of_time_lie_at_whole_multiples():
    ax = page()
    marks = plot.time_ticks(ax, R, T + 100.0, 300.0)
    assert words(ax) == ["5 min", "10 min", "15 min"]
    third = 2.0 / 3.0
    assert marks.get_xdata()[0] == pytest.approx(-500.0 + third * 200.0)
    assert not words(plot.time_ticks(page(), R, T, 300.0, labels=False).axes)


@pytest.mark.parametrize(
    ("seconds", "step", "text"),
    [(7200.0, 3600.0, "2 h"), (7200.0, 600.0, "120 min"), (90.0, 45.0, "90 s"), (0.5, 0.5, "0.5 s")],
)
def test_times_are_told_in_the_unit_of_their_step(seconds, step, text):
    assert clock(seconds, step) == text


def test_burns_of_a_path_stand_where_it_was_and_are_as_long_as_large():
    ax = page()
    plot.trajectory(ax, R, T, burns=((0.0, 450.0), [(0.0, 0.2, 0.0), (0.1, 0.0, 0.0)]))
    (arrows,) = ax.collections
    assert arrows.get_offsets().tolist() == [[-500.0, 0.0], [-200.0, 50.0]]
    assert arrows.U.tolist() == [1.0, 0.0] and arrows.V.tolist() == [0.0, -0.5]
    assert (arrows.angles, arrows.scale_units) == (
        "xy",
        "inches",
    )  # turns with the axes, whatever their limits


def test_burns_have_names_a_length_and_a_label():
    ax = page()
    arrows = plot.burns(
        ax, R[:2], [(0.0, 0.1, 0.0), (0.0, 0.0, 0.1)], names=["TPI", "MC"], length=36.0, label="dv"
    )
    assert words(ax) == ["TPI", "MC"]
    assert arrows.scale == 2.0  # of length one to half an inch
    assert ax.get_legend_handles_labels()[1] == ["dv"]


def test_burns_in_space_keep_their_directions():
    ax = space()
    plot.trajectory(ax, R)
    arrows = plot.burns(ax, R[:1], [(0.0, 0.1, 0.0)], label="dv")
    shaft = sorted(map(list, arrows._segments3d[0]))
    assert shaft[0] == [-500.0, 0.0, 0.0]
    assert shaft[1][0] > -500.0 and shaft[1][1:] == [0.0, 0.0]
