"""What the array faces accept, and the sentence for what they do not."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from rvd.arguments import real_numbers
from rvd.core.algebra.elementary import MOST_TURNED
from rvd.core.constants import GRAVITATION
from rvd.core.kernel import LARGEST
from rvd.core.motion.domains import MOST_ECCENTRIC, MOST_STEPS
from rvd.errors import ArgumentError as ArgumentError

#: Why a result is not finite where nothing else explains it.
NUMBERS = "the numbers are too large or too small together"


def numbers(name: str, value: Any) -> np.ndarray:
    """A float64 array of finite real numbers: no text, no truth values, no units, nothing masked."""
    array = real_numbers(name, value)
    if array.size and not (np.min(array) >= -LARGEST and np.max(array) <= LARGEST):  # NaN fails either
        _refuse(name, array)
    return array


def _refuse(name: str, array: np.ndarray) -> None:
    count = int(array.size - np.count_nonzero(np.isfinite(array)))
    if count:
        raise ArgumentError(f"{name} holds {count} of {array.size} numbers that are not finite")
    raise ArgumentError(f"{name} holds {np.max(np.abs(array)):g}, beyond any quantity in SI")


def single(name: str, value: Any) -> float:
    """One finite number for all rows."""
    array = numbers(name, value)
    if array.size != 1:
        raise ArgumentError(f"{name} is one number for all, not an array of shape {array.shape}")
    return float(array.reshape(()))


def whole(name: str, value: Any, most: float = 1e6) -> int:
    """One whole number for all rows, from 0 to `most`."""
    number = single(name, value)
    if not (number == math.floor(number) and 0.0 <= number <= most):
        raise ArgumentError(f"{name} is a whole number from 0 to {most:,.0f}, not {number:g}")
    return int(number)


def flag(name: str, value: Any) -> bool:
    """True or False, and nothing that Python would take for it."""
    if not isinstance(value, bool | np.bool_):
        raise ArgumentError(f"{name} is True or False, not {brief(value)}")
    return bool(value)


def word(name: str, value: Any, known: Sequence[str]) -> str:
    """One of the words that are known here."""
    if not (isinstance(value, str) and value in known):
        told = " or ".join(f'"{one}"' for one in known)
        raise ArgumentError(f"{name} is {told}, not {brief(value)}")
    return str(value)


def brief(value: Any) -> str:
    """A value in a sentence: on one line, and short."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 40 else f"{text[:37]}..."


def flown(swept: np.ndarray, how: np.ndarray) -> None:
    """Refuses two impulses that are no transfer, as `rvd.core.motion.transfers` found them.

    swept (N,): by the target's path, rad; how (N, 6): whether the place can be chosen in the plane and across it,
    whether the transfer exists and arrives, and by how much it misses, in parts that cannot be chosen and flown, m.
    """
    in_plane, across, exists, arrives, missed, off = how.T
    wrong = (exists == 0.0) & ~np.isnan(missed)
    if np.any(wrong):
        k = int(np.argmax(wrong))
        part = "across the orbit" if in_plane[k] else "in the orbit's plane" if across[k] else "at all"
        _refuse_transfers(wrong, swept, f"no impulse chooses the place {part}, and it would be", missed)
    lost = (arrives == 0.0) & ~np.isnan(off)
    if np.any(lost):
        _refuse_transfers(lost, swept, "the impulses lose their digits, and the place would be", off)


def _refuse_transfers(wrong: np.ndarray, swept: np.ndarray, why: str, missed: np.ndarray) -> None:
    k = int(np.argmax(wrong))
    raise ArgumentError(
        f"{np.count_nonzero(wrong)} of {len(wrong)} transfers do not exist (the first is {k}): after "
        f"{swept[k] / (2.0 * np.pi):.5g} turns of the target {why} missed by {missed[k]:.3g} m; take another time"
    )


def body(mu: Any, j2: Any, radius: Any, of: str = "") -> None:
    """Refuses a central body that is none, which is a mix of metres and kilometres.

    Without J2 the radius plays no part: one of up to a kilometre is then taken for none.
    """
    mu, j2, radius = numbers(f"{of}mu", mu), numbers(f"{of}j2", j2), numbers(f"{of}radius", radius)
    leading({f"{of}mu": mu.shape, f"{of}j2": j2.shape, f"{of}radius": radius.shape})
    if np.any(np.abs(j2) > 1.0):
        raise ArgumentError(f"{of}j2 is a pure number, 1.0826e-3 of the Earth, not {np.max(np.abs(j2)):g}")
    with np.errstate(all="ignore"):
        density = mu / (4.0 / 3.0 * np.pi * GRAVITATION) / radius / radius / radius
        density = np.where((j2 != 0.0) | (radius > 1e3), density, 1000.0)
    if not np.all((density > 10.0) & (density < 1e5)):
        worst = density.flat[int(np.argmax(np.abs(np.log10(np.maximum(density, 1e-300) / 1e3))))]
        raise ArgumentError(
            f"{of}mu and {of}radius are those of a body of {worst:.1g} kg/m3, which there is not: "
            "are they in m3/s2 and m?"
        )


def rows(
    vectors: dict[str, Any], scalars: dict[str, Any], width: int = 3, **widths: int
) -> tuple[tuple[int, ...], list[np.ndarray]]:
    """(leading shape, flat arrays): vectors as (N, width), scalars as (N,), all C-contiguous float64.

    `vectors` and `scalars` map the names that users know to values; they broadcast over leading axes. `widths` gives
    those of vectors that are not `width` wide.
    """
    arrays = {name: numbers(name, value) for name, value in vectors.items()}
    for name, array in arrays.items():
        wide = widths.get(name, width)
        if array.ndim == 0 or array.shape[-1] != wide:
            raise ArgumentError(f"{name} has shape {array.shape}; its last axis holds {wide} components")
    plain = {name: numbers(name, value) for name, value in scalars.items()}
    lead = leading(
        {name: array.shape[:-1] for name, array in arrays.items()} | {n: a.shape for n, a in plain.items()}
    )
    flat: list[np.ndarray] = [
        np.broadcast_to(a, (*lead, a.shape[-1])).reshape(-1, a.shape[-1]) for a in arrays.values()
    ]
    flat += [np.broadcast_to(a, lead).reshape(-1) for a in plain.values()]
    return lead, [np.ascontiguousarray(a) for a in flat]


def leading(shapes: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The shape to which the leading axes of named arguments broadcast."""
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        told = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ArgumentError(f"the leading axes do not broadcast: {told}") from None


def positive(name: str, value: Any) -> np.ndarray:
    """Finite numbers above zero."""
    array = numbers(name, value)
    if not np.all(array > 0.0):
        raise ArgumentError(f"{name} must be above zero; the least is {np.min(array):g}")
    return array


def eccentricity(name: str, value: Any) -> np.ndarray:
    """Numbers from 0 to below 1."""
    array = numbers(name, value)
    if not np.all((array >= 0.0) & (array < 1.0)):
        raise ArgumentError(
            f"{name} must be at least 0 and below 1 (an ellipse); it spans {np.min(array):g} to {np.max(array):g}"
        )
    return array


def not_too_eccentric(name: str, e: np.ndarray) -> None:
    """Refuses orbits so near to a parabola that models which divide by powers of 1 - e2 lose their digits."""
    if not np.all(e <= MOST_ECCENTRIC):
        raise ArgumentError(
            f"{name} is at most {MOST_ECCENTRIC:g} here, not {np.max(e):.10g}: the digits are lost nearer to one"
        )


def finite(result: np.ndarray, why: str) -> np.ndarray:
    """`result`, or an ArgumentError that says which rows have no solution."""
    if result.size and not (np.min(result) > -np.inf and np.max(result) < np.inf):  # NaN fails either
        bad = ~np.all(np.isfinite(result), axis=tuple(range(1, result.ndim)))
        first = int(np.argmax(bad))
        raise ArgumentError(
            f"{int(np.count_nonzero(bad))} of {len(result)} have no solution (the first is {first}): {why}"
        )
    return result


def shaped(lead: tuple[int, ...], result: np.ndarray, why: str = NUMBERS) -> np.ndarray:
    """The rows of a result on their leading axes, or an ArgumentError if some are not finite."""
    return finite(result, why).reshape((*lead, *result.shape[1:]))


def angle(name: str, value: Any) -> np.ndarray:
    """Finite angles, rad, of which sines keep their digits."""
    array = numbers(name, value)
    if np.any(np.abs(array) > MOST_TURNED):
        raise ArgumentError(
            f"{name} reaches {np.max(np.abs(array)):g} rad: beyond {MOST_TURNED:g} rad sines lose their digits"
        )
    return array


def steps_of(t: float, step: float) -> int:
    """How many steps of at most `step` make `t`."""
    if abs(t) > MOST_STEPS * step:
        raise ArgumentError(f"t takes {abs(t) / step:g} steps of {step:g} s: give a longer step")
    return max(1, math.ceil(abs(t) / step))


def off_centre(name: str, vectors: np.ndarray) -> None:
    """Refuses a vector of zeros where a direction or a distance is needed."""
    if not np.all(np.linalg.norm(vectors, axis=-1) > 0.0):
        raise ArgumentError(f"{name} holds a zero vector, where this is not defined")


def turning(names: str, r: np.ndarray, v: np.ndarray, what: str) -> None:
    """Refuses straight-line motion (r x v = 0), which has no plane."""
    if not np.all(np.any(np.cross(r, v) != 0.0, axis=-1)):
        raise ArgumentError(f"{names} are parallel in at least one row: a straight line has no {what}")
