"""What must hold of a campaign, as `[[require]]` says it, in SI; and the results that it may speak of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rvd.errors import CaseError

from .results import LOGGED, QUANTITIES

OUTCOMES = (
    "captured", "left_box", "docked", "missed", "held", "clear", "contact", "aborted", "empty", "unfinished",
    "diverged", "lost", "stopped", "reached",
)  # fmt: skip
"""How a flight may end, in the order of their numbers."""

SUCCESSES = ("captured", "docked", "held", "clear", "reached")
"""The outcomes by which a goal is reached: a case has one of them."""

KEPT = ("rules_kept",)
"""What holds in a run or not, beside its outcome."""

EXISTS = "exists"
"""Beside the outcomes, what `of` may be: the runs that came to where a quantity exists."""

ENDED: Mapping[str, str] = {
    "captured": "that were captured",
    "left_box": "that left the capture box",
    "contact": "that touched the target",
    "aborted": "that were aborted",
    "empty": "that ran out of propellant",
    "unfinished": "that were unfinished",
    "diverged": "that diverged",
    "lost": "that were lost",
    "stopped": "that flew their plan to its end",
    "docked": "that docked",
    "missed": "that missed their goal",
    "held": "that held their place",
    "clear": "that are clear",
    "reached": "that reached their place",
    EXISTS: "in which it exists",
}
"""Which runs a requirement judges, in words: by their outcome, or `EXISTS`."""

REMARKS: Mapping[str, str] = {"passive_margin": "first burns and aborts left out"}
"""What a sentence on a result says beside its name, lest it be taken for more."""

TESTS: Mapping[str, str] = {
    "nees_consistent": "the mean NEES lies within its chi-square band on entering each leg",
    "nis_consistent": "the mean NIS of the latest fix lies within its chi-square band on entering each leg",
}
"""What is tested over all runs together, at each leg: whether the filter knows its own error."""

PASSIVE = (
    "passive_margin", "passive_epoch", "passive_margin_first_burn", "unsafe_share_first_burn", "contact_margin",
    "return_margin",
)  # fmt: skip
"""The results that only a case with `[passive]` has."""

USUAL = {"rad": "deg", "rad/s": "deg/s"}
"""The units that people use."""


def unit_of(name: str) -> str:
    """The unit (SI) of a result; empty for an outcome, a test and a truth value."""
    column, dot, _ = name.partition(".")
    known = LOGGED if dot else QUANTITIES
    return known[column].unit if column in known else ""


@dataclass(frozen=True)
class Condition:
    """What holds in a run or not: an outcome or a boolean column by its name, or a column within limits.

    A value that is not a number is within no limit and no boolean: it fails the condition. `unit` is the column's
    (SI), for words only.
    """

    what: str
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""

    @property
    def limited(self) -> bool:
        return self.at_least is not None or self.at_most is not None

    @property
    def words(self) -> str:
        limits = [
            f"{name} {said(limit, self.unit)}"
            for name, limit in (("at least", self.at_least), ("at most", self.at_most))
            if limit is not None
        ]
        what = f"{self.what} ({REMARKS[self.what]})" if self.what in REMARKS else self.what
        return " ".join([what, " and ".join(limits)]) if limits else what


@dataclass(frozen=True)
class Requirement:
    """What must hold of the population of runs.

    - an outcome or boolean column: `what` in `at_least` or `at_most` a share of runs;
    - a column: `what` is `at_least` / `at_most` a limit, in at least `share` of runs;
    - a conjunction: `all_of` conditions hold together, in `at_least` a share of runs;
    - a test of all runs together (`TESTS`), at `legs`.

    A share of 1 is every run flown, and says nothing beyond them. `unit` is the column's, for words. `of` says which
    runs are judged, by an outcome's word or "exists", those that have the value; empty: all, and one without a value
    fails. Of "exists" are those too of which nobody knows whether they had it (lost, diverged): they fail.
    Raises CaseError if it says none of these.
    """

    what: str = ""
    at_least: float | None = None
    at_most: float | None = None
    share: float | None = None
    confidence: float = 0.90
    all_of: tuple[Condition, ...] = ()
    unit: str = ""
    legs: tuple[str, ...] = ()
    of: str = ""

    def __post_init__(self):
        if not 0.0 < self.confidence < 1.0:
            raise _wrong(
                "confidence", f"a confidence lies between 0 and 1, not {self.confidence:g}", "write 0.90"
            )
        if self.of and (self.is_test or self.of not in ENDED):
            remedy = 'write of = "captured", "exists", or leave it out'
            raise _wrong("of", f"{self.of!r} names no runs that {self.words} is judged on", remedy)
        if self.is_test:
            return
        if bool(self.what) == bool(self.all_of):
            raise _wrong(
                "what", "a requirement names what it requires", 'write what = "captured", or all_of = [...]'
            )
        if self.at_least is None and self.at_most is None:
            raise _wrong("at_least", f"{self.words} has no number to hold", "write at_least or at_most")
        if self.share is None and None not in (self.at_least, self.at_most):
            raise _wrong("at_most", f"{self.words} has two shares", "write one, or two requirements")
        if self.share is not None and self.all_of:
            raise _wrong("share", f"{self.words} has a share twice", "write only at_least")
        if self.all_of and self.at_least is None:
            raise _wrong("at_least", f"{self.words} has no share", "write at_least = 0.9973")
        if not (self.needed > 0.0 and self.needed <= 1.0):
            raise _wrong(
                "at_least",
                f"{self.words} is a share of runs, not {self._asked:g}",
                "a limit on a column has a share beside it: share = 0.9973",
            )

    @property
    def is_test(self) -> bool:
        """Whether it is judged on all runs together, not run by run."""
        return self.what in TESTS

    @property
    def rare(self) -> bool:
        """Whether it bounds a share from above: what it names is the failure."""
        return self.share is None and self.at_most is not None

    @property
    def _asked(self) -> float:
        return next(x for x in (self.share, self.at_least, self.at_most) if x is not None)

    @property
    def needed(self) -> float:
        """The share of runs that must not fail."""
        return 1.0 - self._asked if self.rare else self._asked

    @property
    def conditions(self) -> tuple[Condition, ...]:
        if self.all_of:
            return self.all_of
        limits = (self.at_least, self.at_most) if self.share is not None else (None, None)
        return (Condition(self.what, *limits, self.unit),)

    @property
    def words(self) -> str:
        return " and ".join(condition.words for condition in self.conditions)

    @property
    def sentence(self) -> str:
        if self.is_test:
            kind = self.what.partition("_")[0].upper()
            return f"mean {kind} within its band as each leg is entered, at {percent(self.confidence)} confidence"
        if self.needed == 1.0 and self.of:
            return f"{self.words} in {'none' if self.rare else 'all'} of the runs {self.population}"
        if self.needed == 1.0:
            return f"{self.words} in {'no' if self.rare else 'every'} run flown"
        side = "at most" if self.rare else "at least"
        runs = f"runs {self.population}".strip()
        return f"{self.words} in {side} {percent(self._asked)} of {runs}, at {percent(self.confidence)} confidence"

    @property
    def population(self) -> str:
        """The runs that are judged, in words that go on from "runs"; empty for all."""
        together = self.of == EXISTS and len(self.conditions) > 1
        return "in which all of it exists" if together else ENDED.get(self.of, "")


def said(x: float, unit: str) -> str:
    """A value with its unit as people write it: angles in degrees."""
    x, unit = in_words(x, unit)
    return f"{x:g} {unit}".strip()


def in_words(x: float, unit: str) -> tuple[float, str]:
    """A value and its unit as people write them: angles in degrees."""
    return (math.degrees(x), unit.replace("rad", "deg")) if unit in ("rad", "rad/s") else (x, unit)


def percent(share: float) -> str:
    """A share as people write it: 0.9973 is "99.73 %"."""
    return f"{100.0 * share:.6g} %"


def _wrong(key: str, what: str, remedy: str) -> CaseError:
    return CaseError("", 0, f"require.{key}", what, remedy)
