"""The verdict: MET, NOT MET or UNDECIDED for each requirement, at its confidence, with every run counted.

Every requirement comes down to a share of runs in which something holds. A limit on a column at a share is the same
judgement as the order-statistic (Wilks) bound of that quantile against the limit. MET: the one-sided Clopper-Pearson
lower bound reaches the share. NOT MET: the upper bound at the same confidence excludes it. Else UNDECIDED.

A run without the quantity that a requirement limits (null, NaN here) fails it. With `of` a requirement judges some of
the runs only: share, interval and confidence are then of those, given how many they are; of none nothing is known.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

import numpy as np

from rvd.case.requirement import EXISTS, Condition, Requirement, percent
from rvd.core.signals import Outcome
from rvd.errors import CaseError
from rvd.statistics.binomial import Interval, clopper_pearson, failures_allowed, runs_required
from rvd.statistics.order import quantile, quantile_interval

from .amounts import decimals, rounded
from .batches import Batch, batches, edges, envelope, size_needed, worst
from .consistent import columns_of, judged
from .progress import FEWEST

UNKNOWN = (Outcome.DIVERGED.value, Outcome.LOST.value)
"""How runs end of which nobody knows what they would have come to."""

_OUTCOMES = {member.value: member for member in Outcome}


class Judgement(StrEnum):
    """What the runs say of a requirement."""

    MET = "MET"
    NOT_MET = "NOT MET"
    UNDECIDED = "UNDECIDED"


@dataclass(frozen=True)
class Finding:
    """What `runs` judged runs with `failures` failures say of a requirement, of `flown` runs in all.

    `missing` of the judged runs have no value, and are among the failures.
    `estimate` and `interval` are of the share the requirement speaks of, each end one-sided at its confidence.
    `value` and `value_interval` are of the quantile at the share, where one column has a limit.
    `runs_needed`: the fewest judged runs that would make it MET if no further one fails (None: no number would).
    With `batches` the judgement is that of every one of them, `interval` their envelope, `value` that of the worst.
    """

    requirement: Requirement
    judgement: Judgement
    runs: int
    failures: int
    estimate: float
    interval: Interval
    runs_needed: int | None
    value: float | None = None
    value_interval: Interval | None = None
    note: str = ""
    batches: tuple[Batch, ...] = ()
    flown: int = 0
    missing: int = 0

    @property
    def runs_still_needed(self) -> int:
        """How many more judged runs, none failing, would make it MET; 0 where it is decided."""
        if self.judgement is not Judgement.UNDECIDED or self.runs_needed is None:
            return 0
        return self.runs_needed - self.runs

    @property
    def sentence(self) -> str:
        if self.requirement.is_test:
            return f"{self.judgement}: {self.requirement.sentence}: {self.runs} runs; {self.note}"
        text = f"{self.judgement}: {self.requirement.sentence}: {self._counted}"
        each = f"each bound at {percent(self.requirement.confidence)}"
        if self.requirement.needed < 1.0 and self.runs >= FEWEST:
            low, high = (percent(round(end, 4)) for end in self.interval)
            text += f", {low} to {high} ({each})"
            each = ""
        if self.missing:
            text += f"; {self.missing} of them without a value, which fails"
        if self.value is not None and self.value_interval is not None:
            text += f"; {_quantile_words(self.requirement, self.value, self.value_interval, each)}"
        if self.batches:
            text += f"; {_of_batches(self.batches, self.requirement)}"
        if self.runs_still_needed:
            such = "such runs" if self.requirement.of else "runs"
            text += f"; {self.runs_still_needed} more {such} without a failure would decide"
        return f"{text}; {self.note}" if self.note else text

    @property
    def _counted(self) -> str:
        """How many runs of how many hold, or show what must be rare."""
        counted = self.failures if self.requirement.rare else self.runs - self.failures
        if not self.requirement.of:
            return f"{counted} of {self.runs} runs"
        if not self.runs:
            return f"nothing to judge: of {self.flown} runs there are none {self.requirement.population}"
        return f"{counted} of the {self.runs} of {self.flown} runs {self.requirement.population}"

    def to_json(self) -> dict:
        """Plain values for machines; a number that is not finite is None."""
        record = asdict(self)
        record["requirement"] = {k: v for k, v in asdict(self.requirement).items() if v not in (None, "", ())}
        record["runs_still_needed"] = self.runs_still_needed
        record["sentence"] = self.sentence
        return _plain(record)


def verdict(
    table: Mapping[str, np.ndarray],
    requirements: Sequence[Requirement],
    note: str = "",
    every: Sequence[int] = (),
) -> list[Finding]:
    """A finding for each requirement; `table` has a column an entry, one value a run from run 0, "outcome" among them.

    `every`: sizes of batches of runs that share an epistemic value; then each batch is judged (`montecarlo.batches`).
    Raises CaseError for a name that is neither an outcome nor a column.
    """
    findings = [_find(table, requirement, note) for requirement in requirements]
    return [_nested(table, finding, every) for finding in findings] if every else findings


def judge(failures: int, runs: int, share: float, confidence: float) -> Judgement:
    """Whether `failures` in `runs` show a share of runs without failure, exclude it, or neither."""
    if share >= 1.0:
        return Judgement.NOT_MET if failures else (Judgement.MET if runs else Judgement.UNDECIDED)
    if failures <= failures_allowed(runs, share, confidence):
        return Judgement.MET
    high = clopper_pearson(runs - failures, runs, confidence, "upper").high
    return Judgement.NOT_MET if high < share else Judgement.UNDECIDED


def exit_code(findings: Iterable[Finding], complete: bool = True) -> int:
    """0 all met or none asked, 1 one is not met, 3 one is not decided or, of a part of a campaign, runs are missing."""
    if not complete:
        return 3
    judgements = {finding.judgement for finding in findings}
    if Judgement.NOT_MET in judgements:
        return 1
    return 3 if Judgement.UNDECIDED in judgements else 0


def holds(table: Mapping[str, np.ndarray], condition: Condition) -> np.ndarray:
    """In which runs the condition holds: bool[runs]."""
    outcome = outcome_of(condition.what)
    if condition.limited:
        values = _column(table, condition.what).astype(np.float64)
        low = -math.inf if condition.at_least is None else condition.at_least
        high = math.inf if condition.at_most is None else condition.at_most
        return (values >= low) & (values <= high)  # NaN is within nothing
    if outcome is not None:
        return np.asarray(table["outcome"]) == int(outcome)
    return _boolean(table, condition.what) == 1.0


def exists(table: Mapping[str, np.ndarray], requirement: Requirement) -> np.ndarray:
    """In which runs everything that a requirement speaks of has a value: bool[runs]; an outcome always has."""
    held = np.ones(len(table["outcome"]), dtype=bool)
    for condition in requirement.conditions:
        if condition.limited or outcome_of(condition.what) is None:
            held &= ~np.isnan(_column(table, condition.what).astype(np.float64))
    return held


def population(table: Mapping[str, np.ndarray], requirement: Requirement) -> np.ndarray:
    """Which runs a requirement judges (`of`): bool[runs].

    Of "exists" are those too that were lost or diverged: whether they came so far, nobody knows.
    """
    outcome = np.asarray(table["outcome"])
    if not requirement.of:
        return np.ones(outcome.size, dtype=bool)
    if requirement.of == EXISTS:
        return exists(table, requirement) | np.isin(outcome, UNKNOWN)
    only = outcome_of(requirement.of)
    assert only is not None  # as the requirement has tested
    return outcome == int(only)


def failing(table: Mapping[str, np.ndarray], requirement: Requirement) -> np.ndarray:
    """Which runs would fail the requirement if it judged them: bool[runs]."""
    failed = np.zeros(len(table["outcome"]), dtype=bool)
    if requirement.is_test:
        return failed
    for condition in requirement.conditions:
        failed |= _event(table, condition) if requirement.rare else ~holds(table, condition)
    return failed


def outcome_of(what: str) -> Outcome | None:
    """The outcome of that name, if it is one."""
    return Outcome.__members__.get(what.upper().replace("-", "_").replace(" ", "_"))


def count_outcomes(outcome: np.ndarray) -> dict[Outcome, int]:
    """How many runs ended in each outcome, most frequent first; the counts add up to the runs."""
    numbers, counts = np.unique(np.asarray(outcome, dtype=np.int64), return_counts=True)
    counted = {_OUTCOMES[int(n)]: int(c) for n, c in zip(numbers, counts, strict=True)}
    if sum(counted.values()) != np.size(outcome):
        raise AssertionError("a run was counted twice or not at all")
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _find(table: Mapping[str, np.ndarray], requirement: Requirement, note: str) -> Finding:
    if requirement.is_test:
        return _tested(table, requirement)
    of = population(table, requirement)
    failed = failing(table, requirement)[of]
    runs, failures = failed.size, int(failed.sum())
    judgement = judge(failures, runs, requirement.needed, requirement.confidence)
    low = clopper_pearson(runs - failures, runs, requirement.confidence, "lower").low
    high = clopper_pearson(runs - failures, runs, requirement.confidence, "upper").high
    estimate = (runs - failures) / runs if runs else math.nan
    value, value_interval = _value(_part(table, of), requirement)
    return Finding(
        requirement=requirement,
        judgement=judgement,
        runs=runs,
        failures=failures,
        estimate=1.0 - estimate if requirement.rare else estimate,
        interval=Interval(1.0 - high, 1.0 - low) if requirement.rare else Interval(low, high),
        runs_needed=_runs_needed(judgement, failures, runs, requirement),
        value=value,
        value_interval=value_interval,
        note=note,
        flown=of.size,
        missing=int((of & ~exists(table, requirement)).sum()),
    )


def _part(table: Mapping[str, np.ndarray], which: np.ndarray) -> dict[str, np.ndarray]:
    """Some of the runs of a table."""
    return {name: np.asarray(values)[which] for name, values in table.items()}


def _nested(table: Mapping[str, np.ndarray], finding: Finding, every: Sequence[int]) -> Finding:
    """The finding with its batches judged one by one."""
    asked = finding.requirement
    if asked.is_test:
        return finding
    of = population(table, asked)
    found = batches(failing(table, asked), of, every, asked.needed, asked.confidence)
    if not found:
        return finding
    excluded, shown = any(b.excluded for b in found), all(b.shown for b in found)
    judgement = Judgement.NOT_MET if excluded else Judgement.MET if shown else Judgement.UNDECIDED
    low, high = envelope(found)
    value, values = finding.value, finding.value_interval
    if value is not None:
        number = np.arange(of.size)
        parts = [_value(_part(table, of & (number >= b.first) & (number < b.last)), asked) for b in found]
        ends = [part[1] for part in parts if part[1] is not None]
        value = (min if asked.at_most is None else max)(part[0] for part in parts if part[0] is not None)
        values = Interval(min(end.low for end in ends), max(end.high for end in ends))
    return replace(
        finding,
        judgement=judgement,
        interval=Interval(1.0 - high, 1.0 - low) if asked.rare else Interval(low, high),
        runs_needed=finding.runs if shown else None if excluded else _last_needed(found, every, finding),
        value=value,
        value_interval=values,
        batches=found,
    )


def _last_needed(found: Sequence[Batch], every: Sequence[int], finding: Finding) -> int | None:
    """The judged runs that would decide if only the last batch, which more runs would still fill, is not shown."""
    last, asked = found[-1], finding.requirement
    if last.shown or not all(b.shown for b in found[:-1]):
        return None
    more = size_needed([last], asked.needed, asked.confidence) - last.runs
    fills = len(edges(every, finding.flown + more)) == len(found) + 1
    return finding.runs + more if fills and more > 0 else None


def _quantile_words(asked: Requirement, value: float, ends: Interval, each: str) -> str:
    """The quantile at the share with its bounds, as far as the runs give them; `each`: at what confidence, if said."""
    places = decimals(value, ends, asked.unit)
    low = rounded(ends.low, asked.unit, places, math.floor) if math.isfinite(ends.low) else ""
    high = rounded(ends.high, asked.unit, places, math.ceil) if math.isfinite(ends.high) else ""
    head = f"{percent(asked.needed)} quantile"
    text = f"{head} {rounded(value, asked.unit, places)}" if math.isfinite(value) else f"no {head}"
    if low and high:
        return f"{text} ({low} to {high}, {each})" if each else f"{text} ({low} to {high})"
    bound = f"at least {low}" if low else f"at most {high}" if high else "no bound from so few runs"
    return f"{text} ({bound})"


def _of_batches(found: Sequence[Batch], asked: Requirement) -> str:
    """What a sentence says of batches: how many, the worst of them, and how large they would have to be."""
    bad = worst(found)
    count = bad.failures if asked.rare else bad.runs - bad.failures
    many = f"{len(found)} batches" if len(found) > 1 else "1 batch"
    text = f"in {many}, the worst runs {bad.first} to {bad.last - 1} with {count} of {bad.runs}"
    if any(b.excluded for b in found) or all(b.shown for b in found):
        return text
    return f"{text}; batches of {size_needed(found, asked.needed, asked.confidence)} runs would show it"


def _tested(table: Mapping[str, np.ndarray], requirement: Requirement) -> Finding:
    """The finding of a test of all runs together: no share of runs, and no run that fails."""
    for column in columns_of(requirement.what, requirement.legs):
        _column(table, column)
    held, note = judged(table, requirement.what, requirement.legs, requirement.confidence)
    judgements = {True: Judgement.MET, False: Judgement.NOT_MET, None: Judgement.UNDECIDED}
    nothing = Interval(math.nan, math.nan)
    runs = len(table["outcome"])
    return Finding(requirement, judgements[held], runs, 0, math.nan, nothing, None, note=note, flown=runs)


def _event(table: Mapping[str, np.ndarray], condition: Condition) -> np.ndarray:
    """Where what must be rare happened, or cannot be told: a run that was lost, NaN in a boolean column."""
    outcome = outcome_of(condition.what)
    if outcome is not None:
        unknown = np.isin(np.asarray(table["outcome"]), UNKNOWN) & (outcome.value not in UNKNOWN)
        return holds(table, condition) | unknown
    return _boolean(table, condition.what) != 0.0


def _runs_needed(judgement: Judgement, failures: int, runs: int, requirement: Requirement) -> int | None:
    if judgement is Judgement.MET:
        return runs
    if judgement is Judgement.NOT_MET or requirement.needed >= 1.0:
        return None
    return runs_required(failures, requirement.needed, requirement.confidence)


def _value(table: Mapping[str, np.ndarray], requirement: Requirement) -> tuple[float | None, Interval | None]:
    """The quantile that a limit at a share speaks of; from below for `at_least`. None for a share of events."""
    condition = requirement.conditions[0]
    both = None not in (condition.at_least, condition.at_most)
    if requirement.share is None or both or requirement.needed >= 1.0:
        return None, None
    values = _column(table, condition.what).astype(np.float64)
    if not values.size:
        return None, None
    if condition.at_most is not None:
        return quantile(values, requirement.needed), _ends(values, requirement)
    low, high = _ends(-values, requirement)
    return -quantile(-values, requirement.needed), Interval(-high, -low)


def _ends(values: np.ndarray, requirement: Requirement) -> Interval:
    lower = quantile_interval(values, requirement.needed, requirement.confidence, "lower").low
    return Interval(
        lower, quantile_interval(values, requirement.needed, requirement.confidence, "upper").high
    )


def _boolean(table: Mapping[str, np.ndarray], what: str) -> np.ndarray:
    values = _column(table, what).astype(np.float64)
    if not np.all((values == 0.0) | (values == 1.0) | np.isnan(values)):
        remedy = "a limit on it has a share beside it: share = 0.9973"
        raise CaseError("", 0, "require.share", f"{what!r} does not just hold or not in a run", remedy)
    return values


def _column(table: Mapping[str, np.ndarray], what: str) -> np.ndarray:
    if what not in table:
        names = [*table, *(member.name.lower() for member in Outcome)]
        near = difflib.get_close_matches(what, names, n=1)
        raise CaseError(
            "",
            0,
            "require.what",
            f"{what!r} is neither an outcome nor a column of the results",
            f"did you mean {near[0]!r}" if near else f"columns are {', '.join(sorted(table))}",
        )
    return np.asarray(table[what])


def _plain(value):
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Judgement) else value
