import numpy as np
from scipy.stats import kstest, norm

from rvd.core.algebra.random import normal4, stream_of
from rvd.core.vehicle.noise import noisy


def test_noise_is_the_normals_times_sigma():
    np.testing.assert_allclose(noisy((1.0, 2.0, 3.0), 0.1, (1.0, -2.0, 3.0, 9.0)), (1.1, 1.8, 3.3))
    assert noisy((1.0, 2.0, 3.0), 0.0, (1.0, -2.0, 3.0, 9.0)) == (1.0, 2.0, 3.0)


def test_the_noise_of_a_sensor_is_normal_white_and_its_own():
    """False alarm: Kolmogorov-Smirnov at 1e-4; three correlations at 4.5 sigma each, 7e-6 together 2e-5."""
    gps, laser = stream_of("noise.gps.position"), stream_of("noise.laser")
    n = 4000
    a = np.array([noisy((0.0, 0.0, 0.0), 2.0, normal4(7, 3, gps, step)) for step in range(n)])
    b = np.array([noisy((0.0, 0.0, 0.0), 2.0, normal4(7, 3, laser, step)) for step in range(n)])
    assert kstest(a.ravel(), norm(scale=2.0).cdf).pvalue > 1e-4
    limit = 4.5 / np.sqrt(n)
    for one, other in ((a[:-1, 0], a[1:, 0]), (a[:, 0], a[:, 1]), (a[:, 0], b[:, 0])):
        assert abs(np.corrcoef(one, other)[0, 1]) < limit
