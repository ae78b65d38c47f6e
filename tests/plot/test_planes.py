import itertools

import numpy as np
import pytest
from matplotlib.offsetbox import AnchoredOffsetbox
from matplotlib.transforms import Bbox

from rvd import plot
from rvd.plot.planes import coordinates
from tests.plot.pages import R, page, space


@pytest.mark.parametrize(
    ("plane", "vbar", "labels", "inverted"),
    [
        ("V-R", "right", ("V-bar (m)", "R-bar (m)"), (False, True)),
        ("V-R", "left", ("V-bar (m)", "R-bar (m)"), (True, True)),
        ("V-H", "right", ("V-bar (m)", "H-bar (m)"), (False, True)),
        ("V-H", "left", ("V-bar (m)", "H-bar (m)"), (True, False)),
        ("R-H", "right", ("H-bar (m)", "R-bar (m)"), (False, True)),
        ("R-H", "left", ("H-bar (m)", "R-bar (m)"), (False, True)),
    ],
)
def test_directions_and_labels(plane, vbar, labels, inverted):
    ax = page()
    plot.vbar_rbar(ax, vbar, plane=plane)
    assert (ax.get_xlabel(), ax.get_ylabel()) == labels
    assert (ax.xaxis_inverted(), ax.yaxis_inverted()) == inverted
    assert ax.get_aspect() == 1.0
    plot.trajectory(ax, R)
    assert (ax.xaxis_inverted(), ax.yaxis_inverted()) == inverted  # what is drawn later does not turn it back


@pytest.mark.parametrize("vbar", ["right", "left"])
@pytest.mark.parametrize("plane", ["V-R", "V-H", "R-H", "3d"])
def test_no_view_is_a_mirror_image(plane, vbar):
    """Right, up and toward the reader are right-handed on the axes of hill."""
    ax = space() if plane == "3d" else page()
    plot.vbar_rbar(ax, vbar, **({} if plane == "3d" else {"plane": plane}))
    onto = np.stack(coordinates(ax, np.eye(3)))  # rows: where each axis of the page lies on those of hill
    axes = [ax.xaxis, ax.yaxis] + ([ax.zaxis] if plane == "3d" else [])
    onto *= np.array([[-1.0 if axis.get_inverted() else 1.0] for axis in axes])
    if plane == "3d":
        assert np.linalg.det(onto) == pytest.approx(1.0)
        return
    seen_from = {
        "V-R": (0.0, 0.0, -1.0 if vbar == "right" else 1.0),
        "V-H": (1.0, 0.0, 0.0),
        "R-H": (0.0, -1.0, 0.0),
    }
    assert np.cross(*onto).tolist() == pytest.approx(seen_from[plane])


@pytest.mark.parametrize(
    ("plane", "expected"), [("V-R", (2.0, -1.0)), ("V-H", (2.0, -3.0)), ("R-H", (-3.0, -1.0))]
)
def test_planes_by_name(plane, expected):
    ax = page()
    plot.vbar_rbar(ax, plane=plane)
    assert tuple(map(float, coordinates(ax, np.array([1.0, 2.0, 3.0])))) == expected


def test_space_is_v_h_r():
    ax = space()
    plot.vbar_rbar(ax, body="Moon", origin="the port")
    assert tuple(map(float, coordinates(ax, np.array([1.0, 2.0, 3.0])))) == (2.0, -3.0, -1.0)
    labels = ["V-bar from the port (m)", "H-bar (m)", "R-bar, to Moon (m)"]
    assert [ax.get_xlabel(), ax.get_ylabel(), ax.get_zlabel()] == labels


def test_kilometres_are_a_matter_of_labels_only():
    ax = page()
    plot.vbar_rbar(ax, unit="km", origin="the station")
    (line,) = [plot.trajectory(ax, R)]
    assert line.get_xdata().min() == -500.0
    assert ax.get_xlabel() == "V-bar from the station (km)"
    assert ax.xaxis.get_major_formatter()(-2500.0) == "\N{MINUS SIGN}2.5"


def _corner(ax):
    ax.figure.canvas.draw()
    (box,) = [artist for artist in ax.artists if isinstance(artist, AnchoredOffsetbox)]
    area = box.get_child()
    arrows, texts = area.get_children()[:2], area.get_children()[2:]
    inside = [Bbox(arrow.get_transform().transform(arrow._posA_posB)) for arrow in arrows]
    inside += [text.get_window_extent() for text in texts]
    return inside, [text.get_text() for text in texts]


@pytest.mark.parametrize("corner", ["upper left", "upper right", "lower left", "lower right"])
@pytest.mark.parametrize("vbar", ["right", "left"])
@pytest.mark.parametrize("plane", ["V-R", "V-H", "R-H"])
def test_the_compass_lies_within_the_axes(corner, vbar, plane):
    """Its words once lay on the tick labels."""
    ax = page()
    plot.vbar_rbar(ax, vbar, plane=plane, compass=corner)
    plot.trajectory(ax, R)
    extents, words = _corner(ax)
    frame = ax.get_window_extent()
    for extent in extents:
        assert min(extent.intervalx) > frame.x0 and max(extent.intervalx) < frame.x1
        assert min(extent.intervaly) > frame.y0 and max(extent.intervaly) < frame.y1
    assert ("to Earth" in words) == (plane != "V-H")


def test_without_a_compass_and_lines_nothing_is_drawn():
    ax = page()
    plot.vbar_rbar(ax, compass=None, zero=False, equal=False)
    assert not ax.artists and not ax.lines and ax.get_aspect() == "auto"


def test_a_narrow_figure_has_few_ticks():
    with plot.style(1.8):
        ax = page()
        plot.vbar_rbar(ax)
        plot.trajectory(ax, 3.0 * R)
        labels = [label for label in ax.get_xticklabels() if label.get_text()]
        ax.figure.canvas.draw()
        ends = sorted((e.x0, e.x1) for e in (label.get_window_extent() for label in labels))
    assert len(ends) >= 2
    assert all(right < left for (_, right), (left, _) in itertools.pairwise(ends))


def test_a_long_and_thin_path_gets_room_beside_it_unless_limits_are_set():
    ax = page()
    plot.vbar_rbar(ax)
    plot.trajectory(ax, R * (0.0, 1.0, 0.0))
    wide, high = (abs(np.diff(limits)[0]) for limits in (ax.get_xlim(), ax.get_ylim()))
    assert high == pytest.approx(0.25 * wide, rel=0.05)
    ax.set_ylim(30.0, -10.0)
    plot.port(ax)
    assert ax.get_ylim() == (30.0, -10.0)


def test_a_metre_is_as_long_on_all_axes_of_space_and_a_sheet_gets_thickness():
    ax = space()
    plot.vbar_rbar(ax)
    plot.trajectory(ax, R * (1.0, 1.0, 0.0))
    sizes = np.array([abs(np.ptp(axis.get_view_interval())) for axis in (ax.xaxis, ax.yaxis, ax.zaxis)])
    assert sizes.min() >= 0.249 * sizes.max()
    assert np.allclose(sizes / sizes[0], ax._box_aspect / ax._box_aspect[0])
