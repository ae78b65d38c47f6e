import subprocess
import sys

import numpy as np
import pytest

import rvd
from rvd.core.signals import Outcome
from rvd.errors import ArgumentError, CaseError, RvdError, StoreError
from rvd.store import digest
from tests.short_case import TIGHT, short_case, write_short


def test_the_verbs_are_offered_and_loaded_when_named():
    probe = "import sys, rvd; assert 'rvd.api' not in sys.modules; rvd.load; assert 'rvd.api' in sys.modules"
    assert subprocess.run([sys.executable, "-c", probe]).returncode == 0
    assert {"load", "fly", "draw", "campaign", "report", "verify"} <= set(dir(rvd))
    with pytest.raises(AttributeError, match="no attribute 'dock'"):
        rvd.dock  # noqa: B018


@pytest.mark.parametrize(
    "first", ["import rvd.montecarlo.draws", "import rvd.reporting.grid", "from rvd import report", ""]
)
def test_the_rooms_can_be_called_whatever_was_imported_first(first):
    asked = "assert callable(rvd.campaign) and callable(rvd.report)"
    probe = f"import rvd\n{first}\n{asked}\nimport rvd.montecarlo.draws as draws"
    assert subprocess.run([sys.executable, "-c", probe]).returncode == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda case: rvd.fly(case, run=-1), "run is a whole number from 0 to 999,999,999, not -1"),
        (lambda case: rvd.fly(case, run="a"), "run is a whole number from 0 to 999,999,999, not 'a'"),
        (lambda case: rvd.fly(case, run=1.5), "not 1.5"),
        (lambda case: rvd.fly(case, run=True), "not True"),
        (
            lambda case: rvd.fly(case, seed=-1),
            "seed is a whole number from 0 to 9,223,372,036,854,775,807, not -1",
        ),
        (lambda case: rvd.fly(case, every=0), "every is a whole number from 1 to 3,600, not 0"),
        (lambda case: rvd.fly(7), "case is a case, or the path of one, not 7"),
        (lambda case: rvd.campaign(case, runs=0), "runs is a whole number from 1 to 1,000,000,000, not 0"),
        (
            lambda case: rvd.campaign(case, runs=np.nan),
            "runs is a whole number from 1 to 1,000,000,000, not nan",
        ),
        (lambda case: rvd.campaign(case, jobs=0), "jobs is a whole number from 1 to 4,096, not 0"),
        (lambda case: rvd.campaign(case, shard=(3, 2)), "shard[0] is a whole number from 1 to 2, not 3"),
        (
            lambda case: rvd.campaign(case, shard="1/2"),
            "shard is a pair (i, n), the i-th of n parts, not '1/2'",
        ),
        (lambda case: rvd.verify("nowhere", runs=0), "runs is a whole number from 1 to 1,000,000,000, not 0"),
        (
            lambda case: rvd.report("nowhere", flights=-1),
            "flights is a whole number from 0 to 1,000,000,000, not -1",
        ),
        (lambda case: rvd.export("nowhere", ["xlsx"]), "'xlsx' is no kind of file; write csv, parquet, mat"),
    ],
)
def test_a_number_that_is_none_is_one_sentence(call, said):
    with pytest.raises(ArgumentError) as caught:
        call(short_case())
    assert said in str(caught.value) and isinstance(caught.value, RvdError | ValueError)


def test_whole_numbers_of_numpy_are_numbers():
    flight = rvd.fly(short_case(), run=np.int64(2), seed=np.int32(5))
    assert flight.result == pytest.approx(rvd.fly(short_case(), 2, 5).result, rel=0.0, abs=0.0, nan_ok=True)


def test_a_campaign_in_memory_and_one_run_of_it_alone_agree_bit_for_bit():
    case = short_case(TIGHT)
    results = rvd.campaign(case, runs=6, jobs=1)
    assert results.folder is None and results.complete
    assert sum(results.counts.values()) == 6
    rows = results.table()
    for run in (0, 4):
        flight = rvd.fly(case, run=run)
        for name, value in flight.result.items():
            stored = rows[name][run].as_py()
            assert value == stored or (np.isnan(value) and stored is None), name
    assert rows["outcome"][4].as_py() == rvd.fly(case, run=4).outcome


def test_the_nominal_flight_is_that_of_a_case_without_dispersions():
    case = short_case()
    nominal, alone = rvd.fly(case), rvd.fly(case.without_dispersions(), run=0)
    assert nominal.outcome is Outcome.CAPTURED
    assert nominal.result == pytest.approx(alone.result, rel=0.0, abs=0.0, nan_ok=True)


def test_the_seed_and_the_run_change_the_flight():
    case = short_case()
    flights = [rvd.fly(case, run, seed) for run, seed in ((1, 5), (2, 5), (1, 6), (1, None))]
    ends = [flight.result["box_distance"] for flight in flights]
    assert ends[0] == ends[3] and len(set(ends)) == 3


def test_a_history_has_a_line_as_often_as_asked():
    flight = rvd.fly(short_case(), every=10)
    t = flight.history["t"]
    assert np.all(np.diff(t[:-1]) == 10.0) and t[-1] == flight.result["t_end"]


def test_figures_from_python(tmp_path):
    case = short_case()
    written = rvd.draw(case, rvd.fly(case), tmp_path, formats=("svg",))
    assert sorted(path.name for path in written) == [
        "capture.svg",
        "consistency.svg",
        "corridor.svg",
        "navigation.svg",
        "speed.svg",
    ]


def test_the_results_folder_holds_all_that_a_report_needs(tmp_path):
    case = write_short(tmp_path)
    results = rvd.campaign(case, runs=3, out=tmp_path / "out")
    assert results.folder == tmp_path / "out"
    assert (tmp_path / "out" / "parts" / "htv_rcs.csv").read_bytes() == (
        tmp_path / "parts" / "htv_rcs.csv"
    ).read_bytes()
    assert (tmp_path / "out" / "case.toml").read_text() == case.read_text()
    assert rvd.verify(tmp_path / "out", 3).equal


def test_another_seed_is_another_campaign_and_changes_nothing(tmp_path):
    case = write_short(tmp_path)
    rvd.campaign(case, runs=2, out=tmp_path / "out")
    before = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    with pytest.raises(StoreError, match="seed"):
        rvd.campaign(case, runs=2, seed=99, out=tmp_path / "out")
    assert {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()} == before


def test_parts_make_the_whole(tmp_path):
    case = short_case()
    first = rvd.campaign(case, runs=6, out=tmp_path / "out", shard=(1, 2))
    assert (first.runs, first.complete, first.findings) == (3, False, [])
    second = rvd.campaign(case, runs=6, out=tmp_path / "out", shard=(2, 2))
    assert (second.runs, second.complete) == (6, True)
    assert digest(second.table()) == digest(rvd.campaign(case, runs=6).table())


def test_a_campaign_that_stops_when_decided(tmp_path):
    # Nothing is captured in a box of a centimetre: a few runs show it.
    case = short_case(
        {"goal.half_width": [0.01, 0.01, 0.01], "require": [{"what": "captured", "at_least": 0.9}]}
    )
    results = rvd.campaign(case, runs=80, out=tmp_path / "out", until_decided=True)
    assert results.runs < 80 and str(results.findings[0].judgement) == "NOT MET"
    done = rvd.report(tmp_path / "out", flights=1)
    assert done.findings == results.findings
    with pytest.raises(RvdError, match="leave out one"):
        rvd.campaign(case, until_decided=True, shard=(1, 2))


def test_a_requirement_that_cannot_be_judged_leaves_no_folder(tmp_path):
    import dataclasses

    from rvd.api import keep_parts, mission_of
    from rvd.case.requirement import Requirement

    mission = mission_of(short_case())
    mission.plan = dataclasses.replace(mission.plan, requirements=(Requirement("nonsense", at_least=0.5),))
    with pytest.raises(CaseError, match="nonsense"):
        keep_parts(mission, 1, 5, tmp_path / "out")
    assert not (tmp_path / "out").exists()
