import numpy as np
import pytest

from rvd.core.algebra.eigen import principal


def tensor(s):
    xx, yy, zz, xy, xz, yz = s
    return np.array(((xx, xy, xz), (xy, yy, yz), (xz, yz, zz)))


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
def test_axes_and_values_are_those_of_lapack(scale):
    rng = np.random.default_rng(4)
    for _ in range(200):
        s = tuple((scale * rng.normal(size=6) * 10.0 ** rng.uniform(-3.0, 3.0, 6)).tolist())
        values, axes = principal(s)
        # both err by some last digits of the largest element
        size = 20.0 * np.finfo(float).eps * np.max(np.abs(tensor(s)))
        assert np.allclose(values, np.linalg.eigvalsh(tensor(s)), rtol=0.0, atol=size)
        assert np.allclose(
            np.array(axes) @ np.array(axes).T, np.eye(3), rtol=0.0, atol=20.0 * np.finfo(float).eps
        )
        assert np.allclose(np.array(axes).T * values @ np.array(axes), tensor(s), rtol=0.0, atol=size)
        assert list(values) == sorted(values)


@pytest.mark.parametrize(
    "s", [(2.0, 2.0, 2.0, 0.0, 0.0, 0.0), (3.0, 1.0, 2.0, 0.0, 0.0, 0.0), (0.0,) * 6, (1.0,) * 6]
)
def test_equal_values_and_known_axes(s):
    values, axes = principal(s)
    assert np.allclose(values, np.linalg.eigvalsh(tensor(s)), rtol=0.0, atol=1e-15)
    assert np.allclose(np.array(axes).T * values @ np.array(axes), tensor(s), rtol=0.0, atol=2e-15)
