"""Writes src/rvd/core/motion/leap.py: one step of order 8 for the gravity of the exact relative model, straight-line.

The method is DOP853 (E. Hairer, S. Norsett, G. Wanner, Solving Ordinary Differential Equations I, 1993), whose
coefficients are those of rvd.core.motion.dop853. Gravity does not depend on velocity, so the stages' velocities are
eliminated: the matrix A of the method is squared, and only the accelerations of the twelve stages are kept. Products
and sums are exact and rounded once, so that every machine writes the same digits.
Run: python scripts/make_leap.py, then ruff format.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from rvd.core.motion.dop853 import STAGES, WEIGHTS

#: Weights of the slopes before each stage (A), of the whole step (B), and the share of the step at each stage (C).
*A, B = [[Fraction(float(weight)) for weight in row] for row in WEIGHTS]
C = (
    0.0, 0.05260015195876773, 0.0789002279381516, 0.1183503419072274, 0.2816496580927726, 1.0 / 3.0, 0.25,
    0.3076923076923077, 0.6512820512820513, 0.6, 0.8571428571428571, 1.0,
)  # fmt: skip

#: What the products leave of entries that are zero: the coefficients are rounded to 16 digits.
NOTHING = Fraction(1, 10**15)

HEAD = '''"""One step of order 8 of the exact relative model under gravity alone: central body and J2.

Written by scripts/make_leap.py. DOP853 (E. Hairer, S. Norsett, G. Wanner, Solving Ordinary Differential Equations I,
1993) with the stages' velocities eliminated, which gravity allows; for long coasts without drag and third bodies.
"""

from rvd.core.kernel import Vec, kernel
from rvd.core.motion.nonlinear import Environment, gravity


@kernel
def leap(environment: Environment, rt: Vec, vt: Vec, dr: Vec, dv: Vec, h: float) -> tuple[Vec, Vec, Vec, Vec]:
    """(rt, vt, dr, dv) after `h` seconds; in low orbit 60 s err by 1e-12 of the separation a revolution."""
    g = h * h
'''


def times_a(weights: Sequence[Fraction]) -> list[Fraction]:
    """A row of weights times the matrix A."""
    return [sum(weights[k] * A[k][j] for k in range(STAGES)) for j in range(STAGES)]


def weighted(weights: Sequence[Fraction], name: str, k: int) -> str:
    """Source of a weighted sum of the accelerations of earlier stages."""
    terms = [f"{float(w)!r} * {name}{j}[{k}]" for j, w in enumerate(weights) if abs(w) > NOTHING]
    return " + ".join(terms)


def place(stage: int, position: str, velocity: str, name: str) -> str:
    """Source of the position of a stage: three components."""
    squared, parts = times_a(A[stage]), []
    for k in range(3):
        terms = [f"{position}[{k}]"]
        if C[stage] != 0.0:
            terms.append(f"{float(C[stage])!r} * h * {velocity}[{k}]")
        if any(abs(w) > NOTHING for w in squared):
            terms.append(f"g * ({weighted(squared, name, k)})")
        parts.append(" + ".join(terms))
    return f"({', '.join(parts)})"


def ending(position: str, velocity: str, name: str, squared: Sequence[Fraction]) -> str:
    """Source of the state at the end: position and velocity."""
    moved = [f"{position}[{k}] + h * {velocity}[{k}] + g * ({weighted(squared, name, k)})" for k in range(3)]
    turned = [f"{velocity}[{k}] + h * ({weighted(B, name, k)})" for k in range(3)]
    return f"({', '.join(moved)}), ({', '.join(turned)})"


def source() -> str:
    """The text of the module, before it is formatted."""
    lines = [HEAD]
    for i in range(STAGES):
        lines.append(
            f"    a{i}, b{i} = gravity(environment, {place(i, 'rt', 'vt', 'a')}, {place(i, 'dr', 'dv', 'b')})\n"
        )
    squared = times_a(B)
    lines.append(f"    return {ending('rt', 'vt', 'a', squared)}, {ending('dr', 'dv', 'b', squared)}\n")
    return "".join(lines)


def main() -> None:
    """Writes the file."""
    path = Path(__file__).parents[1] / "src" / "rvd" / "core" / "motion" / "leap.py"
    path.write_text(source())


if __name__ == "__main__":
    main()
