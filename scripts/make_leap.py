"""Writes src/rvd/motion/leap.py: one step of order 8 for the gravity of the exact relative model, straight-line.

The method is DOP853 (E. Hairer, S. Norsett, G. Wanner, Solving Ordinary Differential Equations I, 1993), whose
coefficients are read from SciPy. Gravity does not depend on velocity, so the stages' velocities are eliminated: the
matrix A of the method is squared, and only the accelerations of the twelve stages are kept.
Run: python scripts/make_leap.py, then ruff format.
"""

from pathlib import Path

from scipy.integrate._ivp import dop853_coefficients as table

STAGES = table.N_STAGES
A, B, C = table.A[:STAGES, :STAGES], table.B, table.C[:STAGES]

HEAD = '''"""One step of order 8 of the exact relative model under gravity alone: central body and J2.

Written by scripts/make_leap.py. DOP853 (E. Hairer, S. Norsett, G. Wanner, Solving Ordinary Differential Equations I,
1993) with the stages' velocities eliminated, which gravity allows; for long coasts without drag and third bodies.
"""

from rvd.kernel import Vec, kernel
from rvd.motion.nonlinear import Environment, gravity


@kernel
def leap(environment: Environment, rt: Vec, vt: Vec, dr: Vec, dv: Vec, h: float) -> tuple[Vec, Vec, Vec, Vec]:
    """(rt, vt, dr, dv) after `h` seconds; in low orbit 60 s err by 1e-12 of the separation a revolution."""
    g = h * h
'''


def weighted(weights, name: str, k: int) -> str:
    """Source of a weighted sum of the accelerations of earlier stages."""
    terms = [f"{float(w)!r} * {name}{j}[{k}]" for j, w in enumerate(weights) if abs(w) > 1e-17]
    return " + ".join(terms)


def place(stage: int, position: str, velocity: str, name: str) -> str:
    """Source of the position of a stage: three components."""
    squared, parts = A[stage] @ A, []
    for k in range(3):
        terms = [f"{position}[{k}]"]
        if C[stage] != 0.0:
            terms.append(f"{float(C[stage])!r} * h * {velocity}[{k}]")
        if any(abs(w) > 1e-17 for w in squared):
            terms.append(f"g * ({weighted(squared, name, k)})")
        parts.append(" + ".join(terms))
    return f"({', '.join(parts)})"


def ending(position: str, velocity: str, name: str, squared) -> str:
    """Source of the state at the end: position and velocity."""
    moved = [f"{position}[{k}] + h * {velocity}[{k}] + g * ({weighted(squared, name, k)})" for k in range(3)]
    turned = [f"{velocity}[{k}] + h * ({weighted(B, name, k)})" for k in range(3)]
    return f"({', '.join(moved)}), ({', '.join(turned)})"


def main() -> None:
    """Writes the file."""
    lines = [HEAD]
    for i in range(STAGES):
        lines.append(
            f"    a{i}, b{i} = gravity(environment, {place(i, 'rt', 'vt', 'a')}, {place(i, 'dr', 'dv', 'b')})\n"
        )
    squared = B @ A
    lines.append(f"    return {ending('rt', 'vt', 'a', squared)}, {ending('dr', 'dv', 'b', squared)}\n")
    path = Path(__file__).parents[1] / "src" / "rvd" / "motion" / "leap.py"
    path.write_text("".join(lines))


if __name__ == "__main__":
    main()
