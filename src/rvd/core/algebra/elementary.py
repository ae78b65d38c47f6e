"""sin, cos, exp, log, atan2, asin, acos without a branch or a call, so that a loop over lanes vectorises.

Scalar, lanes and plain Python give the same bits on every machine; libm does not.
Polynomials and reductions follow fdlibm (k_sin.c, k_cos.c, e_exp.c, e_log.c, s_atan.c), whose notice is:
Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems,
Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided
that this notice is preserved.
"""

import math
import struct
from typing import Any

import numba
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from rvd.core.kernel import IN_PYTHON, kernel

#: Largest angle of which sines are right to the last digit, rad: 160,000 revolutions.
MOST_TURNED = 1e6


def _bits_of(x: float) -> int:
    """The 64 bits of a float as a signed integer."""
    return struct.unpack("<q", struct.pack("<d", x))[0]


def _float_of(bits: int) -> float:
    """The float with these 64 bits."""
    return struct.unpack("<d", struct.pack("<Q", int(bits) & 0xFFFFFFFFFFFFFFFF))[0]


if numba.config.DISABLE_JIT:
    bits_of, float_of = _bits_of, _float_of

else:

    @intrinsic
    def bits_of(typing_context: Any, x: Any) -> Any:
        """The 64 bits of a float as a signed integer."""

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.bitcast(args[0], ir.IntType(64))

        return types.int64(types.float64), generate

    @intrinsic
    def float_of(typing_context: Any, bits: Any) -> Any:
        """The float with these 64 bits."""

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return builder.bitcast(args[0], ir.DoubleType())

        return types.float64(types.int64), generate

    IN_PYTHON.update({bits_of: _bits_of, float_of: _float_of})


# Adding 1.5 * 2**52 rounds to the nearest integer and leaves it in the low bits: no conversion between
# float and integer, for which AVX2 has no vector instruction.
_ROUND = 6755399441055744.0
_ROUND_BITS = 0x4338000000000000

# pi/2 in three parts: the products of the first two with an integer below 2**20 are exact.
_QUARTER_1 = 1.57079632673412561417e00
_QUARTER_2 = 6.07710050630396597660e-11
_QUARTER_3 = 2.02226624879595063154e-21
_PER_QUARTER = 6.36619772367581382433e-01

_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_PER_LN2 = 1.44269504088896338700e00

# pi/4: four times the first part is exact.
_EIGHTH_1 = 0.5 * _QUARTER_1
_EIGHTH_2 = 3.03855025325309612e-11
_TAN_SIXTEENTH = 0.41421356237309503


@kernel
def _sin_near_zero(r: float, tail: float) -> float:
    z = r * r
    p = -2.50507602534068634195e-08 + z * 1.58969099521155010221e-10
    p = 2.75573137070700676789e-06 + z * p
    p = -1.98412698298579493134e-04 + z * p
    p = 8.33333333332248946124e-03 + z * p
    v = z * r
    return r - ((z * (0.5 * tail - v * p) - tail) + v * 1.66666666666666324348e-01)


@kernel
def _cos_near_zero(r: float, tail: float) -> float:
    z = r * r
    p = 2.08757232129817482790e-09 - z * 1.13596475577881948265e-11
    p = -2.75573143513906633035e-07 + z * p
    p = 2.48015872894767294178e-05 + z * p
    p = -1.38888888888741095749e-03 + z * p
    p = 4.16666666666666019037e-02 + z * p
    half = 0.5 * z
    w = 1.0 - half
    return w + (((1.0 - w) - half) + (z * (z * p) - r * tail))


@kernel
def sincos(x: float) -> tuple[float, float]:
    """(sin x, cos x) for |x| up to 1e6, to 1 ulp; NaN and infinities give NaN."""
    shifted = x * _PER_QUARTER + _ROUND
    k = shifted - _ROUND
    quadrant = bits_of(shifted)
    near = x - k * _QUARTER_1
    step = k * _QUARTER_2
    r = near - step
    rest = ((near - r) - step) - k * _QUARTER_3
    high = r + rest
    tail = (r - high) + rest
    s, c = _sin_near_zero(high, tail), _cos_near_zero(high, tail)
    odd = (quadrant & 1) != 0
    sine, cosine = c if odd else s, s if odd else c
    return (-sine if (quadrant & 2) != 0 else sine), (-cosine if ((quadrant + 1) & 2) != 0 else cosine)


@kernel
def sin(x: float) -> float:
    """sin x; see `sincos`."""
    return sincos(x)[0]


@kernel
def cos(x: float) -> float:
    """cos x; see `sincos`."""
    return sincos(x)[1]


@kernel
def exp(x: float) -> float:
    """e**x to 1 ulp; overflows to infinity, underflows through the subnormals to zero."""
    low = -746.0 if x < -746.0 else x
    y = 710.0 if low > 710.0 else low
    shifted = y * _PER_LN2 + _ROUND
    k = shifted - _ROUND
    power = bits_of(shifted) - _ROUND_BITS
    high = y - k * _LN2_HIGH
    tail = k * _LN2_LOW
    r = high - tail
    t = r * r
    p = -1.65339022054652515390e-06 + t * 4.13813679705723846039e-08
    p = 6.61375632143793436117e-05 + t * p
    p = -2.77777777770155933842e-03 + t * p
    p = t * (1.66666666666666019037e-01 + t * p)
    c = r - p
    value = 1.0 - ((tail - (r * c) / (2.0 - c)) - high)
    # Two factors, so that neither 2**1024 nor a subnormal has to be written as one float.
    half = power >> 1
    return (value * float_of((half + 1023) << 52)) * float_of((power - half + 1023) << 52)


@kernel
def log(x: float) -> float:
    """Natural logarithm to 1 ulp; -inf at zero, NaN below."""
    tiny = x < 2.2250738585072014e-308
    y = x * 18014398509481984.0 if tiny else x
    bits = bits_of(y)
    # 0x3FE6A09E667F3BCD is sqrt(1/2): the mantissa ends up between sqrt(1/2) and sqrt(2).
    power = (bits - 0x3FE6A09E667F3BCD) >> 52
    f = float_of(bits - (power << 52)) - 1.0
    k = float_of(power + _ROUND_BITS) - _ROUND
    k = k - 54.0 if tiny else k
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = 1.818357216161805012e-01 + w * 1.479819860511658591e-01
    odd = 2.857142874366239149e-01 + w * odd
    odd = z * (6.666666666666735130e-01 + w * odd)
    even = 2.222219843214978396e-01 + w * 1.531383769920937332e-01
    even = w * (3.999999999940941908e-01 + w * even)
    half = 0.5 * f * f
    value = k * _LN2_HIGH - ((half - (s * (half + (odd + even)) + k * _LN2_LOW)) - f)
    value = x + x if x > 1.7976931348623157e308 else value
    value = -math.inf if x == 0.0 else value
    return value if x >= 0.0 else math.nan


@kernel
def atan2(y: float, x: float) -> float:
    """Angle of (x, y) in [-pi, pi] to 2 ulp, for finite arguments; zero for (0, 0), signed as y."""
    a, b = abs(x), abs(y)
    swap = b > a
    low, high = a if swap else b, b if swap else a
    upper = low > _TAN_SIXTEENTH * high
    numerator, denominator = low - high if upper else low, low + high if upper else high
    u = numerator / (1.0 if high == 0.0 else denominator)
    z = u * u
    w = z * z
    odd = 4.97687799461593236017e-02 + w * 1.62858201153657823623e-02
    odd = 6.66107313738753120669e-02 + w * odd
    odd = 9.09088713343650656196e-02 + w * odd
    odd = 1.42857142725034663711e-01 + w * odd
    odd = z * (3.33333333333329318027e-01 + w * odd)
    even = -5.83357013379057348645e-02 - w * 3.65315727442169155270e-02
    even = -7.69187620504482999495e-02 + w * even
    even = -1.11111104054623557880e-01 + w * even
    even = w * (-1.99999999998764832476e-01 + w * even)
    angle = u - u * (odd + even)
    eighths, sign = 1.0 if upper else 0.0, 1.0
    eighths, sign = 2.0 - eighths if swap else eighths, -sign if swap else sign
    eighths, sign = 4.0 - eighths if x < 0.0 else eighths, -sign if x < 0.0 else sign
    turn = eighths * _EIGHTH_1 + (eighths * _EIGHTH_2 + sign * angle)
    return math.copysign(turn, y)


@kernel
def asin(x: float) -> float:
    """Arc sine to 3 ulp; arguments beyond +-1 count as +-1."""
    low = -1.0 if x < -1.0 else x
    s = 1.0 if low > 1.0 else low
    return atan2(s, math.sqrt((1.0 - s) * (1.0 + s)))


@kernel
def acos(x: float) -> float:
    """Arc cosine to 3 ulp; arguments beyond +-1 count as +-1."""
    low = -1.0 if x < -1.0 else x
    c = 1.0 if low > 1.0 else low
    return atan2(math.sqrt((1.0 - c) * (1.0 + c)), c)
