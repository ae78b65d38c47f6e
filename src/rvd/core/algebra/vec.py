"""Three-vectors as tuples of floats."""

import math

from rvd.core.kernel import Vec, kernel


@kernel
def add(a: Vec, b: Vec) -> Vec:
    """a + b."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


@kernel
def sub(a: Vec, b: Vec) -> Vec:
    """a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


@kernel
def neg(a: Vec) -> Vec:
    """-a."""
    return (-a[0], -a[1], -a[2])


@kernel
def scale(k: float, a: Vec) -> Vec:
    """k a."""
    return (k * a[0], k * a[1], k * a[2])


@kernel
def axpy(k: float, a: Vec, b: Vec) -> Vec:
    """k a + b."""
    return (k * a[0] + b[0], k * a[1] + b[1], k * a[2] + b[2])


@kernel
def times(a: Vec, b: Vec) -> Vec:
    """a and b multiplied component by component."""
    return (a[0] * b[0], a[1] * b[1], a[2] * b[2])


@kernel
def dot(a: Vec, b: Vec) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@kernel
def cross(a: Vec, b: Vec) -> Vec:
    """Vector product a x b."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


@kernel
def norm(a: Vec) -> float:
    """Euclidean length."""
    return math.sqrt(dot(a, a))


@kernel
def unit(a: Vec) -> Vec:
    """a over its length; a zero vector stays zero."""
    length = norm(a)
    k = 1.0 / (length if length > 0.0 else 1.0)
    return scale(k, a)


@kernel
def clip(x: float, limit: float) -> float:
    """x kept within +-limit; NaN stays NaN."""
    low = -limit if x < -limit else x
    return limit if low > limit else low


@kernel
def select(condition: bool, a: Vec, b: Vec) -> Vec:
    """a where the condition holds, else b."""
    return (a[0] if condition else b[0], a[1] if condition else b[1], a[2] if condition else b[2])
