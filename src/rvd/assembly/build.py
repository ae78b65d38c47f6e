"""From a case to what the drivers fly: the shared set-up and the nominal row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rvd.assembly.chain import chain_of, refuse_shut
from rvd.assembly.ladder import OwnLaw, ladder
from rvd.assembly.nozzle_table import NozzleTable, read_nozzles
from rvd.assembly.onboard import means_of, onboard_of
from rvd.assembly.row import nominal_row
from rvd.assembly.sensors import aboard, sensors_of
from rvd.assembly.transfers import refuse_transfers
from rvd.assembly.world import (
    environment_of,
    goal_of,
    hulls_of,
    passive_of,
    points_of,
    rules_of,
    thrusters_of,
)
from rvd.case.paths import known_as
from rvd.case.words import Word
from rvd.core.flight.setup import Setup
from rvd.core.flight.truth import GATES, GatesAt, row_names
from rvd.core.flight.world import Outside
from rvd.core.goals.goals import GoalKind
from rvd.core.orbit.sun import sun_table
from rvd.core.safety.passive import Passive
from rvd.errors import CaseError

if TYPE_CHECKING:
    from rvd.casefile.case import Case

SKY_STEP = 600.0
"""Seconds between two places of the Sun in the set-up: it moves 0.007 deg."""


class Built(NamedTuple):
    """A case ready to fly: set-up, nominal row, the names of the row's slots and of the legs, and the case itself.

    `keys` name the slots as the case does: "chaser.centre_of_mass.0" for "chaser.com.0". `passive`: the drifts after
    lost thrust that the case asks for, if any; `laws`: the user's own that its legs fly; `branches`: the names of the
    nozzles that each valve isolates.
    """

    setup: Setup
    row: np.ndarray
    names: tuple[str, ...]
    keys: tuple[str, ...]
    leg_names: tuple[str, ...]
    case: Case
    passive: Passive | None = None
    laws: tuple[OwnLaw, ...] = ()
    branches: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    @property
    def nozzle_names(self) -> tuple[str, ...]:
        """The names of the vehicle's nozzles, in the order of its table."""
        stem = "chaser.thrusters.force."
        return tuple(name.removeprefix(stem) for name in self.names if name.startswith(stem))


def build(case: Case) -> Built:
    """The set-up and the nominal row of a case; runs and compiles the user's own laws.

    Raises CaseError where the nozzle table, a law or a planned transfer cannot be flown.
    """
    refuse_transfers(case)
    laws = laws_of(case)
    table = read_nozzles(case.folder / case.chaser.thrusters)
    _check_words(case.folder / case.chaser.thrusters, table)
    leg_names = tuple(leg.name for leg in case.leg)
    names = row_names(table.names, leg_names, aboard(case))
    row = nominal_row(case, names)
    points = points_of(case)
    goal = goal_of(case)
    outside = Outside(
        environment=environment_of(case),
        sky=sun_table(case.epoch, SKY_STEP, math.ceil(case.limit / SKY_STEP) + 1),
        sky_step=SKY_STEP,
        rules=rules_of(case),
        goal=goal,
        start=GoalKind(int(goal.kind)).module.START,
        hulls=hulls_of(case),
        points=points,
        sensors=sensors_of(case, names),
        gates=GatesAt(first=names.index(f"gates.{GATES[0]}.{leg_names[0]}"), legs=len(leg_names)),
        thrusters=thrusters_of(case, table),
    )
    means = means_of(case, table)
    onboard, chain = onboard_of(case, means, points), chain_of(case, means.allocation)
    refuse_shut(case, chain, outside.thrusters.isolated)
    setup = Setup(onboard, outside, math.ceil(case.limit), chain)
    keys = tuple(known_as(name).dotted for name in names)
    return Built(
        setup=setup,
        row=row,
        names=names,
        keys=keys,
        leg_names=leg_names,
        case=case,
        passive=passive_of(case),
        laws=laws,
        branches=table.branches,
    )


def _check_words(file: Path, table: NozzleTable) -> None:
    """Raises CaseError for a nozzle, a string or a branch whose name no table or figure could show."""
    for key, words in (("name", table.names), ("string", table.strings), ("branch", tuple(table.branches))):
        for word in words:
            try:
                Word(most=60).read(word, False)
            except CaseError as error:
                raise CaseError(file, 0, key, error.what, error.remedy) from None


def laws_of(case: Case) -> tuple[OwnLaw, ...]:
    """The user's own laws, in the order of `case.own_laws`, compiled."""
    texts = case.own_laws.values()
    laws = tuple(OwnLaw(law.file, law.content, law.name, len(law.numbers)) for law in texts)
    try:
        ladder(laws)
    except CaseError as error:
        raise CaseError(case.folder / error.file, error.line, error.key, error.what, error.remedy) from None
    return laws
