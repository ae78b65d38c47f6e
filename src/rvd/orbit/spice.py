"""States from users' own SPICE kernels, through spiceypy; needs the extra `rvd[spice]`.

Kernels are loaded for the length of a call and unloaded again, so two calls never see one another's. Times are seconds
of TDB past J2000, which SPICE calls ET; `rvd.core.orbit.timescales` makes them without a leap-second kernel.
Source: C. H. Acton, Ancillary data services of NASA's Navigation and Ancillary Information Facility, Planetary and
Space Science 44 (1996) 65-70.
"""

import contextlib
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rvd.core.kernel import over_arrays
from rvd.core.orbit.ephemeris import Ephemeris
from rvd.errors import RvdError
from rvd.names import why_no_file

__all__ = ["ephemeris", "states"]


def __dir__() -> list[str]:
    return sorted(__all__)


DAY = 86400.0
#: (target, observer, most days a piece, coefficients) of the tables that kernels read, as in the package's ephemeris
MOON, SUN = ("301", "399", 4, 14), ("10", "3", 16, 12)


def states(
    kernels: Sequence[str | Path], target: str, observer: str, times: Any, axes: str = "J2000"
) -> np.ndarray:
    """States (n, 6) of a target from an observer, m and m/s, geometric, at `times` (n,).

    Names or numbers of bodies and the name of the axes as in SPICE ("MOON", "399", "ECLIPJ2000"). Raises RvdError with
    SPICE's own sentence where the kernels do not give the state, and where spiceypy is not installed.
    """
    seconds = _seconds("times", times)
    with _loaded(kernels) as spice:
        return _states(spice, target, observer, np.atleast_1d(seconds), axes)


def ephemeris(kernels: Sequence[str | Path], begin: float, end: float) -> Ephemeris:
    """Moon and Sun of the kernels from `begin` to `end` as tables for compiled code, instead of the package's DE440.

    begin, end: s of TDB past J2000, both covered; the kernels need cover no more. Equal to them to 0.2 mm (Moon) and
    5 mm (Sun).
    """
    begin, end = (float(_seconds(name, t)) for name, t in (("begin", begin), ("end", end)))
    if not begin < end:
        raise RvdError(f"an ephemeris begins before it ends, not at {begin:.0f} and {end:.0f} s")
    with _loaded(kernels) as spice:
        (moon_length, moon), (sun_length, sun) = (_pieces(spice, body, begin, end) for body in (MOON, SUN))
    return Ephemeris(begin, moon_length, sun_length, moon, sun)


def _seconds(name: str, value: Any) -> np.ndarray:
    """Seconds of TDB past J2000, which are finite numbers."""
    seconds = np.asarray(value)
    if seconds.dtype.kind not in "fiu" or not np.all(np.isfinite(seconds)):
        raise RvdError(
            f"{name}: not seconds of TDB past J2000, finite numbers (rvd.core.orbit.timescales makes them)"
        )
    return seconds.astype(float)


def _pieces(
    spice: Any, body: tuple[str, str, int, int], begin: float, end: float
) -> tuple[float, np.ndarray]:
    """Seconds a piece, and Chebyshev coefficients (pieces, 3, order) by interpolation at the Chebyshev points."""
    target, observer, days, order = body
    count = math.ceil((end - begin) / (days * DAY))
    # a digit more than the share of one piece, so that `begin` and all pieces together do reach `end`
    length = (end - begin + 2.0 * float(np.spacing(abs(end)))) / count
    nodes = np.cos(np.pi * (np.arange(order) + 0.5) / order)
    middles = begin + (np.arange(count) + 0.5) * length
    times = (middles[:, None] + 0.5 * length * nodes).ravel()
    places = _states(spice, target, observer, times, "J2000")[:, :3].reshape(count, order, 3)
    inverse = np.linalg.inv(np.polynomial.chebyshev.chebvander(nodes, order - 1))
    return length, np.ascontiguousarray(np.einsum("jk,nkx->nxj", inverse, places))


def _states(spice: Any, target: str, observer: str, times: np.ndarray, axes: str) -> np.ndarray:
    return 1e3 * np.array([spice.spkezr(target, float(t), axes, "NONE", observer)[0] for t in times])


@contextlib.contextmanager
def _loaded(kernels: Sequence[str | Path]) -> Iterator[Any]:
    """spiceypy with the kernels in its pool; its errors become sentences."""
    try:
        import spiceypy
        from spiceypy.utils.exceptions import SpiceyError
    except ImportError:
        raise RvdError("SPICE kernels need the extra spice: pip install 'rvd[spice]'") from None
    if isinstance(kernels, str | Path):
        kernels = [kernels]
    paths = [str(path) for path in kernels]
    begun: list[str] = []
    try:
        for path in paths:
            if why := why_no_file(Path(path)):
                raise RvdError(f"{path}: {why}; name a kernel of SPICE.")
            spiceypy.furnsh(path)
            begun.append(path)
        yield spiceypy
    except SpiceyError as error:
        said = " ".join(str(getattr(error, "long", "") or error).split())
        raise RvdError(f"SPICE ({', '.join(paths)}): {said}") from None
    finally:
        for path in reversed(begun):
            spiceypy.unload(path)


for _face in (ephemeris, states):
    over_arrays(_face, "it reads files; read them before, and give the tables or the states")
