"""Random numbers without a state: a number is a function of (seed, run, stream, step).

Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011.
Any run can be drawn alone, in any order, on any machine, with the same bits.
"""

import hashlib
import math

import numba
from numba import types

from rvd.core.algebra.elementary import float_of, log, sincos
from rvd.core.kernel import Quat, kernel, typed_kernel

_u64 = int if numba.config.DISABLE_JIT else types.uint64

_MASK = _u64(0xFFFFFFFF)
_HALF = _u64(32)
_MULTIPLIER_0 = _u64(0xD2511F53)
_MULTIPLIER_1 = _u64(0xCD9E8D57)
_WEYL_0 = _u64(0x9E3779B9)
_WEYL_1 = _u64(0xBB67AE85)
_TWO_PI = 6.283185307179586


def stream_of(name: str) -> int:
    """The 32-bit stream of a named source of randomness, as "sensors.gps.noise"; the same everywhere."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")


@kernel
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Ten rounds of Philox4x32: four 32-bit words of counter and two of key (as unsigned 64-bit)."""
    for _ in range(10):
        p0, p1 = _MULTIPLIER_0 * c0, _MULTIPLIER_1 * c2
        c0, c1 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _MASK
        c2, c3 = (p0 >> _HALF) ^ c3 ^ k1, p0 & _MASK
        k0, k1 = (k0 + _WEYL_0) & _MASK, (k1 + _WEYL_1) & _MASK
    return c0, c1, c2, c3


@typed_kernel
def _words(seed: int, run: int, stream: int, step: int) -> tuple[int, int, int, int]:
    s, r = _u64(seed), _u64(run)
    return philox(
        _u64(step) & _MASK, _u64(stream) & _MASK, r & _MASK, r >> _HALF, k0=s & _MASK, k1=(s >> _HALF) & _MASK
    )


@kernel
def _fraction(word: int) -> float:
    # Writes the word into the mantissa of 2**52: exact, and no conversion from integer to float.
    return (float_of(word | _u64(0x4330000000000000)) - 4503599627370495.5) * 2.3283064365386963e-10


@typed_kernel
def uniform4(seed: int, run: int, stream: int, step: int) -> Quat:
    """Four independent uniform numbers in the open interval (0, 1), in steps of 2**-32."""
    a, b, c, d = _words(seed, run, stream, step)
    return (_fraction(a), _fraction(b), _fraction(c), _fraction(d))


@typed_kernel
def normal4(seed: int, run: int, stream: int, step: int) -> Quat:
    """Four independent standard normal numbers (Box and Muller, 1958), within +-6.7."""
    a, b, c, d = uniform4(seed, run, stream, step)
    p, q = math.sqrt(-2.0 * log(a)), math.sqrt(-2.0 * log(c))
    s, t = sincos(_TWO_PI * b)
    u, v = sincos(_TWO_PI * d)
    return (p * t, p * s, q * v, q * u)
