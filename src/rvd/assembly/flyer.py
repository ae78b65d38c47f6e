"""A case's flights from Python: batches of rows for a campaign, one flight with its history for a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rvd.assembly.history import History, history_of
from rvd.assembly.ladder import OwnLaw, ladder
from rvd.core.flight.drift import fly_drifts
from rvd.core.flight.history import HISTORY, LEGS
from rvd.core.flight.moments import KEPT, Moments, empty_sheet, moments_of, passive_safety
from rvd.core.flight.reason import BERTHING, Broken, Why, clock, first_broken, why
from rvd.core.flight.scalar import fly, work_for
from rvd.core.flight.setup import Setup
from rvd.core.flight.tally import progress_of
from rvd.core.flight.truth import Drawn
from rvd.core.goals.goals import GoalKind
from rvd.core.guidance.own import SIGNATURE
from rvd.core.kernel import place_of, plain
from rvd.core.rules.rules import FAR, RULE, SCORE, RuleKind
from rvd.core.safety.passive import Passive, PassiveSafety
from rvd.core.signals import Outcome, Tally

if TYPE_CHECKING:
    from rvd.casefile.case import Case

TALLY = ("t_end", "closest", "clearance", "clearance_time", "delta_v", "error_r", "error_v", "nees", "nis")
"""Columns of the results that are numbers of the tally under the same names."""


LOGGED = {"entered": "t", "delta_v": "delta_v", "nees": "nees", "nis": "nis", "numbers": "numbers"}
"""Columns of the results that are logged as each leg is entered, `<column>.<leg>`, and where the leg log has them."""

LOGGED_AT = [LEGS.index(name) for name in LOGGED.values()]


class Flight(NamedTuple):
    """One flight: how it ended, its history (column -> (k,), SI) and its leg log (column -> (legs + 1,), NaN: never).

    `history.to_pandas()` is the history as a frame; `rvd.case.columns.history_column` says what each column is.
    `result` holds the columns a campaign stores, NaN where the flight never came to what one speaks of; `moments` are
    those at which thrust may be lost; `why` it did not reach its goal, None where it did; `broken` is the rule that it
    broke first, None where it kept them all.
    """

    outcome: Outcome
    tally: Tally
    history: History
    legs: dict[str, np.ndarray]
    result: dict[str, float]
    moments: Moments
    why: Why | None
    broken: Broken | None

    def __repr__(self) -> str:
        tally, how = self.tally, self.outcome.word.replace("_", " ")
        lines = [
            f"Flight: {how} after {clock(tally.t_end)}, delta-v {tally.delta_v:.2f} m/s, "
            f"propellant {tally.used:.1f} kg"
        ]
        lines += [] if self.why is None else [f"  Why: {self.why.sentence}"]
        lines += [] if self.broken is None else [f"  Broken: {self.broken.sentence}"]
        flown = int(np.count_nonzero(~np.isnan(self.legs["t"])))
        return "\n".join([*lines, f"  {self.history!r}", f"  Legs: {flown} entered"])


REASON = ("reason", "reason_leg", "reason_time", "reason_vbar", "reason_rbar", "reason_hbar")
"""Columns of the results that say why a run did not reach its goal (`Why`)."""

BROKEN = ("broken", "broken_leg", "broken_time", "broken_vbar", "broken_rbar", "broken_hbar")
"""Columns of the results that say which rule was broken first (`Broken`)."""


class One(NamedTuple):
    """What is known of one run: tally, leg log and result columns, why it did not reach its goal, what it broke."""

    tally: Tally
    legs: np.ndarray
    columns: np.ndarray
    why: Why | None
    broken: Broken | None


class Named(NamedTuple):
    """What a case calls what is flown."""

    #: The names of the rules; by default their kinds and numbers.
    rules: tuple[str, ...] = ()
    #: The names of the pairs of capsules, one of the target and one of the chaser, in the order of their numbers.
    pairs: tuple[str, ...] = ()
    #: What places are from.
    origin: str = BERTHING


UNNAMED = Named()
"""Nothing has a name of its own."""


def named_of(case: Case) -> Named:
    """What a case calls what is flown."""
    pairs = tuple(f"{target} - {chaser}" for target in case.target.hull for chaser in case.chaser.hull)
    port = case.goal.port
    return Named(tuple(case.rules), pairs, BERTHING if port is None else f'the port "{port}"')


class Flyer:
    """Flies rows of one set-up; safe to call from several threads, since every call has its own working space."""

    def __init__(
        self,
        setup: Setup,
        leg_names: tuple[str, ...],
        row_names: tuple[str, ...] = (),
        passive: Passive | None = None,
        laws: tuple[OwnLaw, ...] = (),
        named: Named = UNNAMED,
    ) -> None:
        """`leg_names` names the columns `entered.<leg>` and the others of `LOGGED`, the last of them the abort.

        `row_names` are the slots of a row; `passive` asks for a day of drift from many moments of every flight; `laws`
        are the user's own; `named` is what the case calls things.
        """
        self.setup = setup
        self.passive = passive
        self.laws = laws
        self.leg_names = leg_names
        self.row_names = row_names
        self.pairs = named.pairs
        self.origin = named.origin
        stem = "chaser.thrusters.force."
        self.nozzles = tuple(name.removeprefix(stem) for name in row_names if name.startswith(stem))
        self.width = len(HISTORY) + len(self.nozzles)
        self.goal = GoalKind(int(setup.outside.goal.kind))
        kinds = [RuleKind(int(row[0])) for row in setup.outside.rules.rows.reshape(-1, RULE)]
        names = named.rules or tuple(f"{kind.word}_{k}" for k, kind in enumerate(kinds))
        self.rules = tuple((name, kind.module.UNIT) for name, kind in zip(names, kinds, strict=True))
        logged = [(f"{what}.{name}", np.dtype("f8")) for what in LOGGED for name in (*leg_names, "abort")]
        self.columns: tuple[tuple[str, np.dtype], ...] = (
            ("outcome", np.dtype("i1")), (self.goal.module.SUCCESS.word, np.dtype("?")), ("leg", np.dtype("i2")),
            ("alarm", np.dtype("i1")), ("reason", np.dtype("i1")), ("reason_leg", np.dtype("i2")),
            *((name, np.dtype("f8")) for name in REASON[2:]),
            ("rules_kept", np.dtype("?")), ("broken", np.dtype("i1")), ("broken_leg", np.dtype("i2")),
            *((name, np.dtype("f8")) for name in BROKEN[2:]), ("clearance_pair", np.dtype("i2")),
            ("propellant_used", np.dtype("f8")),
            *((name, np.dtype("f8")) for name in TALLY), *((name, np.dtype("f8")) for name in self.goal.module.COLUMNS),
            *((f"{name}_margin", np.dtype("f8")) for name, _ in self.rules), *logged,
            *((name, np.dtype("f8")) for name in PassiveSafety._fields if passive is not None),
        )  # fmt: skip

    def prepare(self) -> None:
        """Compiles what a flight runs, or reads it from the cache; of no effect a second time."""
        ladder(self.laws)
        fly.compile()  # type: ignore[attr-defined]
        if self.passive is not None:
            fly_drifts.compile()  # type: ignore[attr-defined]

    def is_ready(self) -> bool:
        """Whether `prepare` would compile nothing; laws of the user's own are compiled with their case."""
        drifts = self.passive is None or fly_drifts.is_compiled()  # type: ignore[attr-defined]
        return bool(fly.is_compiled() and drifts)  # type: ignore[attr-defined]

    def fly(self, rows: np.ndarray, seed: int, runs: np.ndarray) -> np.ndarray:
        """Results (k, c) of rows (k, m) flown as these run numbers; columns as in `columns`."""
        none = np.empty((0, len(KEPT)))
        found = []
        for row, run in zip(rows, runs, strict=True):
            end = np.full((1, self.width), np.nan)
            moments = empty_sheet(self.setup.seconds) if self.passive else none
            found.append(self._one(row, seed, int(run), end, 0, moments).columns)
        return np.array(found)

    def flight(self, row: np.ndarray, seed: int, run: int, every: int = 1) -> Flight:
        """One flight with a line of history every `every` s."""
        sheet = np.full((self.setup.seconds // every + 2, self.width), np.nan)
        moments = empty_sheet(self.setup.seconds)
        one = self._one(row, seed, run, sheet, every, moments)
        lines = sheet[~np.isnan(sheet[:, 0])]
        return Flight(
            outcome=Outcome(int(one.tally.outcome)),
            tally=one.tally,
            history=history_of(lines, self.nozzles, (*self.leg_names, "abort")),
            legs={name: one.legs[:, k] for k, name in enumerate(LEGS)},
            result=dict(zip((name for name, _ in self.columns), one.columns, strict=True)),
            moments=moments_of(moments, self.passive.tumbling if self.passive else True),
            why=one.why,
            broken=one.broken,
        )

    def _one(self, row, seed: int, run: int, history: np.ndarray, every: int, moments: np.ndarray) -> One:
        """One run; history has its end last."""
        legs = np.full((len(self.leg_names) + 1, len(LEGS)), np.nan)
        work = work_for(self.setup, legs, history, moments)
        laws = ladder(self.laws)
        own = place_of(laws, SIGNATURE)
        tally = Tally(*fly(self.setup, own, Drawn(row, seed, run), work, every))
        last = history[~np.isnan(history[:, 0])][-1]
        why_not = why(tally, legs, last, self.leg_names, self.setup.outside.goal, self.origin)
        broken = first_broken(work.scores, self.rules, self.leg_names, self.origin)
        margins = work.scores[:, SCORE.index("margin")]
        result = [
            tally.outcome,
            float(Outcome(int(tally.outcome)).success),
            tally.leg,
            tally.alarm,
            *(why_not.columns if why_not is not None else [np.nan] * len(REASON)),
            # Of a state that is no number nothing was kept.
            float(broken is None and int(tally.outcome) != Outcome.DIVERGED),
            *(broken.columns if broken is not None else [np.nan] * len(BROKEN)),
            tally.clearance_pair,
            tally.used,
            *(getattr(tally, name) for name in TALLY),
            *plain(progress_of)(tally)[: len(self.goal.module.COLUMNS)],
            *np.where(margins < 0.5 * FAR, margins, np.nan),
        ]
        passive = passive_safety(self.setup, moments, self.passive) if self.passive else ()
        columns = np.array([*result, *legs[:, LOGGED_AT].T.ravel(), *passive])
        return One(tally, legs, columns, why_not, broken)
