"""Two-body motion of many craft: `rvd.core.orbit.kepler` over arrays."""

import numpy as np

from rvd.array_arguments import angle, eccentricity, finite, off_centre, positive, rows, shaped
from rvd.core.kernel import Block, Row, Sheet, Table, entry, inside
from rvd.core.orbit import domains, kepler
from rvd.first_calls import run

__all__ = ["coast", "mean_from_true", "true_from_mean"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _coast(r: Table, v: Table, mu: Row, t: Row, r_out: Sheet, v_out: Sheet) -> None:
    for i in range(t.size):
        a, b = kepler.coast((r[i, 0], r[i, 1], r[i, 2]), (v[i, 0], v[i, 1], v[i, 2]), mu[i], t[i])
        r_out[i, 0], r_out[i, 1], r_out[i, 2] = a
        v_out[i, 0], v_out[i, 1], v_out[i, 2] = b


@entry
def _true(e: Row, mean: Row, out: Block) -> None:
    for i in range(e.size):
        out[i] = kepler.true_from_mean(e[i], mean[i])


@entry
def _mean(e: Row, true: Row, out: Block) -> None:
    for i in range(e.size):
        out[i] = kepler.mean_from_true(e[i], true[i])


def coast(r, v, mu, t) -> tuple[np.ndarray, np.ndarray]:
    """Positions and velocities (..., 3) after `t` seconds of two-body motion, every conic, inertial axes.

    r, v: (..., 3), m and m/s; mu: m3/s2, above zero; t: s, any sign. Raises ArgumentError for r = 0, and where the mean
    anomaly of an ellipse grows by more than 1e6 rad.
    """
    lead, (r, v, mu, t) = rows({"r": r, "v": v}, {"mu": positive("mu", mu), "t": t})
    off_centre("r", r)
    with np.errstate(all="ignore"):
        alpha = np.maximum(2.0 / np.linalg.norm(r, axis=1) - np.sum(v * v, axis=1) / mu, 0.0)
        turned = np.sqrt(mu * alpha) * alpha * t
    angle("the mean anomaly after t", np.where(np.isfinite(turned), turned, 0.0))
    r_out, v_out = np.empty_like(r), np.empty_like(v)
    run(_coast, r, v, mu, t, r_out, v_out)
    finite(r_out, "the path falls through the centre")
    return shaped(lead, r_out), shaped(lead, v_out)


inside(coast, kepler.coast, domains.falls_on)


def true_from_mean(e, mean) -> np.ndarray:
    """True anomalies (...), rad, of mean anomalies (...) on ellipses, 0 <= e < 1; the same revolution."""
    lead, (e, mean) = rows({}, {"e": eccentricity("e", e), "mean": angle("mean", mean)})
    out = np.empty_like(e)
    run(_true, e, mean, out)
    return shaped(lead, out)


inside(true_from_mean, kepler.true_from_mean, domains.has_mean)


def mean_from_true(e, true) -> np.ndarray:
    """Mean anomalies (...), rad, of true anomalies (...) on ellipses: the inverse of `true_from_mean`."""
    lead, (e, true) = rows({}, {"e": eccentricity("e", e), "true": angle("true", true)})
    out = np.empty_like(e)
    run(_mean, e, true, out)
    return shaped(lead, out)


inside(mean_from_true, kepler.mean_from_true, domains.has_true)
