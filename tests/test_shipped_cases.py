"""The shorter cases that ship: they are read at a glance, nothing is remarked, they fly as their sources say."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import rvd
from rvd.assembly.remarks import remarks
from rvd.control.attainable import DIRECTIONS, ONE_OUT, unattained
from rvd.core.signals import Outcome
from rvd.reporting.wrench import attainable_of
from rvd.statistics.binomial import clopper_pearson

CASES = Path(__file__).parents[1] / "cases"
SUCCESS = {
    "cygnus_berthing": Outcome.CAPTURED,
    "dragon_berthing": Outcome.CAPTURED,
    "atv_docking": Outcome.DOCKED,
    "crew_dragon_docking": Outcome.DOCKED,
    "inspection": Outcome.HELD,
    "departure": Outcome.CLEAR,
}
"""The shorter cases, and how each succeeds."""

NAMES = list(SUCCESS)
RUNS = 20

TIMES = {
    "cygnus_berthing": {
        "entered.300 m to 250 m": "08:14",
        "entered.250 m": "08:21",
        "entered.250 m to 100 m": "08:36",
        "entered.100 m to 30 m": "08:47",
        "entered.30 m": "09:00",
        "entered.capture point": "09:19",
        "t_end": "09:30",
    },
    "dragon_berthing": {"entered.30 m": "09:55", "entered.capture point": "10:39", "t_end": "10:56"},
    "atv_docking": {"entered.S3": "13:16", "entered.S3 to S4": "13:52"},
}
"""When each began, UTC: NASA's plan for NG-11; CRS-9 as reported, read in excerpts (unverified); ESA on ATV-1."""


def path_of(name):
    return CASES / f"{name}.toml"


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def flown(name):
    """The results of runs of the case, on one thread, without the drifts that no test here looks at."""
    return rvd.campaign(rvd.load(path_of(name)).with_values({"passive": None}), runs=RUNS, seed=1, jobs=1)


@pytest.mark.parametrize("name", NAMES)
def test_the_case_is_read_at_a_glance(name):
    assert len(path_of(name).read_text(encoding="utf-8").splitlines()) <= 80


def test_nothing_is_remarked(name):
    assert remarks(rvd.load(path_of(name))) == []


def test_runs_reach_their_goal(name, flown):
    """Not fewer than nine of ten, as far as so few runs can tell: fails for 15 of 20 and less."""
    high = clopper_pearson(flown.counts.get(SUCCESS[name], 0), RUNS, 0.90, "upper").high
    assert high >= 0.9, repr(flown)
    assert SUCCESS[name].word in repr(flown) and ("captured" in repr(flown)) == (
        SUCCESS[name] is Outcome.CAPTURED
    )


@pytest.mark.parametrize("name", TIMES, indirect=True, scope="module")
def test_the_times_are_those_of_the_source(name, flown):
    """To two minutes, in the middle run; the times of the other cases are ours."""
    epoch = rvd.load(path_of(name)).epoch
    begin = datetime(epoch.year, epoch.month, epoch.day, epoch.hour, epoch.minute)
    frame = flown.to_pandas([*TIMES[name]])
    for column, clock in TIMES[name].items():
        then = begin + timedelta(seconds=float(frame[column].median()))
        at = then.replace(hour=int(clock[:2]), minute=int(clock[3:]), second=0, microsecond=0)
        assert abs(then - at) <= timedelta(minutes=2), (column, clock, f"{then:%H:%M:%S}")


# ---- the nozzles


def test_every_set_pushes_and_turns_every_way(name):
    """So also with any one nozzle out; but HTV's nozzles that do not blow at the station cannot push down."""
    summary, sets = attainable_of(rvd.load(path_of(name))), rvd.load(path_of(name)).nozzles
    assert unattained(summary) == ([("set close", "force +z")] if name == "departure" else [])
    assert {*(f"set {one}" for one in sets), ONE_OUT} <= set(summary.names)
    assert summary.largest.shape == (len(summary.names), len(DIRECTIONS))


@pytest.mark.parametrize("name", ["cygnus_berthing", "dragon_berthing", "atv_docking", "crew_dragon_docking"])
def test_no_exhaust_leaves_toward_the_station(name):
    """The set that inhibits it has all nozzles, as the parts say."""
    summary = attainable_of(rvd.load(path_of(name)))
    rows = dict(zip(summary.names, summary.largest, strict=True))
    np.testing.assert_array_equal(rows["set close"], rows["set quiet"])
