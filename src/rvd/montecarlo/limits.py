"""Rows that no case may hold: a number beyond its key's limits, or several that no body, sensor or tank can have.

A case file refuses such numbers, and draws obey the same limits (`rvd.casefile.leaving` refuses laws that leave them
often). A run that draws one all the same is not flown: it is stored as LOST, counts as a failure, and
`rvd fly --run` says why. Drawing it anew or moving it to the limit would change the law without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rvd.case.bounds import broken, limit_of, span_of
from rvd.case.paths import known_as
from rvd.core.guidance.plan import NEVER
from rvd.errors import CaseError

from .draws import AnyDraw, draw_rows

if TYPE_CHECKING:
    from rvd.casefile import Case

ENDS = {"out_": "failure", "fault.": "fault"}
"""What of a sensor begins and ends, by what stands before `since` and `until`."""

LOOKED_AT = 10_000
"""Rows that are drawn to see how often numbers do not go together, which has no closed form."""


class Together(NamedTuple):
    """Slots that have to go together: `fits` gives bool[k] of their values float64[k, slots]."""

    slots: tuple[int, ...]
    fits: Callable[[np.ndarray], np.ndarray]
    what: str


class Broken(NamedTuple):
    """What is wrong with a row: the slot (the first of several) and what is wrong."""

    slot: int
    what: str


@dataclass(frozen=True)
class Limits:
    """The limits of the rows of a case: `low` to `high` float64[m], `low` itself out of them where `is_open`.

    `whole` marks slots that hold whole numbers only, `words` says what a value outside is, `together` are the
    slots that have to go together.
    """

    low: np.ndarray
    high: np.ndarray
    is_open: np.ndarray
    whole: np.ndarray
    words: tuple[str, ...]
    together: tuple[Together, ...]

    def outside(self, rows: np.ndarray) -> np.ndarray:
        """Which values bool[k, m] of rows float64[k, m] are outside their slot's limits."""
        below = np.where(self.is_open, rows <= self.low, rows < self.low)
        found = below | (rows > self.high) | (self.whole & (rows != np.floor(rows)))
        return np.asarray(found, dtype=bool)

    def broken(self, rows: np.ndarray) -> np.ndarray:
        """Which rows bool[k] no case may hold."""
        found = np.asarray(self.outside(rows).any(axis=1))
        for several in self.together:
            found |= ~several.fits(rows[:, list(several.slots)])
        return found

    def why(self, row: np.ndarray) -> Broken | None:
        """The first thing wrong with a row float64[m]; None for one that can be flown."""
        bad = np.flatnonzero(self.outside(row[None])[0])
        if bad.size:
            return Broken(int(bad[0]), f"is {row[bad[0]]:g}, a value {self.words[bad[0]]}")
        for several in self.together:
            if not several.fits(row[None, list(several.slots)])[0]:
                return Broken(several.slots[0], several.what)
        return None


def limits_of(case: Case, names: Sequence[str]) -> Limits:
    """The limits of the rows of a case with these slot names."""
    spans = [span_of(case, name) for name in names]
    return Limits(
        low=np.array([span.low for span in spans]),
        high=np.array([span.high for span in spans]),
        is_open=np.array([span.open for span in spans]),
        whole=np.array([span.whole for span in spans]),
        words=tuple(broken(limit_of(case, name)) for name in names),
        together=together(names),
    )


def together(names: Sequence[str]) -> tuple[Together, ...]:
    """What has to go together in a row, as `rvd.casefile.agreement` asks of the plan."""
    at = {name: slot for slot, name in enumerate(names)}
    found: list[tuple[tuple[str, ...], Callable[[np.ndarray], np.ndarray], str]] = [
        (("chaser.propellant", "chaser.mass"), _less, "is not less than the mass, which includes it"),
        (("sensors.laser.beyond", "sensors.laser.within"), _less, "is not less than the longest range"),
    ]
    for body in ("chaser", "target"):
        inertia = tuple(f"{body}.inertia.{k}" for k in range(6))
        found.append((inertia, _of_a_body, "is no body's: one moment is larger than the other two together"))
    for until in (name for name in names if name.startswith("sensors.")):
        for end, what in ENDS.items():
            if until.endswith(f"{end}until"):
                since = f"{until.removesuffix('until')}since"
                found.append(((until, since), _after, f"is not after the {what}'s start"))
    stem = "chaser.thrusters.fault_until."
    for until in (name for name in names if name.startswith(stem)):
        since = f"chaser.thrusters.fault_since.{until.removeprefix(stem)}"
        found.append(((until, since), _after, "is not after the fault's start"))
    return tuple(
        Together(tuple(at[name] for name in slots), fits, what)
        for slots, fits, what in found
        if set(slots) <= at.keys()  # of a sensor that is not aboard there are none
    )


def _less(values: np.ndarray) -> np.ndarray:
    return values[:, 0] < values[:, 1]


def _after(values: np.ndarray) -> np.ndarray:
    """A failure that never begins needs no end."""
    return (values[:, 0] > values[:, 1]) | (values[:, 1] >= NEVER)


def _of_a_body(inertia: np.ndarray) -> np.ndarray:
    """Whether moments and products (k, 6) are a body's: no principal moment exceeds the other two together.

    The body's second moments of mass, tr(I)/2 - I, then have no negative variance in any direction (Sylvester's
    criterion on all principal minors, with the rounding of a case's own numbers left over).
    """
    xx, yy, zz, xy, xz, yz = inertia.T
    half = 0.5 * (xx + yy + zz)
    a, b, c = half - xx, half - yy, half - zz
    least = -1e-9 * half
    pairs = (a * b - xy * xy, a * c - xz * xz, b * c - yz * yz)
    # The off-diagonal numbers of tr(I)/2 - I are those of I with the other sign.
    whole = a * b * c - 2.0 * xy * xz * yz - a * yz * yz - b * xz * xz - c * xy * xy
    fits = (half > 0.0) & (a >= least) & (b >= least) & (c >= least) & (whole >= least * half * half)
    for pair in pairs:
        fits &= pair >= least * half
    return fits


def refuse_what_does_not_fit(
    case: Case, limits: Limits, draws: Sequence[AnyDraw], nominal: np.ndarray, names: Sequence[str]
) -> None:
    """Raises CaseError where draws that are right one by one do not go together in any of `LOOKED_AT` rows."""
    for several in limits.together:
        mine = [draw for draw in draws if set(draw.slots) & set(several.slots)]
        laws = [draw for draw in mine if draw.block.elements]
        if not laws or len(laws) < len(mine):  # a table of given values has its own check
            continue
        rows = draw_rows(laws, nominal, 0, np.arange(LOOKED_AT))
        count = int(np.count_nonzero(~several.fits(rows[:, list(several.slots)])))
        if count:
            name = known_as(names[several.slots[0]]).dotted
            what = f"{name} {several.what}, in {count} of {LOOKED_AT:,} rows drawn"
            raise case.error(
                ("disperse", laws[0].path), what, "disperse less, cut it with within, or common = true"
            )


def refuse_row(case: Case, limits: Limits | None, names: Sequence[str], row: np.ndarray, run: int) -> None:
    """Raises CaseError for a drawn row that no case may hold."""
    wrong = limits.why(row) if limits is not None else None
    if wrong is not None:
        what = f"run {run} cannot be flown: {known_as(names[wrong.slot]).dotted} {wrong.what}"
        raise CaseError(case.path, 0, "disperse", what, "it counts as lost; cut the law with within")
