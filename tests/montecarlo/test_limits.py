import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from rvd.casefile import load
from rvd.core.signals import Outcome
from rvd.core.vehicle.sensors.kinds import SensorKind
from rvd.errors import CaseError
from rvd.montecarlo.draws import draw_rows
from rvd.montecarlo.limits import Limits, limits_of, together
from rvd.montecarlo.mission import Mission
from rvd.montecarlo.run import run_campaign
from rvd.store import digest
from tests.casefile.small import HTV
from tests.montecarlo.cheap import NOMINAL, CheapFlyer, plan


@pytest.fixture(scope="module")
def mission():
    return Mission(load(HTV))


@pytest.fixture(scope="module")
def drawn(mission):
    return draw_rows(mission.plan.draws, mission.plan.nominal, 1, np.arange(2000))


def test_what_the_shipped_case_draws_can_be_flown(mission, drawn):
    assert not mission.plan.limits.broken(drawn).any()
    assert mission.plan.limits.why(mission.built.row) is None


@pytest.mark.parametrize(
    ("slot", "value", "what"),
    [
        ("chaser.propellant", -1.0, "is -1, a value that is not positive"),
        ("chaser.propellant", 0.0, "is 0, a value that is not positive"),
        ("chaser.propellant", 16e3, "is not less than the mass"),
        ("sensors.gps.position", -3.0, "is -3, a value that is negative"),
        ("target.eccentricity", -0.003, "is -0.003, a value outside 0 to"),
        ("chaser.thrusters.force.FA5", -0.1, "is -0.1, a value that is negative"),
        ("chaser.thrusters.fault.FA5", 1.5, "is 1.5, a value that is no whole number from 0 to 4"),
        ("chaser.thrusters.fault.FA5", 5.0, "is 5, a value that is no whole number from 0 to 4"),
        ("chaser.thrusters.fault_size.FA5", 1.5, "is 1.5, a value outside 0 to 1"),
        ("command.2.what", 7.0, "is 7, a value that is no whole number from 0 to 6"),
        ("gates.refused.parking point", 0.5, "is 0.5, a value that is no whole number from 0 to 100"),
        ("gates.delay.parking point", -1.0, "is -1, a value that is negative"),
        ("sensors.gps.delivery.latency", 1.5, "is 1.5, a value outside 0 ms to 1000 ms"),
        ("sensors.laser.beyond", 600.0, "is not less than the longest range"),
        ("sensors.gps.out_since", 100.0, None),  # until never
        ("chaser.inertia.0", 300e3, "is no body's"),
        ("chaser.inertia.3", 120e3, "is no body's"),  # a product too large for the moments
        ("chaser.inertia.3", 10e3, None),
    ],
)
def test_a_value_that_no_case_may_hold_breaks_its_row(mission, drawn, slot, value, what):
    rows = drawn[:5].copy()
    rows[3, mission.built.names.index(slot)] = value
    assert mission.plan.limits.broken(rows).tolist() == [False, False, False, what is not None, False]
    why = mission.plan.limits.why(rows[3])
    assert why is None if what is None else what in why.what


def test_the_numbers_of_a_sensor_that_a_case_has_not_break_nothing():
    case = load(HTV)
    needed = {f"leg.{leg.name}.needs": None for leg in case.leg if leg.needs}
    blind = Mission(case.with_values({"sensors.laser": None, **needed}))
    assert not blind.plan.limits.broken(blind.built.row[None]).any() and blind.row(0, 1).size


def test_a_failure_that_ends_before_it_starts_breaks_its_row(mission):
    row = mission.built.row.copy()
    since, until = (mission.built.names.index(f"sensors.laser.{word}") for word in ("out_since", "out_until"))
    row[since], row[until] = 200.0, 100.0
    assert mission.plan.limits.why(row).what == "is not after the failure's start"


def test_the_moments_of_a_body_are_those_of_some_masses():
    """Point masses make a body, their tensor changed by more than it can be makes none (eigenvalues, NumPy)."""
    names = [f"{body}.inertia.{k}" for body in ("chaser", "target") for k in range(6)]
    others = ["chaser.propellant", "chaser.mass", "sensors.laser.beyond", "sensors.laser.within"]
    ends = [f"sensors.{s}.out_{e}" for s in ("gps", "laser", "star_tracker") for e in ("until", "since")]
    ends += [f"sensors.{s}.fault.{e}" for s in (kind.word for kind in SensorKind) for e in ("until", "since")]
    fits = together([*names, *others, *ends])[2].fits
    rng = np.random.default_rng(4)
    for _ in range(200):
        r, m = rng.normal(size=(5, 3)), rng.random(5)
        inertia = sum(w * (x @ x * np.eye(3) - np.outer(x, x)) for w, x in zip(m, r, strict=True))
        inertia += 0.3 * (b := rng.normal(size=(3, 3))) + 0.3 * b.T
        moments = np.linalg.eigvalsh(inertia)
        expected = moments[0] > 0.0 and moments[2] < moments[0] + moments[1]
        six = inertia[[0, 1, 2, 0, 0, 1], [0, 1, 2, 1, 2, 2]]
        assert fits(six[None])[0] == expected


def test_moments_that_do_not_go_together_are_refused_beforehand():
    case = load(HTV).with_values({"disperse.chaser.inertia": {"normal": "10 %"}})
    with pytest.raises(CaseError, match=r"chaser.inertia.0 is no body's.* in \d+ of 10,000 rows drawn"):
        Mission(case)
    assert Mission(case.with_values({"disperse.chaser.inertia": {"normal": "10 %", "common": True}}))


def test_every_nozzle_counts():
    # 0.57 in a million each: of a file alone that passes, of 32 nozzles it does not.
    case = load(HTV).with_values({"disperse.chaser.thrusters.force": {"normal": "20.5 %"}})
    with pytest.raises(
        CaseError, match=r"disperse.chaser.thrusters.force: draws a value that is negative in 1 run"
    ):
        Mission(case)


# ---- a run that draws one all the same


def cheap_limits(low: float) -> Limits:
    """The rows of the cheap flyer with a limit on `start.vbar`."""
    size = len(NOMINAL)
    return Limits(
        low=np.array([low, *[-np.inf] * (size - 1)]),
        high=np.full(size, np.inf),
        is_open=np.zeros(size, dtype=bool),
        whole=np.zeros(size, dtype=bool),
        words=("that is below",) * size,
        together=(),
    )


def test_it_is_not_flown_and_counts_as_lost_and_no_other_run_changes():
    free = run_campaign(plan(), CheapFlyer(), 7, 400).table()
    results = run_campaign(plan(limits=cheap_limits(-1.0)), CheapFlyer(), 7, 400)
    rows = results.table()
    out = rows["start.vbar"].to_numpy() < -1.0
    assert 0 < out.sum() < 40
    assert (rows["outcome"].to_numpy()[out] == Outcome.LOST).all()
    assert results.counts[Outcome.LOST] == out.sum() and sum(results.counts.values()) == 400
    kept = pa.array(np.flatnonzero(~out))
    assert digest(rows.take(kept)) == digest(free.take(kept))
    # What was drawn is kept as it was drawn.
    assert rows["start.vbar"].equals(free["start.vbar"])


def test_flown_alone_it_is_refused_with_the_reason():
    case = load(HTV)
    mission = Mission(case)
    slot = mission.built.names.index("chaser.mass")
    run = int(np.argmin(draw_rows(mission.plan.draws, mission.plan.nominal, 1, np.arange(50))[:, slot]))
    mission.plan.limits.low[slot] = mission.plan.nominal[slot] * 0.991
    with pytest.raises(CaseError, match=f"run {run} cannot be flown: chaser.mass is .* counts as lost"):
        mission.row(run, 1)


# ---- a table flown as given


def given(tmp_path, text, name="draws.csv"):
    (tmp_path / name).write_text(text)
    return load(HTV).with_values({"campaign.draws": str(tmp_path / name)})


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (
            "chaser.propellant\n100\n-1\n",
            "draws.csv:3: chaser.propellant",
            "is -1, a value that is not positive",
        ),
        ("chaser.propellant\n\n0\n", "draws.csv:3: chaser.propellant", "is 0, a value that is not positive"),
        (
            "run,start.vbar,sensors.gps.position\n0,1,3\n1,1,-3\n",
            "draws.csv:3: sensors.gps.position",
            "negative",
        ),
        ("chaser.drag_coefficient\n-2.2\n", "draws.csv:2: chaser.drag_coefficient", "not positive"),
        ("target.eccentricity\n-0.003\n", "draws.csv:2: target.eccentricity", "outside 0 to"),
        ("chaser.thrusters.fault.3\n0\n9\n", "draws.csv:3: chaser.thrusters.fault.FA4", "no whole number"),
        (
            "chaser.mass,chaser.propellant\n1000,1200\n",
            "draws.csv:2: chaser.propellant",
            "not less than the mass",
        ),
        ("chaser.mass\n15000\nnan\n", "draws.csv:3: chaser.mass", "no finite number"),
    ],
)
def test_a_given_value_is_refused_by_line_and_column(tmp_path, text, place, what):
    with pytest.raises(CaseError) as caught:
        Mission(given(tmp_path, text))
    assert place in str(caught.value) and what in str(caught.value)


def test_a_given_value_of_a_parquet_table_is_refused_by_run(tmp_path):
    pq.write_table(pa.table({"chaser.propellant": [100.0, -1.0]}), tmp_path / "draws.parquet")
    with pytest.raises(CaseError, match=r"chaser.propellant: is -1, a value that is not positive, for run 1"):
        Mission(load(HTV).with_values({"campaign.draws": str(tmp_path / "draws.parquet")}))


def test_limits_of_a_case_name_every_slot(mission):
    limits = limits_of(mission.case, mission.built.names)
    assert limits.low.shape == limits.high.shape == (len(mission.built.names),)
