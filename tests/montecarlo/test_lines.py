import shutil
from typing import NamedTuple

import numpy as np
import pytest

from rvd.core.flight.history import HISTORY, LEGS
from rvd.core.signals import Outcome
from rvd.montecarlo.lines import COLUMNS, EVERY, KEPT, kept
from rvd.montecarlo.run import run_campaign
from rvd.store import digest, merge
from tests.montecarlo.cheap import CheapFlyer, plan


class MadeUp(NamedTuple):
    outcome: Outcome
    history: dict
    legs: dict
    result: dict


class LoggingFlyer(CheapFlyer):
    """A cheap flyer that can log: its history says which run it is."""

    def flight(self, row, seed, run, every=1):
        assert every == EVERY
        values = self.fly(row[None], seed, np.array([run]))[0]
        return MadeUp(
            Outcome(int(values[0])),
            {name: np.full(4, float(run)) for name in HISTORY},
            {name: np.array([0.0, 5.0, np.nan]) for name in LEGS},
            dict(zip((name for name, _ in self.columns), values, strict=True)),
        )


def held(folder):
    """The runs whose lines can be used."""
    found = {run: kept(folder, campaign(folder), run) for run in range(3 * KEPT)}
    return [run for run, lines in found.items() if lines is not None]


def campaign(folder):
    from rvd.store import manifest

    return manifest(folder).name


def test_a_campaign_keeps_the_lines_of_its_first_runs_and_the_same_rows(tmp_path):
    plain = run_campaign(plan(), CheapFlyer(), 7, 100).table()
    results = run_campaign(plan(), LoggingFlyer(), 7, 100, jobs=2, out=tmp_path / "out")
    assert digest(results.table()) == digest(plain)
    assert held(tmp_path / "out") == list(range(KEPT))
    lines = kept(tmp_path / "out", campaign(tmp_path / "out"), 12)
    assert tuple(lines.history) == COLUMNS and (lines.history["vbar"] == 12.0).all()
    assert lines.outcome == plain["outcome"][12].as_py()
    np.testing.assert_array_equal(lines.legs["t"], [0.0, 5.0, np.nan])


def test_an_extension_and_a_resumed_campaign_keep_what_is_missing(tmp_path):
    run_campaign(plan(), LoggingFlyer(), 7, 10, out=tmp_path / "out")
    assert held(tmp_path / "out") == list(range(10))
    (tmp_path / "out" / "flights" / "00000003.parquet").unlink()
    run_campaign(plan(), LoggingFlyer(), 7, 60, out=tmp_path / "out")
    # Run 3 is stored, so it is not flown again: whoever draws it does.
    assert held(tmp_path / "out") == [run for run in range(KEPT) if run != 3]


def test_parts_of_a_campaign_bring_their_lines_together(tmp_path):
    for part in (1, 2, 3):
        run_campaign(plan(), LoggingFlyer(), 7, 60, out=tmp_path / str(part), shard=(part, 3))
    merge([tmp_path / str(part) for part in (1, 2, 3)], tmp_path / "all")
    assert held(tmp_path / "all") == list(range(KEPT))
    assert digest(run_campaign(plan(), CheapFlyer(), 7, 60).table()) == digest(
        run_campaign(plan(), LoggingFlyer(), 7, 60, out=tmp_path / "all").table()
    )


def test_a_folder_without_lines_is_one_like_any_other(tmp_path):
    run_campaign(plan(), LoggingFlyer(), 7, 50, out=tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "flights")
    assert held(tmp_path / "out") == []
    results = run_campaign(plan(), LoggingFlyer(), 7, 50, out=tmp_path / "out")
    assert results.flown == 0 and results.complete


@pytest.mark.parametrize("harm", ["outcome", "columns", "facts"])
def test_lines_that_say_something_else_are_none(tmp_path, harm):
    from rvd.store import lines

    columns = {name: np.zeros(3) for name in COLUMNS}
    facts = {"outcome": 1, "entered": [0.0]}
    if harm == "outcome":
        facts["outcome"] = 99
    elif harm == "columns":
        del columns["leg"]
    else:
        facts = {}
    (tmp_path / "flights").mkdir()
    (tmp_path / "flights" / lines.name_of(0)).write_bytes(lines.to_bytes(columns, facts, "name", 0))
    assert kept(tmp_path, "name", 0) is None
