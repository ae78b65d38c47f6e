"""A far rendezvous in five burns: NC, NH, NSR, TPI and the braking at the end, about a circular orbit.

The chaser drifts on a co-elliptic orbit at height x (frame and signs as in `hops`), far along track. NC sets the rate
of the catching up, NH and NSR lead to the last co-elliptic height, TPI from there to the place of arrival.
Source: J. L. Goodman, History of Space Shuttle Rendezvous, JSC-63400, 2011 (the burns and their names); the
equations are Clohessy and Wiltshire's: tangential burns at the ends of half revolutions, and two impulses at the end.
"""

import math

from rvd.core.algebra.allowed import above_zero
from rvd.core.guidance.toolbox import hops
from rvd.core.guidance.toolbox.coelliptic import tpi_place
from rvd.core.kernel import Vec, kernel

Five = tuple[float, float, float, float, float]


@kernel
def phasing_height(
    x: float, x_last: float, y: float, y_tpi: float, n: float, turns: float, t_tpi: float
) -> tuple[float, float]:
    """Height of the turning point of the phasing ellipse, and how long the last co-elliptic lasts (s).

    NC and NH are `turns` and a half apart, NH and NSR half a turn; each part drifts by -3/2 of its mean height
    times the angle, and their sum is y_tpi - y.
    """
    half = math.pi / n
    coasting = t_tpi - (2.0 * turns + 2.0) * half
    last = -1.5 * n * x_last * coasting
    share = 0.75 * math.pi
    # the drifts of the phasing ellipse and of the last half turn, both linear in the height that is looked for
    known = share * ((2.0 * turns + 1.0) * x + x_last)
    height = (y - y_tpi + last - known) / (share * (2.0 * turns + 2.0))
    return height, coasting


@kernel
def five_burns(
    x: float,
    y: float,
    x_last: float,
    elevation: float,
    turns: float,
    t_tpi: float,
    transfer: float,
    to: Vec,
    n: float,
) -> tuple[Five, tuple[Vec, Vec, Vec, Vec, Vec]]:
    """Times (s from NC) and burns (m/s) of NC, NH, NSR, TPI and the braking that ends at rest at `to`.

    NaN where the last co-elliptic would last less than nothing, or the chaser has no height over the target.
    """
    n = above_zero(n)
    y_tpi = tpi_place(x_last, elevation)
    whole = (turns == math.floor(turns)) & (turns >= 0.0)
    turns = turns if whole else math.nan
    height, coasting = phasing_height(x=x, x_last=x_last, y=y, y_tpi=y_tpi, n=n, turns=turns, t_tpi=t_tpi)
    half = math.pi / n
    t_nh = (2.0 * turns + 1.0) * half
    nc = 0.25 * n * (height - x)
    nsr = 0.25 * n * (x_last - height)
    nh = nc + nsr
    ok = 1.0 if coasting >= 0.0 else math.nan
    first, second = hops.to_state(
        r=(x_last, y_tpi, 0.0),
        v=(0.0, -1.5 * n * x_last, 0.0),
        to=to,
        v_to=(0.0, 0.0, 0.0),
        n=n,
        t=transfer,
    )
    return (
        (0.0 * ok, t_nh, t_nh + half, t_tpi, t_tpi + above_zero(transfer)),
        ((0.0, ok * nc, 0.0), (0.0, nh, 0.0), (0.0, nsr, 0.0), first, second),
    )
