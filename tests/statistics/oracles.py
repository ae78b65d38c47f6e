"""Slow and plain versions: sums over the binomial distribution in exact arithmetic."""

from fractions import Fraction
from math import comb


def binomial_cdf(k: int, n: int, p: Fraction) -> Fraction:
    """P(Binomial(n, p) <= k), exactly."""
    p = Fraction(p)
    return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1)), Fraction(0))


def pmf(n: int, p: float) -> list[float]:
    """The n + 1 probabilities of Binomial(n, p)."""
    return [comb(n, k) * p**k * (1.0 - p) ** (n - k) for k in range(n + 1)]
