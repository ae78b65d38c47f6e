"""Slow and plain versions: sums over the binomial distribution, with 60 digits where tails cancel."""

from math import comb

import mpmath


def binomial_cdf(k: int, n: int, p: float) -> float:
    """P(Binomial(n, p) <= k), summed term by term."""
    with mpmath.workdps(60):
        p = mpmath.mpf(p)
        return float(sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1)), mpmath.mpf(0)))


def pmf(n: int, p: float) -> list[float]:
    """The n + 1 probabilities of Binomial(n, p)."""
    return [comb(n, k) * p**k * (1.0 - p) ** (n - k) for k in range(n + 1)]
