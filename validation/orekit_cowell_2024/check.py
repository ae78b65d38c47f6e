import itertools
import math

import numpy as np

from rvd.core.motion import nonlinear
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import kepler
from validation.motion import cowell
from validation.row import compare, data

WHY = "positions printed to 10 digits; both sides integrate to a few tenths of a millimetre"


def start(case):
    """The start whose rounding is printed: speed on a circle of 7,000 km at 45 deg, or at the perigee of the
    transfer orbit to 42,164 km at 28.5 deg."""
    i = case["inputs"]
    r, mu = i["r0_m"][0], i["mu_m3_s2"]
    low = r == 7e6
    speed = math.sqrt(mu * (2.0 / r - 2.0 / (r + (r if low else 42164e3))))
    tilt = math.radians(45.0 if low else 28.5)
    state = [r, 0.0, 0.0, 0.0, speed * math.cos(tilt), speed * math.sin(tilt)]
    assert max(abs(a - b) for a, b in zip(state, [*i["r0_m"], *i["v0_m_s"]])) < 5.1e-7
    return state


def rows():
    """Yields the comparisons."""
    for name, case in data(__file__).items():
        i, table = case["inputs"], np.array(case["expected"]["rows_si"])
        j = [i["J"].get(str(k), 0.0) if k in i["used"] else 0.0 for k in range(2, 7)]
        state = start(case)
        theirs = table[:, 1:4]
        label = name.removeprefix("cowell_orekit_").replace("_", " ").upper()
        ours = cowell(i["mu_m3_s2"], i["Re_m"], j, state, table[:, 0])[:, :3]
        allowed = 1e-3 if "leo" in name else 6e-3
        yield compare(f"{label}: Cowell over 24 h, positions", theirs, ours, allowed, WHY, "m")
        if not i["used"]:
            r, v = tuple(state[:3]), tuple(state[3:])
            ours = [kepler.coast(r, v, i["mu_m3_s2"], t)[0] for t in table[:, 0]]
            yield compare(f"{label}: Kepler over 24 h, positions", theirs, ours, allowed, WHY, "m")
        if i["used"] == [2]:
            ours = flown(i["mu_m3_s2"], j[0], i["Re_m"], state, table[:, 0])
            yield compare(f"{label}: target of the relative model, RK4 1 s", theirs, ours, allowed, WHY, "m")


def flown(mu, j2, radius, state, times):
    """Positions of the target of the exact relative model."""
    environment = Environment(mu, j2, radius, 0.0, 0.0, radius, 1e4)
    r, v = tuple(state[:3]), tuple(state[3:])
    none, zero = (0.0,) * 8, (0.0, 0.0, 0.0)
    seen, h = [r], 1.0
    for begin, end in itertools.pairwise(times):
        for _ in range(round((end - begin) / h)):
            r, v, _, _ = nonlinear.step(environment, 0.0, 0.0, none, none, none, r, v, zero, zero, zero, h)
        seen.append(r)
    return seen
