import numpy as np

from rvd.core.algebra.quadrature import PLACES, WEIGHTS


def test_the_rule_is_that_of_gauss_and_legendre():
    places, weights = np.polynomial.legendre.leggauss(8)
    np.testing.assert_allclose(PLACES, places, rtol=0.0, atol=1e-15)
    np.testing.assert_allclose(WEIGHTS, weights, rtol=0.0, atol=1e-15)


def test_it_is_exact_up_to_the_power_of_fifteen():
    x, w = np.array(PLACES), np.array(WEIGHTS)
    for power in range(16):
        exact = 2.0 / (power + 1) if power % 2 == 0 else 0.0
        assert abs(np.dot(w, x**power) - exact) < 1e-15
    assert abs(np.dot(w, x**16) - 2.0 / 17.0) > 1e-6
