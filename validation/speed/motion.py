"""Times the motion models beside plain NumPy and, where it is installed, heyoka. Run: python -m validation.speed.motion

One thread each. heyoka (pip install heyoka; not a dependency) integrates both craft on inertial axes, batches of 8,
Taylor series. Ours is the exact relative model, 32 pairs side by side: RK4, with drag and third
bodies switched off but paid for, and the order-8 leap under gravity alone.
Errors are those of the relative position after one revolution, against 34 digits.
"""

import math
import time

import numpy as np

from rvd import motion, orbit
from rvd.core.constants import J2_EARTH, MU_EARTH, RADIUS_EARTH
from rvd.core.motion.nonlinear import Environment
from rvd.core.orbit import frames
from tests.core.motion.oracles import fly_in_many_digits

RADIUS = RADIUS_EARTH + 410e3
SPEED = math.sqrt(MU_EARTH / RADIUS)
RT, VT = (RADIUS, 0.0, 0.0), (0.0, 0.6 * SPEED, 0.8 * SPEED)
PERIOD = 5562.0
ENVIRONMENT = Environment(MU_EARTH, J2_EARTH, RADIUS_EARTH, 0.0, 0.0, RADIUS, 6e4)
PAIRS = 2048
TIMES = 9
#: Heyoka's own, its rounding, then looser ones; what is asked of both, m: 1e-6 m is 1e-9 of the separation.
TOLERANCES = (2.2e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10)
ACCURACIES = (1e-9, 5e-8, 1e-6)


def best(action, times: int = 3) -> float:
    """Shortest of some processor times, s, after one call that is not counted: a busy machine matters less."""
    action()
    spent = []
    for _ in range(times):
        begin = time.process_time()
        action()
        spent.append(time.process_time() - begin)
    return min(spent)


def plain_cw(r, v, n, t):
    """Clohessy-Wiltshire as one writes it in NumPy."""
    s, c = np.sin(n * t), np.cos(n * t)
    (x, y, z), (u, v, w) = np.moveaxis(r, -1, 0), np.moveaxis(v, -1, 0)
    return (
        np.stack(
            (
                (4 - 3 * c) * x + s / n * u + 2 / n * (1 - c) * v,
                6 * (s - n * t) * x + y - 2 / n * (1 - c) * u + (4 * s - 3 * n * t) / n * v,
                c * z + s / n * w,
            ),
            axis=-1,
        ),
        np.stack(
            (
                3 * n * s * x + c * u + 2 * s * v,
                -6 * n * (1 - c) * x - 2 * s * u + (4 * c - 3) * v,
                c * w - n * s * z,
            ),
            axis=-1,
        ),
    )


def plain_kepler(r, v, mu, t):
    """Two-body motion on ellipses as one writes it in NumPy: Newton on Kepler's equation, then f and g."""
    distance, sigma = np.linalg.norm(r, axis=-1), np.sum(r * v, axis=-1) / math.sqrt(mu)
    a = 1.0 / (2.0 / distance - np.sum(v * v, axis=-1) / mu)
    n, root = np.sqrt(mu / a**3), np.sqrt(a)
    c0, s0 = 1.0 - distance / a, sigma / root
    x = n * t
    for _ in range(6):
        s, c = np.sin(x), np.cos(x)
        x = x - (x - c0 * s + s0 * (1.0 - c) - n * t) / (1.0 - c0 * c + s0 * s)
    s, c = np.sin(x), np.cos(x)
    reached = a * (1.0 - c0 * c + s0 * s)
    f, g = 1.0 - a / distance * (1.0 - c), t - (x - s) / n
    f_dot, g_dot = -np.sqrt(mu * a) / (reached * distance) * s, 1.0 - a / reached * (1.0 - c)
    return f[:, None] * r + g[:, None] * v, f_dot[:, None] * r + g_dot[:, None] * v


def closed_form() -> None:
    """Clohessy-Wiltshire and two bodies, a million states."""
    rng = np.random.default_rng(1)
    r, v = rng.normal(size=(1_000_000, 3)) * 1e3, rng.normal(size=(1_000_000, 3))
    t = rng.uniform(0.0, 5e3, 1_000_000)
    ours = best(lambda: motion.cw.coast(r, v, 1.13e-3, t))
    theirs = best(lambda: plain_cw(r, v, 1.13e-3, t))
    print(
        f"CW, a million states: ours {ours * 1e3:.0f} ns a state, NumPy {theirs * 1e3:.0f}: {theirs / ours:.1f} x"
    )
    r, v = np.array(RT) + 1e2 * r, np.array(VT) + 1e2 * v
    mine, other = orbit.kepler.coast(r, v, MU_EARTH, t), plain_kepler(r, v, MU_EARTH, t)
    error = max(float(np.max(np.abs(x - y))) for x, y in zip(mine, other))
    ours = best(lambda: orbit.kepler.coast(r, v, MU_EARTH, t))
    theirs = best(lambda: plain_kepler(r, v, MU_EARTH, t))
    print(
        f"two bodies, a million states: ours {ours * 1e3:.0f} ns a state, NumPy {theirs * 1e3:.0f}: "
        f"{theirs / ours:.1f} x, {error:.0e} m apart"
    )


def pairs():
    """Separations (PAIRS, 3), 0.3 to 1 km, at rest in hill."""
    rng = np.random.default_rng(2)
    places = rng.normal(size=(PAIRS, 3))
    places *= (rng.uniform(300.0, 1000.0, PAIRS) / np.linalg.norm(places, axis=1))[:, None]
    states = [frames.eci_from_hill(RT, VT, tuple(map(float, p)), (0.0, 0.0, 0.0)) for p in places]
    return np.array([s[0] for s in states]), np.array([s[1] for s in states])


def exact_model(dr, dv, truth) -> list[tuple[float, float]]:
    """(error in m, pairs a second) of the exact model, both integrators at several steps."""
    found = []
    for name, law, steps in (
        ("RK4 ", motion.nonlinear.coast, (0.5, 1.0, 2.0)),
        ("leap", motion.nonlinear.leap, (60.0, 68.0, 85.0, 110.0, 135.0, 160.0)),
    ):
        for step in steps:
            spent = best(
                lambda law=law, step=step: law(ENVIRONMENT, RT, VT, dr, dv, PERIOD, step=step),
                TIMES if name == "leap" else 2,
            )
            end = law(ENVIRONMENT, RT, VT, dr[:8], dv[:8], PERIOD, step=step)[2]
            error = np.max(np.abs(end - truth))
            print(
                f"exact model, {name} {step:5.1f} s:       {PAIRS / spent:8.0f} revolutions/s, error {error:.1e} m"
            )
            found.append((float(error), PAIRS / spent))
    return found


def by_heyoka(dr, dv, truth) -> list[tuple[float, float]]:
    """(error in m, pairs a second) at several tolerances; none where heyoka is not installed."""
    try:
        import heyoka as hy
    except ImportError:
        print("heyoka is not installed: no comparison")
        return []
    system = []
    for k in range(2):
        x, y, z, u, v, w = hy.make_vars(*[f"{name}{k}" for name in ("x", "y", "z", "u", "v", "w")])
        d2 = x * x + y * y + z * z
        g = -MU_EARTH * d2**-1.5
        f = 1.5 * J2_EARTH * RADIUS_EARTH**2 / d2
        q = 5.0 * z * z / d2
        system += [(x, u), (y, v), (z, w)]
        system += [
            (u, g * x * (1.0 + f * (1.0 - q))),
            (v, g * y * (1.0 + f * (1.0 - q))),
            (w, g * z * (1.0 + f * (3.0 - q))),
        ]
    return [_flown(hy, system, dr, dv, truth, tolerance) for tolerance in TOLERANCES]


def _flown(hy, system, dr, dv, truth, tolerance) -> tuple[float, float]:
    """(error in m, pairs a second) at one of heyoka's tolerances."""
    ta = hy.taylor_adaptive_batch(system, np.zeros((12, 8)), compact_mode=False, tol=tolerance)

    def fly(first):
        ta.state[:3], ta.state[3:6] = np.array(RT)[:, None], np.array(VT)[:, None]
        ta.state[6:9] = ta.state[:3] + dr[first : first + 8].T
        ta.state[9:12] = ta.state[3:6] + dv[first : first + 8].T
        ta.set_time(0.0)
        begin = time.process_time()
        ta.propagate_until(PERIOD)
        return time.process_time() - begin, (ta.state[6:9] - ta.state[:3]).T

    # what Python does between batches is not heyoka's: its clock runs inside only
    spent = min(sum(fly(first)[0] for first in range(0, PAIRS, 8)) for _ in range(TIMES))
    error = np.max(np.abs(fly(0)[1] - truth))
    print(
        f"heyoka, batch of 8, {tolerance:.0e}:      {PAIRS / spent:8.0f} revolutions/s, error {error:.1e} m"
    )
    return float(error), PAIRS / spent


def quickest(found: list[tuple[float, float]], accuracy: float) -> float:
    """Most pairs a second among those that err by less."""
    return max((rate for error, rate in found if error <= accuracy), default=0.0)


def main() -> None:
    """Prints the ratios."""
    closed_form()
    dr, dv = pairs()
    truth, _ = fly_in_many_digits(ENVIRONMENT, RT, VT, list(zip(dr[:8], dv[:8])), PERIOD)
    ours = exact_model(dr, dv, truth)
    theirs = by_heyoka(dr, dv, truth)
    for accuracy in ACCURACIES if theirs else ():
        mine, other = quickest(ours, accuracy), quickest(theirs, accuracy)
        said = f"{mine / other:.2f} x heyoka" if other else "heyoka does not reach it"
        print(f"to {accuracy:.0e} m: {mine:.0f} revolutions/s, {said}")


if __name__ == "__main__":
    main()
