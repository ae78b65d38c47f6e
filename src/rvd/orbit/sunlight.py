"""Shadow and pressure of sunlight on many craft: `rvd.core.orbit.sunlight` over arrays."""

import numpy as np

from rvd.array_arguments import ArgumentError, off_centre, positive, rows, shaped
from rvd.core.kernel import Block, Row, Sheet, Table, entry, inside
from rvd.core.orbit import domains, sunlight

__all__ = ["lit", "pressure"]


def __dir__() -> list[str]:
    return sorted(__all__)


@entry
def _lit(r: Table, sun: Table, radius: Row, out: Block) -> None:
    for i in range(radius.size):
        x, s = (r[i, 0], r[i, 1], r[i, 2]), (sun[i, 0], sun[i, 1], sun[i, 2])
        out[i] = sunlight.lit(x, s, radius[i])


@entry
def _pressure(r: Table, sun: Table, reflect: Row, out: Sheet) -> None:
    for i in range(reflect.size):
        x, s = (r[i, 0], r[i, 1], r[i, 2]), (sun[i, 0], sun[i, 1], sun[i, 2])
        out[i, 0], out[i, 1], out[i, 2] = sunlight.pressure(x, s, reflect[i])


def lit(r, sun, radius) -> np.ndarray:
    """Share (...) of the Sun's disc that is seen, 0 to 1, from places `r` beside a shading body of `radius` (m).

    r, sun: (..., 3), m, from the shading body's centre. Raises ArgumentError for places inside it.
    """
    lead, (r, sun, radius) = rows({"r": r, "sun": sun}, {"radius": positive("radius", radius)})
    if np.any(np.linalg.norm(r, axis=1) < radius):
        raise ArgumentError("r lies inside the shading body in at least one row")
    _far(sun)
    out = np.empty(radius.size)
    _lit(r, sun, radius, out)
    return shaped(lead, out)


inside(lit, sunlight.lit, domains.is_outside)


def pressure(r, sun, reflect) -> np.ndarray:
    """Accelerations (..., 3), m/s2, by sunlight, not shaded; reflect: Cr A / m, m2/kg, not negative."""
    lead, (r, sun, reflect) = rows({"r": r, "sun": sun}, {"reflect": reflect})
    if np.any(reflect < 0.0):
        raise ArgumentError("reflect, Cr A / m, is not negative")
    _far(sun)
    off_centre("sun - r", sun - r)
    out = np.empty_like(r)
    _pressure(r, sun, reflect, out)
    return shaped(lead, out)


inside(pressure, sunlight.pressure, domains.is_shone_on)


def _far(sun: np.ndarray) -> None:
    if np.any(np.linalg.norm(sun, axis=1) < domains.SUN_IS_FAR):
        raise ArgumentError("sun is a place in metres, some 1.5e11 away, not a direction or kilometres")
