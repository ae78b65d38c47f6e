"""3x3 matrices as tuples of row tuples, and symmetric inertia tensors as (xx, yy, zz, xy, xz, yz).

The six numbers are the elements of the tensor themselves: xy is I[0][1], i.e. minus the product of inertia.
"""

from rvd.core.algebra.vec import dot
from rvd.core.kernel import Vec, kernel

Mat = tuple[Vec, Vec, Vec]
Sym = tuple[float, float, float, float, float, float]


@kernel
def apply(m: Mat, v: Vec) -> Vec:
    """m v."""
    return (dot(m[0], v), dot(m[1], v), dot(m[2], v))


@kernel
def transpose(m: Mat) -> Mat:
    """Rows become columns."""
    return (
        (m[0][0], m[1][0], m[2][0]),
        (m[0][1], m[1][1], m[2][1]),
        (m[0][2], m[1][2], m[2][2]),
    )


@kernel
def product(a: Mat, b: Mat) -> Mat:
    """a b."""
    columns = transpose(b)
    return (apply(columns, a[0]), apply(columns, a[1]), apply(columns, a[2]))


@kernel
def sym_apply(s: Sym, v: Vec) -> Vec:
    """Symmetric tensor times vector."""
    xx, yy, zz, xy, xz, yz = s
    return (
        xx * v[0] + xy * v[1] + xz * v[2],
        xy * v[0] + yy * v[1] + yz * v[2],
        xz * v[0] + yz * v[1] + zz * v[2],
    )


@kernel
def sym_inverse(s: Sym) -> Sym:
    """Inverse of a symmetric tensor by cofactors; the determinant must not vanish."""
    xx, yy, zz, xy, xz, yz = s
    a, b, c = yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy
    k = 1.0 / (xx * a + xy * b + xz * c)
    return (
        k * a,
        k * (xx * zz - xz * xz),
        k * (xx * yy - xy * xy),
        k * b,
        k * c,
        k * (xy * xz - xx * yz),
    )
