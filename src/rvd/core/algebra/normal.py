"""The normal distribution: its quantiles and its probabilities, as kernels and over columns of numbers.

Sums, products, quotients, roots and our own exp and log alone, so that a draw has the same bits on every machine.
"""

import math
from collections.abc import Callable

import numpy as np

from rvd.core.algebra.elementary import exp, log
from rvd.core.kernel import Block, Row, entry, kernel

_ROOT_32 = 5.656854249492380195206754896838
_PER_ROOT_TWO_PI = 0.398942280401432677939946059934


@kernel
def _quantile_in_the_middle(q: float) -> float:
    r = 0.180625 - q * q
    above = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
    above = above * r + 6.7265770927008700853e4
    above = above * r + 4.5921953931549871457e4
    above = above * r + 1.3731693765509461125e4
    above = above * r + 1.9715909503065514427e3
    above = above * r + 1.3314166789178437745e2
    above = above * r + 3.3871328727963666080e0
    below = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
    below = below * r + 3.9307895800092710610e4
    below = below * r + 2.1213794301586595867e4
    below = below * r + 5.3941960214247511077e3
    below = below * r + 6.8718700749205790830e2
    below = below * r + 4.2313330701600911252e1
    below = below * r + 1.0
    return q * above / below


@kernel
def _quantile_in_a_tail(r: float) -> float:
    r = r - 1.6
    above = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
    above = above * r + 2.41780725177450611770e-1
    above = above * r + 1.27045825245236838258e0
    above = above * r + 3.64784832476320460504e0
    above = above * r + 5.76949722146069140550e0
    above = above * r + 4.63033784615654529590e0
    above = above * r + 1.42343711074968357734e0
    below = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
    below = below * r + 1.51986665636164571966e-2
    below = below * r + 1.48103976427480074590e-1
    below = below * r + 6.89767334985100004550e-1
    below = below * r + 1.67638483018380384940e0
    below = below * r + 2.05319162663775882187e0
    below = below * r + 1.0
    return above / below


@kernel
def _quantile_far_out(r: float) -> float:
    r = r - 5.0
    above = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    above = above * r + 1.24266094738807843860e-3
    above = above * r + 2.65321895265761230930e-2
    above = above * r + 2.96560571828504891230e-1
    above = above * r + 1.78482653991729133580e0
    above = above * r + 5.46378491116411436990e0
    above = above * r + 6.65790464350110377720e0
    below = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
    below = below * r + 1.84631831751005468180e-5
    below = below * r + 7.86869131145613259100e-4
    below = below * r + 1.48753612908506148525e-2
    below = below * r + 1.36929880922735805310e-1
    below = below * r + 5.99832206555887937690e-1
    below = below * r + 1.0
    return above / below


@kernel
def normal_quantile(p: float) -> float:
    """The z below which a standard normal falls with probability p, to 6 ulp; infinite at 0 and 1, NaN beyond.

    Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37(3),
    1988, PPND16.
    """
    if not (p > 0.0) & (p < 1.0):
        if p == 0.0:
            return -math.inf
        return math.inf if p == 1.0 else math.nan
    q = p - 0.5
    if abs(q) <= 0.425:
        return _quantile_in_the_middle(q)
    r = math.sqrt(-log(p if q < 0.0 else 1.0 - p))
    z = _quantile_in_a_tail(r) if r <= 5.0 else _quantile_far_out(r)
    return -z if q < 0.0 else z


@kernel
def _half_less(x: float) -> float:
    """The probability of x less a half, for |x| up to 0.66."""
    z = x * x
    above = 6.5682337918207449113e-2 * z + 2.2352520354606839287e0
    above = above * z + 1.6102823106855587881e2
    above = above * z + 1.0676894854603709582e3
    above = above * z + 1.8154981253343561249e4
    below = z + 4.7202581904688241870e1
    below = below * z + 9.7609855173777669322e2
    below = below * z + 1.0260932208618978205e4
    below = below * z + 4.5507789335026729956e4
    return x * above / below


@kernel
def _mills(y: float) -> float:
    """The tail beyond y over exp(-y**2 / 2), for y from 0.66 to the root of 32."""
    above = 1.0765576773720192317e-8 * y + 3.9894151208813466764e-1
    above = above * y + 8.8831497943883759412e0
    above = above * y + 9.3506656132177855979e1
    above = above * y + 5.9727027639480026226e2
    above = above * y + 2.4945375852903726711e3
    above = above * y + 6.8481904505362823326e3
    above = above * y + 1.1602651437647350124e4
    above = above * y + 9.8427148383839780218e3
    below = y + 2.2266688044328115691e1
    below = below * y + 2.3538790178262499861e2
    below = below * y + 1.5193775994075548050e3
    below = below * y + 6.4855582982667607550e3
    below = below * y + 1.8615571640885098091e4
    below = below * y + 3.4900952721145977266e4
    below = below * y + 3.8912003286093271411e4
    below = below * y + 1.9685429676859990727e4
    return above / below


@kernel
def _mills_far_out(y: float) -> float:
    """The same, for y beyond the root of 32."""
    z = 1.0 / (y * y)
    above = 2.307344176494017303e-2 * z + 2.1589853405795699e-1
    above = above * z + 1.274011611602473639e-1
    above = above * z + 2.2235277870649807e-2
    above = above * z + 1.421619193227893466e-3
    above = above * z + 2.9112874951168792e-5
    below = z + 1.28426009614491121e0
    below = below * z + 4.68238212480865118e-1
    below = below * z + 6.59881378689285515e-2
    below = below * z + 3.78239633202758244e-3
    below = below * z + 7.29751555083966205e-5
    return (_PER_ROOT_TWO_PI - z * above / below) / y


@kernel
def normal_probability(x: float) -> float:
    """The probability that a standard normal falls below x, to 10 ulp; the last 20 below -37 are subnormal.

    Source: Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23, 1969, as
    in ANORM of his SPECFUN, ACM Transactions on Mathematical Software 19(1), 1993, algorithm 715.
    """
    y = abs(x)
    if y <= 0.66291:
        return 0.5 + _half_less(x)
    if not y < 40.0:
        if x != x:
            return math.nan
        return 0.0 if x < 0.0 else 1.0
    # exp(-y**2 / 2) in two factors: the square of the first argument is exact.
    near = float(int(16.0 * y)) / 16.0
    rest = (y - near) * (y + near)
    tail = exp(-0.5 * near * near) * exp(-0.5 * rest) * (_mills(y) if y <= _ROOT_32 else _mills_far_out(y))
    return tail if x < 0.0 else 1.0 - tail


# ---- over columns


@entry
def _quantiles(p: Row, out: Block) -> None:
    for i in range(p.size):
        out[i] = normal_quantile(p[i])


@entry
def _probabilities(x: Row, out: Block) -> None:
    for i in range(x.size):
        out[i] = normal_probability(x[i])


@entry
def _exponentials(x: Row, out: Block) -> None:
    for i in range(x.size):
        out[i] = exp(x[i])


@entry
def _logarithms(x: Row, out: Block) -> None:
    for i in range(x.size):
        out[i] = log(x[i])


def normal_quantiles(p: np.ndarray) -> np.ndarray:
    """`normal_quantile` of every element of an array of any shape."""
    return _each(_quantiles, p)


def normal_probabilities(x: np.ndarray) -> np.ndarray:
    """`normal_probability` of every element of an array of any shape."""
    return _each(_probabilities, x)


def exponentials(x: np.ndarray) -> np.ndarray:
    """`elementary.exp` of every element of an array of any shape."""
    return _each(_exponentials, x)


def logarithms(x: np.ndarray) -> np.ndarray:
    """`elementary.log` of every element of an array of any shape."""
    return _each(_logarithms, x)


def _each(loop: Callable, x: np.ndarray) -> np.ndarray:
    x = np.asarray(x, dtype=np.float64)
    out = np.empty(x.shape)
    loop(np.ravel(x), out.reshape(-1))
    return out
