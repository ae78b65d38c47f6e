"""How often the lines of `[disperse]` leave the limits of what they draw; more than once in a million is refused.

The share of a distribution beyond a limit is known in closed form. What is left of it is never drawn anew nor cut,
which would change the law without a word: a run that draws such a value is not flown and counts as LOST.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rvd.case.bounds import EVERY, Span, broken, limit_of, said, span_of
from rvd.case.dispersion import DisperseEntry
from rvd.case.paths import known_as
from rvd.case.planned import by_noise, planned
from rvd.case.schema import CaseSchema
from rvd.case.words import Whole
from rvd.units import example

from .faults import Fault

MOST_OUTSIDE = 1e-6
"""The largest share of runs that a line of `[disperse]` may draw beyond the limits."""


class Law(NamedTuple):
    """The law of one drawn number: kind and numbers as in `DisperseEntry`; a normal lies about `middle`."""

    kind: str
    numbers: tuple[float, ...]
    weights: tuple[float, ...] = ()
    middle: float = 0.0

    def below(self, x: float, also: bool = False) -> float:
        """The share of draws less than x; `also`: or equal to it."""
        if self.kind == "choice":
            weights = self.weights or (1.0,) * len(self.numbers)
            hit = [w for w, v in zip(weights, self.numbers, strict=True) if v < x or (also and v == x)]
            return sum(hit) / sum(weights)
        if math.isinf(x):
            return 0.0 if x < 0.0 else 1.0
        return _CUMULATIVE[self.kind](self, x, also)

    def above(self, x: float, also: bool = False) -> float:
        """The share of draws more than x, exact where it is small; `also`: or equal to it."""
        if math.isinf(x):
            return 1.0 - self.below(x)
        if self.kind == "lognormal":
            return self.logarithm().above(math.log(x), also) if x > 0.0 else 1.0
        if self.kind == "exponential":
            return math.exp(-self.numbers[0] * max(x, 0.0))
        return self.mirrored().below(-x, also)

    def logarithm(self) -> Law:
        """The law of a lognormal number's logarithm."""
        return Law("normal", self.numbers)

    def mirrored(self) -> Law:
        """The law of the number with its sign changed."""
        if self.kind == "normal":
            return self._replace(middle=-self.middle)
        if self.kind == "truncated":
            sigma, low, high = self.numbers
            return self._replace(numbers=(sigma, -high, -low), middle=-self.middle)
        numbers = tuple(-x for x in self.numbers)
        return self._replace(numbers=numbers if self.kind == "choice" else numbers[::-1])


def normal_below(z: float) -> float:
    """The standard normal's share below z."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def _normal(law: Law, x: float, also: bool) -> float:
    sigma = law.numbers[0]
    if sigma == 0.0:
        return float(law.middle < x or (also and law.middle == x))
    return normal_below((x - law.middle) / sigma)


def _truncated(law: Law, x: float, also: bool) -> float:
    sigma, low, high = law.numbers
    if x <= low or x >= high:
        return float(x >= high)
    a, b, c = ((end - law.middle) / sigma for end in (low, x, high))
    return (normal_below(b) - normal_below(a)) / (normal_below(c) - normal_below(a))


def _uniform(law: Law, x: float, also: bool) -> float:
    low, high = law.numbers
    return min(max((x - low) / (high - low), 0.0), 1.0)


def _triangular(law: Law, x: float, also: bool) -> float:
    low, mode, high = law.numbers
    if x <= low or x >= high:
        return float(x >= high)
    if x < mode:
        return (x - low) ** 2 / ((high - low) * (mode - low))
    return 1.0 - (high - x) ** 2 / ((high - low) * (high - mode))


def _lognormal(law: Law, x: float, also: bool) -> float:
    return law.logarithm().below(math.log(x), also) if x > 0.0 else 0.0


def _exponential(law: Law, x: float, also: bool) -> float:
    return -math.expm1(-law.numbers[0] * max(x, 0.0))


_CUMULATIVE = {
    "normal": _normal,
    "truncated": _truncated,
    "uniform": _uniform,
    "triangular": _triangular,
    "lognormal": _lognormal,
    "exponential": _exponential,
}


def law_of(entry: DisperseEntry, part: int) -> Law:
    """The law of one slot of an entry; of a group, the marginal: a normal of that variance."""
    if entry.kind == "group":
        return Law("normal", (math.sqrt(max(entry.covariance[part][part], 0.0)),))
    return Law(entry.kind, entry.numbers, entry.weights, 1.0 if entry.how == "multiply" else 0.0)


def share_outside(law: Law, how: str, nominal: float, span: Span) -> float:
    """The share of draws whose value, met with the nominal one as `how` says, is outside a span."""
    if span.whole:
        return _share_not_whole(law, how, nominal, span)
    if how == "multiply" and nominal == 0.0:
        return 0.0
    low, high = span.low, span.high
    if how == "add":
        low, high = low - nominal, high - nominal
    elif how == "multiply":
        low, high = low / nominal, high / nominal
        if nominal < 0.0:
            return law.above(low, also=span.open) + law.below(high)
    return law.below(low, also=span.open) + law.above(high)


def _share_not_whole(law: Law, how: str, nominal: float, span: Span) -> float:
    """The share of draws that are no whole number of a span; of a continuous law all are."""
    if law.kind != "choice":
        return 0.0 if law.kind == "normal" and law.numbers[0] == 0.0 else 1.0
    values = [nominal * x if how == "multiply" else x for x in law.numbers]
    weights = law.weights or (1.0,) * len(values)
    good = (v == math.floor(v) and span.low <= v <= span.high for v in values)
    return 1.0 - sum(w for w, fits in zip(weights, good, strict=True) if fits) / sum(weights)


# ---- the lines of a case


def leaving(case: CaseSchema, entries: Sequence[DisperseEntry]) -> Iterator[Fault]:
    """The faults of the lines of `[disperse]` that leave the limits too often; their slots may be spelt out."""
    for entry in entries:
        shares = [_share(case, entry, part) for part in range(len(entry.slots))]
        # Of numbers that are not drawn alike, any one may be outside.
        whole = max(shares) if entry.common else min(sum(shares), 1.0)
        if whole > MOST_OUTSIDE:
            part = shares.index(max(shares))
            slot = entry.slots[part]
            what = f"draws a value {broken(limit_of(case, slot))} in {_often(whole)}"
            yield Fault(("disperse", entry.path), f"{what}{_plan(case, slot)}", _remedy(case, entry, part))


def _share(case: CaseSchema, entry: DisperseEntry, part: int) -> float:
    """How often one of its slots is outside."""
    slot = entry.slots[part]
    span, law = span_of(case, slot), law_of(entry, part)
    values = (0.0,) if entry.how == "put" else nominal_of(case, slot)
    return (
        max((share_outside(law, entry.how, x, span) for x in values), default=0.0) if span != EVERY else 0.0
    )


def nominal_of(case: CaseSchema, slot: str) -> tuple[float, ...]:
    """The plan's numbers at a slot, in its unit: one, or those of all gates; none where the plan has none."""
    known = known_as(slot)
    # The truth's noise is scaled before a draw meets it.
    return tuple(by_noise(case, known) * value for value in planned(case, known.dotted))


def _often(share: float) -> str:
    if share > 0.999:
        return "all runs"
    return f"{100.0 * share:.2g} % of runs" if share >= 0.01 else f"1 run of {1.0 / share:,.0f}"


def _plan(case: CaseSchema, slot: str) -> str:
    """Where the plan is, in the unit that people use."""
    values, limit = nominal_of(case, slot), limit_of(case, slot)
    if not values or isinstance(limit, Whole):
        return ""
    return f" (the plan has {said(limit, values[0])})"


def _remedy(case: CaseSchema, entry: DisperseEntry, part: int) -> str:
    """What to write instead: a bound that keeps the limits, or a law that cannot leave them."""
    slot = entry.slots[part]
    limit, span, values = limit_of(case, slot), span_of(case, slot), nominal_of(case, slot)
    if isinstance(limit, Whole):
        return f"write {{ choice = [{limit.least}, {limit.least + 1}] }}"
    if entry.kind in ("uniform", "triangular", "exponential", "choice") or not values:
        return "write values within its limits"
    room = min(min(x - span.low, span.high - x) for x in values)
    if not room > 0.0:
        return "draw it to one side: { uniform = [low, high] }"
    if entry.how == "multiply":
        bound = f'"{100.0 * room / abs(values[0]):.6g} %"'
    else:
        unit = limit.usual or limit.unit
        bound = example(unit, unit, said(limit, room).split()[0])
    cut = f"cut it with within = {bound} or less"
    if entry.kind in ("group", "lognormal"):
        return f"draw it as a normal by itself, and {cut}"
    if span.low != 0.0 or limit.most is not None:
        return cut
    sigma = entry.numbers[0] / (1.0 if entry.how == "multiply" else abs(values[0]))
    if sigma > 1.0:
        return cut
    return f'{cut}, or draw {{ lognormal = "{100.0 * sigma:.3g} %" }}'
