import numpy as np
import pytest
from matplotlib.path import Path

from rvd import plot
from rvd.plot.dispersion import _moments
from tests.plot.pages import RUNS, R, page, space

DRAWN = np.random.default_rng(8).normal(size=(500, 1, 3)) * (3.0, 8.0, 1.0) + R


def area_of(patch):
    """The polygons of a filled area."""
    path = patch.get_path()
    starts = np.flatnonzero(path.codes == Path.MOVETO)
    return [Path(part) for part in np.split(path.vertices, starts[1:])]


def test_the_tube_holds_what_three_sigma_hold():
    polygons = area_of(plot.tube(page(), DRAWN))
    places = np.stack([DRAWN[..., 1], -DRAWN[..., 0]], axis=-1)
    inside = np.array(
        [np.any([polygon.contains_points(run) for polygon in polygons], axis=0) for run in places]
    )
    assert 0.97 < inside.mean() < 1.0  # 98.9 % of a normal place at the very moment, more beside it
    nearer = area_of(plot.tube(page(), DRAWN, sigma=1.0))
    fewer = np.array([np.any([polygon.contains_points(run) for polygon in nearer], axis=0) for run in places])
    assert fewer.mean() < 0.7


def test_the_tube_is_one_area():
    patch = plot.tube(page(), RUNS)
    turned = []
    for polygon in area_of(patch):
        x, y = polygon.vertices.T
        turned.append(np.sum(x[:-1] * y[1:] - y[:-1] * x[1:]))
    assert all(area > 0.0 for area in turned)  # one sense of rotation: where they overlap nothing cancels


def test_a_run_that_ended_is_left_out_from_then_on():
    short = DRAWN.copy()
    short[:100, 2:] = np.nan
    mean, spread = _moments(short)
    assert np.allclose(mean[2], DRAWN[100:, 2].mean(axis=0))
    assert np.allclose(spread[2], np.cov(DRAWN[100:, 2].T))
    short[2:, 3] = np.nan
    assert np.isnan(_moments(short)[0][3]).all()
    assert plot.tube(page(), short).get_path().vertices.size


def test_an_ellipse_has_the_axes_of_the_covariance():
    ax = page()
    line = plot.ellipses(ax, DRAWN[:, 1], sigma=2.0)
    flat = np.stack([DRAWN[:, 1, 1], -DRAWN[:, 1, 0]])
    centred = np.stack(line.get_data())[:, :-1] - flat.mean(axis=1, keepdims=True)
    away = np.einsum("ik,ij,jk->k", centred, np.linalg.inv(np.cov(flat)), centred)
    assert np.allclose(away, 4.0)


def test_there_is_an_ellipse_a_moment():
    line = plot.ellipses(page(), RUNS)
    assert int(np.isnan(line.get_xdata()).sum()) == RUNS.shape[1]


def corners_of(filled):
    """The places of a body's faces in space, as this Matplotlib or one before 3.10 holds them."""
    return filled._faces if hasattr(filled, "_faces") else [filled._vec[:3].T]


def test_in_space_the_tube_lies_about_the_mean():
    ax = space()
    plot.vbar_rbar(ax)
    filled = plot.tube(ax, DRAWN, label="3 sigma")
    corners = np.concatenate([np.asarray(face)[..., :3].reshape(-1, 3) for face in corners_of(filled)])
    assert corners[:, 0].min() > -560.0 and corners[:, 0].max() < 60.0
    assert ax.get_legend_handles_labels()[1] == ["3 sigma"]
    assert len(plot.ellipses(ax, RUNS).get_data_3d()) == 3
    still = np.repeat(R[:1], 5, axis=0) + np.random.default_rng(1).normal(size=(6, 1, 3))
    assert plot.tube(ax, still) is not None  # at rest there is no way to go


def test_too_few_are_refused():
    with pytest.raises(ValueError, match="r holds 2 trajectories; a spread needs at least 3"):
        plot.tube(page(), RUNS[:2])
    broken = RUNS.copy()
    broken[:, 1:] = np.nan
    with pytest.raises(ValueError, match="fewer than two moments"):
        plot.tube(page(), broken)
