"""White noise on a vector."""

from rvd.core.kernel import Quat, Vec, kernel


@kernel
def noisy(a: Vec, sigma: float, z: Quat) -> Vec:
    """The vector a with noise of the given sigma on each component, from unit normals z (the first three)."""
    return (a[0] + sigma * z[0], a[1] + sigma * z[1], a[2] + sigma * z[2])
