"""A case made ready: its plan, its flyer, and any of its runs flown alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from rvd.assembly.aborts import Abort, aborts
from rvd.assembly.build import Built, build
from rvd.assembly.flyer import Flight, Flyer, named_of
from rvd.case.dispersion import DisperseEntry
from rvd.case.paths import find_path, slots_of
from rvd.casefile.failing import Line, failing_nozzles, line_of
from rvd.casefile.leaving import leaving
from rvd.errors import CaseError

from .distributions import (
    Choice,
    Distribution,
    Exponential,
    LogNormal,
    Normal,
    Triangular,
    TruncatedNormal,
    Uniform,
)
from .draws import AnyDraw, Draw, Given, Group, How, draw_rows
from .limits import limits_of, refuse_row, refuse_what_does_not_fit
from .parts import kept
from .plan import Plan
from .trust import admit, remember

if TYPE_CHECKING:
    from rvd.casefile import Case

HOW = {"add": How.ADD, "multiply": How.MULTIPLY, "put": How.PUT}


class Mission:
    """A case ready to be flown: once, as run K of its campaign, or as the whole of it."""

    def __init__(self, case: Case, trust: bool = False) -> None:
        """Builds the case, which runs the laws of the user's own.

        Raises CaseError where a table or a law it names cannot be flown. Of a case in a results folder, raises
        StoreError before anything runs: where it is not what was flown, and, without `trust`, where it holds a law
        that this user has neither flown nor trusted.
        """
        admit(case, trust)
        self.case = case
        self.built: Built = build(case)
        self.plan: Plan = plan_of(self.built)
        self.flyer = Flyer(
            self.built.setup, self.built.leg_names, self.built.keys, self.built.passive,
            self.built.laws, named_of(case),
        )  # fmt: skip
        remember(case)

    def row(self, run: int | None, seed: int, runs: int | None = None) -> np.ndarray:
        """The row of a run float64[m]; the nominal one for None. `runs` is the size of a Latin hypercube.

        Raises CaseError for a run that the campaign has not, and for one that draws what no case may hold.
        """
        if run is None:
            return self.built.row
        size = runs or self.case.campaign.runs
        if self.plan.sampling == "latin-hypercube" and run >= size:
            what = f"a Latin hypercube of {size} runs has no run {run}"
            raise CaseError("", 0, "campaign.runs", what, f"name a run below {size}, or the right --runs")
        self.plan.check_runs(run + 1)
        sampler = self.plan.sampler(size)
        row = draw_rows(self.plan.draws, self.plan.nominal, seed, np.array([run]), sampler)[0]
        refuse_row(self.case, self.plan.limits, self.built.names, row, run)
        return row

    def flight(self, run: int | None, seed: int, every: int = 1, runs: int | None = None) -> Flight:
        """One flight with its history: exactly run K of the campaign, or for None the nominal row.

        The nominal flight has no dispersion; its sensors' noise is that of run 0.
        """
        return self.flyer.flight(self.row(run, seed, runs), seed, run or 0, every)

    def aborts(self, count: int = 200, run: int | None = None, seed: int = 1) -> list[Abort]:
        """The abort commanded at `count` moments spread over the nominal flight, or over run K: one line each."""
        row, built = self.row(run, seed), self.built
        end = self.flyer.flight(row, seed, run or 0, 60).tally.t_end
        times = np.linspace(0.0, end, count, endpoint=False)
        return aborts(built.setup, built.names, row, times, seed, run or 0, laws=built.laws)


def plan_of(built: Built) -> Plan:
    """The plan of a campaign of a built case. Raises CaseError for draws that no run could be flown with."""
    case = built.case
    limits = limits_of(case, built.names)
    entries = spelt_out(case, built.names, built.branches)
    for fault in leaving(case, entries):  # with each nozzle counted, as a file alone cannot
        raise case.error(fault.place, fault.what, fault.remedy)
    places = {name: slot for slot, name in enumerate(built.names)}
    draws: list[AnyDraw] = [draw_of(entry, places) for entry in entries]
    lines = [line_of(entry) for entry in entries]
    if case.campaign.draws:
        from .given import read_given  # which loads Arrow

        given = read_given(case.folder / case.campaign.draws, built.keys, limits, built.row)
        draws.append(given)
        lines += columns_of(given, built.names)
    for fault in failing_nozzles(lines):
        raise case.error(fault.place, fault.what, fault.remedy)
    refuse_what_does_not_fit(case, limits, draws, built.row, built.names)
    text, tables = kept(case)
    return Plan(
        nominal=built.row,
        draws=tuple(draws),
        requirements=case.require,
        case_text=text,
        parts=tables,
        code=case.code,
        sampling=case.campaign.sampling,
        limits=limits,
    )


def columns_of(given: Given, names: Sequence[str]) -> list[Line]:
    """What the columns of a table of draws may hold; `names` are the slots of a row."""
    return [
        Line(("campaign", "draws"), names[slot], (names[slot],), tuple(np.unique(values).tolist()))
        for slot, values in zip(given.slots, given.values.T, strict=True)
    ]


def spelt_out(
    case: Case, names: Sequence[str], branches: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> list[DisperseEntry]:
    """The entries of a case with their slots spelt out for a row with these slot names, in the order of the file.

    `branches` are the names of the nozzles that each valve isolates. Raises CaseError for a nozzle or a branch that the
    vehicle has not, and for a nozzle named twice.
    """
    found: list[DisperseEntry] = []
    taken: dict[str, str] = {}
    for entry in case.disperse:
        spelt = _spelt(case, entry, names, branches)
        twice = next((slot for slot in spelt.slots if slot in taken), None)
        if twice is not None:  # by its name and by its number
            what = f'"{taken[twice]}" disperses the same number'
            raise case.error(("disperse", entry.path), what, "keep one of the two lines")
        taken |= dict.fromkeys(spelt.slots, entry.path)
        found.append(spelt)
    return found


def _spelt(
    case: Case, entry: DisperseEntry, names: Sequence[str], branches: Mapping[str, Sequence[str]]
) -> DisperseEntry:
    try:
        path = find_path(entry.path)._replace(slots=entry.slots)
        return entry._replace(slots=slots_of(path, names, branches))
    except CaseError as error:
        raise case.error(("disperse", entry.path), error.what, error.remedy) from None


def draw_of(entry: DisperseEntry, places: dict[str, int]) -> AnyDraw:
    """A line of `[disperse]` as a draw; `places` gives the slot of each name."""
    slots, how = tuple(places[name] for name in entry.slots), HOW[entry.how]
    if entry.kind == "group":
        return Group(entry.path, slots, entry.covariance, how, entry.every)
    return Draw(entry.path, slots, distribution_of(entry), how, entry.common, entry.every)


def distribution_of(entry: DisperseEntry) -> Distribution:
    """The distribution of a line of `[disperse]`; what multiplies lies about 1."""
    x, middle = entry.numbers, 1.0 if entry.how == "multiply" else 0.0
    makers: dict[str, Any] = {
        "normal": lambda: Normal(x[0], middle),
        "truncated": lambda: TruncatedNormal(x[0], x[1], x[2], middle),
        "uniform": lambda: Uniform(x[0], x[1]),
        "triangular": lambda: Triangular(x[0], x[1], x[2]),
        "lognormal": lambda: LogNormal(x[0]),
        "exponential": lambda: Exponential(x[0]),
        "choice": lambda: Choice(x, entry.weights),
    }
    return makers[entry.kind]()
