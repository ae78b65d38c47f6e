import math

import numpy as np
import pytest

from rvd import plot
from rvd.safety import margins
from tests.plot.pages import R, page, space

APEX = (-5.0, 2.0, 1.0)
TILTED = (-1.0, 0.4, 0.3)


@pytest.mark.parametrize("axis", ["+R", "-V", TILTED])
def test_the_outline_of_a_cone_is_where_its_surface_is_seen(axis):
    """Places on the surface lie within the outline, and some on it."""
    angle, length = 0.2, 100.0
    line = plot.cone(page(), APEX, axis, angle, length)
    left, apex, right = line.get_xydata()
    assert apex.tolist() == [2.0, 5.0]
    way = {"+R": (-1.0, 0.0, 0.0), "-V": (0.0, -1.0, 0.0)}.get(axis, axis)
    way = np.array(way) / np.linalg.norm(way)
    first = np.cross(way, (0.3, 0.2, 0.9))
    first /= np.linalg.norm(first)
    turn = np.linspace(0.0, 2.0 * np.pi, 2001)[:, np.newaxis]
    surface = np.array(APEX) + length * (
        way + math.tan(angle) * (np.cos(turn) * first + np.sin(turn) * np.cross(way, first))
    )
    assert np.allclose(margins.cone(surface, APEX, way, angle), 0.0, atol=1e-9)
    seen = np.stack([surface[:, 1], -surface[:, 0]], axis=-1) - apex
    for edge, sign in ((left - apex, 1.0), (right - apex, -1.0)):
        side = sign * (edge[0] * seen[:, 1] - edge[1] * seen[:, 0]) / np.hypot(*edge)
        side = side if abs(side.max()) < abs(side.min()) else -side
        assert abs(side.max()) < 0.01


def test_a_cone_seen_along_its_axis_is_a_circle():
    ax = page()
    plot.vbar_rbar(ax, plane="V-H")
    line = plot.cone(ax, (0.0, 0.0, 0.0), "+R", 0.2, 100.0)
    assert np.allclose(np.hypot(*line.get_data()), 100.0 * math.tan(0.2))


def test_spheres_and_ellipsoids_reach_as_far_as_they_should():
    ax = page()
    line = plot.sphere(ax, (1.0, 2.0, 3.0), 10.0)
    assert np.allclose(np.hypot(line.get_xdata() - 2.0, line.get_ydata() + 1.0), 10.0)
    for plane, half in (("V-R", (2.0, 1.0)), ("V-H", (2.0, 3.0)), ("R-H", (3.0, 1.0))):
        ax = page()
        plot.vbar_rbar(ax, plane=plane)
        line = plot.ellipsoid(ax, (0.0, 0.0, 0.0), (1.0, 2.0, 3.0))
        assert np.allclose((line.get_xdata() / half[0]) ** 2 + (line.get_ydata() / half[1]) ** 2, 1.0)


def test_what_is_filled_is_filled_faintly_and_only_where_asked():
    ax = page()
    plot.sphere(ax, (0.0, 0.0, 0.0), 10.0, fill=0.2)
    plot.ellipsoid(ax, (0.0, 0.0, 0.0), (1.0, 2.0, 3.0))
    plot.box(ax, (0.0, 0.0, 0.0), (1.0, 2.0, 3.0), fill=0.0)
    assert [patch.get_alpha() for patch in ax.patches] == [0.2]


def test_the_axes_hold_the_shapes():
    ax = page()
    plot.sphere(ax, (0.0, 0.0, 0.0), 200.0)
    assert ax.get_xlim()[0] <= -200.0 and ax.get_ylim()[1] >= 200.0


def test_shapes_in_space_lie_on_their_surfaces():
    ax = space()
    line = plot.ellipsoid(ax, (0.0, 0.0, 0.0), (1.0, 2.0, 3.0), fill=0.1)
    v, h, r = np.array(line.get_data_3d())
    on = (v / 2.0) ** 2 + (h / 3.0) ** 2 + r**2
    assert np.allclose(on[np.isfinite(on)], 1.0)
    v, h, r = np.array(plot.cone(ax, (0.0, 0.0, 0.0), "+R", 0.2, 100.0).get_data_3d())
    assert np.allclose(np.hypot(v, h)[np.isfinite(r)], math.tan(0.2) * r[np.isfinite(r)])
    v, h, r = np.array(plot.box(ax, (0.0, 0.0, 0.0), (1.0, 2.0, 3.0)).get_data_3d())
    assert set(np.abs(v[np.isfinite(v)])) == {2.0} and set(np.abs(h[np.isfinite(h)])) == {3.0}
    assert ax.collections


def test_a_rim_far_outside_is_cut_before_it_is_dashed():
    """Dashes along a rim of a billion metres take for ever: a line is cut to the axes, the edge of a patch is not."""
    ax = page()
    plot.sphere(ax, (0.0, 0.0, 0.0), 1e9)
    plot.trajectory(ax, R)
    ax.set(xlim=(-10.0, 10.0), ylim=(-10.0, 10.0))
    assert all(patch.get_linestyle() == "solid" or not patch.get_edgecolor()[3] for patch in ax.patches)
    ax.figure.canvas.draw()
