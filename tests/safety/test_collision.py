"""Probabilities of collision against published ones and SciPy's integral."""

import numpy as np
import pytest
from scipy.integrate import dblquad
from scipy.stats import ncx2, norm

from rvd.errors import ArgumentError
from rvd.safety import collision
from tests.guidance.oracles import hill

#: x, y, sx, sy, radius (m), probability and its last digit: R. Serra et al., J. Guidance, Control, and Dynamics 39(5),
#: 2016 (cases of Chan), digits of Orekit's Laas2015Test.
CHAN = [
    (0.0, 10.0, 25.0, 50.0, 5.0, 0.009742, 1e-06),
    (10.0, 0.0, 25.0, 50.0, 5.0, 0.009181, 1e-06),
    (0.0, 10.0, 25.0, 75.0, 5.0, 0.006571, 1e-06),
    (10.0, 0.0, 25.0, 75.0, 5.0, 0.006125, 1e-06),
    (0.0, 1000.0, 1000.0, 3000.0, 10.0, 1.577e-05, 1e-08),
    (1000.0, 0.0, 1000.0, 3000.0, 10.0, 1.011e-05, 1e-08),
    (0.0, 10000.0, 1000.0, 3000.0, 10.0, 6.443e-08, 1e-11),
    (10000.0, 0.0, 1000.0, 3000.0, 10.0, 3.219e-27, 1e-30),
    (0.0, 10000.0, 1000.0, 10000.0, 10.0, 3.033e-06, 1e-09),
    (10000.0, 0.0, 1000.0, 10000.0, 10.0, 9.656e-28, 1e-31),
    (0.0, 5000.0, 1000.0, 3000.0, 50.0, 0.0001039, 1e-07),
    (5000.0, 0.0, 1000.0, 3000.0, 50.0, 1.564e-09, 1e-12),
]

#: Two craft (r, v in EME2000, m and m/s; covariance of r in own radial, along-track and normal axes, m2), hard-body
#: radius, probability and its tolerance, miss distance: cases of S. Alfano, 2009, as CDMs of NASA CARA.
ALFANO = {
    "Alfano 01": (
        (
            (153446.76499999998, 41874155.870000005, 0.0),
            (3066.8747609999996, -11.373615000000001, 0.0),
            (
                (19.88970273925819, -352.4140813027809, 0.0),
                (-352.4140813027809, 6496.749385722737, 0.0),
                (0.0, 0.0, 1.2050395223076),
            ),
        ),
        (
            (153447.264, 41874156.37, 5.0),
            (3066.8647610000003, -11.363615000000001, -1.0000000000000002e-06),
            (
                (19.89074842319444, -352.4310089952797, -9.767348673026151e-21),
                (-352.4310089952797, 6496.894829253188, 6.463165376425425e-19),
                (-9.767348673026151e-21, 6.463165376425425e-19, 1.204674647143796),
            ),
        ),
        15.0,
        0.146749549,
        1e-06,
        5.049717,
    ),
    "Alfano 02": (
        (
            (153446.18, 41874155.872, 0.0),
            (3066.8747609999996, -11.373572, 0.0),
            (
                (19.88970262612387, -352.4140803158783, 0.0),
                (-352.4140803158783, 6496.749387784603, 0.0),
                (0.0, 0.0, 1.2050395210891),
            ),
        ),
        (
            (153446.67899999997, 41874156.371999994, 5.0),
            (3066.8647610000003, -11.363570999999999, -1.0000000000000002e-06),
            (
                (19.8907483099771, -352.4310080076631, -8.716498422838784e-20),
                (-352.4310080076631, 6496.894831316016, 9.405936919789482e-19),
                (-8.716498422838784e-20, 9.405936919789482e-19, 1.204674645925095),
            ),
        ),
        4.0,
        0.006222267,
        1e-06,
        5.049715,
    ),
    "Alfano 05": (
        (
            (6878090.1620000005, -17948.679, -17948.679),
            (28.093777, 5382.890206, 5382.890206),
            (
                (0.4777224467280041, -85.19384381202406, 0.0),
                (-85.19384381202406, 15807.59742365653, 0.0),
                (0.0, 0.0, 0.0784589681014019),
            ),
        ),
        (
            (6878089.1620000005, -17946.679, -17947.678),
            (28.393781, 5383.190216, 5382.590208),
            (
                (0.471000764570289, -84.57040115987763, -1.748541090564049e-13),
                (-84.57040115987763, 15808.46029392646, -2.121117864684052e-11),
                (-1.748541090564049e-13, -2.121117864684052e-11, 0.07846753355604119),
            ),
        ),
        10.0,
        0.044487386,
        1e-05,
        2.449475,
    ),
    "Alfano 08": (
        (
            (14971649.317, -20270398.212, 4076385.114),
            (1012.256512, 1460.8114699999999, 3527.393801),
            (
                (2.730011483545464, -77.98527087944655, -6.338020386298382e-13),
                (-77.98527087944655, 2665.962873957034, -7.062822549031012e-12),
                (-6.338020386298382e-13, -7.062822549031012e-12, 0.4153963500401933),
            ),
        ),
        (
            (14971649.363, -20270399.371, 4076387.829),
            (1012.2574010000001, 1460.811597, 3527.3938399999997),
            (
                (2.729944919062438, -77.98412102927176, -6.731837309814637e-12),
                (-77.98412102927176, 2665.964447851581, 1.225114454328491e-11),
                (-6.731837309814637e-12, 1.225114454328491e-11, 0.4153969295672138),
            ),
        ),
        4.0,
        0.036948008,
        1e-05,
        2.952799,
    ),
}


@pytest.mark.parametrize(("x", "y", "sx", "sy", "radius", "wanted", "digit"), CHAN)
def test_published_probabilities(x, y, sx, sy, radius, wanted, digit):
    for found in (collision.foster(x, y, sx, sy, radius), collision.alfano(x, y, sx, sy, radius)):
        assert abs(found - wanted) <= digit
    assert np.isclose(
        collision.foster(x, y, sx, sy, radius), collision.alfano(x, y, sx, sy, radius), rtol=1e-10
    )


@pytest.mark.parametrize(("x", "y", "sx", "sy", "radius", "wanted", "digit"), CHAN)
def test_the_series_where_the_disc_is_small(x, y, sx, sy, radius, wanted, digit):
    found, exact = collision.chan(x, y, sx, sy, radius), collision.foster(x, y, sx, sy, radius)
    assert np.isclose(found, exact, rtol=0.01)
    # of a round distribution it is no approximation
    assert np.isclose(collision.chan(x, y, sy, sy, radius), collision.foster(x, y, sy, sy, radius), rtol=1e-9)


def test_a_large_disc():
    """Ten sigmas wide, by SciPy's double integral; and one that covers all."""
    given = (3.0, 1.0, 1.0, 2.0, 6.0)

    def density(v, u):
        return np.exp(-0.5 * ((u - 3.0) ** 2 + (v - 1.0) ** 2 / 4.0)) / (4.0 * np.pi)

    exact, _ = dblquad(density, -6.0, 6.0, lambda u: -np.sqrt(36.0 - u * u), lambda u: np.sqrt(36.0 - u * u))
    assert np.isclose(collision.foster(*given), exact, rtol=1e-7)
    assert np.isclose(collision.alfano(*given), exact, rtol=1e-7)
    for method in (collision.foster, collision.alfano, collision.chan):
        assert np.isclose(method(0.0, 0.0, 1.0, 1.0, 15.0), 1.0, atol=1e-10)


@pytest.mark.parametrize("case", ALFANO)
def test_published_close_approaches(case):
    (r1, v1, c1), (r2, v2, c2), radius, wanted, tolerance, miss = ALFANO[case]
    r1, v1, r2, v2 = map(np.array, (r1, v1, r2, v2))
    axes = [hill(r, v)[0] for r, v in ((r1, v1), (r2, v2))]
    total = axes[0].T @ np.array(c1) @ axes[0] + axes[1].T @ np.array(c2) @ axes[1]
    spread = total[(0, 1, 2, 0, 0, 1), (0, 1, 2, 1, 2, 2)]
    x, y, sx, sy = collision.encounter_plane(r2 - r1, v2 - v1, spread)
    assert sx <= sy and np.hypot(x, y) <= miss * (1.0 + 1e-3)
    for method in (collision.foster, collision.alfano):
        assert np.isclose(method(x, y, sx, sy, radius), wanted, rtol=0.0, atol=tolerance)


@pytest.mark.parametrize(
    ("x", "y", "sx", "sy", "radius", "wanted"),
    [
        (0.0, 0.0, 1.0, 1.0, 300.0, 1.0),
        (0.0, 0.0, 1.0, 1.0, 1e4, 1.0),
        (45.0, 0.0, 1.0, 1.0, 44.0, 0.155951541),
        (0.0, 45.0, 1.0, 1.0, 44.0, 0.155951541),
        (0.0, 0.0, 0.1, 50.0, 60.0, 2.0 * norm.cdf(1.2) - 1.0),
        (0.0, 0.0, 50.0, 0.1, 60.0, 2.0 * norm.cdf(1.2) - 1.0),
        (600.0, 0.0, 1.0, 1.0, 600.0, ncx2.cdf(600.0**2, 2, 600.0**2)),
    ],
)
def test_a_disc_larger_than_the_sigmas(x, y, sx, sy, radius, wanted):
    """A circle's probability is non-central chi-square with two degrees; a thin one's that of its longer axis alone."""
    assert float(collision.alfano(x, y, sx, sy, radius)) == pytest.approx(wanted, rel=1e-5)


def test_beyond_their_digits_the_others_are_refused():
    for function in (collision.foster, collision.chan):
        assert float(function(0.0, 0.0, 1.0, 1.0, 34.9)) == pytest.approx(1.0, rel=1e-9)
        with pytest.raises(ArgumentError, match="take alfano"):
            function(0.0, 0.0, 2.0, 2.0, 90.0)
